//! Page one: how many there are, what becomes of them, how many stay.
//!
//! For: the figures a leader signs. Not for: working them out (`scan::figures`). Invariant: every
//! number here is a figure of the document under its own id.

use super::view::Build;
use super::{Cell, Rate, Row, Table};
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

/// The sentences of page one, each only when its figures are there.
pub(super) fn summary(build: &Build<'_>) -> Vec<String> {
    let sentences: [(&str, &[(&str, &str)]); 5] = [
        ("read", &[("files", "files.read"), ("rows", "rows.read"), ("records", "rows.records")]),
        ("unread", &[("unread", "files.unread"), ("rejected", "rows.rejected")]),
        ("items", &[("listed", "assets.all.listed"), ("live", "assets.all.live")]),
        (
            "findings",
            &[
                ("forbidden", "findings.forbidden"),
                ("restricted", "findings.restricted"),
                ("advisory", "findings.advisory"),
            ],
        ),
        (
            "plan",
            &[
                ("live", "assets.all.live"),
                ("after", "assets.all.after"),
                ("merge", "assets.all.merge"),
                ("migrate", "assets.all.migrate"),
                ("close", "assets.all.close"),
                ("dissolve", "assets.all.dissolve"),
                ("refer", "assets.all.refer"),
            ],
        ),
    ];
    sentences.iter().filter_map(|(key, args)| sentence(build, key, args)).collect()
}

/// The notes under the headline table.
pub(super) fn notes(build: &Build<'_>) -> Vec<String> {
    let mut notes = Vec::new();
    if let Some(figure) = build.figure("assets.all.reduction-rate")
        && let Cell::Rate(rate) = rate_or_count(figure)
    {
        let (numerator, denominator) = (rate.numerator.to_string(), rate.denominator.to_string());
        notes.push(build.names.fill(
            "report.note.rate",
            &[("numerator", &numerator), ("denominator", &denominator), ("percent", &rate.percent())],
        ));
    }
    if build.count("assets.other.listed").is_some_and(|n| n > 0) {
        notes.extend(note(build, "other", &[("count", "assets.other.listed")]));
    }
    if build.count("findings.waived").is_some_and(|n| n > 0) {
        notes.extend(note(build, "waived", &[("count", "findings.waived")]));
    }
    notes.push(build.names.text("report.note.suspected"));
    notes
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

/// A figure in words, part by part; parts without a name are shown as they are.
fn figure_name(build: &Build<'_>, id: &str) -> String {
    let names = build.names;
    let text =
        |key: String, id: &str| if names.catalogue.has(&key) { names.text(&key) } else { id.to_owned() };
    let (group, rest) = id.split_once('.').unwrap_or((id, ""));
    let words: Vec<String> = match (group, rest.split_once('.')) {
        ("assets", Some((kind, what))) => {
            let kind = if kind == "all" { names.text("report.total") } else { names.kind(kind) };
            vec![kind, text(format!("report.figure.{what}"), &text(format!("report.column.{what}"), what))]
        }
        ("findings", _) => vec![
            names.text("report.table.problems"),
            text(format!("severity.{rest}"), &names.finding_status(rest)),
        ],
        ("pairs", _) => vec![names.relation(rest), names.text("report.column.pairs")],
        _ => vec![text(format!("report.figure.{group}-{rest}"), id)],
    };
    words.into_iter().filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// Every figure of the scan with its fraction and formula.
pub(super) fn figures<'a>(build: &Build<'a>) -> Table<'a> {
    let mut table =
        build.table("figures", &[("figure", 40), ("value", 18), ("figure-id", 34), ("formula", 34)]);
    for figure in &build.document.figures {
        table.rows.push(vec![
            Cell::text(figure_name(build, &figure.id)),
            rate_or_count(figure),
            Cell::text(figure.id.as_str()),
            Cell::text(figure.formula.as_str()),
        ]);
    }
    table
}
