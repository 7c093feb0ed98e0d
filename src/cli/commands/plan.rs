//! `plan`: the plan of a stored scan, printed item by item.

use super::replan::{self, CapArg, PinArg};
use crate::cli::error::CliError;
use crate::cli::session::Session;
use crate::cli::status::ExitStatus;
use crate::cli::stored;
use crate::model::Aim;
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
    #[arg(long, value_name = "SCAN", conflicts_with_all = ["scan", "pin", "cap", "objective", "out"])]
    pub verify: Option<PathBuf>,
    /// What must happen to an item; the plan is made again around it.
    #[arg(long, value_name = "ASSET=ACTION[:TARGET]", value_parser = replan::pin)]
    pub pin: Vec<PinArg>,
    /// How many items may stay, of what.
    #[arg(long, value_name = "SCOPE=N", value_parser = replan::cap)]
    pub cap: Vec<CapArg>,
    /// The aims that come first.
    #[arg(long, value_name = "LIST", value_delimiter = ',', value_parser = replan::aim)]
    pub objective: Vec<Aim>,
    /// The policy file of the scan, for its own functions.
    #[arg(long, value_name = "FILE")]
    pub policy: Option<PathBuf>,
    /// Write every report of the new plan into this folder.
    #[arg(short, long, value_name = "DIR")]
    pub out: Option<PathBuf>,
}

/// Prints what the plan does, item by item.
///
/// # Errors
/// When there is no such scan, or its plan does not hold.
pub fn run(args: &PlanArgs, session: &Session) -> Result<ExitStatus, CliError> {
    if let Some(path) = &args.verify {
        return verified(path, session);
    }
    if !(args.pin.is_empty() && args.cap.is_empty() && args.objective.is_empty() && args.out.is_none()) {
        return replan::run(args, session);
    }
    let document = stored::read(&args.scan)?;
    session.out(&terminal::plan(&ReportView::new(&document, session.catalogue), session.screen))?;
    Ok(ExitStatus::Clean)
}

/// Prints every fault of a stored plan.
fn verified(path: &Path, session: &Session) -> Result<ExitStatus, CliError> {
    let document = stored::read(path)?;
    let lexicon = session.knowledge_of(&document, None)?.lexicon;
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
