//! What rows gave, and where one table ends and the next begins.
//!
//! For: putting the outcomes of runs of rows together. Not for: reading them. Invariant: a table is closed
//! before the next one of its lane begins.

use super::{Lane, Stage};
use crate::model::{Code, ColumnMap, Diagnostic, Field, Layout, Sheet, SheetId, StatedTotal};
use crate::stages::ingest::Output;
use crate::stages::ingest::layout::Source;
use crate::stages::ingest::layout::above::Above;
use crate::stages::ingest::layout::fragment::Fragment;
use crate::stages::ingest::layout::totals::Totals;
use crate::stages::ingest::rows::Batch;

impl Lane {
    /// Adds what a run of rows gave.
    pub(super) fn follow(&mut self, source: &Source<'_>, out: &mut Output, fragment: Fragment) {
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
            self.shared = Above::default();
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

    pub(super) fn begin_table(&mut self, source: &Source<'_>, out: &mut Output) {
        self.sheet = SheetId(out.records.sheets.len() as u32);
        self.tables.push(self.sheet);
        self.stage = Stage::Looking(Batch::default());
        let window = self.window.shown();
        out.records.sheets.push(Sheet { window, ..Sheet::new(source.file, &self.at.sheet) });
    }

    /// Closes the table at hand: its columns are complete and its account balances.
    pub(super) fn finish_table(&mut self, out: &mut Output) {
        let totals = self.totals.finish();
        self.totals(out, totals);
        let headless = std::mem::take(&mut self.headless);
        let has_body = matches!(self.stage, Stage::Body(_));
        let sheet = self.sheet(out);
        let nameless = headless.into_iter().map(|column| ColumnMap::unknown(column, ""));
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
        self.totals = Totals::default();
    }
}
