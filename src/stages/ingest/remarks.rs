//! Remarks of one table, capped so that a file with a million faults does not make a million of them.
//!
//! For: collecting diagnostics while rows stream by. Not for: rejected rows, which are all kept.
//! Invariant: what is not listed is counted; a table read in pieces lists the same ones as a table read
//! at once.

use crate::model::{Code, Diagnostic, Location};
use std::collections::BTreeMap;

/// How many remarks of one code a table lists one by one.
const LISTED: u64 = 100;

/// Remarks about one table.
#[derive(Default)]
pub(super) struct Remarks {
    counts: BTreeMap<Code, u64>,
    list: Vec<Diagnostic>,
}

impl Remarks {
    /// Adds a remark, or counts it when there are many of its code.
    pub(super) fn add(&mut self, code: Code, make: impl FnOnce() -> Diagnostic) {
        let count = self.counts.entry(code).or_default();
        *count += 1;
        if *count <= LISTED {
            self.list.push(make());
        }
    }

    /// Adds the remarks of the rows that follow.
    pub(super) fn follow(&mut self, later: Remarks) {
        let Remarks { counts, list } = later;
        let mut taken = BTreeMap::new();
        for remark in list {
            let taken: &mut u64 = taken.entry(remark.code).or_default();
            if self.counts.get(&remark.code).unwrap_or(&0) + *taken < LISTED {
                *taken += 1;
                self.list.push(remark);
            }
        }
        for (code, count) in counts {
            *self.counts.entry(code).or_default() += count;
        }
    }

    /// Everything worth listing, and how many were not listed.
    pub(super) fn finish(mut self, at: &Location) -> Vec<Diagnostic> {
        for (code, count) in self.counts {
            if count > LISTED {
                let more = Diagnostic::new(Code::MoreRemarks, at.clone());
                self.list.push(more.with("code", code).with("count", count - LISTED));
            }
        }
        self.list
    }
}
