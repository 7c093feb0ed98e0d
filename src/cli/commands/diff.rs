//! `diff`: what happened between two stored scans.

use crate::changes::{Basis, Earlier, Memory, REBRAND_DAYS, compare};
use crate::cli::error::CliError;
use crate::cli::session::Session;
use crate::cli::status::ExitStatus;
use crate::cli::values::DiffFormat;
use crate::cli::{stored, values};
use crate::history::{Store, Stored};
use crate::knowledge::policy::Flags;
use crate::model::Judgement;
use crate::scan::document::ScanDocument;
use crate::views::changes::{ChangesView, json, markdown, terminal};
use clap::Args;
use std::path::{Path, PathBuf};

/// Arguments of `diff`.
#[derive(Debug, Args)]
pub struct DiffArgs {
    /// The earlier stored scan.
    #[arg(value_name = "A", required_unless_present = "history", allow_hyphen_values = true)]
    pub earlier: Option<String>,
    /// The later stored scan.
    #[arg(value_name = "B", allow_hyphen_values = true)]
    pub later: Option<String>,
    /// The kept scans, of which A and B are two.
    #[arg(long, value_name = "FILE")]
    pub history: Option<PathBuf>,
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

/// A scan and its digest.
type Named = (ScanDocument, String);
/// Two scans, what the store remembers that people said of their items, and what it remembered after the first.
type Meant = (Named, Named, Vec<Judgement>, Memory);

/// The two scans that are meant.
fn pair(args: &DiffArgs, session: &Session) -> Result<Meant, CliError> {
    let Some(history) = &args.history else {
        let earlier = args.earlier.as_deref().ok_or(CliError::NothingToCompare)?;
        let later = args.later.as_deref().unwrap_or("reports/scan.json");
        return Ok((
            stored::read_with_digest(Path::new(earlier))?,
            stored::read_with_digest(Path::new(later))?,
            Vec::new(),
            Memory::default(),
        ));
    };
    let store = Store::open(history)?;
    let earlier = store.scan(args.earlier.as_deref().unwrap_or("-2"))?;
    let later = store.scan(args.later.as_deref().unwrap_or("-1"))?;
    let memory = match store.memory_at(earlier.row.id)? {
        Some(memory) if later.row.id > earlier.row.id => memory,
        Some(_) => Memory::default(),
        None => {
            session.note(&session.catalogue.text("history.no-memory"));
            Memory::default()
        }
    };
    let named = |scan: Stored| (scan.document, scan.row.digest);
    Ok((named(earlier), named(later), store.links()?, memory))
}

/// Prints what happened.
///
/// # Errors
/// When one of the scans is not there, or the policy is at fault.
pub fn run(args: &DiffArgs, session: &Session) -> Result<ExitStatus, CliError> {
    let ((earlier, digest), (later, later_digest), links, memory) = pair(args, session)?;
    let policy = session.policy(args.policy.as_deref(), &Flags::default())?;
    let knowledge = session.knowledge(&policy)?;
    if earlier.as_of > later.as_of {
        let days = [("earlier", &earlier.as_of), ("later", &later.as_of)];
        session.note(&session.catalogue.fill("cli.diff.reversed", &days));
    }
    let basis =
        Basis { knowledge: &knowledge, policy: &policy, links: &links, rebrand_days: args.rebrand_days };
    let earlier = Earlier { scan: &earlier, digest: &digest, memory: &memory };
    let mut changes = compare(&earlier, &later, &basis);
    changes.to.digest = later_digest;
    let view = ChangesView::new(&changes, session.catalogue);
    session.out(&match args.format {
        DiffFormat::Text => terminal(&view, session.screen),
        DiffFormat::Json => json(&view),
        DiffFormat::Markdown => markdown(&view),
    })?;
    Ok(ExitStatus::Clean)
}
