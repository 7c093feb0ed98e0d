//! One file per sub-command: its arguments, and what it does with them.

pub mod audit;
pub mod collect;
pub mod completions;
pub mod diff;
pub mod explain;
pub mod history;
pub mod inspect;
pub mod man;
pub mod r#match;
pub mod plan;
pub mod policy;
pub mod replan;
pub mod report;
pub mod review;
pub mod rules;
pub mod schedule;
pub mod screen;
pub mod template;

use super::args::Command;
use super::error::CliError;
use super::session::Session;
use super::status::ExitStatus;

/// Runs the command that was asked for.
///
/// # Errors
/// Whatever kept it from completing.
pub fn run(command: Command, session: &Session) -> Result<ExitStatus, CliError> {
    match command {
        Command::Audit(args) => audit::run(&args, session),
        Command::Inspect(args) => inspect::run(&args, session),
        Command::Match(args) => r#match::run(&args, session),
        Command::Explain(args) => explain::run(&args, session),
        Command::Plan(args) => plan::run(&args, session),
        Command::Report(args) => report::run(&args, session),
        Command::Diff(args) => diff::run(&args, session),
        Command::History(args) => history::run(&args, session),
        Command::Rules(args) => rules::run(&args, session),
        Command::Screen(args) => screen::run(&args, session),
        Command::Collect(args) => collect::run(&args, session),
        Command::Review(args) => review::run(&args, session),
        Command::Template(args) => template::run(&args, session),
        Command::Schedule(args) => schedule::run(&args, session),
        Command::Policy(args) => policy::run(&args, session),
        Command::Completions(args) => completions::run(&args, session),
        Command::Man(args) => man::run(&args, session),
    }
}
