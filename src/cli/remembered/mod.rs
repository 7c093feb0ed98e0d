//! An audit that is kept: compared with the last one of its store, and put into it.
//!
//! For: the order in which things happen, so that a run killed at any moment leaves a whole store and a whole set of
//! results: lock, record the run, work, put the results in place, keep the scan. Not for: comparing or storing.

mod back;
mod dated;
mod journal;
mod notify;
mod readings;
mod status;

use super::commands::audit::AuditArgs;
use super::error::CliError;
use super::outputs::Staged;
use super::progress::Progress;
use super::session::Session;
use super::status::ExitStatus;
use super::{diagnostics, overwrite, values};
use crate::changes::{Basis, Changes, Earlier, Memory, Recognised};
use crate::history::{Decision, NewScan, Outcome, Owner, ScanRow, Store, Stored, Waived};
use crate::model::{Judgement, Scan, Waiver};
use crate::scan::document::{EarlierScan, ScanDocument};
use crate::scan::{self, Request, document};
use crate::views::changes::{ChangesView, Compared, Notification, markdown};
use crate::views::report::{ReportView, WRITERS, write_view};
use crate::views::terminal;
use journal::Journal;
use notify::Notify;
use serde_json::Value;
use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long a run waits for another one.
const WAIT: Duration = Duration::from_secs(20);
/// The comparison as a file among the results.
const CHANGES: &str = "changes.md";

/// An audit to be kept.
pub(super) struct Job<'a> {
    pub(super) args: &'a AuditArgs,
    pub(super) session: &'a Session,
    pub(super) request: &'a Request<'a>,
    pub(super) progress: &'a Progress,
    /// The store.
    pub(super) store: &'a Path,
    /// What earlier runs read.
    pub(super) readings: Option<&'a Readings>,
    /// Where the results go: the folder asked for, or one of today within it.
    pub(super) out: PathBuf,
}

/// Files of the store's own, which may lie among the inventories.
pub(super) fn files(store: &Path) -> Vec<PathBuf> {
    let beside = |ending: &str| {
        let mut name = store.file_name().unwrap_or_default().to_owned();
        name.push(ending);
        store.with_file_name(name)
    };
    vec![store.to_owned(), beside(".lock"), beside("-journal")]
}

/// Opens a store to write to it, and says what was met with.
pub(super) fn open(store: &Path, session: &Session) -> Result<(Store, Owner), CliError> {
    let owner = Owner { pid: std::process::id().to_string(), host: host(), since: values::now() };
    let (store, met) = Store::open_to_write(store, &owner, WAIT)?;
    if let Some(dead) = met.recovered {
        let args = [("pid", dead.pid), ("since", dead.since)];
        session.note(&session.catalogue.fill("history.recovered", &args));
    }
    if let Some(copy) = met.copy {
        session.note(&session.catalogue.fill("history.copied", &[("path", copy.display().to_string())]));
    }
    Ok((store, owner))
}

/// What the review page waived, as the rules want it. Nothing of a store that is not there yet.
pub(super) fn waivers(store: &Path) -> Result<Vec<Waiver>, CliError> {
    if !std::fs::metadata(store).is_ok_and(|meta| meta.len() > 0) {
        return Ok(Vec::new());
    }
    let held = Store::open(store)?.waivers()?;
    let waiver = |waived: Waived| Waiver {
        rule: waived.rule,
        asset: waived.asset,
        reason: waived.reason,
        by: waived.by,
        until: waived.until.parse().ok(),
        line: 0,
    };
    Ok(held.into_iter().map(waiver).collect())
}

/// The name of this computer as far as it tells.
fn host() -> String {
    let named = std::env::var("HOSTNAME").or_else(|_| std::env::var("COMPUTERNAME"));
    named.or_else(|_| std::fs::read_to_string("/etc/hostname")).unwrap_or_default().trim().to_owned()
}

