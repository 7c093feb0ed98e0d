//! One column of tables in a sheet: a table, and those that follow below it.
//!
//! For: telling where a table begins and ends. Not for: rows below a header (`read`) and tables beside
//! each other, which are lanes of their own. Invariant: every item taken is booked in the account of one
//! of the lane's tables.

use super::ahead::{Ready, Spare};
use super::fragment::{Fragment, TailLine};
use super::read::{read, read_form};
use super::table::{Table, Window};
use super::{Source, above, beside, columns, form, header};
use crate::knowledge::text::mask;
use crate::model::{
    Code, Diagnostic, Field, Layout, Location, RejectedRow, RowAccount, RowRef, Sheet, SheetId, StatedTotal,
};
use crate::stages::ingest::Output;
use crate::stages::ingest::remarks::Remarks;
use crate::stages::ingest::rows::{Batch, Cell, Item, TableStart};
use crate::stages::ingest::values::Naming;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Tables of one window, one below the other.
pub(super) struct Lane {
    window: Window,
    at: Location,
    is_1904: bool,
    fixed_width: bool,
    /// The table at hand.
    sheet: SheetId,
    stage: Stage,
    /// Lines above the table at hand that are in no row of it.
    above: Vec<Vec<String>>,
    /// Lines behind the last record of the table at hand.
    tail: Vec<TailLine>,
    remarks: Remarks,
    totals: super::totals::Totals,
    headless: BTreeSet<u32>,
    /// Every table of the lane, and the rows that came in: no row is lost.
    tables: Vec<SheetId>,
    fed: u64,
    spare: Spare,
    /// Whether it was said already why there are no records.
    is_explained: bool,
}

/// How far the table at hand has been understood.
enum Stage {
    /// Rows kept until the header is found among them.
    Looking(Batch),
    /// Below the header.
    Body(Arc<Table>),
    /// A filing form, kept until it is complete.
    Form(Batch),
    /// No header, and nothing that looks like a table: instructions, a cover page.
    Prose,
    /// No header, but cells in rows and columns.
    Headless,
}

/// What became of a batch.
pub(super) enum Taken {
    /// It was read.
    Read,
    /// Tables stand beside each other: rows held so far, and the first item of the batch not among them.
    Beside {
        /// The columns of each.
        windows: Vec<Window>,
        /// Rows held while the header was looked for.
        held: Batch,
        /// Where in the batch to go on.
        from: usize,
    },
}

impl Lane {
    /// A lane at the beginning of a sheet.
    pub(super) fn new(
        start: &TableStart<'_>,
        window: Window,
        source: &Source<'_>,
        out: &mut Output,
        spare: Spare,
    ) -> Self {
        let mut lane = Lane {
            window,
            at: Location::sheet(source.path, start.name),
            is_1904: start.is_1904,
            fixed_width: start.fixed_width,
            sheet: SheetId::default(),
            stage: Stage::Prose,
            above: start.above.iter().map(|line| vec![line.clone()]).collect(),
            tail: Vec::new(),
            remarks: Remarks::default(),
            totals: super::totals::Totals::default(),
            headless: BTreeSet::new(),
            tables: Vec::new(),
            fed: 0,
            spare,
            is_explained: false,
        };
        lane.begin_table(source, out);
        if let Some(headers) = start.headers {
            lane.start_body(source, out, headers.to_vec(), above::Above::default());
        }
        lane
    }

    /// One of several lanes beside each other, in place of one over all columns.
    pub(super) fn beside(old: &Lane, window: Window, source: &Source<'_>, out: &mut Output) -> Self {
        let start = TableStart { name: &old.at.sheet, is_1904: old.is_1904, ..TableStart::default() };
        let mut lane = Lane::new(&start, window, source, out, old.spare.clone());
        lane.above.clone_from(&old.above);
        lane
    }

    /// Ends a lane in favour of several beside each other: its undecided table goes, with its rows.
    pub(super) fn dissolve(&self, held: &Batch, source: &Source<'_>, out: &mut Output) {
        let undecided = out.records.sheets.pop();
        debug_assert!(undecided.is_some_and(|sheet| sheet.account == RowAccount::default()));
        self.assert_whole(source, out, self.fed - held.stands_for(0), &self.tables[..self.tables.len() - 1]);
    }

    /// The file and sheet.
    pub(super) fn at(&self) -> &Location {
        &self.at
    }

    /// Says that there is a reason why the sheet has no records.
    pub(super) fn explain(&mut self) {
        self.is_explained = true;
    }

