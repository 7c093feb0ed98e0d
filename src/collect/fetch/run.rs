//! A plan, worked through: one task a host, all hosts at once up to a limit, everything kept as it comes.

use super::client::{Client, Failure, Limits, Names};
use super::host::{Host, Stop};
use super::known::{DAY, Known, MONTH, Traffic};
use super::look::{Outcome, ROBOTS, nothing};
use super::{FetchError, held};
use crate::collect::adapter::Adapter;
use crate::collect::plan::{Plan, Request, Switches};
use crate::collect::robots::Robots;
use crate::collect::safety::{HostPort, Target};
use crate::collect::{HostSummary, Summary, Untold};
use crate::evidence::{How, Record, State, Store};
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::{Mutex as Turn, Semaphore};
use tokio::task::JoinSet;
use tokio::time::Instant;

/// How a run behaves.
#[derive(Clone)]
pub struct Settings {
    /// What the program calls itself, with the contact of the unit: `zhijian/0.1.0 (+contact)`.
    pub agent: String,
    /// Least time between two requests to a host.
    pub spacing: Duration,
    /// The same for hosts that the user allowed as internal.
    pub internal_spacing: Duration,
    /// Most requests to a host within a day.
    pub budget: u32,
    /// Most hosts at once.
    pub hosts: usize,
    /// How much an answer may be.
    pub limits: Limits,
    /// A proxy that the user named.
    pub proxy: Option<String>,
    /// Certificates of the user's own, in PEM.
    pub certificates: Option<Vec<u8>>,
    /// Hosts of an internal network.
    pub internal: Vec<HostPort>,
    /// How names are found.
    pub names: Names,
    /// What time it is.
    pub now: fn() -> Timestamp,
}

/// Hears of looks that are over: the host, how many, of how many.
type Tell = dyn Fn(&str, u64, u64) + Send + Sync;

/// What all tasks share.
pub struct Worker {
    pub(super) settings: Settings,
    pub(super) client: Client,
    adapters: Vec<Adapter>,
    switches: Switches,
    store: Mutex<Store>,
    known: Known,
    hosts: Mutex<BTreeMap<String, Arc<Turn<Host>>>>,
    summary: Mutex<Summary>,
}

/// Works through a plan and keeps everything in `dir`. `tell` hears of every look that is over: how many are, of how
/// many.
///
/// # Errors
/// When the folder cannot be written, or no connection can be made at all. What was kept until then stays.
pub fn run(
    plan: &Plan,
    adapters: &[Adapter],
    switches: &Switches,
    settings: Settings,
    dir: &Path,
    tell: impl Fn(&str, u64, u64) + Send + Sync + 'static,
) -> Result<Summary, FetchError> {
    let now = (settings.now)();
    let mut known = Known::default();
    let store = Store::open(dir, |line| known.add(line, now))?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| FetchError::Client(error.to_string()))?;
    runtime.block_on(async {
        let client = Client::new(
            &settings.agent,
            settings.limits,
            settings.names.clone(),
            settings.proxy.as_deref(),
            settings.certificates.as_deref(),
        )
        .await?;
        let worker = Arc::new(Worker {
            client,
            adapters: adapters.to_vec(),
            switches: switches.clone(),
            store: Mutex::new(store),
            known,
            hosts: Mutex::default(),
            summary: Mutex::default(),
            settings,
        });
        worker.clone().all(plan, Arc::new(tell)).await?;
        Ok(worker.finish())
    })
}

impl Worker {
    async fn all(self: Arc<Self>, plan: &Plan, tell: Arc<Tell>) -> Result<(), FetchError> {
        let mut by_host: BTreeMap<&str, Vec<Request>> = BTreeMap::new();
        for request in &plan.requests {
            by_host.entry(&request.host).or_default().push(request.clone());
        }
        let total = plan.requests.len() as u64;
        let done = Arc::new(std::sync::atomic::AtomicU64::new(0));
        let places = Arc::new(Semaphore::new(self.settings.hosts.max(1)));
        let mut tasks: JoinSet<Result<(), FetchError>> = JoinSet::new();
        for requests in by_host.into_values() {
            let (worker, places, tell, done) = (self.clone(), places.clone(), tell.clone(), done.clone());
            tasks.spawn(async move {
                let _place = places.acquire().await;
                for request in requests {
                    worker.one(&request).await?;
                    let over = done.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1;
                    tell(&request.host, over, total);
                }
                Ok(())
            });
        }
        while let Some(ended) = tasks.join_next().await {
            // A panic of a task is one of the program.
            ended.unwrap_or_else(|error| std::panic::resume_unwind(error.into_panic()))?;
        }
        Ok(())
    }

    async fn one(&self, request: &Request) -> Result<(), FetchError> {
        let now = self.now();
        if self.known.is_open(&request.source, &request.url, now) {
            // Asked by a run that was ended from outside. It is not asked twice within the day.
            let state = State::Interrupted;
            let record = Record {
                how: How::Fetched.to_string(),
                source: request.source.clone(),
                host: request.host.clone(),
                url: request.url.clone(),
                final_url: request.url.clone(),
                by: request.by.clone(),
                readings: nothing(request, state),
                state: state.to_string(),
                ..Record::default()
            };
            self.count(&record);
            return self.keep(record);
        }
        if self.known.fresh(&request.source, &request.url, now).is_some() {
            held(&self.summary).cached += 1;
            return Ok(());
        }
        let allow = self.switches.allow(&request.source);
        match self.look(request, &allow).await? {
            Outcome::Kept(record) => {
                self.count(&record);
                self.keep(*record)
            }
            Outcome::Left => Ok(()),
        }
    }

