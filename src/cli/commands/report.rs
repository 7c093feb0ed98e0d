//! `report`: the documents of a stored scan, written anew.

use crate::cli::error::CliError;
use crate::cli::session::Session;
use crate::cli::status::ExitStatus;
use crate::cli::stored;
use crate::cli::values::{self, CsvEncoding};
use crate::views::report::write_all;
use clap::Args;
use std::path::PathBuf;

/// Arguments of `report`.
#[derive(Debug, Args)]
pub struct ReportArgs {
    /// The stored scan.
    #[arg(long, value_name = "FILE", default_value = "reports/scan.json")]
    pub scan: PathBuf,
    /// The folder for everything that is written.
    #[arg(short, long, value_name = "DIR", default_value = "reports")]
    pub out: PathBuf,
    /// Encoding of the CSV files.
    #[arg(long, value_name = "NAME", default_value = "utf-8", value_parser = values::encoding())]
    pub encoding: CsvEncoding,
}

/// Writes every format anew from the stored scan.
///
/// # Errors
/// When there is no such scan, or a file cannot be written.
pub fn run(args: &ReportArgs, session: &Session) -> Result<ExitStatus, CliError> {
    let document = stored::read(&args.scan)?;
    let files = write_all(&args.out, &document, session.catalogue, args.encoding.options())?;
    let lines: Vec<String> = files.iter().map(|file| format!("{}\n", file.display())).collect();
    session.out(&lines.concat())?;
    Ok(ExitStatus::Clean)
}
