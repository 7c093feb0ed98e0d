//! `review`: the local page on which people accept or reject suggestions.

use crate::cli::error::CliError;
use crate::cli::session::Session;
use crate::cli::status::ExitStatus;
use clap::Args;
use std::net::SocketAddr;
use std::path::PathBuf;

/// Arguments of `review`.
#[derive(Debug, Args)]
pub struct ReviewArgs {
    /// A stored scan, or the folder it is in.
    #[arg(value_name = "SCAN", default_value = "reports")]
    pub scan: PathBuf,
    /// The file that decisions go to.
    #[arg(long, value_name = "FILE", default_value = "decisions.csv")]
    pub decisions: PathBuf,
    /// Where waivers go.
    #[arg(long, value_name = "FILE")]
    pub history: Option<PathBuf>,
    /// Where to listen.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:0", value_parser = crate::cli::values::address)]
    pub listen: SocketAddr,
    /// Print the address and nothing else.
    #[arg(long)]
    pub print_url: bool,
}

/// Serves the page until it is ended.
///
/// # Errors
/// When there is no such scan, the file is none of decisions, the history cannot be used, or the address cannot be had.
#[cfg(feature = "net")]
pub fn run(args: &ReviewArgs, session: &Session) -> Result<ExitStatus, CliError> {
    use crate::cli::{review, stored};

    let file = if args.scan.is_dir() { args.scan.join("scan.json") } else { args.scan.clone() };
    let desk = review::Desk::new(
        stored::read(&file)?,
        args.decisions.clone(),
        args.history.as_deref(),
        session.catalogue,
    )?;
    let decisions = args.decisions.display().to_string();
    let say = |key: &str, values: &[(&str, String)]| session.catalogue.fill(&format!("review.{key}"), values);
    let tell = |url: &str, bound: SocketAddr| {
        let text = if args.print_url {
            format!("{url}\n")
        } else {
            say("open", &[("url", url.to_owned()), ("path", decisions.clone())]) + "\n"
        };
        session.out(&text).map_err(|error| std::io::Error::other(error.to_string()))?;
        if !bound.ip().is_loopback() {
            session.note(&say("wide", &[("address", bound.to_string())]));
        }
        Ok(())
    };
    let now = || jiff::Zoned::now().strftime("%Y-%m-%d %H:%M").to_string();
    let count = review::run(desk, args.listen, now, tell).map_err(|source| CliError::Listen {
        address: args.listen.to_string(),
        reason: source.to_string(),
    })?;
    session.note(&say("ended", &[("count", count.to_string()), ("path", decisions)]));
    Ok(ExitStatus::Clean)
}

/// Says that this build cannot.
///
/// # Errors
/// Always.
#[cfg(not(feature = "net"))]
pub fn run(_: &ReviewArgs, _: &Session) -> Result<ExitStatus, CliError> {
    Err(CliError::NoReview)
}
