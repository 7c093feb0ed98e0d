//! Rows of the table body → records.
//!
//! For: reading each cell by its column's field. Not for: deciding what kind of row it is (`lines`).
//! Invariant: every cell with something in it ends up in the record, as a value, as an invalid
//! value or as an extra.

use super::lines::Shape;
use super::totals::Totals;
use crate::knowledge::lexicon::fields::{FieldBook, Look};
use crate::knowledge::text::mask;
use crate::model::{Code, ColumnMap, Exactness, Field, FieldType, RawCell, Records, RowRef, Value};
use crate::stages::ingest::values::{self, Context, Parsed, Scale};

/// A mapped column.
struct Column {
    field: Field,
    /// 0-based position.
    at: usize,
    scale: Scale,
}

/// How to read the rows of a table.
pub(super) struct Body {
    columns: Vec<Column>,
    /// Values stated above the table, for cells that hold nothing.
    defaults: Vec<(Field, String)>,
    /// By position, the field as which a value is masked when it is shown: its own, or the one that its
    /// header speaks of although another column was taken for it.
    pub masks: Vec<Option<Field>>,
    /// Which rows are records.
    pub shape: Shape,
    /// Sums so far.
    pub totals: Totals,
    /// Positions with an entry in the sheet's column map.
    mapped: Vec<bool>,
    /// Positions without a header in which something was found.
    pub headless: Vec<u32>,
}

/// A fault in one cell, for the caller to report.
pub(super) struct CellFault {
    /// What kind.
    pub code: Code,
    /// 1-based column.
    pub column: u32,
    /// The text, masked and shortened.
    pub found: String,
    /// Catalogue key of what was expected.
    pub expected: &'static str,
}

/// Longest text quoted in a remark, in characters.
const QUOTED: usize = 60;

impl Body {
    /// Prepares reading by the columns of a table.
    pub(super) fn new(
        book: &FieldBook,
        columns: &[ColumnMap],
        headers: Vec<String>,
        defaults: Vec<(Field, String)>,
    ) -> Self {
        let width = headers.len();
        let mut fields = vec![None; width];
        let mut mapped = vec![false; width];
        let mut read = Vec::new();
        for column in columns {
            let at = column.column as usize - 1;
            mapped[at] = true;
            fields[at] = column.field;
            if let Some(field) = column.field {
                read.push(Column { field, at, scale: values::scale_of_header(&column.header) });
            }
        }
        let spoken = |header: &str| match book.look(header) {
            Look::Field(hit) if hit.field.is_personal() => Some(hit.field),
            _ => mask::under(header),
        };
        let masks =
            fields.iter().zip(&headers).map(|(field, header)| field.or_else(|| spoken(header))).collect();
        let position = |field| fields.iter().position(|f| *f == Some(field));
        let mut names: Vec<usize> = Field::NAMES.into_iter().filter_map(position).collect();
        if names.is_empty() {
            // A table of clues has texts and subjects instead of names.
            names.extend([Field::ClueText, Field::ClueSubject].into_iter().filter_map(position));
        }
        let shape = Shape { names, seq: position(Field::Seq), fields: fields.clone(), headers };
        let totals = Totals::new(&shape);
        Body { columns: read, defaults, masks, shape, totals, mapped, headless: Vec::new() }
    }

    /// Whether the table has a column that names its items.
    pub(super) fn has_name(&self) -> bool {
        !self.shape.names.is_empty()
    }

