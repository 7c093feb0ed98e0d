//! `collect reread` and `collect prune`: what is done to an evidence folder long after pages came in.

use super::{UpkeepArgs, setting};
use crate::cli::error::CliError;
use crate::cli::session::Session;
use crate::cli::status::ExitStatus;
use crate::cli::values;
use crate::collect::reread as pages;
use crate::evidence;
use crate::knowledge::policy::Flags;
use crate::views::collect as view;
use jiff::civil::Date;

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

fn now() -> String {
    jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}
