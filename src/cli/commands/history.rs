//! `history`: the kept scans: list, show, export, verify, prune, vacuum.

use crate::cli::error::CliError;
use crate::cli::remembered;
use crate::cli::session::Session;
use crate::cli::status::ExitStatus;
use crate::cli::values::{self, Format};
use crate::history::{FEWEST, Store};
use crate::views::history as views;
use crate::views::report::write::replace;
use clap::{Args, Subcommand};
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// Arguments of `history`.
#[derive(Debug, Args)]
pub struct HistoryArgs {
    /// What to do.
    #[command(subcommand)]
    pub command: HistoryCommand,
}

/// What `history` can do.
#[derive(Debug, Subcommand)]
pub enum HistoryCommand {
    /// Every scan and the last runs.
    List {
        /// The store.
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// Form of the output.
        #[arg(long, value_name = "FORM", default_value = "text", value_parser = values::format())]
        format: Format,
    },
    /// One scan.
    Show {
        /// The store.
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// Which.
        #[arg(value_name = "SCAN", default_value = "-1", allow_hyphen_values = true)]
        scan: String,
        /// Form of the output.
        #[arg(long, value_name = "FORM", default_value = "text", value_parser = values::format())]
        format: Format,
    },
    /// The `scan.json` of one scan.
    Export {
        /// The store.
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// Which.
        #[arg(value_name = "SCAN", default_value = "-1", allow_hyphen_values = true)]
        scan: String,
        /// Where to.
        #[arg(short, long, value_name = "FILE", default_value = "scan.json")]
        out: PathBuf,
    },
    /// Whether it is what was written.
    Verify {
        /// The store.
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// Drops the content of old scans.
    Prune {
        /// The store.
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// How many stay.
        #[arg(long, value_name = "N", value_parser = kept)]
        keep: usize,
    },
    /// Gives room back.
    Vacuum {
        /// The store.
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
}

/// How many scans stay whole.
fn kept(text: &str) -> Result<usize, &'static str> {
    text.parse().ok().filter(|keep| *keep >= FEWEST).ok_or("cli.usage.expected-keep")
}

/// Runs `history`.
///
/// # Errors
/// When there is no such store, it cannot be used, or it does not hold.
pub fn run(args: &HistoryArgs, session: &Session) -> Result<ExitStatus, CliError> {
    let catalogue = session.catalogue;
    match &args.command {
        HistoryCommand::List { file, format } => {
            let store = Store::open(file)?;
            let (scans, runs) = (store.scans()?, store.runs()?);
            session.out(&match format {
                Format::Text => views::list(&scans, &runs, catalogue, session.screen),
                Format::Json => views::list_json(&scans, &runs),
            })?;
        }
        HistoryCommand::Show { file, scan, format } => {
            let store = Store::open(file)?;
            // Nothing of it stands in the content, which may have been pruned.
            let row = store.row(scan)?;
            let events = store.events()?.into_iter().filter(|event| event.scan == row.id).collect::<Vec<_>>();
            let (decisions, evidence) = (store.decisions()?, store.evidence(row.id)?);
            session.out(&match format {
                Format::Text => views::show(&row, &events, &decisions, &evidence, catalogue, session.screen),
                Format::Json => views::show_json(&row, &events, &decisions, &evidence),
            })?;
        }
        HistoryCommand::Export { file, scan, out } => {
            let text = Store::open(file)?.scan(scan)?.text;
            write(out, &text)?;
            session.note(&catalogue.fill("history.exported", &[("path", out.display().to_string())]));
        }
        HistoryCommand::Verify { file } => return verify(file, session),
        HistoryCommand::Prune { file, keep } => {
            let pruned = remembered::open(file, session)?.0.prune(*keep)?;
            let args = [("dropped", pruned.dropped.to_string()), ("kept", pruned.kept.to_string())];
            session.note(&catalogue.fill("history.removed", &args));
        }
        HistoryCommand::Vacuum { file } => {
            let size = || std::fs::metadata(file).map_or(0, |meta| meta.len()).to_string();
            let before = size();
            remembered::open(file, session)?.0.vacuum()?;
            session.note(&catalogue.fill("history.smaller", &[("before", before), ("after", size())]));
        }
    }
    Ok(ExitStatus::Clean)
}

fn verify(file: &Path, session: &Session) -> Result<ExitStatus, CliError> {
    let verified = Store::open(file)?.verify()?;
    if let Some(broken) = verified.broken {
        return Err(CliError::HistoryBroken { path: file.to_owned(), scan: broken.scan, part: broken.part });
    }
    let args = [
        ("scans", verified.scans.to_string()),
        ("whole", verified.whole.to_string()),
        ("last", verified.last.get(..16).unwrap_or("–").to_owned()),
    ];
    session.out(&(session.catalogue.fill("history.holds", &args) + "\n"))?;
    Ok(ExitStatus::Clean)
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), CliError> {
    replace(path, |out| Ok(out.write_all(bytes)?))
        .map_err(|cause| crate::views::report::WriteError { path: path.to_owned(), cause }.into())
}
