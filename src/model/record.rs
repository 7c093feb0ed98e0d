//! The record table: one row per inventory line, one column of eight-byte values per field used.
//!
//! For: everything the files said, typed, with its place. Not for: what it means
//! ([`Meaning`](super::Meaning)). Raw text is kept only where it differs from the value.

use super::blocks::Blocks;
use super::{Field, Pool, RowRef, Sheet, SheetId, Sym, Value};

/// One column of the table.
#[derive(Clone, Default)]
struct Column {
    /// One value per record; shorter than the table when the last records have none.
    values: Blocks<Value>,
    /// Texts as found, where they differ from the value's own text; ascending by record.
    raw: Blocks<(u32, Sym)>,
}

/// A cell of a column that no field claims.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extra {
    /// Index of the record.
    pub record: u32,
    /// 1-based column; its header is in the sheet's column map.
    pub column: u32,
    /// The text.
    pub text: Sym,
}

/// Where a value stands that is not in its record's row under its field's own header: in a filing form, in
/// a second column for the same field, above the table. Rows and columns are 1-based.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Elsewhere {
    /// Index of the record.
    pub record: u32,
    /// The field.
    pub field: Field,
    /// Its row in the record's sheet.
    pub row: u32,
    /// Its column.
    pub column: u32,
}

/// All records of a scan, in file order.
#[derive(Clone)]
pub struct Records {
    /// The texts of every cell.
    pub pool: Pool,
    /// Every sheet of every file.
    pub sheets: Vec<Sheet>,
    places: Blocks<RowRef>,
    columns: Vec<Option<Box<Column>>>,
    extras: Vec<Extra>,
    /// Ascending by record and field.
    elsewhere: Vec<Elsewhere>,
}

impl Default for Records {
    fn default() -> Self {
        Records {
            pool: Pool::default(),
            sheets: Vec::new(),
            places: Blocks::default(),
            columns: vec![None; Field::ALL.len()],
            extras: Vec::new(),
            elsewhere: Vec::new(),
        }
    }
}

impl Records {
    /// Number of records.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// Starts a record at `at`; following [`set`](Self::set) calls fill it.
    pub fn push(&mut self, at: RowRef) {
        self.places.push(at);
    }

    /// Sets a field of the record pushed last. `raw` is the text as found, when it differs from
    /// the value's own text.
    pub fn set(&mut self, field: Field, value: Value, raw: Option<&str>) {
        let record = self.places.len() - 1;
        let raw = raw.map(|text| self.pool.intern(text));
        let column = self.columns[field.index()].get_or_insert_default();
        column.values.fill(record, Value::Missing);
        column.values.push(value);
        if let Some(text) = raw {
            column.raw.push((record as u32, text));
        }
    }

    /// Gives any record a value where it has none. Whether it had none.
    pub fn supply(&mut self, record: usize, field: Field, value: Value) -> bool {
        if record >= self.places.len() || !self.value(record, field).is_missing() {
            return false;
        }
        let values = &mut self.columns[field.index()].get_or_insert_default().values;
        values.fill(record + 1, Value::Missing);
        values.set(record, value);
        true
    }

    /// Gives up all columns but these, and what the others had beside them.
    pub fn keep_only(&mut self, fields: &[Field]) {
        for &field in Field::ALL {
            let column = &mut self.columns[field.index()];
            if !fields.contains(&field) {
                *column = None;
            } else if let Some(column) = column {
                column.raw.clear();
            }
        }
        self.extras = Vec::new();
        self.elsewhere.retain(|held| fields.contains(&held.field));
    }

    /// Gives any record another value in a field that the table has.
    pub fn replace(&mut self, record: usize, field: Field, value: Value) {
        if let Some(column) = self.columns[field.index()].as_mut().filter(|_| record < self.places.len()) {
            column.values.fill(record + 1, Value::Missing);
            column.values.set(record, value);
        }
    }

