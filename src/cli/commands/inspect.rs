//! `inspect`: how each file was read, down to the column and the row.

use crate::cli::error::CliError;
use crate::cli::known::known;
use crate::cli::progress::Progress;
use crate::cli::session::Session;
use crate::cli::status::ExitStatus;
use crate::cli::values::{self, Format};
use crate::knowledge::policy::{self, Flags};
use crate::model::Diagnostic;
use crate::scan::{self, Request, document};
use crate::views::inspect::{self, Reading};
use crate::views::report::WriteError;
use crate::views::report::write::atomic;
use clap::Args;
use jiff::civil::Date;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

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
    /// The units that are expected to report.
    #[arg(long, value_name = "FILE")]
    pub roster: Option<PathBuf>,
    /// A policy file to which entries are added that settle what was guessed.
    #[arg(long, value_name = "FILE")]
    pub fix: Option<PathBuf>,
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
        roster: args.roster.as_deref(),
        decisions: &[],
        reference: None,
        beside: &[],
        evidence: None,
        kept: None,
        with_sm3: true,
        progress: &|path, rows| progress.rows(path, rows),
    })?;
    progress.done();
    Diagnostic::sort(&mut read.diagnostics);
    let reading = Reading {
        inputs: &document::inputs(&read.inputs, &read.assets),
        remarks: &document::remarks(&read.diagnostics, session.catalogue),
        rejected: &document::rejected(&read.rejected, &read.inputs, &read.assets, session.catalogue),
        roster: &document::roster(&read.roster),
    };
    match args.format {
        Format::Text => session.out(&inspect::text(reading, session.catalogue, session.screen))?,
        Format::Json => session.out(&inspect::json(reading).map_err(anyhow::Error::from)?)?,
    }
    if let Some(path) = &args.fix {
        fix(path, reading.inputs, session)?;
    }
    if read.inputs.is_empty() { Err(CliError::NothingRead) } else { Ok(ExitStatus::Clean) }
}

/// Adds to the policy file what settles the guesses. What stands in it already stays as it is.
fn fix(path: &Path, inputs: &[document::Input], session: &Session) -> Result<(), CliError> {
    let failed = |source| CliError::Read { path: path.to_owned(), source };
    let old = match std::fs::read_to_string(path) {
        Ok(text) => {
            // Nothing is added to a file that is at fault already.
            policy::read(path, &known())?;
            text
        }
        Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
        Err(error) => return Err(failed(error)),
    };
    let (text, count) = inspect::fixed(&old, inputs, session.catalogue);
    if count > 0 {
        atomic::replace(path, |out| Ok(out.write_all(text.as_bytes())?))
            .map_err(|cause| WriteError { path: path.to_owned(), cause })?;
    }
    let args = [("count", count.to_string()), ("path", path.display().to_string())];
    session.note(&session.catalogue.fill("cli.inspect.fixed", &args));
    Ok(())
}
