//! A row on its way from a file into the record table.
//!
//! For: the seam between the file formats and the layout reader. Not for: keeping; rows are
//! borrowed, handed over and forgotten.

/// A cell as the file format gives it, before anyone knows which field it belongs to.
#[derive(Clone, Debug, PartialEq)]
pub enum RawCell {
    /// Nothing there.
    Empty,
    /// Characters, exactly as stored.
    Text(String),
    /// A number without a date format. Whole numbers print without a decimal point.
    Number(f64),
    /// A day (and time, dropped) from a cell with a date format.
    Date(jiff::civil::Date),
    /// A true boolean cell.
    Bool(bool),
    /// A cell error such as `#REF!`; the text of the error.
    Error(String),
}

impl RawCell {
    /// The cell as a person would read it: empty text for an empty cell, ISO form for a date.
    pub fn display(&self) -> std::borrow::Cow<'_, str> {
        match self {
            RawCell::Empty => "".into(),
            RawCell::Text(t) | RawCell::Error(t) => t.as_str().into(),
            RawCell::Number(n) => n.to_string().into(),
            RawCell::Date(d) => d.to_string().into(),
            RawCell::Bool(b) => if *b { "TRUE" } else { "FALSE" }.into(),
        }
    }

    /// Whether the cell shows nothing.
    pub fn is_blank(&self) -> bool {
        match self {
            RawCell::Empty => true,
            RawCell::Text(t) => t.trim().is_empty(),
            _ => false,
        }
    }
}

/// Where a record came from.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct RowRef {
    /// Which sheet of which file.
    pub sheet: super::SheetId,
    /// 1-based row as the spreadsheet program shows it (for CSV, the line the record starts on;
    /// for JSON, the position in its array).
    pub row: u32,
}
