//! Page one: how many there are, what becomes of them, how many stay.
//!
//! For: the figures a leader signs. Not for: working them out (`scan::figures`). Invariant: every
//! number here is a figure of the document under its own id.

use super::view::Build;
use super::{Cell, Rate, Row, Table, formula, pages};
use crate::model::Level;
use crate::scan::document::Figure;

/// Kinds that are counted, and their sum.
const KINDS: [&str; 4] = ["app", "account", "group", "all"];

/// Counts by kind, as figure names and column keys, with column widths.
const COUNTS: [(&str, u16); 11] = [
    ("listed", 6),
    ("closed", 6),
    ("repeated", 6),
    ("live", 6),
    ("keep", 6),
    ("keep-fix", 6),
    ("merge", 6),
    ("migrate", 6),
    ("close", 6),
    ("dissolve", 6),
    ("refer", 6),
];

/// Before, each action, after, by kind.
pub(super) fn table<'a>(build: &Build<'a>) -> Table<'a> {
    let mut columns = vec![("kind", 12)];
    columns.extend(COUNTS);
    columns.extend([("after", 6), ("reduction", 16)]);
    let mut table = build.table("headline", &columns);
    for kind in KINDS {
        let listed = build.count(&format!("assets.{kind}.listed"));
        if listed.is_none() || (listed == Some(0) && kind != "all") {
            continue;
        }
        let name = if kind == "all" { build.names.text("report.total") } else { build.names.kind(kind) };
        let mut row: Row<'a> = vec![Cell::text(name)];
        let counts = COUNTS.iter().map(|(key, _)| *key).chain(["after"]);
        row.extend(counts.map(|key| Cell::count(build.count(&format!("assets.{kind}.{key}")))));
        row.push(build.figure(&format!("assets.{kind}.reduction-rate")).map_or(Cell::Empty, rate_or_count));
        if kind == "all" {
            table.total = Some(row);
        } else {
            table.rows.push(row);
        }
    }
    table
}

/// A figure as a cell: with its fraction when it is a rate.
fn rate_or_count<'a>(figure: &Figure) -> Cell<'a> {
    match (figure.numerator, figure.denominator) {
        (Some(numerator), Some(denominator)) => {
            Cell::Rate(Rate { value: figure.value, numerator, denominator })
        }
        _ => Cell::Count(figure.value as u64),
    }
}

