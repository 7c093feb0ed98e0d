//! What rules say: by rule, and one by one.
//!
//! For: the problem list (问题清单). Not for: data problems, which have no clause (`reading`).
//! Invariant: waived findings stay visible and are counted apart.

use super::view::Build;
use super::{Cell, Listing, Table};
use crate::model::Severity;
use crate::scan::document::Finding;
use std::collections::{BTreeMap, BTreeSet};

/// Findings by severity and rule: the gravest first, then the most frequent.
pub(super) fn by_rule<'a>(build: &Build<'a>) -> Table<'a> {
    let mut table = build.table(
        "rules",
        &[("rule", 34), ("severity", 8), ("findings", 8), ("items", 8), ("waived", 8), ("clause", 64)],
    );
    let mut groups: BTreeMap<(usize, &str), Vec<&'a Finding>> = BTreeMap::new();
    for finding in &build.document.findings {
        groups.entry((rank(&finding.severity), &finding.rule)).or_default().push(finding);
    }
    let mut groups: Vec<_> = groups.into_iter().collect();
    let open = |group: &[&Finding]| group.iter().filter(|f| f.status != "waived").count() as u64;
    groups.sort_by_key(|((severity, _), group)| (*severity, std::cmp::Reverse(open(group))));
    let (mut sum_open, mut sum_waived) = (0, 0);
    let mut all_items = BTreeSet::new();
    for ((_, rule), group) in groups {
        let items: BTreeSet<&str> =
            group.iter().filter(|f| f.status != "waived").filter_map(|f| f.asset.as_deref()).collect();
        let open = open(&group);
        let waived = group.len() as u64 - open;
        sum_open += open;
        sum_waived += waived;
        table.rows.push(vec![
            Cell::text(build.names.rule(rule)),
            Cell::text(build.names.severity(&group[0].severity)),
            Cell::Count(open),
            Cell::Count(items.len() as u64),
            Cell::Count(waived),
            Cell::text(group[0].clause.first().map_or("", |c| c.citation.as_str())),
        ]);
        all_items.extend(items);
    }
    table.total = Some(vec![
        Cell::text(build.names.text("report.total")),
        Cell::Empty,
        Cell::Count(sum_open),
        Cell::Count(all_items.len() as u64),
        Cell::Count(sum_waived),
        Cell::Empty,
    ]);
    table
}

/// 0 for the gravest.
pub(super) fn rank(severity: &str) -> usize {
    Severity::ALL.iter().position(|s| s.as_str() == severity).unwrap_or(Severity::ALL.len())
}

/// One row for each finding at these positions, in their order.
pub(super) fn listing<'a>(build: &Build<'a>, chosen: Vec<u32>) -> Listing<'a> {
    let columns = [
        ("seq", 5),
        ("name", 18),
        ("severity", 6),
        ("rule", 22),
        ("kind", 9),
        ("unit", 20),
        ("words", 40),
        ("place", 40),
        ("reason", 22),
        ("clause", 36),
        ("paraphrase", 28),
        ("basis", 9),
        ("exemption", 12),
        ("remedy", 24),
        ("confidence", 6),
        ("finding-status", 8),
        ("fingerprint", 80),
    ];
    let b = build.clone();
    let items: Vec<Option<u32>> = chosen.iter().map(|&at| item(build, at)).collect();
    let row = move |i: usize| {
        let finding = &b.document.findings[chosen[i] as usize];
        let asset = finding.asset.as_deref().and_then(|id| b.index.asset(id));
        let names = b.names;
        let place = finding.at.first().map(|source| names.place(source)).unwrap_or_default();
        vec![
            Cell::Count(i as u64 + 1),
            Cell::text(asset.map_or("", |a| a.name.as_str())),
            Cell::text(names.severity(&finding.severity)),
            Cell::text(names.rule(&finding.rule)),
            Cell::text(asset.map(|a| names.kind(&a.kind)).unwrap_or_default()),
            Cell::text(asset.map(|a| names.owner(a)).unwrap_or_default()),
            Cell::text(finding.evidence.words.as_str()),
            Cell::text(place),
            Cell::text(finding.evidence.reason.as_str()),
            Cell::text(citations(finding, names.comma())),
            Cell::text(finding.clause.first().map_or("", |c| c.paraphrase.as_str())),
            Cell::text(if finding.clause.is_empty() { String::new() } else { names.basis(&finding.basis) }),
            Cell::text(if finding.evidence.exemption == "none" {
                String::new()
            } else {
                names.exemption(&finding.evidence.exemption)
            }),
            Cell::text(finding.evidence.remedy.as_str()),
            Cell::text(names.confidence(&finding.confidence)),
            Cell::text(status(names, finding)),
            Cell::text(finding.fingerprint.as_str()),
        ]
    };
    build.listing("problems", &columns, items.len(), row).about(move |i| [items[i], None])
}

/// Position of the item that a finding is about.
fn item(build: &Build<'_>, finding: u32) -> Option<u32> {
    let id = build.document.findings[finding as usize].asset.as_deref()?;
    build.index.position(id).map(|at| at as u32)
}

fn citations(finding: &Finding, comma: &str) -> String {
    finding.clause.iter().map(|c| c.citation.as_str()).collect::<Vec<_>>().join(comma)
}

fn status(names: crate::views::names::Names<'_>, finding: &Finding) -> String {
    let status = names.finding_status(&finding.status);
    match &finding.waiver {
        Some(reason) => names.fill("report.waived-because", &[("status", &status), ("reason", reason)]),
        None => status,
    }
}
