//! Which blank inventories there are, and their columns.
//!
//! For: the data of `templates.toml`. Not for: how they look (`draw`). Invariant: ids and file names are unique; a test
//! checks that every field is one and that reading takes every heading for it.

use serde::Deserialize;
use std::sync::LazyLock;

const DATA: &str = include_str!("../../data/templates.toml");

static BOOKS: LazyLock<Vec<Book>> = LazyLock::new(|| {
    #[derive(Deserialize)]
    struct File {
        book: Vec<Book>,
    }
    let file: File =
        toml::from_str(DATA).expect("the data shipped with the program is well-formed, which a test checks");
    file.book
});

/// All blank inventories, in their order.
pub fn books() -> &'static [Book] {
    &BOOKS
}

/// A blank inventory.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Book {
    /// What `template --kind` calls it.
    pub id: String,
    /// Its file.
    pub file: String,
    /// The sheet to be filled.
    pub sheet: String,
    /// What stands above the table.
    pub title: String,
    /// Whether it is one form with labels beside values, and not a table.
    #[serde(default)]
    pub form: bool,
    /// Its columns, or the lines of the form.
    pub columns: Vec<Column>,
}

/// A column of a table, or a line of a form.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// The canonical field that it is read as.
    pub field: String,
    /// Its heading.
    pub header: String,
    /// What may stand in it.
    #[serde(default)]
    pub kind: ColumnKind,
    /// Whether a row without it says too little.
    #[serde(default)]
    pub required: bool,
    /// What can be chosen; empty for free text.
    #[serde(default)]
    pub choices: Vec<String>,
    /// In characters; forms have one width for all.
    #[serde(default)]
    pub width: u16,
    /// A value as it should be written, for the instructions.
    #[serde(default)]
    pub example: String,
}

/// What may stand in a column.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ColumnKind {
    /// Words.
    #[default]
    Text,
    /// Letters and digits that must stay as they are typed.
    Id,
    /// A day.
    Date,
    /// A whole number.
    Count,
    /// Yes or no.
    Flag,
}

/// What can be chosen in a column of the kind [`ColumnKind::Flag`].
const YES_NO: [&str; 2] = ["是", "否"];

impl Column {
    /// The entries of its drop-down; none for free text.
    pub fn choices(&self) -> Vec<&str> {
        match self.kind {
            ColumnKind::Flag => YES_NO.to_vec(),
            _ => self.choices.iter().map(String::as_str).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::lexicon::fields::{FieldBook, Look};
    use crate::model::Field;
    use std::collections::BTreeSet;

    #[test]
    fn every_heading_is_read_as_its_field() {
        let fields = FieldBook::load();
        let mut ids = BTreeSet::new();
        for book in books() {
            assert!(ids.insert(&book.id) && ids.insert(&book.file), "{}", book.id);
            for column in &book.columns {
                let field = Field::parse(&column.field).unwrap_or_else(|| panic!("{}", column.field));
                let is_field = matches!(fields.strong(&column.header), Look::Field(hit) if hit.field == field && hit.confidence >= 1.0);
                assert!(is_field, "{}: {} is not {}", book.id, column.header, column.field);
                assert!(column.choices().iter().map(|c| c.chars().count() + 1).sum::<usize>() < 255);
                let free = column.choices().is_empty() && !matches!(column.field.as_str(), "seq" | "remark");
                assert!(!free || !column.example.is_empty(), "{}: an example of {}", book.id, column.header);
            }
        }
    }
}
