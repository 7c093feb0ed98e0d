//! Rows of a file → sheets and records.
//!
//! For: following tables from their titles to their last footnotes while rows stream by. Not for: file
//! formats (they send rows) and cell values (`values`). Invariant: every row is counted exactly once in
//! each lane it belongs to; the account of every lane balances, which is asserted when it ends.

mod above;
mod ahead;
mod beside;
mod columns;
mod form;
mod fragment;
mod header;
mod lane;
mod lines;
mod numbering;
mod read;
mod table;
mod totals;

use super::Output;
use super::rows::{Batch, Cell, RowSink, TableStart};
use super::values::Context;
use crate::model::{Code, ColumnOverride, Diagnostic, FileId, Location};
use ahead::{Ahead, Spare};
use lane::{Beside, Lane, Taken};
use std::sync::Arc;
use table::Window;

/// How often progress is told, in rows.
const PROGRESS_EVERY: u64 = 10_000;
/// Rows of a batch: enough to make handing it over cheap, few enough that its texts stay in the cache of one
/// core while they are read.
const BATCH_ROWS: usize = 512;
/// Bytes of a batch, for rows that are long.
const BATCH_BYTES: usize = 1 << 20;
/// Rows of a batch while a header is looked for.
const FIRST_ROWS: usize = 64;

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
    pub progress: &'a (dyn Fn(&str, u64) + Sync),
}

/// Takes the rows of one file and adds its sheets and records to the output.
pub(super) struct Tables<'x, 'scope> {
    source: &'scope Source<'scope>,
    out: &'x mut Output,
    ahead: Ahead<'x, 'scope>,
    batch: Batch,
    /// Batches to be filled again.
    emptied: Vec<Batch>,
    /// Rows of the batch.
    batched: usize,
    /// The tables that stand beside each other in the sheet at hand; usually one.
    lanes: Vec<Lane>,
    /// Memory to read into.
    spare: Spare,
    /// Rows of the whole file, for progress.
    rows: u64,
    /// Remarks that there were before this file.
    remarked: usize,
}

impl<'x, 'scope> Tables<'x, 'scope> {
    /// Starts a file; large tables are read on the threads of the scope, if there is one.
    pub(super) fn new(
        source: &'scope Source<'scope>,
        out: &'x mut Output,
        scope: Option<&'x rayon::Scope<'scope>>,
    ) -> Self {
        let remarked = out.diagnostics.len();
        let spare = Spare::default();
        let ahead = Ahead::new(scope, &source.context, spare.clone());
        let lanes = Vec::new();
        Tables {
            source,
            out,
            ahead,
            batch: Batch::default(),
            batched: 0,
            lanes,
            spare,
            rows: 0,
            remarked,
            emptied: Vec::new(),
        }
    }

    /// Ends the file. Of one without any row it is said once that it is empty, whatever its tables lack;
    /// unless it is said why there are none.
    pub(super) fn done(self) {
        if self.rows > 0 {
            return;
        }
        let said = self.out.diagnostics.split_off(self.remarked);
        let is_reason = |remark: &Diagnostic| matches!(remark.code, Code::BrokenSheet | Code::PictureSheet);
        self.out.diagnostics.extend(said.into_iter().filter(is_reason));
        if self.out.diagnostics.len() == self.remarked {
            self.out.diagnostics.push(Diagnostic::new(Code::EmptyFile, Location::file(self.source.path)));
        }
    }

    fn tell_progress(&mut self) {
        self.rows += 1;
        if self.rows.is_multiple_of(PROGRESS_EVERY) {
            (self.source.progress)(self.source.path, self.rows);
        }
    }

    /// Hands the batch on, once it is worth it.
    fn give_if_large(&mut self) {
        let looking = self.lanes.iter().any(Lane::is_looking);
        let enough = if looking { FIRST_ROWS } else { BATCH_ROWS };
        if self.batched < enough && self.batch.size() < BATCH_BYTES {
            return;
        }
        // Titles stay with the header below them.
        if self.batched < 2 * enough && self.batch.size() < 2 * BATCH_BYTES && self.batch.ends_above() {
            return;
        }
        self.give();
        // What the rows are must be known before others can be read under it.
        if looking {
            self.take_all();
        }
        while self.ahead.is_full() {
            self.take();
        }
    }

