//! 与上次对比: what changed since the last scan, and the trend over all of them.
//!
//! For: the part that is there only where scans are compared. Invariant: each line of the chart is a column of the
//! table beside it.

use super::super::{Cause, Out, ReportView};
use super::markup::{SHORT_TABLE, escape, ui, ui_with};
use super::tables;
use crate::views::report::{Cell, Table};
use std::io::Write as _;

/// Size of the chart in its own units.
const SIZE: (f64, f64) = (600.0, 160.0);
/// The lines drawn: column of the trend, colour of the page, and how it is dashed, so that it is told without colour too.
const LINES: [(&str, &str, &str); 3] =
    [("live", "--after", ""), ("forbidden", "--gone", "6 3"), ("restricted", "--warn", "2 3")];

/// Movements of the stock that are none of the world: scans with one of them are marked.
const NOT_SENT: [&str; 2] = ["first-reported", "not-reported"];

/// Writes the part; nothing where nothing is compared.
pub(super) fn draw(view: &ReportView<'_>, out: &mut Out) -> Result<(), Cause> {
    let Some(compared) = &view.compared else { return Ok(()) };
    writeln!(out, "<p><strong>{}</strong></p>", escape(&compared.view.title))?;
    for sentence in &compared.view.summary {
        writeln!(out, "<p>{}</p>", escape(sentence))?;
    }
    trend(view, &compared.trend, out)?;
    for table in compared.view.tables() {
        tables::table(view, table, SHORT_TABLE, out)?;
    }
    Ok(())
}

/// Scans in which lists were missing or came back: the line goes down or up there, and nothing was reduced or built.
fn marked(table: &Table<'_>) -> Vec<usize> {
    let columns: Vec<usize> = NOT_SENT.iter().filter_map(|key| table.column(key)).collect();
    let is_marked = |row: &Vec<Cell<'_>>| {
        columns.iter().any(|&column| matches!(row.get(column), Some(Cell::Count(count)) if *count > 0))
    };
    (0..table.rows.len()).filter(|&row| is_marked(&table.rows[row])).collect()
}

/// A hollow point.
fn mark(x: f64, y: f64) -> String {
    format!(
        "<circle class=\"mark\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"4\" fill=\"var(--paper)\" stroke=\"currentColor\" stroke-width=\"1.5\"/>"
    )
}

/// The lines, then their table.
fn trend(view: &ReportView<'_>, table: &Table<'_>, out: &mut Out) -> Result<(), Cause> {
    let label = ui_with(view, "chart", &[("title", &table.title)]);
    writeln!(out, "<div class=\"pair\">\n<figure data-chart=\"trend\" aria-details=\"t-trend\">")?;
    writeln!(out, "<figcaption>{}</figcaption>", escape(&table.title))?;
    write!(out, "<p class=\"legend\" aria-hidden=\"true\">")?;
    for (key, colour, dash) in LINES {
        let Some(column) = table.column(key) else { continue };
        write!(
            out,
            "<svg width=\"28\" height=\"10\" focusable=\"false\"><line stroke=\"var({colour})\" x1=\"0\" y1=\"5\" x2=\"26\" y2=\"5\" stroke-width=\"2\" stroke-dasharray=\"{dash}\"/></svg> {} ",
            escape(&table.columns[column].title)
        )?;
    }
    let marked = marked(table);
    if !marked.is_empty() {
        write!(
            out,
            "<svg width=\"12\" height=\"10\" focusable=\"false\">{}</svg> {}",
            mark(6.0, 5.0),
            ui(view, "trend-mark")
        )?;
    }
    writeln!(out, "</p>")?;
    let (width, height) = SIZE;
    writeln!(
        out,
        "<svg viewBox=\"-6 0 {} {}\" width=\"100%\" role=\"img\" aria-label=\"{label}\" focusable=\"false\">",
        width + 12.0,
        height + 24.0
    )?;
    writeln!(
        out,
        "<line stroke=\"var(--line)\" x1=\"0\" y1=\"{}\" x2=\"{width}\" y2=\"{}\" stroke-width=\"1\"/>",
        height - 1.0,
        height - 1.0
    )?;
    let value = |row: usize, column: usize| match table.rows[row].get(column) {
        Some(Cell::Count(n)) => Some(*n as f64),
        _ => None,
    };
    let lines: Vec<_> = LINES.iter().filter_map(|line| Some((table.column(line.0)?, line))).collect();
    let all =
        lines.iter().flat_map(|(column, _)| (0..table.rows.len()).filter_map(move |row| value(row, *column)));
    let top = all.fold(1.0, f64::max);
    let step = width / (table.rows.len().max(2) - 1) as f64;
    let y = |value: f64| height - 4.0 - value / top * (height - 30.0);
    for (column, (_, colour, dash)) in lines {
        let points = (0..table.rows.len())
            .filter_map(|row| Some(format!("{:.1},{:.1}", row as f64 * step, y(value(row, column)?))));
        let points = points.collect::<Vec<_>>().join(" ");
        writeln!(
            out,
            "<polyline stroke=\"var({colour})\" fill=\"none\" stroke-width=\"2\" stroke-dasharray=\"{dash}\" points=\"{points}\"/>"
        )?;
    }
    if let Some(live) = table.column("live") {
        for row in marked {
            let Some(value) = value(row, live) else { continue };
            writeln!(out, "{}", mark(row as f64 * step, y(value)))?;
        }
    }
    // The scale: the highest line at the top, nothing at the bottom; the first day and the last.
    let text = |x: f64, y: f64, anchor: &str, text: &str| {
        format!(
            "<text x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\" font-size=\"18\" fill=\"currentColor\">{}</text>",
            escape(text)
        )
    };
    writeln!(out, "{}", text(0.0, y(top) - 4.0, "start", &format!("{top}")))?;
    let day = |row: Option<&Vec<Cell<'_>>>| match row.and_then(|row| row.first()) {
        Some(Cell::Text(day)) => day.to_string(),
        _ => String::new(),
    };
    writeln!(out, "{}", text(0.0, height + 18.0, "start", &day(table.rows.first())))?;
    writeln!(out, "{}", text(width, height + 18.0, "end", &day(table.rows.last())))?;
    writeln!(out, "</svg>\n</figure>")?;
    tables::table(view, table, usize::MAX, out)?;
    writeln!(out, "</div>")?;
    Ok(())
}
