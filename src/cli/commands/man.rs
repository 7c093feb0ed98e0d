//! `man`: manual pages, generated from the same declaration as the parser.

use crate::cli::error::CliError;
use crate::cli::localise;
use crate::cli::session::Session;
use crate::cli::status::ExitStatus;
use crate::knowledge::messages::Catalogue;
use clap::{Args, Command};
use std::path::PathBuf;

/// Arguments of `man`.
#[derive(Debug, Args)]
pub struct ManArgs {
    /// A folder for one page per command; the main page is printed when not stated.
    #[arg(short, long, value_name = "DIR")]
    pub out: Option<PathBuf>,
}

/// Prints the main page, or writes all pages.
///
/// # Errors
/// When the output cannot be taken or the folder not written.
pub fn run(args: &ManArgs, session: &Session) -> Result<ExitStatus, CliError> {
    let root = localise::command(session.catalogue);
    let Some(folder) = &args.out else {
        session.out(&page(&root, session.catalogue)?)?;
        return Ok(ExitStatus::Clean);
    };
    let failed = |source| CliError::Write { path: folder.clone(), source };
    std::fs::create_dir_all(folder).map_err(failed)?;
    for (name, command) in pages(&root) {
        std::fs::write(folder.join(format!("{name}.1")), page(&command.name(name), session.catalogue)?)
            .map_err(failed)?;
    }
    Ok(ExitStatus::Clean)
}

/// The command and all below it, each under its full name: `zhijian-policy-show`.
fn pages(command: &Command) -> Vec<(String, Command)> {
    let name = command.get_name().to_owned();
    let mut pages = vec![(name.clone(), command.clone())];
    for sub in command.get_subcommands() {
        pages.extend(pages_below(&name, sub));
    }
    pages
}

fn pages_below(above: &str, command: &Command) -> Vec<(String, Command)> {
    let name = format!("{above}-{}", command.get_name());
    let mut pages = vec![(name.clone(), command.clone())];
    for sub in command.get_subcommands() {
        pages.extend(pages_below(&name, sub));
    }
    pages
}

/// One page, with its headings in the catalogue's language.
fn page(command: &Command, catalogue: &Catalogue) -> Result<String, CliError> {
    let mut roff = Vec::new();
    clap_mangen::Man::new(command.clone())
        .render(&mut roff)
        .map_err(|source| CliError::Other(source.into()))?;
    let text = String::from_utf8_lossy(&roff);
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        let heading = line.strip_prefix(".SH ").map(|h| format!("cli.roff.{}", h.trim_matches('"')));
        match heading.filter(|key| catalogue.has(key)) {
            Some(key) => {
                out.push_str(".SH ");
                out.push_str(&catalogue.text(&key));
            }
            None => out.push_str(line),
        }
        out.push('\n');
    }
    Ok(out)
}
