//! `rules`: the rule set and its clauses.

use crate::cli::error::CliError;
use crate::cli::session::Session;
use crate::cli::status::ExitStatus;
use crate::knowledge::clause::{ClauseBook, Profile};
use crate::stages::rules::{self, RULES};
use crate::views;
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
    /// The local profiles, or one in full.
    Profiles {
        /// Its name.
        #[arg(value_name = "NAME")]
        name: Option<String>,
    },
    /// The rule set with its clauses, as JSON.
    Export,
}

/// Prints the list, a page, or the rule set.
///
/// # Errors
/// When there is no such rule.
pub fn run(args: &RulesArgs, session: &Session) -> Result<ExitStatus, CliError> {
    let catalogue = session.catalogue;
    match args.command.as_ref().unwrap_or(&RulesCommand::List) {
        RulesCommand::List => session.out(&views::rules::list(catalogue, session.screen))?,
        RulesCommand::Explain { id } => match rules::declared(id) {
            Some(meta) => session.out(&rules::explain(meta, catalogue, &ClauseBook::load()))?,
            None => return Err(CliError::NoRule { id: id.clone(), nearest: nearest(id) }),
        },
        RulesCommand::Profiles { name: None } => {
            session.out(&views::rules::profiles(catalogue, session.screen, &ClauseBook::load()))?;
        }
        RulesCommand::Profiles { name: Some(name) } => {
            let Some(text) = Profile::text(name) else {
                let known = ClauseBook::load().profiles().map(|p| p.name.clone()).collect();
                return Err(CliError::NoProfile { name: name.clone(), known });
            };
            session.out(text)?;
        }
        RulesCommand::Export => session.out(&views::rules::json(catalogue, &ClauseBook::load()))?,
    }
    Ok(ExitStatus::Clean)
}

/// The rule most likely meant.
fn nearest(id: &str) -> Option<&'static str> {
    /// Below this two ids have little in common.
    const ALIKE: f64 = 0.7;
    let alike = |known: &str| strsim::jaro_winkler(known, id);
    let all = RULES.iter().map(|rule| rule.meta.id);
    all.max_by(|a, b| alike(a).total_cmp(&alike(b))).filter(|known| alike(known) >= ALIKE)
}
