//! A row as a person sees it: merged cells once.
//!
//! For: forms, whose cells are merged to fit. Not for: tables, whose columns must stay where they are.

use crate::stages::ingest::rows::Cell;

/// A cell or a merged area within a row; blanks beside each other are one piece.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Piece<'a> {
    /// What it holds.
    pub text: Cell<'a>,
    /// Its first column, 0-based.
    pub from: usize,
    /// The column behind it.
    pub to: usize,
}

/// The pieces of a row, left to right; a blank behind the last text is kept as one, since it may be the
/// place of a value that is missing.
pub(super) fn pieces<'a>(cells: &[Cell<'a>]) -> Vec<Piece<'a>> {
    let mut pieces: Vec<Piece<'a>> = Vec::new();
    for (at, &text) in cells.iter().enumerate() {
        let text = if text.is_blank() { Cell::Empty } else { text };
        match pieces.last_mut() {
            Some(last) if last.text == text => last.to = at + 1,
            _ => pieces.push(Piece { text, from: at, to: at + 1 }),
        }
    }
    pieces
}
