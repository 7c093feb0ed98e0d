//! What a run of rows of one table gave.
//!
//! For: reading runs of rows on several threads and putting them together in the order of the file.
//! Not for: deciding anything. Invariant: fragments added one after the other give what one run over
//! all their rows would have given.

use super::totals::Totals;
use crate::model::{Records, RejectedRow, RowAccount};
use crate::stages::ingest::remarks::Remarks;
use crate::stages::ingest::rows::Cell;
use std::collections::BTreeSet;

/// The outcome of reading rows below a header.
#[derive(Default)]
pub(super) struct Fragment {
    /// How many items of the batch were read, counted from its beginning.
    pub end: usize,
    /// Whether the header of another table stands there.
    pub is_followed: bool,
    /// Where its rows went.
    pub account: RowAccount,
    /// Its records; their sheets are those of the whole output.
    pub records: Records,
    /// Rows that could not become records.
    pub rejected: Vec<RejectedRow>,
    /// Remarks about cells and rows.
    pub remarks: Remarks,
    /// Sums, and what sum lines state.
    pub totals: Totals,
    /// 1-based columns without a header in which something was found.
    pub headless: BTreeSet<u32>,
    /// Lines behind the last record, which may be the titles of another table.
    pub tail: Tail,
    /// Rows in which a unit says that it has nothing to report, with the unit where the row names it.
    pub zero_reports: Vec<(u32, String)>,
}

/// Headings and remarks behind the last record of a run.
#[derive(Default)]
pub(super) struct Tail {
    /// Whether there was a record: lines of the run before are then no titles of what follows.
    pub is_fresh: bool,
    /// The lines, blank rows among them.
    pub lines: Vec<TailLine>,
}

/// A line behind the last record.
pub(super) struct TailLine {
    /// Its texts; none of a blank row.
    pub texts: Vec<String>,
    /// Whether it was booked as a remark and not as a heading.
    pub is_note: bool,
}

impl Tail {
    /// How many lines a table may have above it.
    pub(super) const MOST: usize = 8;

    /// A record was read.
    pub(super) fn record(&mut self) {
        self.is_fresh = true;
        self.lines.clear();
    }

    /// A heading, a remark or a blank row was read.
    pub(super) fn line(&mut self, cells: &[Cell<'_>], is_note: bool) {
        if self.lines.len() == Self::MOST {
            self.lines.remove(0);
        }
        let texts = cells.iter().filter(|cell| !cell.is_blank()).map(|cell| cell.display().trim().to_owned());
        self.lines.push(TailLine { texts: texts.collect(), is_note });
    }
}
