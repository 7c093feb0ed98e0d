//! What every command needs to know about the run: language, loudness, colours, threads.

use super::args::Globals;
use super::error::CliError;
use super::{known, logging, print, profiles};
use crate::knowledge::messages::Catalogue;
use crate::knowledge::policy::{self, Flags, Policy};
use crate::scan::Knowledge;
use crate::scan::document::ScanDocument;
use crate::views::terminal::Screen;
use std::io::IsTerminal as _;
use std::path::Path;

/// One run of the program.
pub struct Session {
    /// All sentences, in the language asked for.
    pub catalogue: &'static Catalogue,
    /// Nothing but results and errors.
    pub quiet: bool,
    /// How much to tell of what is being done: 0, 1, 2.
    pub verbose: u8,
    /// Whether standard error is a terminal that wants colours.
    pub colour: bool,
    /// Where results stand: the terminal's width and colours, or plain text of a fixed width.
    pub screen: Screen,
}

/// Columns of text that goes to a pipe or a file.
const PIPE_WIDTH: usize = 100;

impl Session {
    /// A session as the global options want it.
    pub fn new(globals: &Globals, catalogue: &'static Catalogue) -> Self {
        // https://no-color.org: any value but an empty one.
        let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        Session {
            catalogue,
            quiet: globals.quiet,
            verbose: globals.verbose,
            colour: !plain && std::io::stderr().is_terminal(),
            screen: match terminal_size::terminal_size() {
                Some((width, _)) if std::io::stdout().is_terminal() => {
                    Screen { width: usize::from(width.0), colour: !plain }
                }
                _ => Screen::plain(PIPE_WIDTH),
            },
        }
    }

    /// Sets up what exists once in a process: the log and the threads.
    ///
    /// # Errors
    /// When the system gives no threads.
    pub fn prepare(&self, globals: &Globals) -> Result<(), CliError> {
        logging::start(self.verbose, self.colour);
        if let Some(threads) = globals.threads {
            rayon::ThreadPoolBuilder::new()
                .num_threads(threads)
                .build_global()
                .map_err(|error| CliError::Other(error.into()))?;
        }
        Ok(())
    }

    /// Built-in defaults ← the policy file, if one is named ← flags.
    ///
    /// # Errors
    /// When a file is named and is absent or at fault; never a silent default.
    pub fn policy(&self, file: Option<&Path>, flags: &Flags) -> Result<Policy, CliError> {
        let policy = match file {
            Some(path) => policy::read(path, &known::known())?,
            None => Policy::default(),
        };
        Ok(policy.with_flags(flags))
    }

    /// What the program knows, with the policy's own regions and words.
    ///
    /// # Errors
    /// When the regions file or a profile cannot be read or is at fault.
    pub fn knowledge(&self, policy: &Policy) -> Result<Knowledge, CliError> {
        let mut knowledge = words(policy)?;
        for profile in &policy.profiles {
            profiles::take(profile, &mut knowledge)?;
        }
        Ok(knowledge)
    }

    /// What the program knows of a stored scan: functions of its policy are stored with it, so that the file is needed only
    /// where it says more.
    ///
    /// # Errors
    /// As [`knowledge`](Self::knowledge) and [`policy`](Self::policy).
    pub fn knowledge_of(&self, scan: &ScanDocument, policy: Option<&Path>) -> Result<Knowledge, CliError> {
        let mut obeyed = self.policy(policy, &Flags::default())?;
        if policy.is_none() {
            obeyed.words.functions = scan.local_functions();
        }
        self.knowledge(&obeyed)
    }

    /// Writes results to standard output.
    ///
    /// # Errors
    /// When the output cannot be taken.
    pub fn out(&self, text: &str) -> Result<(), CliError> {
        print::out(text)
    }

    /// Tells something beside the results, on standard error, unless asked to be quiet.
    pub fn note(&self, text: &str) {
        if !self.quiet {
            print::err(text);
        }
    }
}

/// What the program knows, with the policy's regions and words.
fn words(policy: &Policy) -> Result<Knowledge, CliError> {
    let Some(path) = &policy.extra_regions else { return Ok(Knowledge::load(None, &policy.words)?) };
    let bytes = std::fs::read(path).map_err(|source| CliError::Read { path: path.clone(), source })?;
    let text = std::str::from_utf8(&bytes).map_err(|fault| {
        let before = &bytes[..fault.valid_up_to()];
        let line = before.split(|&b| b == b'\n').count();
        CliError::RegionsNotUtf8 { path: path.clone(), line }
    })?;
    Knowledge::load(Some(text), &policy.words)
        .map_err(|source| CliError::Regions { path: path.clone(), source })
}
