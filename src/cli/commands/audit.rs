//! `audit`: read, match, check, plan, report.

use crate::cli::values::{self, CsvEncoding};
use crate::knowledge::policy::{FailOn, Flags};
use clap::Args;
use jiff::civil::Date;
use std::path::PathBuf;

/// Arguments of `audit`.
#[derive(Debug, Args)]
pub struct AuditArgs {
    /// Files and folders.
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// The folder for everything that is written.
    #[arg(short, long, value_name = "DIR", default_value = "reports")]
    pub out: PathBuf,
    /// The day as of which clauses, deadlines and staleness are judged; today when not stated.
    #[arg(long, value_name = "DATE", value_parser = values::day)]
    pub as_of: Option<Date>,
    /// The policy file.
    #[arg(long, value_name = "FILE")]
    pub policy: Option<PathBuf>,
    /// What makes the status 1, over the policy's list.
    #[arg(long, value_name = "LIST", value_delimiter = ',', value_parser = values::fail_on())]
    pub fail_on: Option<Vec<FailOn>>,
    /// Encoding of the CSV files.
    #[arg(long, value_name = "NAME", default_value = "utf-8", value_parser = values::encoding())]
    pub encoding: CsvEncoding,
}

impl AuditArgs {
    /// The flags that lie over the policy.
    pub fn flags(&self) -> Flags {
        Flags { fail_on: self.fail_on.clone(), threshold: None }
    }

    /// The as-of date: stated, or today.
    pub fn as_of(&self) -> Date {
        self.as_of.unwrap_or_else(values::today)
    }
}
