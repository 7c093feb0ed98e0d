//! Flags → command, one small file per sub-command, exit status; the only module that prints.
//!
//! For: turning what a person typed into one call, and its outcome into text and a status. Not
//! for: reading inventories or deciding anything. Invariant: results go to standard output,
//! everything else to standard error; the one clock of the program is the default of `--as-of`.

pub mod args;
pub mod commands;
pub mod diagnostics;
pub mod error;
pub mod localise;
pub mod progress;
pub mod schedule;
pub mod session;
pub mod status;
pub mod values;

mod guard;
mod known;
mod logging;
mod outputs;
mod overwrite;
mod print;
mod profiles;
mod remembered;
#[cfg(feature = "net")]
mod review;
mod stored;
mod usage;

use crate::knowledge::messages::{Catalogue, Lang};
use args::Cli;
use clap::FromArgMatches;
use error::CliError;
use session::Session;
use status::ExitStatus;
use std::ffi::OsString;

/// Runs the program with the arguments of the process.
pub fn main() -> std::process::ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    let catalogue = Catalogue::of(language(&arguments));
    guard::guarded(catalogue, || run(&arguments, catalogue)).into()
}

/// Parses, calls, reports; the catalogue is that of [`language`].
fn run(arguments: &[OsString], catalogue: &'static Catalogue) -> ExitStatus {
    let parsed = localise::command(catalogue)
        .try_get_matches_from(arguments)
        .and_then(|matches| Cli::from_arg_matches(&matches));
    let cli = match parsed {
        Ok(cli) => cli,
        Err(error) => return usage::answer(&error, catalogue),
    };
    let session = Session::new(&cli.global, catalogue);
    let outcome = session.prepare(&cli.global).and_then(|()| commands::run(cli.command, &session));
    outcome.unwrap_or_else(|error: CliError| {
        print::err(&error.render(session.catalogue, session.colour));
        ExitStatus::Failed
    })
}

/// The language asked for by `--lang` or `ZHIJIAN_LANG`, found before parsing because even the
/// words about a parsing error need it. Chinese when neither says anything that we speak.
fn language(arguments: &[OsString]) -> Lang {
    let mut asked = None;
    let mut rest = arguments.iter().skip(1).take_while(|a| *a != "--");
    while let Some(argument) = rest.next() {
        let Some(text) = argument.to_str() else { continue };
        if text == "--lang" {
            asked = rest.next().and_then(|value| value.to_str()).and_then(Lang::parse).or(asked);
        } else if let Some(code) = text.strip_prefix("--lang=") {
            asked = Lang::parse(code).or(asked);
        }
    }
    asked
        .or_else(|| std::env::var(args::LANG_VARIABLE).ok().and_then(|code| Lang::parse(&code)))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(words: &[&str]) -> Lang {
        language(&words.iter().map(OsString::from).collect::<Vec<_>>())
    }

    #[test]
    fn the_language_is_known_before_anything_is_parsed() {
        assert_eq!(of(&["zhijian", "--lang", "en", "audti"]), Lang::En);
        assert_eq!(of(&["zhijian", "audit", "--lang=en"]), Lang::En);
        assert_eq!(of(&["zhijian", "audit", "--", "--lang=en"]), Lang::Zh);
        assert_eq!(of(&["zhijian", "--lang", "fr"]), Lang::Zh);
    }
}
