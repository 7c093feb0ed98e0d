//! Screening: a table or list of texts, row by row → which practices each text speaks of.
//!
//! For: `screen`, from the file to the verdict on every row. Not for: reading inventories (`stages/ingest`), findings
//! (`stages/rules`) or drawing the result (`views/screened`). Invariant: every row comes out once, in its order and with
//! all it came with; no more than one batch is held at a time.

mod column;
mod mentions;
mod row;
mod source;
mod verdict;

pub use column::{NoColumn, text_column};
pub use row::Row;
pub use source::{Opened, Unfit, open};
pub use verdict::{Labelled, Verdict};

use crate::knowledge::detect::Detector;
use rayon::prelude::*;

/// Rows judged in one go.
const ROWS: usize = 4096;
/// Bytes of text after which a batch is full, whatever its rows.
const BYTES: usize = 4 << 20;

/// How many rows there were, and how many of them speak of some practice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Screened {
    /// Rows.
    pub rows: u64,
    /// Rows with a label.
    pub labelled: u64,
    /// Rows that only deny or forbid a practice.
    pub negated: u64,
}

/// Judges the text in `column` of every row and hands the rows on, in order.
///
/// # Errors
/// Whatever kept the source from being read, or `take` from taking a row.
pub fn run<E: From<std::io::Error>>(
    opened: &mut Opened,
    column: usize,
    detector: &Detector,
    mut take: impl FnMut(&Row, &str, &Verdict) -> Result<(), E>,
) -> Result<Screened, E> {
    let mut screened = Screened::default();
    let name = opened.columns.get(column).cloned().unwrap_or_default();
    loop {
        let mut batch = Vec::new();
        let mut bytes = 0;
        while batch.len() < ROWS && bytes < BYTES {
            let Some(row) = opened.next()? else { break };
            bytes += row.bytes();
            batch.push(row.under(&name));
        }
        if batch.is_empty() {
            return Ok(screened);
        }
        let judged: Vec<_> = batch
            .par_iter()
            .map(|row| {
                let text = row.text(column, &name);
                let verdict = Verdict::of(&mentions::mentions(detector, &text));
                (text, verdict)
            })
            .collect();
        for (row, (text, verdict)) in batch.iter().zip(&judged) {
            screened.rows += 1;
            screened.labelled += u64::from(!verdict.labels.is_empty());
            screened.negated += u64::from(verdict.labels.is_empty() && !verdict.negated.is_empty());
            take(row, text, verdict)?;
        }
    }
}