    fn count(&self, record: &Record) {
        let mut summary = held(&self.summary);
        *summary.states.entry(record.state.clone()).or_default() += 1;
        if !record.state().tells() {
            let status = || record.status.map(|status| format!("HTTP {status}")).unwrap_or_default();
            summary.untold.insert(Untold {
                url: record.url.clone(),
                state: record.state.clone(),
                detail: record.detail.clone().unwrap_or_else(status),
            });
        }
        for selector in record.readings.iter().flat_map(|reading| &reading.unmatched) {
            *summary.unmatched.entry((record.source.clone(), selector.clone())).or_default() += 1;
        }
    }

    fn finish(&self) -> Summary {
        let mut summary = std::mem::take(&mut *held(&self.summary));
        for (name, host) in held(&self.hosts).iter() {
            // Every task has ended; nobody holds it.
            let Ok(host) = host.try_lock() else { continue };
            let entry = HostSummary {
                requests: host.now,
                bytes: host.bytes,
                stopped: host.stop.map(Stop::as_str),
                left: host.left,
            };
            summary.hosts.insert(name.clone(), entry);
        }
        summary
    }

    /// The host of a target, with what earlier runs know of it.
    pub(super) fn host(&self, target: &Target) -> Arc<Turn<Host>> {
        let name = target.origin();
        let mut hosts = held(&self.hosts);
        if let Some(host) = hosts.get(&name) {
            return host.clone();
        }
        let (now, traffic) = (self.now(), self.known.traffic(&name));
        // Moments are kept to the second: what seems a second ago may just have been.
        let last = traffic.last.map(|last| (now.as_second() - last.as_second() - 1).max(0).unsigned_abs());
        let host = Host {
            last: last.and_then(|ago| Instant::now().checked_sub(Duration::from_secs(ago))),
            asked: traffic.asked,
            stop: self.standing(&traffic, now),
            ..Host::default()
        };
        hosts.entry(name).or_insert_with(|| Arc::new(Turn::new(host))).clone()
    }

    /// Whether a host still wants to be left alone: after a refusal for as long as it said, or a day; after a fault
    /// only where it said how long. What is said counts for a month at most.
    fn standing(&self, traffic: &Traffic, now: Timestamp) -> Option<Stop> {
        let ago = |at: Timestamp| now.as_second() - at.as_second();
        let said = |record: &String| {
            let record = held(&self.store).record(record).ok()?;
            i64::try_from(record.retry_after?).ok()
        };
        let refused = traffic.refused.as_ref();
        if refused.is_some_and(|(at, record)| ago(*at) < said(record).map_or(DAY, |wait| wait.min(MONTH))) {
            return Some(Stop::Refused);
        }
        let faulty = traffic.faulty.as_ref();
        faulty
            .is_some_and(|(at, record)| ago(*at) < said(record).unwrap_or(0).min(MONTH))
            .then_some(Stop::Later)
    }

    /// The least time between two requests to a host for a source.
    pub(super) fn spacing(&self, target: &Target, source: &str) -> Duration {
        if target.internal {
            return self.settings.internal_spacing;
        }
        let own = self.adapter(source).map_or(0, |adapter| adapter.spacing);
        self.settings.spacing.max(Duration::from_secs(u64::from(own)))
    }

    pub(super) fn adapter(&self, source: &str) -> Option<&Adapter> {
        self.adapters.iter().find(|adapter| adapter.id == source)
    }

    /// The name by which robots.txt knows the program.
    pub(super) fn product(&self) -> &str {
        self.settings.agent.split(['/', ' ']).next().unwrap_or("")
    }

    pub(super) fn now(&self) -> Timestamp {
        (self.settings.now)()
    }

    /// The last record of a page.
    pub(super) fn earlier(&self, request: &Request) -> Option<Record> {
        let last = self.known.last(&request.source, &request.url).filter(|last| last.state.tells())?;
        let store = held(&self.store);
        let record = store.record(&last.record).ok()?;
        // Only who holds a page can be told that it has not changed.
        record.body.as_ref().is_none_or(|body| store.has_body(&body.blake3)).then_some(record)
    }

    /// robots.txt as an earlier run of the day kept it.
    pub(super) fn kept_robots(&self, url: &str) -> Option<Result<Robots, Failure>> {
        let last = self.known.fresh(ROBOTS, url, self.now())?;
        let store = held(&self.store);
        let record = store.record(&last.record).ok()?;
        match (record.state(), record.body) {
            (State::Listed, Some(body)) => {
                let text = store.body(&body.blake3).ok()?;
                Some(Ok(Robots::parse(&String::from_utf8_lossy(&text), self.product())))
            }
            (State::NotListed, _) => Some(Ok(Robots::absent())),
            (state, _) if record.status.is_none() => {
                Some(Err(Failure::new(state, record.detail.unwrap_or_default())))
            }
            _ => Some(Ok(Robots::not_to_be_had())),
        }
    }

    pub(super) fn ask(&self, source: &str, host: &str, url: &str) -> Result<(), FetchError> {
        Ok(held(&self.store).ask(&stamp(self.now()), source, host, url)?)
    }

    pub(super) fn put_body(&self, bytes: &[u8]) -> Result<(String, String), FetchError> {
        Ok(held(&self.store).put_body(bytes)?)
    }

    pub(super) fn put_record(&self, record: &Record) -> Result<(), FetchError> {
        held(&self.store).keep(record)?;
        Ok(())
    }
}

/// A moment to the second, in UTC.
pub(super) fn stamp(moment: Timestamp) -> String {
    moment.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}