    /// Keeps a cell of the record pushed last that no field claims.
    pub fn add_extra(&mut self, column: u32, text: &str) {
        let text = self.pool.intern(text);
        self.extras.push(Extra { record: self.places.len() as u32 - 1, column, text });
    }

    /// Says where a value of the record pushed last stands, when that is not its usual place.
    pub fn add_elsewhere(&mut self, field: Field, row: u32, column: u32) {
        let record = self.places.len() as u32 - 1;
        let new = Elsewhere { record, field, row, column };
        let at = self.elsewhere.partition_point(|held| (held.record, held.field) < (record, field));
        self.elsewhere.insert(at, new);
    }

    /// Where a value stands, when that is not its record's row under its field's own header.
    pub fn elsewhere(&self, record: usize, field: Field) -> Option<Elsewhere> {
        let key = (record as u32, field);
        let at = self.elsewhere.binary_search_by_key(&key, |held| (held.record, held.field)).ok()?;
        Some(self.elsewhere[at])
    }

    /// Adds all records of another table behind these. Its sheets come behind the sheets here; records
    /// of a table without sheets already point at these.
    pub fn absorb(&mut self, other: &Records) {
        let sheets = if other.sheets.is_empty() { 0 } else { self.sheets.len() as u32 };
        let base = self.places.len();
        let syms = self.pool.absorb(&other.pool);
        let sym = |old: Sym| syms[old.index()];
        let at = |record: u32| record + base as u32;
        self.sheets.extend(other.sheets.iter().cloned());
        let moved = |place: RowRef| RowRef { sheet: SheetId(place.sheet.0 + sheets), row: place.row };
        self.places.extend(other.places.iter().map(moved));
        for (mine, theirs) in self.columns.iter_mut().zip(&other.columns) {
            let Some(theirs) = theirs.as_ref().filter(|column| !column.values.is_empty()) else { continue };
            let mine = mine.get_or_insert_default();
            mine.values.fill(base, Value::Missing);
            mine.values.extend(theirs.values.iter().map(|value| value.map_sym(sym)));
            mine.raw.extend(theirs.raw.iter().map(|(record, text)| (at(record), sym(text))));
        }
        let extra = |e: &Extra| Extra { record: at(e.record), column: e.column, text: sym(e.text) };
        self.extras.extend(other.extras.iter().map(extra));
        let elsewhere = |e: &Elsewhere| Elsewhere { record: at(e.record), ..*e };
        self.elsewhere.extend(other.elsewhere.iter().map(elsewhere));
    }

    /// Forgets everything and keeps the memory.
    pub fn clear(&mut self) {
        self.pool.clear();
        self.sheets.clear();
        self.places.clear();
        for column in self.columns.iter_mut().flatten() {
            column.values.clear();
            column.raw.clear();
        }
        self.extras.clear();
        self.elsewhere.clear();
    }

    /// The value of a field; [`Value::Missing`] where the file has no such column.
    pub fn value(&self, record: usize, field: Field) -> Value {
        let column = self.columns[field.index()].as_deref();
        column.and_then(|c| c.values.get(record)).unwrap_or_default()
    }

    /// The text as found, where it differs from the value's own text.
    pub fn raw(&self, record: usize, field: Field) -> Option<&str> {
        let column = self.columns[field.index()].as_deref()?;
        let (_, text) = column.raw.search(record as u32, |(record, _)| record)?;
        Some(self.pool.get(text))
    }

    /// Whether any record has something in this field.
    pub fn has(&self, field: Field) -> bool {
        self.columns[field.index()].as_ref().is_some_and(|column| !column.values.is_empty())
    }

    /// Where a record stands.
    ///
    /// # Panics
    /// When there is no such record.
    pub fn place(&self, record: usize) -> RowRef {
        self.places.get(record).expect("a record of this table")
    }

    /// The sheet a record stands in.
    pub fn sheet(&self, record: usize) -> &Sheet {
        self.sheet_of(self.place(record).sheet)
    }

