//! The figures of a scan: every count with its formula, every rate with its fraction.
//!
//! For: one place where a figure is worked out; reports only show them. Ids are stable. Formulas are in
//! terms of other ids or of the lists in `scan.json`.

use crate::model::{
    ActionKind, Figure, FindingStatus, Kind, Relation, Reporting, RowAccount, Scan, Severity, Status,
};

/// Kinds that are counted as assets, with the id part that stands for all of them.
const COUNTED: [Kind; 3] = [Kind::App, Kind::Account, Kind::Group];

/// Works out all figures, sorted by id.
pub fn figures(scan: &Scan) -> Vec<Figure> {
    let mut figures = Vec::new();
    rows(scan, &mut figures);
    for kind in COUNTED {
        assets(scan, kind.as_str(), &|k| k == kind, &mut figures);
    }
    assets(scan, "all", &|k| COUNTED.contains(&k), &mut figures);
    assets_out_of_scope(scan, &mut figures);
    for severity in Severity::ALL {
        let open =
            scan.findings.iter().filter(|f| f.status == FindingStatus::Open && f.severity == *severity);
        figures.push(Figure::count(
            format!("findings.{severity}"),
            open.count() as u64,
            format!("count(findings where severity = {severity} and status = open)"),
        ));
    }
    let waived = scan.findings.iter().filter(|f| f.status == FindingStatus::Waived).count();
    figures.push(Figure::count("findings.waived", waived as u64, "count(findings where status = waived)"));
    for relation in Relation::ALL.iter().filter(|r| **r != Relation::Unrelated) {
        let pairs = scan.pairs.iter().filter(|p| p.relation == *relation).count();
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
    figures.sort_by(|a, b| a.id.cmp(&b.id));
    figures
}

fn roster(scan: &Scan, figures: &mut Vec<Figure>) {
    let entries = &scan.coverage.roster;
    figures.push(Figure::count("roster.expected", entries.len() as u64, "count(coverage.roster)"));
    for reporting in Reporting::ALL {
        let count = entries.iter().filter(|entry| entry.reporting == reporting).count() as u64;
        let status = reporting.as_str();
        let formula = format!("count(coverage.roster where status = {status})");
        figures.push(Figure::count(format!("roster.{status}"), count, formula));
    }
}

fn rows(scan: &Scan, figures: &mut Vec<Figure>) {
    let mut sum = RowAccount::default();
    scan.assets.records.sheets.iter().for_each(|sheet| sum.add(&sheet.account));
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

fn assets_out_of_scope(scan: &Scan, figures: &mut Vec<Figure>) {
    for kind in [Kind::Other, Kind::Clue] {
        let count = scan.assets.iter().filter(|a| a.meaning().kind == kind).count();
        figures.push(Figure::count(
            format!("assets.{kind}.listed"),
            count as u64,
            format!("count(assets where kind = {kind})"),
        ));
    }
}

/// The figures of one kind, or of all three: what was listed, what of it counts, what the plan does.
fn assets(scan: &Scan, name: &str, is: &dyn Fn(Kind) -> bool, figures: &mut Vec<Figure>) {
    let id = |part: &str| format!("assets.{name}.{part}");
    let listed: Vec<_> = scan.assets.iter().filter(|a| is(a.meaning().kind)).collect();
    let closed = listed.iter().filter(|a| a.meaning().status == Status::Closed).count() as u64;
    let mut by_action = [0u64; ActionKind::ALL.len()];
    for asset in &listed {
        by_action[scan.plan.actions[asset.ix.index()].kind as usize] += 1;
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
}
