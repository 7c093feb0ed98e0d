//! `explain`: an item, a pair or a finding of a stored scan, with the evidence.

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
