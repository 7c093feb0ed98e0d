//! `inspect`: how each file was read, down to the column and the row.

use crate::cli::error::CliError;
use crate::cli::progress::Progress;
use crate::cli::session::Session;
use crate::cli::status::ExitStatus;
use crate::cli::values::{self, Format};
use crate::knowledge::policy::Flags;
use crate::model::Diagnostic;
use crate::scan::{self, Request, document};
use crate::views::inspect::{self, Reading};
use clap::Args;
use jiff::civil::Date;
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
    /// The day that dates without a year are read by; today when not stated.
    #[arg(long, value_name = "DATE", value_parser = values::day)]
    pub as_of: Option<Date>,
    /// For people or for programs.
    #[arg(long, value_name = "NAME", default_value = "text", value_parser = values::format())]
    pub format: Format,
}

/// Reads the files and prints how.
///
/// # Errors
/// When a named path is missing, the policy is at fault, or nothing could be read.
pub fn run(args: &InspectArgs, session: &Session) -> Result<ExitStatus, CliError> {
    let policy = session.policy(args.policy.as_deref(), &Flags::default())?;
    let knowledge = session.knowledge(&policy)?;
    let progress = Progress::new(session);
    let mut read = scan::read(&Request {
        paths: &args.paths,
        knowledge: &knowledge,
        policy: &policy,
        as_of: args.as_of.unwrap_or_else(values::today),
        with_sm3: true,
        progress: &|path, rows| progress.rows(path, rows),
    })?;
    progress.done();
    Diagnostic::sort(&mut read.diagnostics);
    let reading = Reading {
        inputs: &document::inputs(&read.inputs, &read.assets),
        remarks: &document::remarks(&read.diagnostics, session.catalogue),
        rejected: &document::rejected(&read.rejected, &read.inputs, &read.assets, session.catalogue),
    };
    match args.format {
        Format::Text => session.out(&inspect::text(reading, session.catalogue, session.screen))?,
        Format::Json => session.out(&inspect::json(reading).map_err(anyhow::Error::from)?)?,
    }
    if read.inputs.is_empty() { Err(CliError::NothingRead) } else { Ok(ExitStatus::Clean) }
}
