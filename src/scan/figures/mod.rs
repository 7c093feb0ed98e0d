//! The figures of a scan: every count with its formula, every rate with its fraction.
//!
//! For: one place where a figure is worked out; reports only show them. Ids are stable. Formulas are in
//! terms of other ids or of the lists in `scan.json`.

mod asked;
mod breakdown;
mod kept;
mod load;
#[cfg(test)]
mod tests;

use super::document::{Load, Part, ScanDocument};
use crate::model::{ActionKind, Figure, Kind, Relation, Reporting, RowAccount, Severity};
use rustc_hash::FxHashMap;

/// Kinds that are counted as assets, with the id part that stands for all of them.
const COUNTED: [Kind; 3] = [Kind::App, Kind::Account, Kind::Group];

/// Works out all figures, sorted by id.
pub(super) fn figures(scan: &ScanDocument) -> Vec<Figure> {
    let mut figures = Vec::new();
    rows(scan, &mut figures);
    let actions = scan.plan.actions.iter();
    let actions: FxHashMap<&str, ActionKind> =
        actions.filter_map(|a| Some((a.asset.as_str(), ActionKind::parse(&a.action)?))).collect();
    for kind in COUNTED {
        assets(scan, &actions, kind.as_str(), &|k| k == kind, &mut figures);
    }
    assets(scan, &actions, "all", &|k| COUNTED.contains(&k), &mut figures);
    assets_out_of_scope(scan, &mut figures);
    for severity in Severity::ALL {
        let open = scan.findings.iter().filter(|f| f.status == "open" && f.severity == severity.as_str());
        figures.push(Figure::count(
            format!("findings.{severity}"),
            open.count() as u64,
            format!("count(findings where severity = {severity} and status = open)"),
        ));
    }
    let waived = scan.findings.iter().filter(|f| f.status == "waived").count();
    figures.push(Figure::count("findings.waived", waived as u64, "count(findings where status = waived)"));
    for relation in Relation::ALL.iter().filter(|r| **r != Relation::Unrelated) {
        let pairs = scan.pairs.iter().filter(|p| p.relation == relation.as_str()).count();
        figures.push(Figure::count(
            format!("pairs.{relation}"),
            pairs as u64,
            format!("count(pairs where relation = {relation})"),
        ));
    }
    if !scan.coverage.roster.is_empty() {
        roster(scan, &mut figures);
    }
    figures.push(Figure::count("clusters.count", scan.clusters.len() as u64, "count(clusters)"));
    kept::kept(scan, &mut figures);
    asked::figures(scan, &mut figures);
    figures.sort_by(|a, b| a.id.cmp(&b.id));
    figures
}

/// Writes into every action of what stays why it does.
pub(super) fn explain_what_stays(scan: &mut ScanDocument) {
    kept::explain(scan);
}

/// What becomes of the items by level, place, unit, platform and domain; `domain` gives that of a function.
pub(super) fn parts(scan: &ScanDocument, domain: &dyn Fn(&str) -> Option<String>) -> Vec<Part> {
    breakdown::parts(scan, domain)
}

/// What workers must deal with, unit by unit.
pub(super) fn loads(scan: &ScanDocument) -> Vec<Load> {
    load::loads(scan)
}

fn roster(scan: &ScanDocument, figures: &mut Vec<Figure>) {
    let entries = &scan.coverage.roster;
    figures.push(Figure::count("roster.expected", entries.len() as u64, "count(coverage.roster)"));
    for reporting in Reporting::ALL {
        let count = entries.iter().filter(|entry| entry.status == reporting.as_str()).count() as u64;
        let status = reporting.as_str();
        let formula = format!("count(coverage.roster where status = {status})");
        figures.push(Figure::count(format!("roster.{status}"), count, formula));
    }
}

