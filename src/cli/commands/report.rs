//! `report`: the documents of a stored scan, written anew.

use crate::cli::values::{self, CsvEncoding};
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
