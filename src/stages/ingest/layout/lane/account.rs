//! Where the rows of a lane go that are no records.
//!
//! For: the row account. Not for: rows below a header, which `read` books. Invariant: a row is booked once.

use super::{Lane, Stage};
use crate::knowledge::text::mask;
use crate::model::{Code, Diagnostic, RejectedRow, RowAccount, RowRef, Sheet};
use crate::stages::ingest::Output;
use crate::stages::ingest::layout::read;
use crate::stages::ingest::rows::{Batch, Cell, Item};

impl Lane {
    /// Items up to the last row of a header.
    pub(super) fn book_headings(&mut self, out: &mut Output, held: &Batch, to: usize) {
        let mut cells = Vec::new();
        for at in 0..to {
            match held.get(at, &mut cells) {
                Item::Row(_) | Item::Line(..) => self.count(out, |a| &mut a.headings, 1),
                item => self.book(out, &item, &cells),
            }
        }
    }

    /// An item outside of any table.
    pub(super) fn book(&mut self, out: &mut Output, item: &Item<'_>, cells: &[Cell<'_>]) {
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
        let text = read::joined(&texts.collect::<Vec<_>>());
        self.reject(out, row, Code::NoHeader, text);
    }

    pub(super) fn reject(&mut self, out: &mut Output, row: u32, code: Code, text: String) {
        out.rejected.push(RejectedRow { at: RowRef { sheet: self.sheet, row }, code, text });
        self.count(out, |a| &mut a.rejected, 1);
    }

    /// Books rows of the table at hand under what they are.
    pub(super) fn count(&mut self, out: &mut Output, what: fn(&mut RowAccount) -> &mut u64, rows: u64) {
        let account = &mut self.sheet(out).account;
        *what(account) += rows;
        account.rows_read += rows;
    }

    pub(super) fn sheet<'o>(&self, out: &'o mut Output) -> &'o mut Sheet {
        &mut out.records.sheets[self.sheet.0 as usize]
    }
}
