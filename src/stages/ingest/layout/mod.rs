//! Rows of a file → sheets and records.
//!
//! For: following a table from its title to its last footnote while rows stream by. Not for: file
//! formats (they send rows) and cell values (`values`). Invariant: every row is counted exactly once;
//! the account of every sheet balances, which is asserted when it ends.

mod above;
mod body;
mod columns;
mod header;
mod lines;
mod totals;

use super::Output;
use super::readers::{RowSink, TableStart};
use super::remarks::Remarks;
use super::values::Context;
use crate::knowledge::text::mask;
use crate::model::{
    Code, ColumnMap, ColumnOverride, Diagnostic, FileId, Location, MappedBy, RawCell, RejectedRow,
    RowAccount, RowRef, Sheet, SheetId,
};
use body::Body;
use lines::Line;

/// How often progress is told, in rows.
const PROGRESS_EVERY: u64 = 10_000;

/// What reading one file needs.
pub(super) struct Source<'a> {
    /// Marks, words and the as-of date.
    pub context: Context<'a>,
    /// The policy file's columns.
    pub overrides: &'a [ColumnOverride],
    /// The file's id.
    pub file: FileId,
    /// Its relative path.
    pub path: &'a str,
    /// Told the path and the rows read so far.
    pub progress: &'a dyn Fn(&str, u64),
}

/// Takes the rows of one file and adds its sheets and records to the output.
pub(super) struct Tables<'a> {
    source: Source<'a>,
    out: &'a mut Output,
    open: Option<Open>,
    /// Rows of the whole file, for progress.
    rows: u64,
    /// Rows that came in since the sheet began, and the first table they went to.
    fed: u64,
    first_sheet: usize,
    /// Remarks that there were before this file.
    remarked: usize,
}

/// The table being read.
struct Open {
    sheet: SheetId,
    stage: Stage,
    remarks: Remarks,
    fixed_width: bool,
    at: Location,
}

/// How far the table has been understood.
enum Stage {
    /// Rows with content kept until the header is found among them.
    Looking(Vec<(u32, Vec<RawCell>)>),
    /// Below the header.
    Body(Box<Body>),
    /// No header, and nothing that looks like a table: instructions, a cover page.
    Prose,
    /// No header, but cells in rows and columns.
    Headless,
}

impl<'a> Tables<'a> {
    /// Starts a file.
    pub(super) fn new(source: Source<'a>, out: &'a mut Output) -> Self {
        let remarked = out.diagnostics.len();
        Tables { source, out, open: None, rows: 0, fed: 0, first_sheet: 0, remarked }
    }

    /// Adds a remark about the file.
    pub(super) fn remark(&mut self, remark: Diagnostic) {
        self.out.diagnostics.push(remark);
    }

    /// Ends the file. Of one without any row it is said once that it is empty, whatever its tables lack.
    pub(super) fn done(self) {
        if self.rows == 0 {
            self.out.diagnostics.truncate(self.remarked);
            self.out.diagnostics.push(Diagnostic::new(Code::EmptyFile, Location::file(self.source.path)));
        }
    }

    fn sheet(&mut self, open: &Open) -> &mut Sheet {
        &mut self.out.records.sheets[open.sheet.0 as usize]
    }

    /// Books rows of a table under what they are.
    fn count(&mut self, open: &Open, what: fn(&mut RowAccount) -> &mut u64, rows: u64) {
        let account = &mut self.sheet(open).account;
        *what(account) += rows;
        account.rows_read += rows;
    }

    /// Takes a row with content, whatever stage the table is in.
    fn take(&mut self, open: &mut Open, row: u32, cells: &[RawCell]) {
        match &mut open.stage {
            Stage::Looking(held) => {
                held.push((row, cells.to_vec()));
                if held.len() >= header::LOOK_AHEAD {
                    self.decide(open);
                }
            }
            Stage::Body(_) => self.body_row(open, row, cells),
            Stage::Prose => self.count(open, |a| &mut a.notes, 1),
            Stage::Headless => self.reject(open, row, cells, Code::NoHeader),
        }
    }

