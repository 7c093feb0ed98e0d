//! `plan`: the plan of a stored scan, printed item by item.

use crate::cli::error::CliError;
use crate::cli::session::Session;
use crate::cli::status::ExitStatus;
use crate::cli::stored;
use crate::views::report::ReportView;
use crate::views::terminal;
use clap::Args;
use std::path::PathBuf;

/// Arguments of `plan`.
#[derive(Debug, Args)]
pub struct PlanArgs {
    /// The stored scan.
    #[arg(long, value_name = "FILE", default_value = "reports/scan.json")]
    pub scan: PathBuf,
}

/// Prints what the plan does, item by item.
///
/// # Errors
/// When there is no such scan.
pub fn run(args: &PlanArgs, session: &Session) -> Result<ExitStatus, CliError> {
    let document = stored::read(&args.scan)?;
    session.out(&terminal::plan(&ReportView::new(&document, session.catalogue), session.screen))?;
    Ok(ExitStatus::Clean)
}
