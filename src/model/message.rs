//! A sentence that is not yet in any language: a catalogue key and the values to put in.
//!
//! For: everything a stage wants to tell a person. Not for: wording, which lives in the message
//! catalogue (`knowledge::messages`) so that each sentence exists once per language.

/// A catalogue key with its arguments.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Message {
    /// Key in the catalogue, such as `reason.keep.main`.
    pub key: &'static str,
    /// Named values; each `{name}` of the template is replaced by its value.
    pub args: Vec<(&'static str, String)>,
}

impl Message {
    /// A message without arguments.
    pub fn new(key: &'static str) -> Self {
        Message { key, args: Vec::new() }
    }

    /// Adds a named value.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.push((name, value.to_string()));
        self
    }
}
