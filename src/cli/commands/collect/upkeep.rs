//! `collect verify`, `collect reread` and `collect prune`: what is done to an evidence folder long after pages came in.

use super::{UpkeepArgs, setting};
use crate::cli::error::CliError;
use crate::cli::session::Session;
use crate::cli::status::ExitStatus;
use crate::cli::values;
use crate::collect::reread as pages;
use crate::evidence;
use crate::history::Store;
use crate::knowledge::policy::Flags;
use crate::views::collect as view;
use jiff::civil::Date;
use std::path::Path;

/// The first day that is kept when pages are kept for so many days.
pub(super) fn first(days: u32) -> Option<Date> {
    values::today().checked_sub(jiff::Span::new().days(i64::from(days))).ok()
}

/// Reads kept pages again.
pub(super) fn reread(args: &UpkeepArgs, session: &Session) -> Result<ExitStatus, CliError> {
    let policy = session.policy(args.policy.as_deref(), &Flags::default())?;
    let adapters = setting::adapters(&policy)?;
    let outcome = pages::reread(&args.dir, &adapters, &now())?;
    session.out(&view::reread(&outcome, session.catalogue))?;
    Ok(ExitStatus::Clean)
}

/// Removes pages whose time is over.
pub(super) fn prune(args: &UpkeepArgs, keep: Option<u32>, session: &Session) -> Result<ExitStatus, CliError> {
    let policy = session.policy(args.policy.as_deref(), &Flags::default())?;
    let first = keep.or(policy.collect.keep_days).and_then(first).ok_or(CliError::NoKeeping)?;
    let pruned = evidence::prune(&args.dir, &first.to_string(), &now())?;
    session.out(&view::pruned(pruned, first, session.catalogue))?;
    Ok(ExitStatus::Clean)
}

/// Checks a folder; beside a history also whether it still has all that the scans cite.
pub(super) fn verify(
    dir: &Path,
    policy: Option<&Path>,
    history: Option<&Path>,
    session: &Session,
) -> Result<ExitStatus, CliError> {
    let policy = session.policy(policy, &Flags::default())?;
    let first = policy.collect.keep_days.and_then(first);
    let found = evidence::verify(dir)?;
    session.out(&view::verified(&found, first, session.catalogue))?;
    let mut holds = found.faults.is_empty();
    if let Some(history) = history {
        let (store, named) = (Store::open(history)?, evidence::named(dir)?);
        let mut missing = Vec::new();
        let scans: Vec<_> = store.scans()?.into_iter().filter(|scan| !scan.evidence.is_empty()).collect();
        for scan in &scans {
            let pages = store.evidence(scan.id)?;
            let gone = pages.iter().filter(|page| !named.records.contains(&page.record)).count();
            if gone > 0 || !named.heads.contains(&scan.evidence) {
                missing.push((scan.id, gone));
            }
        }
        session.out(&view::against_history(scans.len(), &missing, session.catalogue))?;
        holds &= missing.is_empty();
    }
    Ok(if holds { ExitStatus::Clean } else { ExitStatus::Failed })
}

fn now() -> String {
    jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}