/// The sentences of page one, each only when its figures are there, without parts that are zero. How many
/// files were not read is said even when it is none.
pub(super) fn summary(build: &Build<'_>) -> Vec<String> {
    let read = [("files", "files.read"), ("rows", "rows.read"), ("records", "rows.records")];
    let unread = [("unread", "files.unread"), ("rejected", "rows.rejected")];
    let unread_key = if build.count("rows.rejected") == Some(0) { "unread" } else { "unread-rejected" };
    [
        sentence(build, "read", &read),
        sentence(build, unread_key, &unread),
        roster(build),
        items(build),
        found(build),
        pages::sentence(build),
        plan(build),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Which expected units have reported, when there is a roster.
fn roster(build: &Build<'_>) -> Option<String> {
    let (total, parts) = parts(build, "roster.", &["reported", "zero", "twice", "not-reported"])?;
    let args = [("expected", total.to_string()), ("parts", parts)];
    Some(build.names.catalogue.fill("report.summary.roster", &args))
}

/// How many are counted, and what has become of them already.
fn items(build: &Build<'_>) -> Option<String> {
    let listed = build.count("assets.all.listed")?;
    build.count("assets.all.live")?;
    let known = |id: &&str| build.count(&format!("assets.all.{id}")).is_some();
    let ids: Vec<&str> = ["live", "closed", "repeated"].into_iter().filter(known).collect();
    let (_, parts) = parts(build, "assets.all.", &ids)?;
    let args = [("listed", listed.to_string()), ("parts", parts)];
    (listed > 0).then(|| build.names.catalogue.fill("report.summary.items", &args))
}

/// How many problems are suspected, by severity.
fn found(build: &Build<'_>) -> Option<String> {
    let (total, parts) = parts(build, "findings.", &["forbidden", "restricted", "advisory"])?;
    if total == 0 {
        return Some(build.names.text("report.summary.no-findings"));
    }
    let args = [("total", total.to_string()), ("parts", parts)];
    Some(build.names.catalogue.fill("report.summary.findings", &args))
}

/// What is proposed, and how many stay.
fn plan(build: &Build<'_>) -> Option<String> {
    let (live, after) = (build.count("assets.all.live")?, build.count("assets.all.after")?);
    let actions = ["keep-fix", "merge", "migrate", "close", "dissolve", "refer"];
    let (total, parts) = parts(build, "assets.all.", &actions)?;
    let key = match (total, live == after) {
        (0, _) => "report.summary.no-plan",
        (_, true) => "report.summary.plan-same",
        (_, false) => "report.summary.plan",
    };
    let args = [("live", live.to_string()), ("after", after.to_string()), ("parts", parts)];
    Some(build.names.catalogue.fill(key, &args))
}

/// The sum of the figures and an enumeration of those that are not zero; `None` when one is missing.
fn parts(build: &Build<'_>, prefix: &str, ids: &[&str]) -> Option<(u64, String)> {
    parts_of(build, prefix, "part", ids)
}

/// The same with the names of a section of the catalogue.
fn parts_of(build: &Build<'_>, prefix: &str, section: &str, ids: &[&str]) -> Option<(u64, String)> {
    let counts: Vec<u64> =
        ids.iter().map(|id| build.count(&format!("{prefix}{id}"))).collect::<Option<_>>()?;
    let said = ids.iter().zip(&counts).filter(|(_, count)| **count > 0).map(|(id, count)| {
        build.names.fill(&format!("report.{section}.{id}"), &[("count", &count.to_string())])
    });
    Some((counts.iter().sum(), said.collect::<Vec<_>>().join(build.names.enumerated())))
}

/// How sure it is that no plan keeps less.
fn proof(build: &Build<'_>) -> Option<String> {
    let plan = &build.document.plan;
    let parts = plan.components;
    let key = match (parts.count, plan.proven) {
        (0, _) => return None,
        (_, true) => "report.proof.all",
        (_, false) => "report.proof.some",
    };
    let most = plan.bound.map_or(0, |bound| plan.objective.items.saturating_sub(bound.items));
    let args = [
        ("count", parts.count.to_string()),
        ("proven", parts.proven.to_string()),
        ("open", (parts.count - parts.proven.min(parts.count)).to_string()),
        ("most", most.to_string()),
    ];
    Some(build.names.catalogue.fill(key, &args))
}

/// The notes under the headline table.
pub(super) fn notes(build: &Build<'_>) -> Vec<String> {
    let mut notes = Vec::new();
    notes.extend(proof(build));
    notes.extend(aims(build));
    if let Some(figure) = build.figure("assets.all.reduction-rate")
        && let Cell::Rate(rate) = rate_or_count(figure)
    {
        let (numerator, denominator) = (rate.numerator.to_string(), rate.denominator.to_string());
        notes.push(build.names.fill(
            "report.note.rate",
            &[("numerator", &numerator), ("denominator", &denominator), ("percent", &rate.percent())],
        ));
    }
    if build.count("assets.all.after").is_some_and(|n| n > 0) {
        let reasons = ["pinned", "referred", "host", "needed", "shared", "unstated"];
        if let Some((after, parts)) = parts_of(build, "kept.", "kept", &reasons) {
            notes.push(
                build.names.fill("report.note.kept", &[("after", &after.to_string()), ("parts", &parts)]),
            );
        }
    }
    notes.extend(asked(build));
    if build.count("assets.other.listed").is_some_and(|n| n > 0) {
        notes.extend(note(build, "other", &[("count", "assets.other.listed")]));
    }
    if build.count("findings.waived").is_some_and(|n| n > 0) {
        notes.extend(note(build, "waived", &[("count", "findings.waived")]));
    }
    notes.push(build.names.text("report.note.suspected"));
    notes
}

/// The aims of the plan in their order, with the weights of burden; nothing where nothing is planned.
fn aims(build: &Build<'_>) -> Option<String> {
    if build.document.plan.actions.is_empty() {
        return None;
    }
    let names = build.names;
    let aims = build.document.parameters.aims();
    let order: Vec<String> =
        aims.order.0.iter().map(|aim| names.text(&format!("report.aim.{}", aim.as_str()))).collect();
    let weight = |level: &Level| {
        let weight = aims.weights.at(*level).to_string();
        names.fill("report.weight", &[("level", &names.level(level.as_str())), ("weight", &weight)])
    };
    let weights: Vec<String> = Level::ALL.iter().map(weight).collect();
    let args = [("order", order.join(names.enumerated())), ("weights", weights.join(names.enumerated()))];
    Some(names.catalogue.fill("report.note.aims", &args))
}

/// How often staff are asked for the same, before and after; nothing where nobody is.
fn asked(build: &Build<'_>) -> Option<String> {
    let (before, after) = (build.figure("asked.again-before")?, build.figure("asked.again-after")?);
    let shown = |figure: &Figure| match rate_or_count(figure) {
        Cell::Rate(rate) => format!("{} ÷ {} = {}", rate.numerator, rate.denominator, rate.percent()),
        _ => String::new(),
    };
    (before.denominator? > 0).then(|| {
        let args = [("before", shown(before)), ("after", shown(after))];
        build.names.catalogue.fill("report.note.asked", &args)
    })
}

fn sentence(build: &Build<'_>, key: &str, args: &[(&str, &str)]) -> Option<String> {
    fill(build, &format!("report.summary.{key}"), args)
}

fn note(build: &Build<'_>, key: &str, args: &[(&str, &str)]) -> Option<String> {
    fill(build, &format!("report.note.{key}"), args)
}

/// Fills figures in by id; `None` when one of them is missing.
fn fill(build: &Build<'_>, key: &str, args: &[(&str, &str)]) -> Option<String> {
    let values: Option<Vec<(&str, String)>> =
        args.iter().map(|(name, id)| Some((*name, build.count(id)?.to_string()))).collect();
    Some(build.names.catalogue.fill(key, &values?))
}

/// Every figure of the scan with its fraction and formula.
pub(super) fn figures<'a>(build: &Build<'a>) -> Table<'a> {
    let mut table =
        build.table("figures", &[("figure", 40), ("value", 18), ("figure-id", 34), ("formula", 34)]);
    for figure in &build.document.figures {
        table.rows.push(vec![
            Cell::text(build.names.figure(&figure.id)),
            rate_or_count(figure),
            Cell::text(figure.id.as_str()),
            Cell::text(formula::words(build, figure)),
        ]);
    }
    table
}
