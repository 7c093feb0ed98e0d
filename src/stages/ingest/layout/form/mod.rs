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
use label::{Label, is_name, label};
use pieces::{Piece, pieces};
use std::collections::BTreeSet;

/// Different labels that must begin rows.
const LABELS: usize = 3;

/// Whether rows are a form and not a table.
pub(super) fn is_form(book: &FieldBook, rows: &[&[Cell<'_>]]) -> bool {
    let mut first_labels = BTreeSet::new();
    let mut named = false;
    let mut others = 0;
    for cells in rows {
        let pieces = pieces(cells);
        let labels: Vec<Option<Label<'_>>> = pieces.iter().map(|piece| label(book, piece)).collect();
        let known = labels.iter().flatten().count();
        named |= labels.iter().flatten().any(|label| is_name(book, label));
        // The label itself, a group over it, or the number of the box.
        let leading = labels.iter().take(2).position(Option::is_some);
        // A label with its value behind the colon has all it needs in one cell.
        let alone = labels.iter().flatten().filter(|label| label.value.is_none()).count();
        let beside = pieces.len() > alone;
        match leading.filter(|_| beside && alone * 3 <= pieces.len() * 2) {
            Some(at) => {
                first_labels.insert(pieces[at].text.display());
            }
            None if known > 2 && known == pieces.iter().filter(|p| !p.text.is_blank()).count() => {
                return false;
            }
            None if pieces.iter().filter(|p| !p.text.is_blank()).count() > 2 => others += 1,
            None => {}
        }
    }
    named && first_labels.len() >= LABELS && first_labels.len() >= others
}
