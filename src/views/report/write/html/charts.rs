//! Bars: before and after, the reduction step by step, problems by severity.
//!
//! For: seeing at a glance what the tables beside them say. Not for: numbers that are in no table. Invariant: a chart
//! names its table, and is one picture to a screen reader.

use super::super::{Cause, Out, ReportView};
use super::markup::{escape, short, ui, ui_with};
use super::{figures, tables};
use crate::views::report::{Cell, Column, Table};
use std::io::Write as _;

/// A bar: class, where it begins, how long it is.
pub(super) type Bar = (&'static str, u64, u64);

/// Writes the waterfall and both comparisons.
pub(super) fn draw(view: &ReportView<'_>, out: &mut Out) -> Result<(), Cause> {
    waterfall(view, out)?;
    let headline = Table { id: "by-kind", title: view.names.text("html.by-kind"), ..view.headline.clone() };
    before_after(view, &headline, ("live", "after"), out)?;
    let by_level = Table { title: view.names.text("html.by-level"), ..view.by_level.clone() };
    before_after(view, &by_level, ("all-live", "all-after"), out)
}

fn waterfall(view: &ReportView<'_>, out: &mut Out) -> Result<(), Cause> {
    let title = view.names.text("html.reduction");
    let bars: Vec<(String, String, Vec<Bar>)> = view
        .steps
        .iter()
        .map(|step| {
            let (class, start) = if step.is_level { ("after", 0) } else { ("gone", step.left) };
            let sign = if step.is_level { "" } else { "−" };
            (step.title.clone(), format!("{sign}{}", step.count), vec![(class, start, step.count)])
        })
        .collect();
    chart(view, "steps", &title, &bars, out)?;
    let columns: Vec<Column> = ["step", "change", "left"]
        .into_iter()
        .map(|key| Column { key, title: view.names.text(&format!("html.{key}")), width: 0 })
        .collect();
    tables::open("steps", &title, &columns.iter().collect::<Vec<_>>(), &[false, true, true], out)?;
    for step in &view.steps {
        let value = figures::figure(&step.figure, &Cell::Count(step.count));
        let sign = if step.is_level { "" } else { "−" };
        write!(out, "<tr><th scope=\"row\">{}</th><td class=\"n\">{sign}{value}</td>", escape(&step.title))?;
        writeln!(out, "<td class=\"n\">{}</td></tr>", step.left)?;
    }
    writeln!(out, "</tbody>\n</table></div>\n</div>")?;
    Ok(())
}

/// Two bars for each row of a table, with the table beside them.
fn before_after(
    view: &ReportView<'_>,
    table: &Table<'_>,
    keys: (&str, &str),
    out: &mut Out,
) -> Result<(), Cause> {
    let count = |row: &[Cell<'_>], key| match table.column(key).map(|c| &row[c]) {
        Some(Cell::Count(n)) => *n,
        _ => 0,
    };
    let bars: Vec<_> = table
        .rows
        .iter()
        .map(|row| {
            let (before, after) = (count(row, keys.0), count(row, keys.1));
            let args = [("before", before.to_string()), ("after", after.to_string())];
            let text = view.names.catalogue.fill("html.from-to", &args);
            (row[0].plain().into_owned(), text, vec![("before", 0, before), ("after", 0, after)])
        })
        .collect();
    chart(view, table.id, &table.title, &bars, out)?;
    tables::table(view, table, usize::MAX, out)?;
    writeln!(out, "</div>")?;
    Ok(())
}

/// Opens a pair of chart and table, and draws the chart: label, number, and bars in per cent of the longest.
pub(super) fn chart(
    view: &ReportView<'_>,
    id: &str,
    title: &str,
    rows: &[(String, String, Vec<Bar>)],
    out: &mut Out,
) -> Result<(), Cause> {
    let longest = rows.iter().flat_map(|row| &row.2).map(|bar| bar.1 + bar.2).max().unwrap_or(0).max(1);
    let share = |count: u64| count as f64 * 100.0 / longest as f64;
    let label = ui_with(view, "chart", &[("title", title)]);
    writeln!(out, "<div class=\"pair\">\n<figure data-chart=\"{id}\" aria-details=\"t-{id}\">")?;
    writeln!(out, "<figcaption>{}</figcaption>", escape(title))?;
    if rows.iter().any(|row| row.2.len() > 1) {
        let (before, after) = (ui(view, "before"), ui(view, "after"));
        write!(out, "<p class=\"legend\" aria-hidden=\"true\"><span class=\"key before\"></span>{before} ")?;
        writeln!(out, "<span class=\"key after\"></span>{after}</p>")?;
    }
    writeln!(out, "<div class=\"bars\" role=\"img\" aria-label=\"{label}\">")?;
    for (name, text, bars) in rows {
        let height = 12 * bars.len() + 2;
        write!(out, "<div class=\"bar\"><span class=\"label\">{}</span>", short(name))?;
        write!(out, "<svg width=\"100%\" height=\"{height}\" focusable=\"false\">")?;
        for (at, (class, start, length)) in bars.iter().enumerate() {
            let (x, width, y) = (share(*start), share(*length), 12 * at + 1);
            write!(
                out,
                "<rect class=\"{class}\" x=\"{x:.2}%\" y=\"{y}\" width=\"{width:.2}%\" height=\"11\"/>"
            )?;
        }
        writeln!(out, "</svg><span class=\"value\">{}</span></div>", escape(text))?;
    }
    writeln!(out, "</div>\n</figure>")?;
    Ok(())
}
