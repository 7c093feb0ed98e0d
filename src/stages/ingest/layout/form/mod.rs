//! Vertical filing forms: label to the left, value to the right, the whole form one record.
//!
//! For: forms like the national filing form, one or several in a sheet or in a text document, and tables
//! turned on their side. Not for: what a label means (`columns`) and cell values (`values`). Invariant: a
//! sheet is only taken for a form where several different labels begin rows, which no table has.

mod label;
mod pieces;
mod read;
#[cfg(test)]
mod tests;

pub(super) use read::{Forms, read};

use crate::knowledge::lexicon::fields::FieldBook;
use crate::stages::ingest::rows::Cell;
use label::{Label, is_name, is_note, label};
use pieces::{Piece, pieces};
use std::collections::BTreeSet;

/// Different labels that must begin rows.
const LABELS: usize = 3;

/// Whether rows are a form and not a table.
pub(super) fn is_form(book: &FieldBook, rows: &[&[Cell<'_>]]) -> bool {
    let mut first_labels = BTreeSet::new();
    let mut named = false;
    let mut others = 0;
    let mut below_pair = false;
    for cells in rows {
        let pieces = pieces(cells);
        let filled = pieces.iter().filter(|piece| !piece.text.is_blank()).count();
        let labels: Vec<Option<Label<'_>>> = pieces.iter().map(|piece| label(book, piece)).collect();
        let known = labels.iter().flatten().count();
        let has_name = labels.iter().flatten().any(|label| is_name(book, label));
        named |= has_name;
        let is_header = known == filled && !labels.iter().flatten().any(|label| label.value.is_some());
        if is_header && known > 2 || below_pair && known == 0 && filled == 2 {
            return false;
        }
        below_pair = is_header && known == 2 && pieces.len() == 2 && has_name;
        // The label itself, a group over it, or the number of the box.
        match labels.iter().take(2).position(Option::is_some).filter(|_| have_values(&labels)) {
            // Who filled it in and when stands above and below tables as well.
            Some(at) if labels[at].is_some_and(|label| is_note(book, &label)) => {}
            Some(at) => {
                first_labels.extend(labels[at].map(|label| label.text));
            }
            None => others += usize::from(filled > 2),
        }
    }
    named && first_labels.len() >= LABELS && first_labels.len() >= others
}

/// Whether at least half of the labels of a row have a value: behind their colon, or in the next piece, which
/// may be empty.
fn have_values(labels: &[Option<Label<'_>>]) -> bool {
    let next_is_value = |at: usize| labels.get(at + 1).is_some_and(Option::is_none);
    let all = labels.iter().enumerate().filter_map(|(at, label)| label.map(|label| (at, label)));
    let (mut known, mut valued) = (0, 0);
    for (at, label) in all {
        known += 1;
        valued += usize::from(label.value.is_some() || next_is_value(at));
    }
    valued * 2 >= known
}