/// Runs the audit.
///
/// # Errors
/// As an audit that is not kept, and when the store cannot be used. A run that fails is recorded in the store.
pub(super) fn run(job: &Job<'_>) -> Result<ExitStatus, CliError> {
    let notify = job.args.notify.as_deref().map(Notify::read).transpose()?;
    let (mut store, owner) = open(job.store, job.session)?;
    let run = store.begin(&owner)?;
    let outcome = work(job, &mut store, run);
    if let Err(error) = &outcome {
        // The first error is the one to tell.
        let _ = store.end(run, &values::now(), Outcome::Failed, &error.to_string());
    }
    // Nobody has to wait while somebody is told.
    drop(store);
    if job.args.scheduled {
        let status = outcome.as_ref().map_or(2, |done| done.status.code());
        let changed = outcome.as_ref().ok().map(|done| done.is_news);
        let alive = dated::heartbeat(&job.args.out, &values::now(), status, changed);
        if let Some(notify) = notify {
            let as_of = job.request.as_of.to_string();
            match &outcome {
                Ok(done) => notify.send(&done.notice, done.is_news, job.session),
                Err(_) => {
                    notify.send(&Notification::failed(&as_of, job.session.catalogue), true, job.session);
                }
            }
        }
        alive.map_err(|error| job.unwritable(error))?;
    }
    outcome.map(|done| done.status)
}

/// How a run ended.
struct Done {
    status: ExitStatus,
    /// Whether anything changed.
    is_news: bool,
    notice: Notification,
}

/// What an audit and its comparison gave.
struct Judged {
    scan: Scan,
    document: ScanDocument,
    changes: Option<Changes>,
}

fn work(job: &Job<'_>, store: &mut Store, run: i64) -> Result<Done, CliError> {
    let (session, request) = (job.session, job.request);
    let gathered = scan::gather_after(request, &store.ids()?)?;
    if gathered.read().inputs.is_empty() {
        job.progress.done();
        diagnostics::tell_all(&gathered.read().diagnostics, session);
        return Err(CliError::NothingRead);
    }
    let unchanged = job.readings.map_or(0, Readings::found);
    let got = gathered.read();
    let counts = [("files", got.inputs.len()), ("unchanged", unchanged), ("records", got.assets.len())];
    job.stage("history.stage.read", &counts);
    let (before, memory) = (store.latest(|bytes| job.last(bytes))?, store.memory()?);
    let links = links(request, &gathered, store.links()?);
    let result = judged(job, gathered, before.as_ref(), &memory, &links)?;
    let Judged { scan, document, changes } = &result;
    job.stage("history.stage.judged", &[("problems", document.findings.len())]);
    let trend = store.scans()?;
    let targets: Vec<PathBuf> =
        WRITERS.iter().map(|w| w.file).chain([CHANGES]).map(|f| job.out.join(f)).collect();
    overwrite::refuse(&targets, &scan.inputs)?;
    let staged = Staged::beside(&job.out).map_err(|source| job.unwritable(source))?;
    let written = write(job, &staged, document, changes.as_ref(), &trend);
    let text = match written.and_then(|()| read(&staged.folder().join("scan.json"))) {
        Ok(text) => text,
        Err(error) => {
            staged.discard();
            return Err(error);
        }
    };
    let own: Vec<&str> = WRITERS.iter().map(|w| w.file).chain([CHANGES]).collect();
    staged.place(&own).map_err(|source| job.unwritable(source))?;
    let decisions = decisions(request);
    let made = values::now();
    let links = across(request, &links, document, before.as_ref(), &memory);
    let new = NewScan {
        document,
        text: &text,
        changes: changes.as_ref(),
        decisions: &decisions,
        links: &links,
        upon: before.as_ref().map(|last| (last.row.id, last.text.as_slice())),
        made: &made,
    };
    let kept = store.commit(run, &new)?;
    job.progress.done();
    job.stage("history.stage.kept", &[("scan", kept)]);
    if let Some(readings) = job.readings {
        readings.sweep();
    }
    let changed = changes.as_ref().is_none_or(Changes::is_any);
    if job.args.scheduled {
        dated::point(&job.args.out, request.as_of)
            .and_then(|()| dated::retain(&job.args.out, job.args.keep))
            .map_err(|source| job.unwritable(source))?;
    }
    tell(job, &result, changed)?;
    let status = status::of(scan, changes.as_ref(), request.policy);
    let notice = Notification::of(document, changes.as_ref(), status.code(), session.catalogue);
    Ok(Done { status, is_news: changed, notice })
}

