//! Rows below a header → records.
//!
//! For: reading each row by what it is and each cell by its column's field. Not for: finding headers.
//! Invariant: every row is counted once, and every cell of a record with something in it ends up there, as
//! a value, as an invalid value or as an extra.

use super::fragment::{Fragment, Tail};
use super::header;
use super::lines::Line;
use super::table::{Column, Pair, Table};
use crate::knowledge::text::mask;
use crate::model::{
    Code, Diagnostic, Exactness, Field, FieldType, Records, RejectedRow, RowAccount, RowRef, Value,
};
use crate::stages::ingest::ditto;
use crate::stages::ingest::rows::{Batch, Cell, Item};
use crate::stages::ingest::values::{self, Context, Parsed, Scale};
use std::borrow::Cow;

/// Days from the first day of 1900 to that of 1904, as spreadsheets count them.
const DAYS_1904: f64 = 1462.0;
/// Longest text quoted in a remark, in characters.
const QUOTED: usize = 60;

/// Reads the items of a batch from one on, until they end or another header stands among them. `records` is
/// empty; its memory is used.
pub(super) fn read(
    table: &Table,
    context: &Context<'_>,
    batch: &Batch,
    from: usize,
    records: Records,
) -> Fragment {
    let mut run = Run { table, context, is_clean: false, out: Fragment { records, ..Fragment::default() } };
    let mut cells = Vec::new();
    for at in from..batch.len() {
        run.out.end = at;
        match batch.get(at, &mut cells) {
            Item::Blank(rows) => {
                run.out.tail.line(&[], false);
                run.count(|a| &mut a.blank, rows);
            }
            Item::Broken { number, text, reason, detail } => run.broken(number, text, reason, detail),
            Item::Row(number) => {
                run.is_clean = false;
                if !run.row(batch, at, number, &mut cells) {
                    return run.out;
                }
            }
            Item::Line(number, line) => {
                run.is_clean = values::is_clean(line);
                if !run.row(batch, at, number, &mut cells) {
                    return run.out;
                }
            }
        }
    }
    run.out.end = batch.len();
    run.out
}

/// Reads the one record of a filled form; its cells stand in the order of the table's columns.
pub(super) fn read_form(table: &Table, context: &Context<'_>, row: u32, cells: &[Cell<'_>]) -> Fragment {
    let mut run = Run { table, context, is_clean: false, out: Fragment::default() };
    match table.shape.classify(context.book, cells) {
        Line::Zero => run.zero_report(row, cells),
        Line::NoName | Line::Blank => run.reject(row, cells),
        _ => run.record(row, cells),
    }
    run.out
}

struct Run<'a> {
    table: &'a Table,
    context: &'a Context<'a>,
    /// Whether the cells of the row at hand are known to have nothing that [`values::clean`] changes, but
    /// blanks around them.
    is_clean: bool,
    out: Fragment,
}

