//! `plan`: the plan of a stored scan, printed item by item.

use crate::cli::error::CliError;
use crate::cli::session::Session;
use crate::cli::status::ExitStatus;
use crate::cli::stored;
use crate::knowledge::policy::Flags;
use crate::scan::document::verify;
use crate::views::report::ReportView;
use crate::views::terminal;
use clap::Args;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Arguments of `plan`.
#[derive(Debug, Args)]
pub struct PlanArgs {
    /// The stored scan.
    #[arg(long, value_name = "FILE", default_value = "reports/scan.json")]
    pub scan: PathBuf,
    /// Check the plan of a stored scan from what it says, and print nothing but faults.
    #[arg(long, value_name = "SCAN", conflicts_with = "scan")]
    pub verify: Option<PathBuf>,
}

/// Prints what the plan does, item by item.
///
/// # Errors
/// When there is no such scan, or its plan does not hold.
pub fn run(args: &PlanArgs, session: &Session) -> Result<ExitStatus, CliError> {
    if let Some(path) = &args.verify {
        return verified(path, session);
    }
    let document = stored::read(&args.scan)?;
    session.out(&terminal::plan(&ReportView::new(&document, session.catalogue), session.screen))?;
    Ok(ExitStatus::Clean)
}

/// Prints every fault of a stored plan.
fn verified(path: &Path, session: &Session) -> Result<ExitStatus, CliError> {
    let document = stored::read(path)?;
    let lexicon = session.knowledge(&session.policy(None, &Flags::default())?)?.lexicon;
    let tasks: BTreeSet<&str> =
        lexicon.functions.iter().filter(|(_, f)| f.is_task).map(|(_, f)| f.id.as_str()).collect();
    let faults = verify(&document, &|function| tasks.contains(function));
    let lines: String = faults.iter().map(|fault| session.catalogue.render(fault) + "\n").collect();
    session.out(&lines)?;
    if faults.is_empty() {
        let count = document.plan.actions.len().to_string();
        session.note(&session.catalogue.fill("verify.holds", &[("count", count)]));
        return Ok(ExitStatus::Clean);
    }
    Err(CliError::PlanFaults { path: path.to_owned(), count: faults.len() })
}