    fn give(&mut self) {
        if self.batch.len() > 0 {
            let batch = std::mem::replace(&mut self.batch, self.emptied.pop().unwrap_or_default());
            self.batched = 0;
            let tables = self.lanes.iter().filter_map(Lane::table).collect();
            self.ahead.give(batch, tables);
        }
    }

    fn take_all(&mut self) {
        while self.take() {}
    }

    /// Takes the oldest batch through every lane; false when none waits.
    fn take(&mut self) -> bool {
        let Some((batch, mut ready)) = self.ahead.take() else { return false };
        let mut lanes = std::mem::take(&mut self.lanes);
        if let [lane] = lanes.as_mut_slice() {
            let taken = lane.take(&batch, 0, &mut ready, self.source, self.out);
            if let Taken::Beside(beside) = taken {
                lanes = self.split(&lanes[0], &beside, &batch);
            }
        } else {
            for lane in &mut lanes {
                // Tables below each other in a lane of several never stand beside each other again.
                lane.take(&batch, 0, &mut ready, self.source, self.out);
            }
        }
        self.lanes = lanes;
        if let Ok(mut batch) = Arc::try_unwrap(batch) {
            batch.clear();
            self.emptied.push(batch);
        }
        true
    }

    /// One lane per window, each fed with what the lane before them still held.
    fn split(&mut self, old: &Lane, beside: &Beside, batch: &Batch) -> Vec<Lane> {
        let Beside { windows, shared, held, from } = beside;
        old.dissolve(held, self.source, self.out);
        let remark = Diagnostic::new(Code::SideBySide, old.at().clone());
        self.out.diagnostics.push(remark.with("count", windows.len()));
        let mut lanes = Vec::new();
        for &window in windows {
            let mut lane = Lane::beside(old, (window, shared), self.source, self.out);
            lane.take(held, 0, &mut Vec::new(), self.source, self.out);
            lane.take(batch, *from, &mut Vec::new(), self.source, self.out);
            lanes.push(lane);
        }
        lanes
    }
}

impl RowSink for Tables<'_, '_> {
    fn begin(&mut self, start: &TableStart<'_>) {
        let lane = Lane::new(start, Window::ALL, self.source, self.out, self.spare.clone());
        self.lanes = vec![lane];
    }

    fn row(&mut self, row: u32, cells: &[Cell<'_>]) {
        self.tell_progress();
        if cells.iter().all(|cell| cell.is_blank()) {
            self.batch.push_blank(1);
            return;
        }
        self.batch.push(row, cells);
        self.batched += 1;
        self.give_if_large();
    }

    fn line(&mut self, row: u32, line: &str, delimiter: u8) {
        self.tell_progress();
        self.batch.push_line(row, line, delimiter);
        self.batched += 1;
        self.give_if_large();
    }

    fn blank(&mut self, rows: u64) {
        self.batch.push_blank(rows);
    }

    fn broken(&mut self, row: u32, text: &str, reason: &'static str, detail: &str) {
        self.rows += 1;
        self.batch.push_broken(row, text, reason, detail);
        self.batched += 1;
        self.give_if_large();
    }

    fn remark(&mut self, remark: Diagnostic) {
        if remark.code == Code::PictureSheet {
            self.lanes.iter_mut().for_each(Lane::explain);
        }
        let sheet = self.lanes.first().map_or("", |lane| &lane.at().sheet);
        let Location { row, column, header, .. } = remark.at;
        let at = Location { row, column, header, ..Location::sheet(self.source.path, sheet) };
        self.out.diagnostics.push(Diagnostic { at, ..remark });
    }

    fn end(&mut self) {
        self.give();
        self.take_all();
        let mut lanes = std::mem::take(&mut self.lanes);
        // A short sheet is only decided now, and may turn out to be several tables beside each other.
        if let [lane] = lanes.as_mut_slice()
            && let Taken::Beside(beside) = lane.settle_rest(self.source, self.out)
        {
            let beside = Beside { from: 0, ..beside };
            lanes = self.split(&lanes[0], &beside, &Batch::default());
        }
        for mut lane in lanes {
            lane.settle_rest(self.source, self.out);
            lane.end(self.source, self.out);
        }
    }
}
