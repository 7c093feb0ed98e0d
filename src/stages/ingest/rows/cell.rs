//! A cell as the file format gives it, before anyone knows which field it belongs to.
//!
//! For: handing values over without copying them. Not for: what a value means (`values`).

use jiff::civil::Date;
use std::borrow::Cow;

/// A cell; its text is borrowed from wherever the row is kept.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in super::super) enum Cell<'a> {
    /// Nothing there.
    Empty,
    /// Characters, exactly as stored.
    Text(&'a str),
    /// A number without a date format. Whole numbers print without a decimal point.
    Number(f64),
    /// A day (and time, dropped) from a cell with a date format.
    Date(Date),
    /// A true boolean cell.
    Bool(bool),
    /// A cell error such as `#REF!`, or a formula that was never calculated; the text of either.
    Error(&'a str),
}

impl<'a> Cell<'a> {
    /// The cell as a person would read it: empty text for an empty cell, ISO form for a date.
    pub(in super::super) fn display(self) -> Cow<'a, str> {
        match self {
            Cell::Empty => "".into(),
            Cell::Text(t) | Cell::Error(t) => t.into(),
            // Most numbers are whole, and whole ones print faster as such.
            Cell::Number(n) if n.fract() == 0.0 && n.abs() < 1e15 => (n as i64).to_string().into(),
            Cell::Number(n) => n.to_string().into(),
            Cell::Date(d) => d.to_string().into(),
            Cell::Bool(b) => if b { "TRUE" } else { "FALSE" }.into(),
        }
    }

    /// Whether the cell shows nothing.
    pub(in super::super) fn is_blank(self) -> bool {
        match self {
            Cell::Empty => true,
            Cell::Text(t) => is_blank(t),
            _ => false,
        }
    }
}

/// A cell that owns its text where it has to.
#[derive(Clone, Debug, PartialEq)]
pub(in super::super) enum Held<'v> {
    /// Nothing there.
    Empty,
    /// Characters.
    Text(Cow<'v, str>),
    /// A number.
    Number(f64),
    /// A day.
    Date(Date),
    /// A boolean.
    Bool(bool),
    /// An error, or a formula without a value.
    Error(Cow<'v, str>),
}

impl Held<'_> {
    /// The cell.
    pub(in super::super) fn cell(&self) -> Cell<'_> {
        match self {
            Held::Empty => Cell::Empty,
            Held::Text(text) => Cell::Text(text),
            Held::Number(n) => Cell::Number(*n),
            Held::Date(date) => Cell::Date(*date),
            Held::Bool(b) => Cell::Bool(*b),
            Held::Error(text) => Cell::Error(text),
        }
    }

    /// The same cell with its text to itself.
    pub(in super::super) fn into_static(self) -> Held<'static> {
        match self {
            Held::Text(text) => Held::Text(text.into_owned().into()),
            Held::Error(text) => Held::Error(text.into_owned().into()),
            other => Held::of(other.cell()),
        }
    }

    /// A cell that outlives its row.
    pub(in super::super) fn of(cell: Cell<'_>) -> Held<'static> {
        match cell {
            Cell::Empty => Held::Empty,
            Cell::Text(text) => Held::Text(text.to_owned().into()),
            Cell::Number(n) => Held::Number(n),
            Cell::Date(date) => Held::Date(date),
            Cell::Bool(b) => Held::Bool(b),
            Cell::Error(text) => Held::Error(text.to_owned().into()),
        }
    }
}

/// Nothing but blanks; most texts are told by their first byte.
fn is_blank(text: &str) -> bool {
    match text.as_bytes().first() {
        None => true,
        Some(b'!'..=b'~') => false,
        Some(_) => text.trim_start().is_empty(),
    }
}
