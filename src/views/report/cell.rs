//! The parts of a report: cells, columns, tables and listings.
//!
//! For: the shape that every writer draws. Not for: what stands in them. Invariant: a row has as
//! many cells as its table has columns, and a rate never comes without its fraction.

use std::borrow::Cow;

/// What stands in a cell. Writers keep numbers as numbers and text as text.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell<'a> {
    /// Nothing.
    Empty,
    /// Text, as found or from the catalogue. Never a formula, whatever it begins with.
    Text(Cow<'a, str>),
    /// A count.
    Count(u64),
    /// A number with one decimal, such as a weight in bits.
    Number(f64),
    /// A share with its fraction.
    Rate(Rate),
}

/// A share of a whole.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rate {
    /// 0–1.
    pub value: f64,
    /// What is counted.
    pub numerator: u64,
    /// Out of how many.
    pub denominator: u64,
}

impl Rate {
    /// In per cent with one decimal.
    pub fn percent(self) -> String {
        format!("{:.1}%", self.value * 100.0)
    }
}

impl<'a> Cell<'a> {
    /// Text, or nothing when it is empty.
    pub fn text(text: impl Into<Cow<'a, str>>) -> Cell<'a> {
        let text = text.into();
        if text.is_empty() { Cell::Empty } else { Cell::Text(text) }
    }

    /// A count, or nothing when it is not known.
    pub fn count(value: Option<u64>) -> Cell<'a> {
        value.map_or(Cell::Empty, Cell::Count)
    }

    /// As people read it in running text.
    pub fn plain(&self) -> Cow<'_, str> {
        match self {
            Cell::Empty => "".into(),
            Cell::Text(text) => text.as_ref().into(),
            Cell::Count(n) => n.to_string().into(),
            Cell::Number(n) => format!("{n:.1}").into(),
            Cell::Rate(rate) => {
                format!("{} ({}/{})", rate.percent(), rate.numerator, rate.denominator).into()
            }
        }
    }

    /// Whether it is set to the right.
    pub fn is_number(&self) -> bool {
        matches!(self, Cell::Count(_) | Cell::Number(_) | Cell::Rate(_))
    }
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Stable id, the last part of its catalogue key.
    pub key: &'static str,
    /// Its heading.
    pub title: String,
    /// Width that suits its usual content, in columns of a terminal (a Chinese character takes two).
    pub width: u16,
}

/// A row.
pub type Row<'a> = Vec<Cell<'a>>;

/// A short table, worked out at once.
#[derive(Clone, Debug, PartialEq)]
pub struct Table<'a> {
    /// Stable id.
    pub id: &'static str,
    /// Its heading.
    pub title: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows in order.
    pub rows: Vec<Row<'a>>,
    /// The sum of the rows, where a sum makes sense.
    pub total: Option<Row<'a>>,
}

impl Table<'_> {
    /// The position of a column.
    pub fn column(&self, key: &str) -> Option<usize> {
        self.columns.iter().position(|c| c.key == key)
    }
}

/// A long table, whose rows are made one at a time so that a large scan is written in bounded memory.
pub struct Listing<'a> {
    /// Stable id.
    pub id: &'static str,
    /// Its heading.
    pub title: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Number of rows.
    pub len: usize,
    /// Makes one row; `index` is below `len`. Several writers may ask at once.
    pub row: Make<'a, Row<'a>>,
    /// The items that a row is about, as positions in the scan: one, the two of a pair, or none.
    pub items: Make<'a, [Option<u32>; 2]>,
}

/// Makes something of the row at an index.
pub(super) type Make<'a, T> = Box<dyn Fn(usize) -> T + Send + Sync + 'a>;

impl<'a> Listing<'a> {
    /// The same with what its rows are about.
    #[must_use]
    pub fn about(self, items: impl Fn(usize) -> [Option<u32>; 2] + Send + Sync + 'a) -> Listing<'a> {
        Listing { items: Box::new(items), ..self }
    }

    /// The rows in order.
    pub fn rows(&self) -> impl Iterator<Item = Row<'a>> + '_ {
        (0..self.len).map(|i| (self.row)(i))
    }
}