    /// Whether the table at hand has no header yet.
    pub(super) fn is_looking(&self) -> bool {
        matches!(self.stage, Stage::Looking(_))
    }

    /// The table at hand, if rows can be read under it.
    pub(super) fn table(&self) -> Option<Arc<Table>> {
        if let Stage::Body(table) = &self.stage { Some(Arc::clone(table)) } else { None }
    }

    /// Takes the items of a batch from one on. `ready` holds what was read of it ahead.
    pub(super) fn take(
        &mut self,
        batch: &Batch,
        from: usize,
        ready: &mut Ready,
        source: &Source<'_>,
        out: &mut Output,
    ) -> Taken {
        let mut cells = Vec::new();
        let mut at = from;
        self.fed += batch.stands_for(from);
        while at < batch.len() {
            match &mut self.stage {
                Stage::Looking(held) => {
                    let item = batch.get(at, &mut cells);
                    self.window.apply(&mut cells);
                    let is_row = matches!(item, Item::Row(_) | Item::Line(..));
                    if is_row && cells.iter().all(|cell| cell.is_blank()) {
                        held.push_blank(1);
                    } else {
                        held.push_item(&item, &cells);
                    }
                    at += 1;
                    if held.rows() >= header::LOOK_AHEAD
                        && let Taken::Beside { windows, held, .. } = self.settle(source, out)
                    {
                        return Taken::Beside { windows, held, from: at };
                    }
                }
                Stage::Form(held) => {
                    let item = batch.get(at, &mut cells);
                    held.push_item(&item, &cells);
                    at += 1;
                }
                Stage::Body(table) => {
                    let table = Arc::clone(table);
                    let ahead = ready.iter().position(|(under, _)| at == 0 && Arc::ptr_eq(under, &table));
                    let fragment = match ahead {
                        Some(place) => ready.swap_remove(place).1,
                        None => read(&table, &source.context, batch, at, self.spare.take()),
                    };
                    at = fragment.end;
                    self.follow(source, out, fragment);
                }
                Stage::Prose | Stage::Headless => {
                    let item = batch.get(at, &mut cells);
                    self.window.apply(&mut cells);
                    self.book(out, &item, &cells);
                    at += 1;
                }
            }
        }
        Taken::Read
    }

    /// Decides what the rows held are. Called when enough are held, and when the sheet ends.
    pub(super) fn settle(&mut self, source: &Source<'_>, out: &mut Output) -> Taken {
        let Stage::Looking(held) = &mut self.stage else { return Taken::Read };
        if held.rows() == 0 {
            return Taken::Read;
        }
        let held = std::mem::take(held);
        let mut numbers = Vec::new();
        let mut grid: Vec<Vec<Cell<'_>>> = Vec::new();
        for at in 0..held.len() {
            let mut cells = Vec::new();
            if let Item::Row(number) | Item::Line(number, _) = held.get(at, &mut cells) {
                numbers.push((at, number));
                grid.push(cells);
            }
        }
        let rows: Vec<&[Cell<'_>]> = grid.iter().map(Vec::as_slice).collect();
        let (book, naming) = (source.context.book, source.context.naming);
        if form::is_form(book, &rows) {
            self.stage = Stage::Form(held);
            return Taken::Read;
        }
        if self.window == Window::ALL
            && let Some(windows) = beside::windows((book, naming), &rows)
        {
            return Taken::Beside { windows, held, from: 0 };
        }
        let said = |text: &str| {
            let mut entries = source.overrides.iter();
            entries.find(|entry| columns::applies(entry, &self.at, text)).and_then(|entry| entry.field)
        };
        let Some(found) = header::find((book, naming), &said, &rows) else {
            let widest = rows.iter().map(|cells| header::distinct(cells)).max().unwrap_or(0);
            if naming == Naming::Units && widest == 1 {
                // A list of units, one per line.
                self.start_body(source, out, vec![Field::OwnerUnit.to_string()], above::Above::default());
                let fed = self.fed;
                self.take(&held, 0, &mut Vec::new(), source, out);
                self.fed = fed;
                return Taken::Read;
            }
            self.without_header(out, widest, &held);
            return Taken::Read;
        };
        let lines = self.above.iter().map(|line| line.iter().map(|text| Cell::Text(text)).collect());
        let lines: Vec<Vec<Cell<'_>>> = lines.collect();
        let above = lines.iter().map(Vec::as_slice).chain(rows[..found.first].iter().copied());
        let above = above::read(book, above);
        let (first, last) = (found.first, found.first + found.depth - 1);
        self.book_headings(out, &held, numbers[last].0 + 1);
        self.sheet(out).header_row = Some(numbers[first].1);
        self.start_body(source, out, found.texts, above);
        let below = numbers[last].0 + 1;
        // The rows held were counted when they came in.
        let fed = self.fed;
        let taken = self.take(&held, below, &mut Vec::new(), source, out);
        self.fed = fed;
        if let Taken::Beside { windows, held: mut inner, from } = taken {
            let mut cells = Vec::new();
            for at in from..held.len() {
                let item = held.get(at, &mut cells);
                inner.push_item(&item, &cells);
            }
            return Taken::Beside { windows, held: inner, from: 0 };
        }
        Taken::Read
    }

    /// Rows in which no header was found are remarks or rows that we cannot use.
    fn without_header(&mut self, out: &mut Output, widest: usize, held: &Batch) {
        let prose = widest <= 2;
        self.stage = if prose { Stage::Prose } else { Stage::Headless };
        let code = if prose { Code::TextSheet } else { Code::NoHeader };
        out.diagnostics.push(Diagnostic::new(code, self.at.clone()));
        let mut cells = Vec::new();
        for at in 0..held.len() {
            let item = held.get(at, &mut cells);
            self.book(out, &item, &cells);
        }
    }

    /// Items up to the last row of a header.
    fn book_headings(&mut self, out: &mut Output, held: &Batch, to: usize) {
        let mut cells = Vec::new();
        for at in 0..to {
            match held.get(at, &mut cells) {
                Item::Row(_) | Item::Line(..) => self.count(out, |a| &mut a.headings, 1),
                item => self.book(out, &item, &cells),
            }
        }
    }

    /// An item outside of any table.
    fn book(&mut self, out: &mut Output, item: &Item<'_>, cells: &[Cell<'_>]) {
        match *item {
            Item::Blank(rows) => self.count(out, |a| &mut a.blank, rows),
            Item::Row(row) | Item::Line(row, _) => self.book_row(out, row, cells),
            Item::Broken { number, text, reason, detail } => {
                let remark = Diagnostic::new(Code::BrokenRow, self.at.clone().at_row(number));
                let remark = || remark.with("reason", reason).with("detail", detail);
                self.remarks.add(Code::BrokenRow, remark);
                self.reject(out, number, Code::BrokenRow, mask::free(text).into_owned());
            }
        }
    }

