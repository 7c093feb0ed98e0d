//! Compulsory features (强制性功能清理): check-ins, points, online time and the like, rule by rule.
//!
//! For: how many items have them and what becomes of those. Not for: other problems (`problems`). Invariant: an item is
//! counted once in a row and once in the total, however many of its findings are open; so the total may be less than the sum.

use super::tally::rate;
use super::{Reduction, note, table};
use crate::model::ActionKind;
use crate::views::report::breakdown::counted;
use crate::views::report::problems::rank;
use crate::views::report::view::Build;
use crate::views::report::{Cell, Row};
use std::collections::{BTreeMap, BTreeSet};

/// The rules about what people are made to do: the prohibitions of the 2026 Measures on apps and of the 2023 Opinions on
/// accounts and work groups. Filing, duplicates and upkeep are other matters.
const RULES: [&str; 15] = [
    "account-forced-like-follow",
    "account-service-precondition",
    "app-arbitrary-form-filling",
    "app-assessment-carrier",
    "app-checkin-mandatory",
    "app-forced-install",
    "app-install-rate-assessed",
    "app-online-duration-stat",
    "app-points-ranking",
    "app-regular-login-required",
    "app-upload-photo-video-track",
    "app-vanity-metric-assessment",
    "group-forced-checkin-relay",
    "group-ranking-notice",
    "group-unnecessary-screenshot",
];

/// What is known of one rule, or of all.
#[derive(Default)]
struct Found {
    open: u64,
    waived: u64,
    items: BTreeSet<usize>,
}

/// A row for each rule that found something, and the total.
pub(super) fn forced<'a>(build: &Build<'a>) -> Reduction<'a> {
    let columns = [
        ("rule", 26),
        ("severity", 8),
        ("findings", 8),
        ("waived", 8),
        ("items", 8),
        ("keep-fix", 8),
        ("stopped", 8),
        ("refer", 8),
        ("undecided", 8),
        ("handled", 16),
        ("formula", 18),
        ("clause", 40),
    ];
    let mut table = table(build, "forced-features", &columns);
    let mut rules: BTreeMap<(usize, &str), (Found, &str)> = BTreeMap::new();
    let mut all = Found::default();
    for finding in build.document.findings.iter().filter(|f| RULES.contains(&&*f.rule)) {
        let clause = finding.clause.first().map_or("", |c| c.citation.as_str());
        let (found, _) = rules
            .entry((rank(&finding.severity), &finding.rule))
            .or_insert_with(|| (Found::default(), clause));
        if finding.status == "waived" {
            found.waived += 1;
            all.waived += 1;
            continue;
        }
        found.open += 1;
        all.open += 1;
        let item = finding.asset.as_deref().and_then(|id| build.index.position(id));
        if let Some(at) = item.filter(|&at| counted(build, at).is_some()) {
            found.items.insert(at);
            all.items.insert(at);
        }
    }
    for ((severity, rule), (found, clause)) in rules {
        let severity = crate::model::Severity::ALL.get(severity).map_or("", |s| s.as_str());
        let mut row = vec![Cell::text(build.names.rule(rule)), Cell::text(build.names.severity(severity))];
        row.extend(cells(build, &found));
        row.push(Cell::text(clause.to_owned()));
        table.rows.push(row);
    }
    let mut total = vec![Cell::text(build.names.text("report.total")), Cell::Empty];
    total.extend(cells(build, &all));
    total.push(Cell::Empty);
    table.total = Some(total);
    let notes = ["forced", "forced-total"].map(|key| note(build, key));
    Reduction { table, notes: notes.into_iter().chain([build.names.text("report.note.suspected")]).collect() }
}

/// Findings, items, what becomes of them, and the share of those for which something is proposed.
fn cells<'a>(build: &Build<'_>, found: &Found) -> Row<'a> {
    let (mut fixed, mut stopped, mut referred) = (0, 0, 0);
    for &at in &found.items {
        match build.index.action(at).and_then(|a| ActionKind::parse(&a.action)) {
            Some(ActionKind::KeepFix) => fixed += 1,
            Some(action) if !action.leaves() => stopped += 1,
            Some(ActionKind::Refer) => referred += 1,
            _ => {}
        }
    }
    let items = found.items.len() as u64;
    let rest = items - fixed - stopped - referred;
    let counts = [found.open, found.waived, items, fixed, stopped, referred, rest];
    let mut row: Row<'a> = counts.into_iter().map(Cell::Count).collect();
    row.extend(rate(fixed + stopped, items, &format!("({fixed} + {stopped}) / {items}")));
    row
}

#[cfg(test)]
mod tests {
    use super::RULES;

    #[test]
    fn every_rule_named_here_exists() {
        for id in RULES {
            assert!(crate::stages::rules::RULES.iter().any(|rule| rule.meta.id == id), "{id}");
        }
    }
}
