//! `completions`: generated from the same declaration as the parser.

use crate::cli::error::CliError;
use crate::cli::localise;
use crate::cli::session::Session;
use crate::cli::status::ExitStatus;
use clap::Args;
use clap_complete::Shell;

/// Arguments of `completions`.
#[derive(Debug, Args)]
pub struct CompletionsArgs {
    /// The shell.
    #[arg(value_name = "SHELL")]
    pub shell: Shell,
}

/// Prints the completions of a shell.
///
/// # Errors
/// When the output cannot be taken.
pub fn run(args: &CompletionsArgs, session: &Session) -> Result<ExitStatus, CliError> {
    let mut command = localise::command(session.catalogue);
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut command, "zhijian", &mut script);
    session.out(&String::from_utf8_lossy(&script))?;
    Ok(ExitStatus::Clean)
}
