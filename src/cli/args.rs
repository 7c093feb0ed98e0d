//! The command line as types.
//!
//! For: what can be typed. Not for: the words of the help, which are `cli.<command>.<argument>` in
//! the message catalogue and are put in by [`super::localise`].

use super::commands::{
    audit::AuditArgs, collect::CollectArgs, completions::CompletionsArgs, diff::DiffArgs,
    explain::ExplainArgs, history::HistoryArgs, inspect::InspectArgs, man::ManArgs, r#match::MatchArgs,
    plan::PlanArgs, policy::PolicyArgs, report::ReportArgs, review::ReviewArgs, rules::RulesArgs,
    schedule::ScheduleArgs, screen::ScreenArgs, template::TemplateArgs,
};
use super::values;
use crate::knowledge::messages::Lang;
use clap::{ArgAction, Args, Parser, Subcommand};

/// The environment variable that sets the language where `--lang` does not.
pub const LANG_VARIABLE: &str = "ZHIJIAN_LANG";

/// The whole command line.
#[derive(Debug, Parser)]
#[command(name = "zhijian", version)]
#[command(disable_help_flag = true, disable_version_flag = true, disable_help_subcommand = true)]
#[command(subcommand_required = true, arg_required_else_help = true)]
pub struct Cli {
    /// Options of every command.
    #[command(flatten)]
    pub global: Globals,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// Options of every command.
#[derive(Debug, Args)]
pub struct Globals {
    /// Language of everything printed and written.
    #[arg(long, global = true, env = LANG_VARIABLE, default_value = "zh", value_parser = values::lang())]
    #[arg(display_order = 900)]
    pub lang: Lang,
    /// Threads to work with; all processors when not stated.
    #[arg(long, global = true, value_name = "N", value_parser = values::threads, display_order = 901)]
    pub threads: Option<usize>,
    /// What is being done; twice for more.
    #[arg(short, long, global = true, action = ArgAction::Count, display_order = 902)]
    pub verbose: u8,
    /// Nothing but results and errors.
    #[arg(short, long, global = true, conflicts_with = "verbose", display_order = 903)]
    pub quiet: bool,
    /// The help of a command.
    #[arg(short = 'h', long, global = true, action = ArgAction::Help, display_order = 904)]
    pub help: Option<bool>,
    /// The version of the program.
    #[arg(short = 'V', long, action = ArgAction::Version, display_order = 905)]
    pub version: Option<bool>,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// The main job.
    Audit(AuditArgs),
    /// How files are read.
    Inspect(InspectArgs),
    /// Duplicates only.
    Match(MatchArgs),
    /// One item, pair or finding.
    Explain(ExplainArgs),
    /// The plan of a stored scan.
    Plan(PlanArgs),
    /// The reports of a stored scan.
    Report(ReportArgs),
    /// What happened between two scans.
    Diff(DiffArgs),
    /// The kept scans.
    History(HistoryArgs),
    /// The rule set.
    Rules(RulesArgs),
    /// Free text.
    Screen(ScreenArgs),
    /// Evidence from public pages.
    Collect(CollectArgs),
    /// The review page.
    Review(ReviewArgs),
    /// Blank inventories.
    Template(TemplateArgs),
    /// When the audit runs by itself.
    Schedule(ScheduleArgs),
    /// The policy file.
    Policy(PolicyArgs),
    /// Completions for a shell.
    Completions(CompletionsArgs),
    /// Manual pages.
    Man(ManArgs),
}