    /// Finds the header among the rows held and hands the others on.
    fn decide(&mut self, open: &mut Open) {
        let Stage::Looking(held) = std::mem::replace(&mut open.stage, Stage::Prose) else { return };
        if held.is_empty() {
            return;
        }
        let rows: Vec<&[RawCell]> = held.iter().map(|(_, cells)| cells.as_slice()).collect();
        let said = |text: &str| {
            let mut entries = self.source.overrides.iter();
            entries.find(|entry| columns::applies(entry, &open.at, text)).and_then(|entry| entry.field)
        };
        let Some(found) = header::find(self.source.context.book, &said, &rows) else {
            let widest = rows.iter().map(|cells| header::distinct(cells)).max().unwrap_or(0);
            let prose = widest <= 2;
            open.stage = if prose { Stage::Prose } else { Stage::Headless };
            let code = if prose { Code::TextSheet } else { Code::NoHeader };
            self.out.diagnostics.push(Diagnostic::new(code, open.at.clone()));
            for (row, cells) in &held {
                self.take(open, *row, cells);
            }
            return;
        };
        let above = above::read(self.source.context.book, rows[..found.first].iter().copied());
        let headings = found.first + found.depth;
        self.count(open, |a| &mut a.headings, headings as u64);
        self.sheet(open).header_row = Some(held[found.first].0);
        self.start_body(open, found.texts, above);
        for (row, cells) in &held[headings..] {
            self.take(open, *row, cells);
        }
    }

    /// Maps the columns and goes over to the body.
    fn start_body(&mut self, open: &mut Open, headers: Vec<String>, above: above::Above) {
        let name = self.source.path.rsplit('/').next().unwrap_or("");
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned();
        let table = columns::Table {
            book: self.source.context.book,
            overrides: self.source.overrides,
            at: open.at.clone(),
            titles: &[&above.title, &open.at.sheet, &stem],
        };
        let mapped = columns::map(&table, &headers);
        for remark in mapped.remarks {
            let code = remark.code;
            open.remarks.add(&mut self.out.diagnostics, || remark, code);
        }
        let body = Body::new(self.source.context.book, &mapped.columns, headers, above.defaults.clone());
        let sheet = self.sheet(open);
        sheet.kind = mapped.kind;
        sheet.columns = mapped.columns;
        sheet.title = mask::free(&above.title).into_owned();
        sheet.defaults = above.defaults;
        if body.has_name() {
            open.stage = Stage::Body(Box::new(body));
        } else {
            self.out.diagnostics.push(Diagnostic::new(Code::NoHeader, open.at.clone()));
            open.stage = Stage::Headless;
        }
    }

    /// A row below the header.
    fn body_row(&mut self, open: &mut Open, row: u32, cells: &[RawCell]) {
        let Stage::Body(body) = &mut open.stage else { return };
        let line = body.shape.classify(self.source.context.book, cells);
        match line {
            Line::Blank => self.count(open, |a| &mut a.blank, 1),
            Line::Note => self.count(open, |a| &mut a.notes, 1),
            Line::Heading => self.count(open, |a| &mut a.headings, 1),
            Line::Total { whole } => {
                let totals = body.totals.compare(whole, row, cells, &body.shape);
                self.count(open, |a| &mut a.notes, 1);
                for total in totals {
                    self.total(open, total);
                }
            }
            Line::NoName => self.reject(open, row, cells, Code::NoName),
            Line::Record => match header::is_header(self.source.context.book, cells) {
                // Another table in the same sheet: it gets its own entry.
                Some(headers) => self.next_table(open, row, headers),
                None => self.record(open, row, cells),
            },
        }
    }

