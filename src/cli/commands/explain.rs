//! `explain`: an item, a pair or a finding of a stored scan, with the evidence.

use crate::cli::error::CliError;
use crate::cli::session::Session;
use crate::cli::status::ExitStatus;
use crate::cli::stored;
use crate::views::explain::explain;
use clap::Args;
use std::path::PathBuf;

/// Arguments of `explain`.
#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// Asset id or finding fingerprint.
    #[arg(value_name = "ID")]
    pub id: String,
    /// A second asset, to explain the pair.
    #[arg(value_name = "OTHER")]
    pub other: Option<String>,
    /// The stored scan.
    #[arg(long, value_name = "FILE", default_value = "reports/scan.json")]
    pub scan: PathBuf,
}

/// Prints all that the stored scan knows of what was named.
///
/// # Errors
/// When there is no such scan, or nothing or several things are meant.
pub fn run(args: &ExplainArgs, session: &Session) -> Result<ExitStatus, CliError> {
    let document = stored::read(&args.scan)?;
    let text = explain(&document, &args.id, args.other.as_deref(), session.catalogue, session.screen)?;
    session.out(&text)?;
    Ok(ExitStatus::Clean)
}
