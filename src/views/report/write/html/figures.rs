//! Figures by their ids: the key ones large, all of them in a table.
//!
//! For: what a leader looks at first, and what it can be checked against. Not for: counts that have no id. Invariant: a
//! figure that the scan does not have has no card, and a rate stands with its fraction.

use super::super::{Cause, Out, ReportView};
use super::markup::escape;
use super::tables;
use crate::views::report::{Cell, Column};
use std::io::Write as _;

/// Figures with a card, in order.
const CARDS: [&str; 22] = [
    "files.read",
    "files.unread",
    "rows.read",
    "rows.records",
    "rows.rejected",
    "roster.expected",
    "roster.reported",
    "roster.zero",
    "roster.twice",
    "roster.not-reported",
    "assets.all.listed",
    "assets.all.live",
    "assets.all.after",
    "assets.all.net",
    "assets.all.reduction-rate",
    "findings.forbidden",
    "findings.restricted",
    "findings.advisory",
    "findings.waived",
    "clusters.count",
    "pairs.cross-unit",
    "pairs.covered-above",
];
/// Figures that should be zero.
const ALARMS: [&str; 4] = ["files.unread", "rows.rejected", "roster.not-reported", "findings.forbidden"];

/// Writes the cards and the notes to them.
pub(super) fn draw(view: &ReportView<'_>, out: &mut Out) -> Result<(), Cause> {
    writeln!(out, "<dl class=\"cards\">")?;
    for id in CARDS {
        let Some(row) = view.figures.rows.iter().find(|row| row[2].plain() == id) else { continue };
        let is_alarm = ALARMS.contains(&id) && row[1] != Cell::Count(0);
        let class = if is_alarm { "card alarm" } else { "card" };
        let value = figure(id, &row[1]);
        writeln!(out, "<div class=\"{class}\"><dt>{}</dt><dd>{value}</dd></div>", escape(&row[0].plain()))?;
    }
    writeln!(out, "</dl>\n<ul class=\"notes\">")?;
    for note in &view.notes {
        writeln!(out, "<li>{}</li>", escape(note))?;
    }
    writeln!(out, "</ul>")?;
    Ok(())
}

/// Every figure, marked by its id.
pub(super) fn all(view: &ReportView<'_>, out: &mut Out) -> Result<(), Cause> {
    let table = &view.figures;
    let columns: Vec<&Column> = table.columns.iter().collect();
    tables::open(table.id, &table.title, &columns, &[false, true, false, false], out)?;
    for row in &table.rows {
        let id = row[2].plain();
        let value = figure(&id, &row[1]);
        let (name, formula) = (escape(&row[0].plain()), escape(&row[3].plain()));
        write!(out, "<tr><th scope=\"row\">{name}</th><td class=\"n\">{value}</td>")?;
        writeln!(out, "<td class=\"id\">{}</td><td class=\"id\">{formula}</td></tr>", escape(&id))?;
    }
    tables::foot(None, out)?;
    tables::close(view, table.rows.len(), usize::MAX, out)
}

/// A figure marked by its id, with its fraction when it is a rate.
pub(super) fn figure(id: &str, value: &Cell<'_>) -> String {
    let id = escape(id);
    match value {
        Cell::Rate(rate) => format!(
            "<data data-figure=\"{id}\" value=\"{}\" data-numerator=\"{n}\" data-denominator=\"{d}\">{}</data> \
             <span class=\"fraction\">{n}/{d}</span>",
            rate.value,
            rate.percent(),
            n = rate.numerator,
            d = rate.denominator,
        ),
        other => format!("<data data-figure=\"{id}\" value=\"{0}\">{0}</data>", escape(&other.plain())),
    }
}
