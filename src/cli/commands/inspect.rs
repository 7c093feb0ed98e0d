//! `inspect`: how each file was read, down to the column and the row.

use crate::cli::values::{self, Format};
use clap::Args;
use std::path::PathBuf;

/// Arguments of `inspect`.
#[derive(Debug, Args)]
pub struct InspectArgs {
    /// Files and folders.
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// The policy file, for its column meanings.
    #[arg(long, value_name = "FILE")]
    pub policy: Option<PathBuf>,
    /// For people or for programs.
    #[arg(long, value_name = "NAME", default_value = "text", value_parser = values::format())]
    pub format: Format,
}