/// Judges, recognises what came back, and adds the findings about it.
fn judged(
    job: &Job<'_>,
    gathered: scan::Gathered,
    before: Option<&Stored>,
    memory: &Memory,
    links: &[Judgement],
) -> Result<Judged, CliError> {
    let request = job.request;
    let (knowledge, catalogue) = (request.knowledge, job.session.catalogue);
    let Some(before) = before else {
        let scan = scan::conclude(request, gathered, Some(&[]))?;
        let document = document::build(&scan, knowledge, catalogue);
        return Ok(Judged { scan, document, changes: None });
    };
    let rebrand_days = request.policy.rebrand_days;
    let basis = Basis { knowledge, policy: request.policy, links, rebrand_days };
    let earlier = Earlier { scan: &before.document, digest: &before.row.digest, memory };
    let rest = gathered.rest();
    let mut scan = scan::conclude(request, gathered, Some(&[]))?;
    let mut document = document::draft(&scan, knowledge, catalogue);
    document.parameters.earlier =
        Some(EarlierScan { as_of: before.document.as_of.clone(), blake3: before.row.digest.clone() });
    let seen = Recognised::new(&earlier, &document, &basis);
    let mut problems = seen.problems(&document);
    let back = back::recurrences(seen.items(), &problems, &scan, &before.document, &document);
    if !back.is_empty() {
        scan = scan::conclude_again(request, rest, scan, &back)?;
        document::redraft(&mut document, &scan, knowledge, catalogue);
        problems = seen.problems(&document);
    }
    let changes = seen.changes(&document, problems);
    document::sum_up(&mut document, knowledge);
    Ok(Judged { scan, document, changes: Some(changes) })
}

/// What people said of items of different scans: what came back now, then what is remembered and not contradicted.
fn links(request: &Request<'_>, gathered: &scan::Gathered, remembered: Vec<Judgement>) -> Vec<Judgement> {
    let now = gathered.across().to_vec();
    let is_of = |a: &Judgement, b: &Judgement| {
        (&a.left, &a.right) == (&b.left, &b.right) || (&a.left, &a.right) == (&b.right, &b.left)
    };
    let said = |old: &Judgement| now.iter().chain(&request.policy.judgements).any(|new| is_of(old, new));
    let rest: Vec<Judgement> = remembered.into_iter().filter(|old| !said(old)).collect();
    [now, rest].concat()
}

/// Those of all judgements that are about an item of this scan and one that only earlier scans list.
fn across(
    request: &Request<'_>,
    links: &[Judgement],
    document: &ScanDocument,
    before: Option<&Stored>,
    memory: &Memory,
) -> Vec<Judgement> {
    let judged: Vec<&Judgement> = request.policy.judgements.iter().chain(links).collect();
    if judged.is_empty() {
        return Vec::new();
    }
    let listed: BTreeSet<&str> = document.assets.iter().map(|asset| asset.id.as_str()).collect();
    let earlier = before.into_iter().flat_map(|scan| &scan.document.assets);
    let earlier: BTreeSet<&str> =
        earlier.chain(memory.items.iter().map(|past| &past.asset)).map(|asset| asset.id.as_str()).collect();
    let is_one = |was: &str, is: &str| listed.contains(is) && !listed.contains(was) && earlier.contains(was);
    judged.into_iter().filter(|j| is_one(&j.left, &j.right) || is_one(&j.right, &j.left)).cloned().collect()
}

