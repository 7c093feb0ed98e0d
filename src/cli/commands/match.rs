//! `match`: duplicates only, as `id,cluster`.

use crate::cli::values;
use crate::knowledge::policy::Flags;
use clap::Args;
use std::path::PathBuf;

/// Arguments of `match`.
#[derive(Debug, Args)]
pub struct MatchArgs {
    /// The inventory.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Where `id,cluster` goes.
    #[arg(short, long, value_name = "FILE")]
    pub out: PathBuf,
    /// Where the related pairs go, when wanted.
    #[arg(long, value_name = "FILE")]
    pub pairs: Option<PathBuf>,
    /// Probability from which a pair counts, over the policy's figure.
    #[arg(long, value_name = "P", value_parser = values::probability)]
    pub threshold: Option<f64>,
    /// The policy file, for its judgements and column meanings.
    #[arg(long, value_name = "FILE")]
    pub policy: Option<PathBuf>,
    /// Say how the candidates were found and how many each key gave.
    #[arg(long)]
    pub explain_blocking: bool,
}

impl MatchArgs {
    /// The flags that lie over the policy.
    pub fn flags(&self) -> Flags {
        Flags { fail_on: None, threshold: self.threshold }
    }
}
