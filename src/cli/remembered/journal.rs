//! One line per stage of a run by itself, for the journal of the system: words, or JSON for programs.
//!
//! For: seeing afterwards how far a run came. Not for: results.

use crate::cli::session::Session;
use crate::cli::values::Format;
use serde_json::{Map, Value};

/// Where the lines go, and how they are written.
pub(super) struct Journal<'a> {
    /// Nothing is written of a run that somebody watches.
    pub(super) on: bool,
    pub(super) format: Format,
    pub(super) session: &'a Session,
}

impl Journal<'_> {
    /// Says that a stage is over. `key` is its key in the catalogue; the last part is its name in JSON.
    pub(super) fn stage(&self, key: &str, values: &[(&str, Value)]) {
        if !self.on {
            return;
        }
        let line = match self.format {
            Format::Text => {
                let plain = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                let values: Vec<(&str, String)> =
                    values.iter().map(|(name, value)| (*name, plain(value))).collect();
                self.session.catalogue.fill(key, &values)
            }
            Format::Json => {
                let name = key.rsplit('.').next().unwrap_or(key);
                let mut line = Map::from_iter([("stage".to_owned(), Value::from(name))]);
                line.extend(values.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
                Value::Object(line).to_string()
            }
        };
        self.session.note(&line);
    }
}
