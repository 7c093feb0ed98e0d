//! What of a scan is kept for good, even when its content is pruned: figures and counts.
//!
//! For: trend lines over years. Not for: anything about single items (events have those).

use crate::changes::Changes;
use crate::scan::document::ScanDocument;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Figures of one scan.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Trend {
    /// Figures by id: what is listed, what lives, what stays, problems by severity.
    pub figures: BTreeMap<String, f64>,
    /// Entries about items by class, against the scan before; empty for the first.
    pub items: BTreeMap<String, u64>,
    /// Entries about problems by class.
    pub problems: BTreeMap<String, u64>,
    /// Stock movements over all kinds: opening, first reported, added, counted in, removed, not reported, counted
    /// out, closing. Empty for the first scan.
    pub stock: Vec<u64>,
}

/// Figures that are kept.
const KEPT: [&str; 8] = [
    "assets.all.live",
    "assets.all.after",
    "assets.app.live",
    "assets.account.live",
    "assets.group.live",
    "findings.forbidden",
    "findings.restricted",
    "findings.advisory",
];

impl Trend {
    /// What is kept of a scan and of its comparison with the one before.
    pub fn of(scan: &ScanDocument, changes: Option<&Changes>) -> Trend {
        let kept = scan.figures.iter().filter(|figure| KEPT.contains(&figure.id.as_str()));
        let mut trend =
            Trend { figures: kept.map(|f| (f.id.clone(), f.value)).collect(), ..Trend::default() };
        let Some(changes) = changes else { return trend };
        for item in &changes.items {
            *trend.items.entry(item.class.to_string()).or_default() += 1;
        }
        for problem in &changes.problems {
            *trend.problems.entry(problem.class.to_string()).or_default() += 1;
        }
        if let Some(all) = changes.balance.last() {
            trend.stock = vec![
                all.opening,
                all.first_reported,
                all.added,
                all.recounted_in,
                all.removed,
                all.not_reported,
                all.recounted_out,
                all.closing,
            ];
        }
        trend
    }

    /// A figure as a count.
    pub fn count(&self, id: &str) -> Option<u64> {
        self.figures.get(id).map(|value| *value as u64)
    }
}
