//! What people have decided already, to be shown again in the ledger that goes out next.
//!
//! For: the columns that people fill in. Not for: decisions that could not be obeyed; those are among the data problems.

use crate::scan::document::{Decision, ScanDocument};
use std::collections::BTreeMap;

/// Decisions by asset, or by the two assets of a pair.
pub(super) struct Decided<'a>(BTreeMap<(&'a str, Option<&'a str>), &'a Decision>);

impl<'a> Decided<'a> {
    /// Those that the scan obeys or has taken note of.
    pub(super) fn new(document: &'a ScanDocument) -> Self {
        let entries = document.decisions.iter().flat_map(|decisions| &decisions.entries);
        let stand = entries.filter(|entry| matches!(entry.outcome.as_str(), "applied" | "noted"));
        Decided(stand.map(|entry| ((entry.asset.as_str(), entry.other.as_deref()), entry)).collect())
    }

    /// What was decided, as written.
    pub(super) fn written(&self, asset: &str, other: Option<&str>) -> &'a str {
        self.find(asset, other).map_or("", |decision| decision.written.as_str())
    }

    /// Why.
    pub(super) fn reason(&self, asset: &str, other: Option<&str>) -> &'a str {
        self.find(asset, other).map_or("", |decision| decision.reason.as_str())
    }

    /// The sides of a pair may stand in either order.
    fn find(&self, asset: &str, other: Option<&str>) -> Option<&'a Decision> {
        let found = self.0.get(&(asset, other));
        found.or_else(|| other.and_then(|other| self.0.get(&(other, Some(asset))))).copied()
    }
}
