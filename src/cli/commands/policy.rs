//! `policy`: effective values, the annotated template, a check.

use crate::cli::error::CliError;
use crate::cli::known::known;
use crate::cli::session::Session;
use crate::cli::status::ExitStatus;
use crate::knowledge::policy::{Flags, show, template};
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// Arguments of `policy`.
#[derive(Debug, Args)]
pub struct PolicyArgs {
    /// What to do.
    #[command(subcommand)]
    pub command: PolicyCommand,
}

/// What `policy` can do.
#[derive(Debug, Subcommand)]
pub enum PolicyCommand {
    /// Every effective value and where it comes from.
    Show {
        /// The policy file; the built-in defaults when not stated.
        #[arg(long, value_name = "FILE")]
        policy: Option<PathBuf>,
    },
    /// A commented file with everything that can be written.
    Template,
    /// Whether a file is valid, with every fault.
    Check {
        /// The policy file.
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
}

/// Runs `policy`.
///
/// # Errors
/// When the file is absent or at fault.
pub fn run(args: &PolicyArgs, session: &Session) -> Result<ExitStatus, CliError> {
    let text = match &args.command {
        PolicyCommand::Show { policy } => {
            let policy = session.policy(policy.as_deref(), &Flags::default())?;
            show(&policy, session.catalogue)
        }
        PolicyCommand::Template => template(session.catalogue, &known()),
        PolicyCommand::Check { file } => {
            let policy = session.policy(Some(file), &Flags::default())?;
            // What the file names must be in order too, or the run that it was checked for fails.
            session.knowledge(&policy)?;
            let path = file.display().to_string();
            session.catalogue.fill("cli.policy.check.valid", &[("path", path)]) + "\n"
        }
    };
    session.out(&text)?;
    Ok(ExitStatus::Clean)
}