    /// A sheet by its id.
    pub fn sheet_of(&self, sheet: SheetId) -> &Sheet {
        &self.sheets[sheet.0 as usize]
    }

    /// Cells of columns that no field claims, in record order.
    pub fn extras(&self) -> &[Extra] {
        &self.extras
    }

    /// A borrowed record.
    pub fn record(&self, index: usize) -> RecordRef<'_> {
        RecordRef { records: self, index }
    }
}

/// One record of a table.
#[derive(Clone, Copy)]
pub struct RecordRef<'a> {
    /// The table.
    pub records: &'a Records,
    /// Position in it.
    pub index: usize,
}

impl<'a> RecordRef<'a> {
    /// The value of a field.
    pub fn value(self, field: Field) -> Value {
        self.records.value(self.index, field)
    }

    /// The characters of a text, list or invalid cell; empty for everything else.
    pub fn text(self, field: Field) -> &'a str {
        self.value(field).sym().map_or("", |s| self.records.pool.get(s))
    }

    /// The items of a list cell.
    pub fn items(self, field: Field) -> impl Iterator<Item = &'a str> {
        Self::items_of(self.text(field))
    }

    /// The items of the text of a list cell.
    pub fn items_of(text: &'a str) -> impl Iterator<Item = &'a str> {
        text.split('；').filter(|item| !item.is_empty())
    }

    /// The name, from whichever name column the file has.
    pub fn name(self) -> &'a str {
        Field::NAMES.into_iter().map(|f| self.text(f)).find(|t| !t.is_empty()).unwrap_or("")
    }

    /// The field the name was taken from.
    pub fn name_field(self) -> Field {
        Field::NAMES.into_iter().find(|&f| !self.text(f).is_empty()).unwrap_or(Field::Name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Exactness;

    #[test]
    fn only_what_is_missing_is_supplied() {
        let mut records = Records::default();
        for row in 0..3 {
            records.push(RowRef { sheet: SheetId(0), row });
        }
        let value = |n| Value::count(n, Exactness::About).unwrap_or_default();
        assert!(
            records.supply(1, Field::Downloads, value(5)) && records.supply(2, Field::Downloads, value(6))
        );
        assert!(
            !records.supply(1, Field::Downloads, value(7)) && !records.supply(3, Field::Downloads, value(8))
        );
        assert_eq!(
            [0, 1, 2].map(|at| records.value(at, Field::Downloads).as_count()),
            [None, Some(5), Some(6)]
        );
    }

    #[test]
    fn columns_that_are_given_up_are_as_never_read() {
        let mut records = Records::default();
        records.push(RowRef { sheet: SheetId(0), row: 2 });
        for field in [Field::UserCount, Field::Followers] {
            records.set(field, Value::count(2000, Exactness::About).unwrap_or_default(), Some("2000余"));
        }
        records.keep_only(&[Field::Followers]);
        assert!(!records.has(Field::UserCount) && records.value(0, Field::UserCount).is_missing());
        assert_eq!(records.value(0, Field::Followers).as_count(), Some(2000));
        assert_eq!([Field::UserCount, Field::Followers].map(|field| records.raw(0, field)), [None, None]);
    }

    #[test]
    fn columns_fill_gaps_and_keep_raw_text() {
        let mut records = Records::default();
        let row = |row| RowRef { sheet: SheetId(0), row };
        records.push(row(2));
        records.push(row(3));
        let count = Value::count(2000, Exactness::About).unwrap_or_default();
        records.set(Field::UserCount, count, Some("2000余"));
        let name = Value::Text(records.pool.intern("智慧校园"));
        records.set(Field::Name, name, None);
        assert!(records.value(0, Field::UserCount).is_missing());
        assert_eq!(records.value(1, Field::UserCount), count);
        assert_eq!(records.raw(1, Field::UserCount), Some("2000余"));
        assert_eq!(records.raw(0, Field::UserCount), None);
        assert_eq!(records.record(1).name(), "智慧校园");
        assert!(!records.has(Field::Url));
    }
}
