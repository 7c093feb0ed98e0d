//! `plan`: the plan of a stored scan.

use clap::Args;
use std::path::PathBuf;

/// Arguments of `plan`.
#[derive(Debug, Args)]
pub struct PlanArgs {
    /// The stored scan.
    #[arg(long, value_name = "FILE", default_value = "reports/scan.json")]
    pub scan: PathBuf,
}
