//! What can be wrong with a table that the user supplies.

use crate::model::Message;

/// A fault in the user's table of regions, with the line it stands on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("extra regions, line {line}: {fault:?} ({found})")]
pub struct LexiconError {
    /// 1-based line of the table.
    pub line: u64,
    /// What is wrong.
    pub fault: Fault,
    /// The text as found.
    pub found: String,
}

/// What is wrong with a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The table cannot be read as CSV.
    Unreadable,
    /// A heading column (`code`, `name`) is missing.
    NoColumn,
    /// The code does not have 6, 9 or 12 digits.
    BadCode,
    /// The code is there already under another name.
    RepeatedCode,
    /// The name is empty.
    NoName,
    /// The level is none of the known ones.
    BadLevel,
    /// No division has the parent's code.
    NoParent,
}

impl LexiconError {
    /// The sentence for people.
    pub fn message(&self) -> Message {
        let key = match self.fault {
            Fault::Unreadable => "lexicon-error.unreadable",
            Fault::NoColumn => "lexicon-error.no-column",
            Fault::BadCode => "lexicon-error.bad-code",
            Fault::RepeatedCode => "lexicon-error.repeated-code",
            Fault::NoName => "lexicon-error.no-name",
            Fault::BadLevel => "lexicon-error.bad-level",
            Fault::NoParent => "lexicon-error.no-parent",
        };
        Message::new(key).with("line", self.line).with("found", &self.found)
    }
}