    fn record(&mut self, open: &mut Open, row: u32, cells: &[RawCell]) {
        let Stage::Body(body) = &mut open.stage else { return };
        let at = RowRef { sheet: open.sheet, row };
        let faults = body.record(&self.source.context, &mut self.out.records, at, cells);
        let width = body.shape.headers.len();
        for fault in faults {
            let header = body.shape.headers.get(fault.column as usize - 1).cloned().unwrap_or_default();
            let place = open.at.clone().at_row(row).at_column(fault.column, &header);
            let make = || {
                Diagnostic::new(fault.code, place).with("found", fault.found).with("expected", fault.expected)
            };
            open.remarks.add(&mut self.out.diagnostics, make, fault.code);
        }
        // Blank cells beyond the header are what spreadsheets export, not a fault.
        let used = cells.iter().rposition(|c| !c.is_blank()).map_or(0, |i| i + 1);
        if open.fixed_width && (cells.len() < width || used > width) {
            let place = open.at.clone().at_row(row);
            let make = || {
                let remark = Diagnostic::new(Code::RaggedRow, place).with("found", cells.len());
                remark.with("expected", width)
            };
            open.remarks.add(&mut self.out.diagnostics, make, Code::RaggedRow);
        }
        self.count(open, |a| &mut a.records, 1);
    }

    fn total(&mut self, open: &mut Open, total: crate::model::StatedTotal) {
        if total.is_wrong() {
            let at = open.at.clone().at_row(total.row).at_column(total.column, &total.label);
            let code = if total.exact { Code::TotalMismatch } else { Code::TotalTooSmall };
            let remark = Diagnostic::new(code, at).with("label", &total.label);
            let remark = remark.with("stated", total.stated).with("actual", total.actual);
            open.remarks.add(&mut self.out.diagnostics, || remark, code);
        }
        self.sheet(open).totals.push(total);
    }

    /// Keeps a row that is no record with its masked text.
    fn reject(&mut self, open: &mut Open, row: u32, cells: &[RawCell], code: Code) {
        let fields = match &open.stage {
            Stage::Body(body) => body.masks.as_slice(),
            _ => &[],
        };
        let last = cells.iter().rposition(|cell| !cell.is_blank()).map_or(0, |i| i + 1);
        let texts: Vec<String> = (0..last).map(|i| body::masked(fields.get(i), &cells[i])).collect();
        let text = texts.join(" | ").trim_end_matches([' ', '|']).to_owned();
        if code == Code::NoName {
            let filled = texts.iter().filter(|text| !text.is_empty()).map(String::as_str);
            let found = body::quoted(&filled.collect::<Vec<_>>().join(" | "));
            let place = open.at.clone().at_row(row);
            let make = || Diagnostic::new(code, place).with("found", found);
            open.remarks.add(&mut self.out.diagnostics, make, code);
        }
        self.out.rejected.push(RejectedRow { at: RowRef { sheet: open.sheet, row }, code, text });
        self.count(open, |a| &mut a.rejected, 1);
    }

    /// Ends the table at hand and begins another in the same sheet with the header just met.
    fn next_table(&mut self, open: &mut Open, row: u32, headers: Vec<String>) {
        let start = TableStart {
            name: &open.at.sheet.clone(),
            fixed_width: open.fixed_width,
            ..TableStart::default()
        };
        let next = self.begin_table(&start);
        let done = std::mem::replace(open, next);
        self.finish(done);
        self.count(open, |a| &mut a.headings, 1);
        self.sheet(open).header_row = Some(row);
        self.start_body(open, headers, above::Above::default());
    }

    fn begin_table(&mut self, start: &TableStart<'_>) -> Open {
        let sheet = SheetId(self.out.records.sheets.len() as u32);
        self.out.records.sheets.push(Sheet {
            file: self.source.file,
            name: start.name.to_owned(),
            header_row: None,
            kind: None,
            title: String::new(),
            defaults: Vec::new(),
            columns: Vec::new(),
            account: RowAccount::default(),
            totals: Vec::new(),
        });
        Open {
            sheet,
            stage: Stage::Looking(Vec::new()),
            remarks: Remarks::default(),
            fixed_width: start.fixed_width,
            at: Location::sheet(self.source.path, start.name),
        }
    }

