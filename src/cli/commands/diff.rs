//! `diff`: what happened between two stored scans.

use crate::changes::{self, Basis, Earlier, Memory, REBRAND_DAYS, compare};
use crate::cli::error::CliError;
use crate::cli::session::Session;
use crate::cli::status::ExitStatus;
use crate::cli::values::DiffFormat;
use crate::cli::{stored, values};
use crate::knowledge::policy::Flags;
use crate::views::changes::{ChangesView, json, markdown, terminal};
use clap::Args;
use std::path::PathBuf;

/// Arguments of `diff`.
#[derive(Debug, Args)]
pub struct DiffArgs {
    /// The earlier stored scan.
    #[arg(value_name = "A")]
    pub earlier: PathBuf,
    /// The later stored scan.
    #[arg(value_name = "B", default_value = "reports/scan.json")]
    pub later: PathBuf,
    /// The policy file, for confirmed pairs and words of the place.
    #[arg(long, value_name = "FILE")]
    pub policy: Option<PathBuf>,
    /// Days after a closure within which a successor counts as the same under another name.
    #[arg(long, value_name = "N", default_value_t = REBRAND_DAYS)]
    pub rebrand_days: u32,
    /// Form of the output.
    #[arg(long, value_name = "FORM", default_value = "text", value_parser = values::diff_format())]
    pub format: DiffFormat,
}

/// Prints what happened.
///
/// # Errors
/// When one of the scans is not there, or the policy is at fault.
pub fn run(args: &DiffArgs, session: &Session) -> Result<ExitStatus, CliError> {
    let (earlier, digest) = stored::read_with_digest(&args.earlier)?;
    let (later, later_digest) = stored::read_with_digest(&args.later)?;
    let policy = session.policy(args.policy.as_deref(), &Flags::default())?;
    let knowledge = session.knowledge(&policy)?;
    let basis = Basis { knowledge: &knowledge, policy: &policy, rebrand_days: args.rebrand_days };
    let memory = Memory::default();
    let earlier = Earlier { scan: &earlier, digest: &digest, memory: &memory };
    let mut changes: changes::Changes = compare(&earlier, &later, &basis);
    changes.to.digest = later_digest;
    let view = ChangesView::new(&changes, session.catalogue);
    session.out(&match args.format {
        DiffFormat::Text => terminal(&view, session.screen),
        DiffFormat::Json => json(&view),
        DiffFormat::Markdown => markdown(&view),
    })?;
    Ok(ExitStatus::Clean)
}