fn rows(scan: &ScanDocument, figures: &mut Vec<Figure>) {
    let mut sum = RowAccount::default();
    for account in scan.inputs.iter().flat_map(|input| &input.sheets).map(|sheet| &sheet.row_account) {
        sum.add(&RowAccount {
            rows_read: account.rows_read,
            records: account.records,
            headings: account.headings,
            blank: account.blank,
            notes: account.notes,
            rejected: account.rejected,
        });
    }
    figures.push(Figure::count("files.read", scan.inputs.len() as u64, "count(inputs)"));
    figures.push(Figure::count("files.unread", scan.coverage.unread.len() as u64, "count(coverage.unread)"));
    for (id, value) in [
        ("rows.read", sum.rows_read),
        ("rows.records", sum.records),
        ("rows.headings", sum.headings),
        ("rows.blank", sum.blank),
        ("rows.notes", sum.notes),
        ("rows.rejected", sum.rejected),
    ] {
        let name = id.trim_start_matches("rows.").replace("read", "rows_read");
        figures.push(Figure::count(id, value, format!("sum(inputs.sheets.row_account.{name})")));
    }
}

fn assets_out_of_scope(scan: &ScanDocument, figures: &mut Vec<Figure>) {
    let others = scan.assets.iter().filter(|a| a.kind == Kind::Other.as_str()).count();
    for (kind, count) in [(Kind::Other, others), (Kind::Clue, scan.clues.len())] {
        figures.push(Figure::count(
            format!("assets.{kind}.listed"),
            count as u64,
            format!("count(assets where kind = {kind})"),
        ));
    }
}

/// The figures of one kind, or of all three: what was listed, what of it counts, what the plan does.
fn assets(
    scan: &ScanDocument,
    ids: &FxHashMap<&str, ActionKind>,
    name: &str,
    is: &dyn Fn(Kind) -> bool,
    figures: &mut Vec<Figure>,
) {
    let id = |part: &str| format!("assets.{name}.{part}");
    let listed: Vec<_> = scan.assets.iter().filter(|a| Kind::parse(&a.kind).is_some_and(is)).collect();
    let closed = listed.iter().filter(|a| a.status == "closed").count() as u64;
    let mut by_action = [0u64; ActionKind::ALL.len()];
    for kind in listed.iter().filter_map(|asset| ids.get(asset.id.as_str())) {
        by_action[*kind as usize] += 1;
    }
    let count = |kind: ActionKind| by_action[kind as usize];
    let total = listed.len() as u64;
    // An item without an action is closed, or a second listing of another item.
    let repeated = count(ActionKind::None).saturating_sub(closed);
    let live = total - count(ActionKind::None);
    let after: u64 = ActionKind::ALL.iter().filter(|k| k.leaves()).map(|&k| count(k)).sum();
    let net = live.saturating_sub(after);
    let difference = format!("{} - {}", id("live"), id("after"));
    let kinds = if name == "all" { "app, account or group" } else { name };
    for (part, value, formula) in [
        ("listed", total, format!("count(assets where kind = {kinds})")),
        ("closed", closed, "of these, status = closed".to_owned()),
        ("repeated", repeated, "of these, second listings of one thing (relation same)".to_owned()),
        ("live", live, format!("{} - {} - {}", id("listed"), id("closed"), id("repeated"))),
        ("after", after, format!("{} + {} + {}", id("keep"), id("keep-fix"), id("refer"))),
        ("net", net, difference.clone()),
    ] {
        figures.push(Figure::count(id(part), value, formula));
    }
    for &kind in ActionKind::ALL {
        let formula = format!("count(plan.actions where action = {kind})");
        figures.push(Figure::count(id(kind.as_str()), count(kind), formula));
    }
    figures.push(Figure::rate(id("reduction-rate"), net, live, format!("({difference}) / {}", id("live"))));
    // The other two ways in which such rates are reported, so that none is taken for another.
    let handled = net + count(ActionKind::KeepFix);
    let formula = format!("({} + {}) / {}", id("net"), id("keep-fix"), id("live"));
    figures.push(Figure::rate(id("handled-rate"), handled, live, formula));
    let formula = format!("({} - {}) / {}", id("listed"), id("after"), id("listed"));
    figures.push(Figure::rate(id("listed-rate"), total.saturating_sub(after), total, formula));
}