/// Writes every format, and the comparison.
fn write(
    job: &Job<'_>,
    staged: &Staged,
    document: &ScanDocument,
    changes: Option<&Changes>,
    trend: &[ScanRow],
) -> Result<(), CliError> {
    let catalogue = job.session.catalogue;
    let mut view = ReportView::new(document, catalogue);
    if let Some(changes) = changes {
        view.compared = Some(Compared::new(changes, trend, document, catalogue));
    }
    write_view(staged.folder(), &view, job.args.encoding.options())?;
    if let Some(compared) = &view.compared {
        let path = staged.folder().join(CHANGES);
        std::fs::write(&path, markdown(&compared.view)).map_err(|source| job.unwritable(source))?;
    }
    Ok(())
}

/// Prints the summary, then what changed; of a run by itself only what changed, and nothing where nothing did.
fn tell(job: &Job<'_>, result: &Judged, is_news: bool) -> Result<(), CliError> {
    let session = job.session;
    let out = &job.out;
    if job.args.scheduled {
        let Some(changes) = result.changes.as_ref().filter(|_| is_news) else { return Ok(()) };
        let view = ChangesView::new(changes, session.catalogue);
        return session.out(&crate::views::changes::brief(&view, session.screen));
    }
    let compared = result.changes.as_ref().map(|_| CHANGES);
    let files: Vec<String> = WRITERS
        .iter()
        .map(|w| w.file)
        .chain(compared)
        .map(|file| out.join(file).display().to_string())
        .collect();
    let ledger = out.join("ledger.xlsx").display().to_string();
    diagnostics::tell(&result.scan.diagnostics, session, Some(&ledger));
    let view = ReportView::new(&result.document, session.catalogue);
    session.out(&terminal::audit(&view, session.screen, &files))?;
    let Some(changes) = &result.changes else {
        session.note(&session.catalogue.text("history.first"));
        return Ok(());
    };
    let view = ChangesView::new(changes, session.catalogue);
    session.out(&format!("\n{}", crate::views::changes::brief(&view, session.screen)))
}

/// What people decided, as this run obeyed it.
fn decisions(request: &Request<'_>) -> Vec<Decision> {
    let policy = request.policy;
    let judged = policy.judgements.iter().map(|j| Decision {
        kind: if j.same { "same" } else { "different" },
        subject: j.left.clone(),
        object: j.right.clone(),
        reason: j.reason.clone(),
    });
    let pins = policy.pins.iter().map(|p| Decision {
        kind: "pin",
        subject: p.asset.clone(),
        object: p.action.to_string(),
        reason: p.reason.clone(),
    });
    let waivers = policy.rules.waivers.iter().map(|w| Decision {
        kind: "waiver",
        subject: w.rule.clone(),
        object: w.asset.clone(),
        reason: w.reason.clone(),
    });
    judged.chain(pins).chain(waivers).collect()
}

fn read(path: &Path) -> Result<Vec<u8>, CliError> {
    std::fs::read(path).map_err(|source| CliError::Read { path: path.to_owned(), source })
}

pub(super) use dated::{KEPT, folder};
pub(super) use readings::Readings;

impl Job<'_> {
    /// The last results' `scan.json`, if one of this size is where results go.
    fn last(&self, bytes: u64) -> Option<Vec<u8>> {
        let places = [dated::latest(&self.args.out), self.out.clone()];
        let paths = places.iter().map(|place| place.join("scan.json"));
        let mut fits = paths.filter(|path| std::fs::metadata(path).is_ok_and(|meta| meta.len() == bytes));
        fits.next().and_then(|path| std::fs::read(path).ok())
    }

    /// One line per stage of a run by itself, for the journal.
    fn stage<N: Copy + Into<Value>>(&self, key: &str, counts: &[(&str, N)]) {
        let counts: Vec<(&str, Value)> = counts.iter().map(|&(name, n)| (name, n.into())).collect();
        let journal = Journal { on: self.args.scheduled, format: self.args.journal, session: self.session };
        journal.stage(key, &counts);
    }

    fn unwritable(&self, source: io::Error) -> CliError {
        CliError::Write { path: self.args.out.clone(), source }
    }
}
