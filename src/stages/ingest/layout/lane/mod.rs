//! One column of tables in a sheet: a table, and those that follow below it.
//!
//! For: telling where a table begins and ends. Not for: rows below a header (`read`) and tables beside
//! each other, which are lanes of their own. Invariant: every item taken is booked in the account of one
//! of the lane's tables.

mod account;
mod close;
mod decide;
mod forms;
mod zero;

use super::above::Above;
use super::ahead::{Ready, Spare};
use super::fragment::TailLine;
use super::read::read;
use super::table::{Table, Window};
use super::totals::Totals;
use super::{Source, header};
use crate::model::{Location, RowAccount, SheetId};
use crate::stages::ingest::Output;
use crate::stages::ingest::remarks::Remarks;
use crate::stages::ingest::rows::{Batch, Item, TableStart};
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
    /// What stands above the first of them and its neighbours.
    shared: Above,
    /// Lines behind the last record of the table at hand.
    tail: Vec<TailLine>,
    remarks: Remarks,
    totals: Totals,
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
    /// Tables stand beside each other.
    Beside(Beside),
}

/// Where a lane divides.
pub(super) struct Beside {
    /// The columns of each table.
    pub windows: Vec<Window>,
    /// What stands above all of them.
    pub shared: Above,
    /// Rows held while the header was looked for.
    pub held: Batch,
    /// The first item of the batch that is not among them.
    pub from: usize,
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
            shared: Above::default(),
            tail: Vec::new(),
            remarks: Remarks::default(),
            totals: Totals::default(),
            headless: BTreeSet::new(),
            tables: Vec::new(),
            fed: 0,
            spare,
            is_explained: false,
        };
        lane.begin_table(source, out);
        if let Some(headers) = start.headers {
            lane.start_body(source, out, headers.to_vec(), Above::default(), &[]);
        }
        lane
    }

    /// One of several lanes beside each other, in place of one over all columns.
    pub(super) fn beside(
        old: &Lane,
        (window, shared): (Window, &Above),
        source: &Source<'_>,
        out: &mut Output,
    ) -> Self {
        let start = TableStart { name: &old.at.sheet, is_1904: old.is_1904, ..TableStart::default() };
        let mut lane = Lane::new(&start, window, source, out, old.spare.clone());
        lane.shared = shared.clone();
        lane
    }

    /// Ends a lane in favour of several beside each other: its undecided table goes, with its rows.
    pub(super) fn dissolve(&self, held: &Batch, source: &Source<'_>, out: &mut Output) {
        let undecided = out.records.sheets.pop();
        debug_assert!(undecided.is_some_and(|sheet| sheet.account == RowAccount::default()));
        Self::assert_whole(source, out, self.fed - held.stands_for(0), &self.tables[..self.tables.len() - 1]);
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
                    let rows = held.rows();
                    let is_enough =
                        rows >= header::LOOK_AHEAD && (rows >= 2 * header::LOOK_AHEAD || !held.ends_above());
                    if is_enough && let Taken::Beside(beside) = self.settle(source, out) {
                        // The rest of the batch has come in, but not to this lane.
                        self.fed -= batch.stands_for(at);
                        return Taken::Beside(Beside { from: at, ..beside });
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
        Self::assert_whole(source, out, self.fed, &self.tables);
    }

    /// Counted where rows come in, compared with where they went: no row is lost.
    fn assert_whole(source: &Source<'_>, out: &Output, fed: u64, tables: &[SheetId]) {
        let mut accounts = RowAccount::default();
        for table in tables {
            accounts.add(&out.records.sheets[table.0 as usize].account);
        }
        let whole = accounts.balances() && accounts.rows_read == fed;
        assert!(whole, "{fed} rows of {} came in, {accounts:?} are accounted for", source.path);
    }
}