    fn book_row(&mut self, out: &mut Output, row: u32, cells: &[Cell<'_>]) {
        let Some(last) = cells.iter().rposition(|cell| !cell.is_blank()) else {
            return self.count(out, |a| &mut a.blank, 1);
        };
        if matches!(self.stage, Stage::Prose) {
            return self.count(out, |a| &mut a.notes, 1);
        }
        let texts = cells[..=last].iter().map(|cell| mask::free(cell.display().trim()).into_owned());
        let text = super::read::joined(&texts.collect::<Vec<_>>());
        self.reject(out, row, Code::NoHeader, text);
    }

    fn reject(&mut self, out: &mut Output, row: u32, code: Code, text: String) {
        out.rejected.push(RejectedRow { at: RowRef { sheet: self.sheet, row }, code, text });
        self.count(out, |a| &mut a.rejected, 1);
    }

    /// Books rows of the table at hand under what they are.
    fn count(&mut self, out: &mut Output, what: fn(&mut RowAccount) -> &mut u64, rows: u64) {
        let account = &mut self.sheet(out).account;
        *what(account) += rows;
        account.rows_read += rows;
    }

    fn sheet<'o>(&self, out: &'o mut Output) -> &'o mut Sheet {
        &mut out.records.sheets[self.sheet.0 as usize]
    }

    /// Maps the columns and goes over to the body.
    fn start_body(
        &mut self,
        source: &Source<'_>,
        out: &mut Output,
        headers: Vec<String>,
        above: above::Above,
    ) {
        self.stage = match self.map(source, out, headers, above) {
            Some(table) => Stage::Body(Arc::new(table)),
            None => Stage::Headless,
        };
    }

    /// Maps the columns; nothing when none of them names the items.
    fn map(
        &mut self,
        source: &Source<'_>,
        out: &mut Output,
        headers: Vec<String>,
        above: above::Above,
    ) -> Option<Table> {
        let name = source.path.rsplit('/').next().unwrap_or("");
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let mapping = columns::Mapping {
            book: source.context.book,
            overrides: source.overrides,
            at: self.at.clone(),
            titles: &[&above.title, &self.at.sheet, stem],
        };
        let mapped = columns::map(&mapping, &headers);
        for remark in mapped.remarks {
            self.remarks.add(remark.code, || remark);
        }
        let place = (self.sheet, self.at.clone(), self.window);
        let defaults = above.defaults.clone();
        let mut table = Table::new(
            (source.context.book, source.context.naming),
            place,
            &mapped.columns,
            headers,
            defaults,
        );
        (table.is_1904, table.fixed_width) = (self.is_1904, self.fixed_width);
        let sheet = self.sheet(out);
        sheet.kind = mapped.kind;
        sheet.columns = mapped.columns;
        sheet.title = mask::free(&above.title).into_owned();
        sheet.defaults = above.defaults;
        if !table.has_name() {
            out.diagnostics.push(Diagnostic::new(Code::NoHeader, self.at.clone()));
            return None;
        }
        Some(table)
    }

    /// Reads the forms that the rows held are, each one record.
    fn form(&mut self, source: &Source<'_>, out: &mut Output, held: &Batch) {
        let mut cells = Vec::new();
        let (mut numbers, mut grid) = (Vec::new(), Vec::new());
        for at in 0..held.len() {
            match held.get(at, &mut cells) {
                Item::Row(number) | Item::Line(number, _) => {
                    numbers.push(number);
                    grid.push(cells.clone());
                }
                item => self.book(out, &item, &[]),
            }
        }
        let rows: Vec<&[Cell<'_>]> = grid.iter().map(Vec::as_slice).collect();
        let book = source.context.book;
        let forms = form::read(book, &rows);
        let before = forms.labelled.iter().position(|is_labelled| *is_labelled).unwrap_or(rows.len());
        let lines = self.above.iter().map(|line| line.iter().map(|text| Cell::Text(text)).collect());
        let lines: Vec<Vec<Cell<'_>>> = lines.collect();
        let above = lines.iter().map(Vec::as_slice).chain(rows[..before].iter().copied());
        let above = above::read(book, above);
        let layout = if forms.is_turned { Layout::Turned } else { Layout::Form };
        let remark = Diagnostic::new(Code::FormRead, self.at.clone());
        out.diagnostics.push(remark.with("count", forms.filled.len()));
        let Some(mut table) = self.map(source, out, forms.labels.clone(), above) else {
            self.stage = Stage::Headless;
            for (&number, cells) in numbers.iter().zip(&grid) {
                self.book(out, &Item::Row(number), cells);
            }
            return;
        };
        self.sheet(out).layout = layout;
        for (at, filled) in forms.filled.iter().enumerate() {
            let mut cells = vec![Cell::Empty; forms.labels.len()];
            let mut places = vec![(0, 0); forms.labels.len()];
            for value in &filled.values {
                cells[value.label] = value.content.cell();
                places[value.label] = (numbers[value.row], value.column as u32 + 1);
            }
            for column in &mut self.sheet(out).columns {
                let place = places[column.column as usize - 1];
                column.cell = column.cell.or((place.0 > 0).then_some(place));
            }
            let column = filled.values.first().map_or(at, |value| value.column) as u32 + 1;
            let row = if forms.is_turned { column } else { numbers[filled.first] };
            table.places = Some(places);
            let fragment = read_form(&table, &source.context, row, &cells);
            self.follow(source, out, fragment);
        }
        self.book_form(out, &forms, rows.len() as u64);
    }

    /// Books the rows of forms: each form is a record, its other rows are headings. A table on its side has
    /// its columns for rows.
    fn book_form(&mut self, out: &mut Output, forms: &form::Forms<'_>, rows: u64) {
        let records = forms.filled.len() as u64;
        if forms.is_turned {
            self.fed = self.fed - rows + records + 1;
            return self.count(out, |a| &mut a.headings, 1);
        }
        let last = forms.labelled.iter().rposition(|is_labelled| *is_labelled).map_or(0, |i| i + 1) as u64;
        self.count(out, |a| &mut a.headings, last - records);
        self.count(out, |a| &mut a.notes, rows - last);
    }

    /// Adds what a run of rows gave.
    fn follow(&mut self, source: &Source<'_>, out: &mut Output, fragment: Fragment) {
        let totals = self.totals.follow(fragment.totals);
        self.totals(out, totals);
        self.remarks.follow(fragment.remarks);
        self.headless.extend(fragment.headless);
        let sheet = self.sheet(out);
        sheet.account.add(&fragment.account);
        let stated = sheet.defaults.iter().find(|(field, _)| *field == Field::OwnerUnit);
        let stated = stated.map(|(_, unit)| unit.clone()).unwrap_or_default();
        for (row, unit) in fragment.zero_reports {
            let unit = if unit.is_empty() { stated.clone() } else { unit };
            let remark = Diagnostic::new(Code::ZeroReport, self.at.clone().at_row(row));
            self.remarks.add(Code::ZeroReport, || remark.with("unit", &unit));
            sheet.zero_reports.push((row, unit));
        }
        out.rejected.extend(fragment.rejected);
        out.records.absorb(&fragment.records);
        self.spare.give(fragment.records);
        if fragment.tail.is_fresh {
            self.tail.clear();
        }
        self.tail.extend(fragment.tail.lines);
        if fragment.is_followed {
            // Another table in the same sheet: it gets its own entry, and its header is looked at again
            // together with the rows below it.
            self.above = self.titles(out);
            self.finish_table(out);
            self.begin_table(source, out);
        }
    }

    /// The lines that stand above the next table: those behind the last blank row, or all if none is. What
    /// was booked as a remark of this table turns out to be a heading.
    fn titles(&mut self, out: &mut Output) -> Vec<Vec<String>> {
        let tail = std::mem::take(&mut self.tail);
        let blank = tail.iter().rposition(|line| line.texts.is_empty());
        let behind = blank.map_or(0, |at| at + 1);
        let titles = if behind < tail.len() { &tail[behind..] } else { &[] };
        let notes = titles.iter().filter(|line| line.is_note).count() as u64;
        let account = &mut self.sheet(out).account;
        account.notes -= notes;
        account.headings += notes;
        titles.iter().map(|line| line.texts.clone()).collect()
    }

    fn totals(&mut self, out: &mut Output, totals: Vec<StatedTotal>) {
        for total in totals {
            if total.is_wrong() {
                let at = self.at.clone().at_row(total.row).at_column(total.column, &total.label);
                let code = if total.exact { Code::TotalMismatch } else { Code::TotalTooSmall };
                let remark = Diagnostic::new(code, at).with("label", &total.label);
                let remark = remark.with("stated", total.stated).with("actual", total.actual);
                self.remarks.add(code, || remark);
            }
            self.sheet(out).totals.push(total);
        }
    }

    fn begin_table(&mut self, source: &Source<'_>, out: &mut Output) {
        self.sheet = SheetId(out.records.sheets.len() as u32);
        self.tables.push(self.sheet);
        self.stage = Stage::Looking(Batch::default());
        let window = self.window.shown();
        out.records.sheets.push(Sheet { window, ..Sheet::new(source.file, &self.at.sheet) });
    }

    /// Closes the table at hand: its columns are complete and its account balances.
    fn finish_table(&mut self, out: &mut Output) {
        let totals = self.totals.finish();
        self.totals(out, totals);
        let headless = std::mem::take(&mut self.headless);
        let has_body = matches!(self.stage, Stage::Body(_));
        let sheet = self.sheet(out);
        let nameless = headless.into_iter().map(|column| crate::model::ColumnMap::unknown(column, ""));
        sheet.columns.extend(nameless);
        if sheet.layout == Layout::Table {
            sheet.columns.sort_by_key(|c| c.column);
        }
        let (account, is_zero) = (sheet.account, !sheet.zero_reports.is_empty());
        if !is_zero
            && !self.is_explained
            && account.records == 0
            && account.rejected == 0
            && (has_body || account.rows_read == account.blank)
        {
            out.diagnostics.push(Diagnostic::new(Code::NoRecords, self.at.clone()));
        }
        let remarks = std::mem::take(&mut self.remarks);
        out.diagnostics.extend(remarks.finish(&self.at));
        self.totals = super::totals::Totals::default();
    }

    /// Ends the lane.
    pub(super) fn end(&mut self, source: &Source<'_>, out: &mut Output) {
        match std::mem::replace(&mut self.stage, Stage::Prose) {
            Stage::Form(held) => self.form(source, out, &held),
            // Nothing but blank and broken rows.
            Stage::Looking(held) => {
                let mut cells = Vec::new();
                for at in 0..held.len() {
                    let item = held.get(at, &mut cells);
                    self.book(out, &item, &cells);
                }
            }
            stage => self.stage = stage,
        }
        self.finish_table(out);
        self.assert_whole(source, out, self.fed, &self.tables);
    }

    /// Counted where rows come in, compared with where they went: no row is lost.
    fn assert_whole(&self, source: &Source<'_>, out: &Output, fed: u64, tables: &[SheetId]) {
        let mut accounts = RowAccount::default();
        for table in tables {
            accounts.add(&out.records.sheets[table.0 as usize].account);
        }
        let whole = accounts.balances() && accounts.rows_read == fed;
        assert!(whole, "{fed} rows of {} came in, {accounts:?} are accounted for", source.path);
    }
}
