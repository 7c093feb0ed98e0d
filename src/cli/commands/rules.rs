//! `rules`: the rule set and its clauses.

use crate::cli::values::{self, Format};
use clap::{Args, Subcommand};

/// Arguments of `rules`.
#[derive(Debug, Args)]
pub struct RulesArgs {
    /// What to do; the list when not stated.
    #[command(subcommand)]
    pub command: Option<RulesCommand>,
}

/// What `rules` can do.
#[derive(Debug, Subcommand)]
pub enum RulesCommand {
    /// Every rule in a line.
    List,
    /// One rule: what it looks for, on which clause, what is exempt, examples.
    Explain {
        /// Rule id.
        #[arg(value_name = "ID")]
        id: String,
    },
    /// The rule set for other programs.
    Export {
        /// For people or for programs.
        #[arg(long, value_name = "NAME", default_value = "json", value_parser = values::format())]
        format: Format,
    },
}

/// stub
pub fn run(_: &RulesArgs, _: &crate::cli::session::Session) -> Result<crate::cli::status::ExitStatus, crate::cli::error::CliError> { unimplemented!() }
