//! `template`: blank inventories for units to fill.

use crate::cli::error::CliError;
use crate::cli::session::Session;
use crate::cli::status::ExitStatus;
use crate::cli::values;
use crate::views::template;
use clap::Args;
use std::path::PathBuf;

/// Arguments of `template`.
#[derive(Debug, Args)]
pub struct TemplateArgs {
    /// The folder for the workbooks.
    #[arg(short, long, value_name = "DIR", default_value = "templates")]
    pub out: PathBuf,
    /// Which of them; all when not stated.
    #[arg(long, value_name = "NAME", value_delimiter = ',', value_parser = values::template())]
    pub kind: Vec<String>,
}

/// Writes the blank inventories. One that is there already may have been filled in and is never replaced.
///
/// # Errors
/// When a file is there already, or cannot be written.
pub fn run(args: &TemplateArgs, session: &Session) -> Result<ExitStatus, CliError> {
    let wanted = |id: &String| args.kind.is_empty() || args.kind.contains(id);
    let books: Vec<_> = template::books().iter().filter(|book| wanted(&book.id)).collect();
    for book in &books {
        let path = args.out.join(&book.file);
        if path.exists() {
            return Err(CliError::Exists { path });
        }
    }
    std::fs::create_dir_all(&args.out)
        .map_err(|source| CliError::Write { path: args.out.clone(), source })?;
    let files = template::write(&args.out, &books, session.catalogue)?;
    let lines: Vec<String> = files.iter().map(|file| format!("{}\n", file.display())).collect();
    session.out(&lines.concat())?;
    Ok(ExitStatus::Clean)
}