    /// Closes a table: its columns are complete and its account balances.
    fn finish(&mut self, open: Open) {
        let headless = match &open.stage {
            Stage::Body(body) => body.headless.clone(),
            _ => Vec::new(),
        };
        let has_body = matches!(open.stage, Stage::Body(_));
        let sheet = self.sheet(&open);
        let nameless = |column| ColumnMap {
            column,
            header: String::new(),
            field: None,
            confidence: 0.0,
            by: MappedBy::Nothing,
        };
        sheet.columns.extend(headless.into_iter().map(nameless));
        sheet.columns.sort_by_key(|c| c.column);
        let account = sheet.account;
        if account.records == 0 && account.rejected == 0 && (has_body || account.rows_read == account.blank) {
            self.out.diagnostics.push(Diagnostic::new(Code::NoRecords, open.at.clone()));
        }
        open.remarks.finish(&mut self.out.diagnostics, &open.at);
    }
}

impl RowSink for Tables<'_> {
    fn begin(&mut self, start: &TableStart<'_>) {
        self.fed = 0;
        self.first_sheet = self.out.records.sheets.len();
        let mut open = self.begin_table(start);
        if start.hidden {
            self.out.diagnostics.push(Diagnostic::new(Code::HiddenSheet, open.at.clone()));
        }
        if let Some(headers) = start.headers {
            self.start_body(&mut open, headers.to_vec(), above::Above::default());
        }
        self.open = Some(open);
    }

    fn row(&mut self, row: u32, cells: &[RawCell]) {
        let Some(mut open) = self.open.take() else { return };
        self.rows += 1;
        if self.rows.is_multiple_of(PROGRESS_EVERY) {
            (self.source.progress)(self.source.path, self.rows);
        }
        self.fed += 1;
        if cells.iter().all(RawCell::is_blank) {
            self.count(&open, |a| &mut a.blank, 1);
        } else {
            self.take(&mut open, row, cells);
        }
        self.open = Some(open);
    }

    fn blank(&mut self, rows: u64) {
        let Some(open) = self.open.take() else { return };
        self.fed += rows;
        self.count(&open, |a| &mut a.blank, rows);
        self.open = Some(open);
    }

    fn broken(&mut self, row: u32, text: &str, reason: &'static str, detail: &str) {
        let Some(mut open) = self.open.take() else { return };
        self.rows += 1;
        let place = open.at.clone().at_row(row);
        let make = || Diagnostic::new(Code::BrokenRow, place).with("reason", reason).with("detail", detail);
        open.remarks.add(&mut self.out.diagnostics, make, Code::BrokenRow);
        self.out.rejected.push(RejectedRow {
            at: RowRef { sheet: open.sheet, row },
            code: Code::BrokenRow,
            text: mask::free(text).into_owned(),
        });
        self.fed += 1;
        self.count(&open, |a| &mut a.rejected, 1);
        self.open = Some(open);
    }

    fn cut_off(&mut self, reason: &'static str, detail: &str) {
        let Some(open) = &self.open else { return };
        let remark = Diagnostic::new(Code::BrokenSheet, open.at.clone());
        self.out.diagnostics.push(remark.with("reason", reason).with("detail", detail));
    }

    fn end(&mut self) {
        let Some(mut open) = self.open.take() else { return };
        self.decide(&mut open);
        self.finish(open);
        // Counted where rows come in, compared with where they went: no row is lost.
        let mut accounts = RowAccount::default();
        for sheet in &self.out.records.sheets[self.first_sheet..] {
            accounts.add(&sheet.account);
        }
        let whole = accounts.balances() && accounts.rows_read == self.fed;
        assert!(whole, "{} rows of {} came in, {accounts:?} are accounted for", self.fed, self.source.path);
    }
}