    /// Adds a record and returns the faults of its cells.
    pub(super) fn record(
        &mut self,
        context: &Context<'_>,
        records: &mut Records,
        at: RowRef,
        cells: &[RawCell],
    ) -> Vec<CellFault> {
        let mut faults = Vec::new();
        records.push(at);
        self.totals.record();
        for column in &self.columns {
            let Some(cell) = cells.get(column.at).filter(|c| !c.is_blank()) else {
                continue;
            };
            let display = cell.display();
            let shown = values::clean(&display, column.field.field_type() == FieldType::List);
            let parsed = values::parse(context, column.field, column.scale, cell, &shown);
            if column.field.field_type() == FieldType::Count {
                let count = match &parsed {
                    Parsed::Count { count, exactness } => Some((*count, *exactness)),
                    Parsed::Missing => Some((0, Exactness::Exact)),
                    _ => None,
                };
                self.totals.count(column.at, count);
            }
            if let Some(fault) = fault(column, cell, &parsed, &shown) {
                faults.push(fault);
            }
            store(records, column.field, &parsed, &shown);
        }
        for (field, text) in &self.defaults {
            if records.value(records.len() - 1, *field).is_missing() {
                let cell = RawCell::Text(text.clone());
                let parsed = values::parse(context, *field, Scale::ONE, &cell, text);
                store(records, *field, &parsed, text);
            }
        }
        for (i, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_blank()) {
            if self.shape.fields.get(i).copied().flatten().is_none() {
                let column = i as u32 + 1;
                if !self.mapped.get(i).copied().unwrap_or(false) && !self.headless.contains(&column) {
                    self.headless.push(column);
                }
                let shown = values::clean(&cell.display(), false).into_owned();
                // Personal data of columns that are no field is not even kept.
                match self.masks.get(i).copied().flatten() {
                    Some(field) => records.add_extra(column, &mask::field(field, &shown)),
                    None => records.add_extra(column, &shown),
                }
            }
        }
        faults
    }
}

/// What is wrong with a cell, if anything.
fn fault(column: &Column, cell: &RawCell, parsed: &Parsed<'_>, shown: &str) -> Option<CellFault> {
    let found = || {
        let masked = mask::field(column.field, shown);
        quoted(&masked)
    };
    let fault = |code, expected| CellFault { code, column: column.at as u32 + 1, found: found(), expected };
    // Spreadsheets keep fifteen digits; longer identifiers stored as numbers end in zeros.
    let lost = matches!(cell, RawCell::Number(n) if n.abs() >= 1e15);
    match (parsed, column.field.field_type()) {
        (Parsed::Invalid, FieldType::Date) => Some(fault(Code::InvalidCell, "@expected.date")),
        (Parsed::Invalid, FieldType::Count) => Some(fault(Code::InvalidCell, "@expected.count")),
        (Parsed::Invalid, FieldType::Flag) => Some(fault(Code::InvalidCell, "@expected.flag")),
        (Parsed::Invalid, _) => Some(fault(Code::InvalidCell, "@expected.text")),
        (Parsed::Text(_), FieldType::Id) if lost => Some(fault(Code::LostDigits, "@expected.text")),
        _ => None,
    }
}

/// The text of a cell as it may be shown, by the field of its column.
pub(super) fn masked(field: Option<&Option<Field>>, cell: &RawCell) -> String {
    let text = cell.display();
    match field {
        Some(Some(field)) => mask::field(*field, text.trim()).into_owned(),
        _ => mask::free(text.trim()).into_owned(),
    }
}

/// The beginning of a text, as much as a remark quotes.
pub(super) fn quoted(text: &str) -> String {
    match text.char_indices().nth(QUOTED) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// Digits as a program would write them.
fn is_plain(shown: &str) -> bool {
    shown.bytes().all(|b| b.is_ascii_digit()) && (shown == "0" || !shown.starts_with('0'))
}

/// Interns a value. Raw text is kept where the value does not say the same.
fn store(records: &mut Records, field: Field, parsed: &Parsed<'_>, shown: &str) {
    let (value, raw) = match parsed {
        Parsed::Missing => return,
        Parsed::Text(text) => (Value::Text(records.pool.intern(text)), None),
        Parsed::List(items) => (Value::List(records.pool.intern(items)), (items != shown).then_some(shown)),
        Parsed::Date { date, inferred } => {
            // A whole day in ten characters with dashes in these places is the ISO form itself.
            let same = !inferred && shown.len() == 10 && shown.split('-').map(str::len).eq([4, 2, 2]);
            (Value::Date { date: *date, inferred: *inferred }, (!same).then_some(shown))
        }
        Parsed::Count { count, exactness } => match Value::count(*count, *exactness) {
            Some(value) => (value, (!is_plain(shown)).then_some(shown)),
            None => (Value::Invalid(records.pool.intern(shown)), None),
        },
        Parsed::Flag(flag) => (Value::Flag(*flag), (!matches!(shown, "是" | "否")).then_some(shown)),
        Parsed::Invalid => (Value::Invalid(records.pool.intern(shown)), None),
    };
    records.set(field, value, raw);
}
