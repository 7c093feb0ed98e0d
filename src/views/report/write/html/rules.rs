//! Suspected problems: by severity, by rule with its clause, and the first of each rule.
//!
//! For: seeing what kinds of problem there are, with examples that can be argued. Not for: every finding (the ledger
//! has them). Invariant: counts are those of the view; examples are its rows.

use super::super::{Cause, Out, ReportView};
use super::charts::{Bar, chart};
use super::markup::{short, ui, ui_with};
use super::tables;
use crate::model::Severity;
use crate::views::report::{Cell, Column, Row};
use std::collections::BTreeMap;
use std::io::Write as _;

/// Findings shown of each rule.
const SHOWN: usize = 10;
/// Their columns.
const COLUMNS: [&str; 9] =
    ["seq", "name", "unit", "words", "place", "reason", "clause", "remedy", "finding-status"];

/// Writes chart, table and examples.
pub(super) fn draw(view: &ReportView<'_>, out: &mut Out) -> Result<(), Cause> {
    let mut bars: Vec<(String, String, Vec<Bar>)> = Vec::new();
    for (severity, class) in Severity::ALL.iter().zip(["gone", "warn", "before"]) {
        let id = format!("findings.{}", severity.as_str());
        let row = view.figures.rows.iter().find(|row| row[2].plain() == id);
        if let Some(Cell::Count(count)) = row.map(|row| &row[1]) {
            bars.push((view.names.severity(severity.as_str()), count.to_string(), vec![(class, 0, *count)]));
        }
    }
    chart(view, "rules", &view.names.text("html.severities"), &bars, out)?;
    tables::table(view, &view.rules, usize::MAX, out)?;
    writeln!(out, "</div>\n<h3>{}</h3>", ui(view, "by-rule"))?;
    examples(view, out)
}

/// The first findings of each rule, in the order of the table of rules.
fn examples(view: &ReportView<'_>, out: &mut Out) -> Result<(), Cause> {
    let listing = &view.problems;
    let at = |key: &str| listing.columns.iter().position(|column| column.key == key);
    let (Some(rule), Some(severity)) = (at("rule"), at("severity")) else { return Ok(()) };
    let chosen: Vec<usize> = COLUMNS.iter().filter_map(|key| at(key)).collect();
    let columns: Vec<&Column> = chosen.iter().map(|&c| &listing.columns[c]).collect();
    let mut groups: BTreeMap<(String, String), (usize, Vec<Row<'_>>)> = BTreeMap::new();
    for row in listing.rows() {
        let key = (row[rule].plain().into_owned(), row[severity].plain().into_owned());
        let (count, rows) = groups.entry(key).or_default();
        *count += 1;
        if rows.len() < SHOWN {
            rows.push(row);
        }
    }
    for (number, row) in view.rules.rows.iter().enumerate() {
        let key = (row[0].plain().into_owned(), row[1].plain().into_owned());
        let Some((count, rows)) = groups.get(&key) else { continue };
        let args = [("severity", key.1.as_str()), ("rule", &key.0), ("count", &count.to_string())];
        let title = view.names.fill("html.rule", &args);
        writeln!(out, "<details><summary>{}</summary>", short(&title))?;
        tables::open(&format!("rule-{}", number + 1), &title, &columns, &[false; COLUMNS.len()], out)?;
        for row in rows {
            tables::row(&chosen.iter().map(|&c| &row[c]).collect::<Vec<_>>(), out)?;
        }
        writeln!(out, "</tbody>\n</table></div>")?;
        if *count > rows.len() {
            let rest = (count - rows.len()).to_string();
            writeln!(out, "<p class=\"more\">{}</p>", ui_with(view, "more", &[("count", &rest)]))?;
        }
        writeln!(out, "</details>")?;
    }
    Ok(())
}
