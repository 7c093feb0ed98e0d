//! The day relative to which days without a year are read, and whether anybody asked for it.
//!
//! For: what was read without asking for the day is read the same on every day. Not for: reading dates.

use jiff::civil::Date;
use std::sync::atomic::{AtomicBool, Ordering};

/// A day that remembers being asked for.
pub(in crate::stages::ingest) struct AsOf {
    day: Date,
    asked: AtomicBool,
}

impl AsOf {
    /// A day that nobody asked for yet.
    pub(in crate::stages::ingest) fn new(day: Date) -> AsOf {
        AsOf { day, asked: AtomicBool::new(false) }
    }

    /// The day, for something that depends on it.
    pub(super) fn ask(&self) -> Date {
        self.asked.store(true, Ordering::Relaxed);
        self.day
    }

    /// The day, if anything depends on it.
    pub(in crate::stages::ingest) fn asked(&self) -> Option<Date> {
        self.asked.load(Ordering::Relaxed).then_some(self.day)
    }

    /// The day, for nothing that depends on it.
    pub(in crate::stages::ingest) fn day(&self) -> Date {
        self.day
    }
}
