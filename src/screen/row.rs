//! One row as it came.
//!
//! For: handing on all that a row holds, whatever its form. Not for: reading or writing it.

use serde_json::{Map, Value};
use std::borrow::Cow;

/// A row with everything it came with.
#[derive(Clone, Debug, PartialEq)]
pub enum Row {
    /// Cells in the order of the columns, as many as there are.
    Cells(Vec<String>),
    /// A JSON object.
    Object(Map<String, Value>),
    /// A line that is no JSON object, as it is.
    Stray(String),
}

impl Row {
    /// The text in a column, by position or, in an object, by name. Nothing is an empty text; what is no text is
    /// taken as it would be written.
    pub fn text(&self, column: usize, name: &str) -> Cow<'_, str> {
        match self {
            Row::Cells(cells) => cells.get(column).map_or("", String::as_str).into(),
            Row::Object(fields) => fields.get(name).map_or("".into(), shown),
            Row::Stray(line) => line.into(),
        }
    }

    /// A line that is no object becomes one, with all of it in the column of the texts.
    pub(super) fn under(self, name: &str) -> Row {
        match self {
            Row::Stray(line) => Row::Object(Map::from_iter([(name.to_owned(), Value::String(line))])),
            row => row,
        }
    }

    /// About how much memory it holds.
    pub(super) fn bytes(&self) -> usize {
        match self {
            Row::Cells(cells) => cells.iter().map(String::len).sum(),
            Row::Object(fields) => fields.iter().map(|(name, value)| name.len() + shown(value).len()).sum(),
            Row::Stray(line) => line.len(),
        }
    }
}

/// A JSON value in a cell.
fn shown(value: &Value) -> Cow<'_, str> {
    match value {
        Value::Null => "".into(),
        Value::String(text) => text.into(),
        other => other.to_string().into(),
    }
}
