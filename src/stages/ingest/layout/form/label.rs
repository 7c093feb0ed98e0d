//! What a piece of a form is: a label, a label with its value behind a colon, or a value.
//!
//! For: reading the cells of a form. Not for: headers of tables. Invariant: only a header that we are
//! certain of is a label; guesses would turn values into labels.

use super::Piece;
use crate::knowledge::lexicon::fields::{FieldBook, Look, Role};
use crate::model::Field;
use crate::stages::ingest::layout::lines::is_section_number;
use crate::stages::ingest::rows::Cell;

/// A label.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Label<'a> {
    /// As written, without the colon.
    pub text: &'a str,
    /// What stands behind the colon in the same cell.
    pub value: Option<&'a str>,
}

/// The label that a piece is, if it is one: a header that we are certain of, alone or before a colon.
pub(super) fn label<'a>(book: &FieldBook, piece: &Piece<'a>) -> Option<Label<'a>> {
    let Cell::Text(text) = piece.text else { return None };
    let text = text.trim();
    if is_label(book, text.trim_end_matches(['：', ':'])) {
        return Some(Label { text: text.trim_end_matches(['：', ':']).trim_end(), value: None });
    }
    let (head, value) = text.split_once(['：', ':'])?;
    (is_label(book, head)).then(|| Label { text: head.trim_end(), value: Some(value.trim()) })
}

fn is_label(book: &FieldBook, text: &str) -> bool {
    !text.is_empty()
        && !is_section_number(text)
        && (book.strong(text) != Look::Unknown || book.both(text).is_some())
}

/// Whether a label is of a signature or remark: 填报单位, 审核人, 备注.
pub(super) fn is_note(book: &FieldBook, label: &Label<'_>) -> bool {
    let plain = label.text.split(['（', '(']).next().unwrap_or(label.text);
    book.words().is(Role::Note, plain)
}

/// Whether a label names the item of the form.
pub(super) fn is_name(book: &FieldBook, label: &Label<'_>) -> bool {
    let name = |field: Field| Field::NAMES.contains(&field) || field == Field::ClueSubject;
    match book.strong(label.text) {
        Look::Field(hit) => name(hit.field),
        Look::Ambiguous(choices) => choices.iter().any(|choice| name(choice.field)),
        Look::Unknown => book.both(label.text).is_some_and(|hits| hits.iter().any(|hit| name(hit.field))),
    }
}
