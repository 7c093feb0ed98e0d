//! Remarks of one table, capped so that a file with a million faults does not make a million of them.
//!
//! For: collecting diagnostics while rows stream by. Not for: rejected rows, which are all kept.
//! Invariant: what is not listed is counted.

use crate::model::{Code, Diagnostic, Location};
use std::collections::BTreeMap;

/// How many remarks of one code a table lists one by one.
const LISTED: u64 = 100;

/// Remarks about one table.
#[derive(Default)]
pub(super) struct Remarks {
    counts: BTreeMap<Code, u64>,
}

impl Remarks {
    /// Adds a remark, or counts it when there are many of its code.
    pub(super) fn add(&mut self, list: &mut Vec<Diagnostic>, make: impl FnOnce() -> Diagnostic, code: Code) {
        let count = self.counts.entry(code).or_default();
        *count += 1;
        if *count <= LISTED {
            list.push(make());
        }
    }

    /// Says how many were not listed.
    pub(super) fn finish(self, list: &mut Vec<Diagnostic>, at: &Location) {
        for (code, count) in self.counts {
            if count > LISTED {
                let more = Diagnostic::new(Code::MoreRemarks, at.clone());
                list.push(more.with("code", code).with("count", count - LISTED));
            }
        }
    }
}
