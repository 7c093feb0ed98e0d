//! What earlier runs left in the evidence folder: the cache, requests without an answer, hosts that refused.

use crate::evidence::{Event, Line, State};
use jiff::Timestamp;
use std::collections::BTreeMap;

/// Seconds for which a page is not asked for again, a refusal is respected and a budget counts: one day.
pub(super) const DAY: i64 = 24 * 60 * 60;
/// The longest for which the wish of a host to be asked later is remembered.
pub(super) const MONTH: i64 = 30 * DAY;
/// Seconds after which a page that nobody answered for may be asked again: the fault may have been on this side.
const HOUR: i64 = 60 * 60;

/// The last record of an address.
#[derive(Clone, Debug)]
pub(super) struct Last {
    pub(super) at: Timestamp,
    pub(super) state: State,
    pub(super) record: String,
}

/// All of it, by source and address, or by host.
#[derive(Default)]
pub(super) struct Known {
    kept: BTreeMap<(String, String), Last>,
    /// Requests whose record never came.
    open: BTreeMap<(String, String), Timestamp>,
    hosts: BTreeMap<String, Traffic>,
}

/// Requests to a host.
#[derive(Clone, Debug, Default)]
pub(super) struct Traffic {
    /// Of the last day.
    pub(super) asked: u32,
    /// The last one.
    pub(super) last: Option<Timestamp>,
    /// The last record that says that it refused.
    pub(super) refused: Option<(Timestamp, String)>,
    /// The last record that says that it had a fault, and may say when it wants to be asked again.
    pub(super) faulty: Option<(Timestamp, String)>,
}

impl Known {
    /// Takes a line of the index in.
    pub(super) fn add(&mut self, line: &Line, now: Timestamp) {
        let Ok(at) = line.at.parse::<Timestamp>() else { return };
        match &line.event {
            Event::Asked { source, host, url } => {
                self.open.insert((source.clone(), url.clone()), at);
                let traffic = self.hosts.entry(host.clone()).or_default();
                traffic.asked += u32::from(now.as_second() - at.as_second() < DAY);
                traffic.last = traffic.last.max(Some(at));
            }
            Event::Kept { source, host, url, state, record, .. } => {
                let key = (source.clone(), url.clone());
                self.open.remove(&key);
                let state = State::parse(state).unwrap_or_default();
                let traffic = self.hosts.entry(host.clone()).or_default();
                match state {
                    State::Blocked => traffic.refused = Some((at, record.clone())),
                    State::Unreachable => traffic.faulty = Some((at, record.clone())),
                    _ => {}
                }
                self.kept.insert(key, Last { at, state, record: record.clone() });
            }
            Event::Removed { .. } => {}
        }
    }

    /// The last record of an address.
    pub(super) fn last(&self, source: &str, url: &str) -> Option<&Last> {
        self.kept.get(&(source.to_owned(), url.to_owned()))
    }

    /// The last record, when it is young enough to be used.
    pub(super) fn fresh(&self, source: &str, url: &str, now: Timestamp) -> Option<&Last> {
        let holds = |last: &&Last| if last.state == State::Unreachable { HOUR } else { DAY };
        self.last(source, url).filter(|last| now.as_second() - last.at.as_second() < holds(last))
    }

    /// Whether it was asked within the day and no record came of it: that run was ended from outside.
    pub(super) fn is_open(&self, source: &str, url: &str, now: Timestamp) -> bool {
        let asked = self.open.get(&(source.to_owned(), url.to_owned()));
        asked.is_some_and(|at| now.as_second() - at.as_second() < DAY)
    }

    /// Requests to a host.
    pub(super) fn traffic(&self, host: &str) -> Traffic {
        self.hosts.get(host).cloned().unwrap_or_default()
    }
}
