//! `collect`: evidence from public pages, planned, fetched, taken in by hand, checked.

mod fetch;
mod import;
mod setting;
mod subjects;
mod upkeep;

use crate::cli::error::CliError;
use crate::cli::session::Session;
use crate::cli::status::ExitStatus;
use crate::cli::values;
use crate::collect::safety::HostPort;
use clap::{Args, Subcommand};
use jiff::Timestamp;
use std::path::PathBuf;

/// Arguments of `collect`.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct CollectArgs {
    /// Another thing to do than to fetch.
    #[command(subcommand)]
    pub command: Option<CollectCommand>,
    /// Inventories; the newest scan when none is named.
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// A stored scan, for its items.
    #[arg(long, value_name = "FILE", conflicts_with = "paths")]
    pub scan: Option<PathBuf>,
    /// Only these sources of those that are on.
    #[arg(long, value_name = "NAME")]
    pub source: Vec<String>,
    /// The evidence folder.
    #[arg(short, long, value_name = "DIR", default_value = "evidence")]
    pub out: PathBuf,
    /// The policy file, in which sources are switched on.
    #[arg(long, value_name = "FILE")]
    pub policy: Option<PathBuf>,
    /// Ask nothing; list what would be asked.
    #[arg(long)]
    pub plan: bool,
    /// Hosts of an internal network that may be asked.
    #[arg(long, value_name = "HOST:PORT", value_parser = values::host_port)]
    pub allow_host: Vec<HostPort>,
}

/// What else `collect` can do.
#[derive(Debug, Subcommand)]
pub enum CollectCommand {
    /// Takes a saved page in.
    Import(ImportArgs),
    /// Reads kept pages again by the adapters of today.
    Reread(UpkeepArgs),
    /// Removes pages whose time is over.
    Prune {
        /// Folder and policy.
        #[command(flatten)]
        upkeep: UpkeepArgs,
        /// How many days pages are kept, over the policy.
        #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u32).range(1..=3650))]
        keep: Option<u32>,
    },
    /// Checks a folder.
    Verify {
        /// The evidence folder.
        #[arg(value_name = "DIR", default_value = "evidence")]
        dir: PathBuf,
        /// The policy file, for how long evidence is kept.
        #[arg(long, value_name = "FILE")]
        policy: Option<PathBuf>,
        /// Kept scans: whether what they cite is still there.
        #[arg(long, value_name = "FILE")]
        history: Option<PathBuf>,
    },
}

/// An evidence folder, and the policy that goes with it.
#[derive(Debug, Args)]
pub struct UpkeepArgs {
    /// The evidence folder.
    #[arg(value_name = "DIR", default_value = "evidence")]
    pub dir: PathBuf,
    /// The policy file: adapters of one's own, and how long evidence is kept.
    #[arg(long, value_name = "FILE")]
    pub policy: Option<PathBuf>,
}

/// Arguments of `collect import`.
#[derive(Debug, Args)]
pub struct ImportArgs {
    /// The saved page.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Address at which it was seen.
    #[arg(long, value_name = "URL")]
    pub url: String,
    /// When it was saved.
    #[arg(long, value_name = "TIME", value_parser = values::moment)]
    pub taken: Timestamp,
    /// Who saved it.
    #[arg(long, value_name = "WHO")]
    pub by: String,
    /// The adapter to read it with.
    #[arg(long, value_name = "NAME")]
    pub source: Option<String>,
    /// Items it is about.
    #[arg(long, value_name = "ID")]
    pub asset: Vec<String>,
    /// The package name by which its record is found.
    #[arg(long, value_name = "NAME")]
    pub package: Option<String>,
    /// The evidence folder.
    #[arg(short, long, value_name = "DIR", default_value = "evidence")]
    pub out: PathBuf,
    /// The policy file, for adapters of one's own.
    #[arg(long, value_name = "FILE")]
    pub policy: Option<PathBuf>,
}

/// Runs `collect`.
///
/// # Errors
/// When inputs, policy or adapters are at fault, the folder cannot be used, or nothing can be fetched at all.
pub fn run(args: &CollectArgs, session: &Session) -> Result<ExitStatus, CliError> {
    match &args.command {
        None => fetch::run(args, session),
        Some(CollectCommand::Import(import)) => import::run(import, session),
        Some(CollectCommand::Reread(args)) => upkeep::reread(args, session),
        Some(CollectCommand::Prune { upkeep, keep }) => upkeep::prune(upkeep, *keep, session),
        Some(CollectCommand::Verify { dir, policy, history }) => {
            upkeep::verify(dir, policy.as_deref(), history.as_deref(), session)
        }
    }
}
