//! The attachments: which there are, and what of the report stands in each.
//!
//! For: their numbers, which the text refers to. Not for: drawing them (`tables`). Invariant: an attachment
//! without rows is left out, and the others are numbered without a gap.

use super::page::Page;
use super::sentences::Facts;

/// Actions that the ledger of the draft lists; what simply stays is in the workbook.
const LISTED: [&str; 6] = ["keep-fix", "merge", "migrate", "close", "dissolve", "refer"];

/// Attachments in their order, with how their pages lie: wide tables across.
const ORDER: [(&str, Page); 7] = [
    ("headline", Page::Landscape),
    ("rules", Page::Portrait),
    ("by-unit", Page::Portrait),
    ("ledger", Page::Landscape),
    ("joint", Page::Landscape),
    ("cross-unit", Page::Landscape),
    ("not-checked", Page::Portrait),
];

/// The attachments that there are.
pub(super) struct Attachments(Vec<(&'static str, Page)>);

impl Attachments {
    /// Those of a view.
    pub(super) fn of(facts: Facts<'_, '_>) -> Attachments {
        let view = facts.0;
        let has_rows = |id: &str| match id {
            "headline" => !view.headline.rows.is_empty(),
            "rules" => !view.rules.rows.is_empty(),
            "by-unit" => !view.by_unit.rows.is_empty(),
            "ledger" => proposals(facts) > 0,
            "joint" => view.joint.len > 0,
            "cross-unit" => view.cross_unit.len > 0,
            _ => view.not_checked.len > 0,
        };
        Attachments(ORDER.into_iter().filter(|(id, _)| has_rows(id)).collect())
    }

    /// Ids and pages with their numbers.
    pub(super) fn iter(&self) -> impl Iterator<Item = (usize, &'static str, Page)> {
        self.0.iter().enumerate().map(|(at, &(id, page))| (at + 1, id, page))
    }

    /// The number of one.
    pub(super) fn number(&self, id: &str) -> Option<usize> {
        self.0.iter().position(|(found, _)| *found == id).map(|at| at + 1)
    }

    /// "See attachment 3".
    pub(super) fn place(&self, facts: Facts<'_, '_>, id: &str) -> String {
        let number = self.number(id).map(|number| number.to_string()).unwrap_or_default();
        facts.fill("seen-in", &[("number", &number)])
    }
}

/// How many items something is proposed for.
pub(super) fn proposals(facts: Facts<'_, '_>) -> u64 {
    LISTED.iter().filter_map(|action| facts.count(&format!("assets.all.{action}"))).sum()
}

/// Whether the ledger of the draft lists an action, told by its name.
pub(super) fn is_listed(facts: Facts<'_, '_>, action: &str) -> bool {
    LISTED.iter().any(|listed| facts.0.names.action(listed) == action)
}