impl Run<'_> {
    fn count(&mut self, what: fn(&mut RowAccount) -> &mut u64, rows: u64) {
        *what(&mut self.out.account) += rows;
        self.out.account.rows_read += rows;
    }

    /// Reads the row of an item; false when it is the header of another table.
    fn row(&mut self, batch: &Batch, at: usize, row: u32, cells: &mut Vec<Cell<'_>>) -> bool {
        let table = self.table;
        table.window.apply(cells);
        let line = match table.shape.classify(self.context.book, cells) {
            Line::Record | Line::NoName if self.is_title(batch, at, cells) => Line::Heading,
            line => line,
        };
        match line {
            Line::Blank => {
                self.out.tail.line(&[], false);
                self.count(|a| &mut a.blank, 1);
            }
            Line::Note => {
                self.out.tail.line(cells, true);
                self.count(|a| &mut a.notes, 1);
            }
            Line::Zero => self.zero_report(row, cells),
            Line::Heading => {
                self.out.tail.line(cells, false);
                self.count(|a| &mut a.headings, 1);
            }
            Line::Total { whole } => {
                self.out.totals.line(whole, row, cells, &table.shape);
                self.count(|a| &mut a.notes, 1);
            }
            Line::NoName => self.reject(row, cells),
            Line::Record if header::is_header((self.context.book, self.context.naming), cells) => {
                self.out.is_followed = true;
                return false;
            }
            Line::Record => self.record(row, cells),
        }
        true
    }

    /// Whether a row of one or two texts stands right above the header of another table, perhaps with others of
    /// its kind: then it is no record, whatever column its text is in. Right behind a record stands another one.
    fn is_title(&self, batch: &Batch, at: usize, cells: &[Cell<'_>]) -> bool {
        let is_behind_record = self.out.tail.is_fresh && self.out.tail.lines.is_empty();
        if is_behind_record || !self.table.shape.may_be_title(cells) {
            return false;
        }
        let mut next = Vec::new();
        for at in at + 1..batch.len().min(at + Tail::MOST) {
            match batch.get(at, &mut next) {
                Item::Blank(_) => continue,
                Item::Broken { .. } => return false,
                Item::Row(_) | Item::Line(..) => {}
            }
            self.table.window.apply(&mut next);
            if header::is_header((self.context.book, self.context.naming), &next) {
                // Its own header repeated is none of another table.
                return !self.table.shape.repeats_header(&next);
            }
            let goes_on = match self.table.shape.classify(self.context.book, &next) {
                Line::Blank | Line::Heading | Line::Note => true,
                Line::Record | Line::NoName => self.table.shape.may_be_title(&next),
                Line::Total { .. } | Line::Zero => false,
            };
            if !goes_on {
                return false;
            }
        }
        false
    }

    fn zero_report(&mut self, row: u32, cells: &[Cell<'_>]) {
        let owner = |c: &&Column| c.field == Field::OwnerUnit;
        let columns = &self.table.columns;
        let unit = columns.iter().find(owner).and_then(|column| cells.get(column.at));
        let unit = unit.map(|cell| values::clean(&cell.display(), false).into_owned()).unwrap_or_default();
        let unit = mask::field(Field::OwnerUnit, &unit).into_owned();
        self.out.zero_reports.push((row, unit));
        self.count(|a| &mut a.notes, 1);
    }

    fn broken(&mut self, row: u32, text: &str, reason: &'static str, detail: &str) {
        let remark = || {
            let remark = Diagnostic::new(Code::BrokenRow, self.table.at.clone().at_row(row));
            remark.with("reason", reason).with("detail", detail)
        };
        self.out.remarks.add(Code::BrokenRow, remark);
        let text = mask::free(text).into_owned();
        let at = RowRef { sheet: self.table.sheet, row };
        self.out.rejected.push(RejectedRow { at, code: Code::BrokenRow, text });
        self.count(|a| &mut a.rejected, 1);
    }

    /// Keeps a row without a name with its masked text.
    fn reject(&mut self, row: u32, cells: &[Cell<'_>]) {
        let texts = shown(self.table, cells);
        let filled = texts.iter().filter(|text| !text.is_empty()).map(String::as_str);
        let found = quoted(&filled.collect::<Vec<_>>().join(" | "));
        let place = self.table.at.clone().at_row(row);
        self.out.remarks.add(Code::NoName, || Diagnostic::new(Code::NoName, place).with("found", found));
        let at = RowRef { sheet: self.table.sheet, row };
        self.out.rejected.push(RejectedRow { at, code: Code::NoName, text: joined(&texts) });
        self.count(|a| &mut a.rejected, 1);
    }

    fn record(&mut self, row: u32, cells: &[Cell<'_>]) {
        let table = self.table;
        self.out.tail.record();
        self.out.records.push(RowRef { sheet: table.sheet, row });
        self.out.totals.record();
        for column in &table.columns {
            let Some(&cell) = cells.get(column.at).filter(|c| !c.is_blank()) else { continue };
            if column.is_second && !self.last(column.field).is_missing() {
                self.extra(column.at, cell);
            } else {
                self.cell(row, column, cell);
            }
        }
        for pair in &table.pairs {
            if let Some(&cell) = cells.get(pair.at).filter(|c| !c.is_blank()) {
                self.pair(row, pair, cell);
            }
        }
        for (field, text) in &table.defaults {
            if self.last(*field).is_missing() {
                let parsed = values::parse(self.context, *field, Scale::ONE, Cell::Text(text), text);
                store(&mut self.out.records, *field, &parsed, text);
            }
        }
        for (at, &cell) in cells.iter().enumerate() {
            if table.shape.fields.get(at).copied().flatten().is_none() && !cell.is_blank() {
                if !table.mapped.get(at).copied().unwrap_or(false) {
                    self.out.headless.insert(at as u32 + 1);
                }
                self.extra(at, cell);
            }
        }
        self.ragged(row, cells);
        self.count(|a| &mut a.records, 1);
    }

    /// The value of a field of the record at hand.
    fn last(&self, field: Field) -> Value {
        self.out.records.value(self.out.records.len() - 1, field)
    }

    fn cell(&mut self, row: u32, column: &Column, cell: Cell<'_>) {
        let kind = column.field.field_type();
        let display = cell.display();
        let shown = if self.is_clean {
            Cow::Borrowed(values::trim(&display))
        } else {
            values::clean(&display, kind == FieldType::List)
        };
        let parsed = match cell {
            Cell::Number(n) if kind == FieldType::Date && self.table.is_1904 => {
                let since_1900 = Cell::Number(n + DAYS_1904);
                values::parse(self.context, column.field, column.scale, since_1900, &since_1900.display())
                    .into_owned()
            }
            _ => values::parse(self.context, column.field, column.scale, cell, &shown),
        };
        if kind == FieldType::Count {
            let count = match &parsed {
                Parsed::Count { count, exactness } => Some((*count, *exactness)),
                Parsed::Missing => Some((0, Exactness::Exact)),
                _ => None,
            };
            self.out.totals.count(column.at, count);
        }
        self.fault(row, column.field, column.at, cell, &parsed, &shown);
        store(&mut self.out.records, column.field, &parsed, &shown);
        let place = self.table.place(row, column.at);
        if (column.is_second || self.table.places.is_some()) && parsed != Parsed::Missing {
            self.out.records.add_elsewhere(column.field, place.0, place.1);
        }
    }

    /// A cell with the values of two fields.
    fn pair(&mut self, row: u32, pair: &Pair, cell: Cell<'_>) {
        let display = cell.display();
        let parts = values::halves(&display, pair.fields);
        for (field, part) in pair.fields.into_iter().zip(parts) {
            let shown = values::clean(part, field.field_type() == FieldType::List);
            if !shown.is_empty() {
                let parsed = values::parse(self.context, field, Scale::ONE, Cell::Text(&shown), &shown);
                self.fault(row, field, pair.at, Cell::Text(&shown), &parsed, &shown);
                store(&mut self.out.records, field, &parsed, &shown);
            }
        }
    }

    /// Remarks on a cell that is not of its field's type.
    fn fault(&mut self, row: u32, field: Field, at: usize, cell: Cell<'_>, parsed: &Parsed<'_>, shown: &str) {
        let Some((code, expected)) = fault(field, cell, parsed) else { return };
        if ditto::is_mark(shown) {
            return;
        }
        let table = self.table;
        let header = table.shape.headers.get(at).map_or("", String::as_str);
        let (row, column) = table.place(row, at);
        let place = || table.at.clone().at_row(row).at_column(column, header);
        let found = || quoted(&mask::field(field, shown));
        let remark = || Diagnostic::new(code, place()).with("found", found()).with("expected", expected);
        self.out.remarks.add(code, remark);
    }

    /// Keeps a cell that no field takes.
    fn extra(&mut self, at: usize, cell: Cell<'_>) {
        let shown = values::clean(&cell.display(), false).into_owned();
        // Personal data of columns that are no field is not even kept.
        let shown = match self.table.masks.get(at).copied().flatten() {
            Some(field) => mask::field(field, &shown).into_owned(),
            None => shown,
        };
        self.out.records.add_extra(at as u32 + 1, &shown);
    }

    /// Blank cells beyond the header are what spreadsheets export, not a fault.
    fn ragged(&mut self, row: u32, cells: &[Cell<'_>]) {
        let width = self.table.shape.headers.len();
        if !self.table.fixed_width || cells.len() == width {
            return;
        }
        let used = cells.iter().rposition(|c| !c.is_blank()).map_or(0, |i| i + 1);
        if cells.len() < width || used > width {
            let place = self.table.at.clone().at_row(row);
            let remark = || {
                let remark = Diagnostic::new(Code::RaggedRow, place).with("found", cells.len());
                remark.with("expected", width)
            };
            self.out.remarks.add(Code::RaggedRow, remark);
        }
    }
}

/// The cells of a row as they may be shown, up to the last that holds something.
pub(super) fn shown(table: &Table, cells: &[Cell<'_>]) -> Vec<String> {
    let last = cells.iter().rposition(|cell| !cell.is_blank()).map_or(0, |i| i + 1);
    (0..last).map(|i| table.masked(i, cells[i])).collect()
}

/// The text of a rejected row.
pub(super) fn joined(texts: &[String]) -> String {
    texts.join(" | ").trim_end_matches([' ', '|']).to_owned()
}

/// What is wrong with a cell, if anything, and what was expected.
fn fault(field: Field, cell: Cell<'_>, parsed: &Parsed<'_>) -> Option<(Code, &'static str)> {
    let kind = field.field_type();
    let expected = match kind {
        FieldType::Date => "@expected.date",
        FieldType::Count => "@expected.count",
        FieldType::Flag => "@expected.flag",
        _ => "@expected.text",
    };
    match (parsed, cell) {
        (Parsed::Invalid, Cell::Error(text)) if text.starts_with('=') => {
            Some((Code::UncalculatedFormula, expected))
        }
        (Parsed::Invalid, Cell::Text(text)) if values::are_several(text, kind) => {
            Some((Code::SeveralValues, expected))
        }
        (Parsed::Invalid, _) => Some((Code::InvalidCell, expected)),
        // Spreadsheets keep fifteen digits; longer identifiers stored as numbers end in zeros.
        (Parsed::Text(_), Cell::Number(n)) if kind == FieldType::Id && n.abs() >= 1e15 => {
            Some((Code::LostDigits, expected))
        }
        _ => None,
    }
}

/// The beginning of a text, as much as a remark quotes.
fn quoted(text: &str) -> String {
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
pub(super) fn store(records: &mut Records, field: Field, parsed: &Parsed<'_>, shown: &str) {
    let (value, raw) = match parsed {
        Parsed::Missing => return,
        // Ids, stems and keys are made of these: what is masked only when shown would be in all of them.
        Parsed::Text(text) if mask::is_called(field) => match mask::field(field, text) {
            name if field.rarely_repeats() && !ditto::is_mark(&name) => {
                (Value::Text(records.pool.keep(&name)), None)
            }
            name => (Value::Text(records.pool.intern(&name)), None),
        },
        Parsed::Text(text) if field.rarely_repeats() && !ditto::is_mark(text) => {
            (Value::Text(records.pool.keep(text)), None)
        }
        Parsed::Text(text) => (Value::Text(records.pool.intern(text)), None),
        // Only what stands between the items differs from what was written.
        Parsed::List(items) => (Value::List(records.pool.intern(items)), None),
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
        Parsed::Invalid if mask::is_called(field) => {
            (Value::Invalid(records.pool.intern(&mask::field(field, shown))), None)
        }
        Parsed::Invalid => (Value::Invalid(records.pool.intern(shown)), None),
    };
    records.set(field, value, raw);
}
