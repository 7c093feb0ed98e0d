//! `report`: the documents of a stored scan, written anew.

use crate::cli::error::CliError;
use crate::cli::session::Session;
use crate::cli::status::ExitStatus;
use crate::cli::stored;
use crate::cli::values::{self, CsvEncoding, SplitBy};
use crate::views::report::{write_all, write_units};
use clap::Args;
use std::path::PathBuf;

/// Arguments of `report`.
#[derive(Debug, Args)]
pub struct ReportArgs {
    /// The stored scan.
    #[arg(long, value_name = "FILE", default_value = "reports/scan.json")]
    pub scan: PathBuf,
    /// The folder for everything that is written; `reports`, or a folder in it for parts, when not stated.
    #[arg(short, long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Parts instead of the whole: one workbook and one notice for each.
    #[arg(long, value_name = "FIELD", value_parser = values::split_by())]
    pub split_by: Option<SplitBy>,
    /// Encoding of the CSV files.
    #[arg(long, value_name = "NAME", default_value = "utf-8", value_parser = values::encoding())]
    pub encoding: CsvEncoding,
}

/// Where reports go.
const REPORTS: &str = "reports";
/// Where the parts of a report go.
const UNITS: &str = "reports/units";

/// Writes every format anew from the stored scan.
///
/// # Errors
/// When there is no such scan, or a file cannot be written.
pub fn run(args: &ReportArgs, session: &Session) -> Result<ExitStatus, CliError> {
    let document = stored::read(&args.scan)?;
    let options = args.encoding.options();
    let out = |usual: &str| args.out.clone().unwrap_or_else(|| usual.into());
    let files = match args.split_by {
        Some(SplitBy::OwnerUnit) => write_units(&out(UNITS), &document, session.catalogue, options)?,
        None => write_all(&out(REPORTS), &document, session.catalogue, options)?,
    };
    let lines: Vec<String> = files.iter().map(|file| format!("{}\n", file.display())).collect();
    session.out(&lines.concat())?;
    Ok(ExitStatus::Clean)
}
