//! 与上次对比: what changed since the last scan, and the trend over all of them.
//!
//! For: the part that is there only where scans are compared. Invariant: each line of the chart is a column of the
//! table beside it.

use super::super::{Cause, Out, ReportView};
use super::markup::{SHORT_TABLE, escape, ui_with};
use super::tables;
use crate::views::report::{Cell, Table};
use std::io::Write as _;

/// Size of the chart in its own units.
const SIZE: (f64, f64) = (600.0, 160.0);
/// The lines drawn: column of the trend, colour of the page, and how it is dashed, so that it is told without colour too.
const LINES: [(&str, &str, &str); 3] =
    [("live", "--after", ""), ("forbidden", "--gone", "6 3"), ("restricted", "--warn", "2 3")];

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
    writeln!(out, "</p>")?;
    let (width, height) = SIZE;
    writeln!(
        out,
        "<svg viewBox=\"0 0 {width} {height}\" width=\"100%\" role=\"img\" aria-label=\"{label}\" focusable=\"false\">"
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
    for (column, (_, colour, dash)) in lines {
        let points = (0..table.rows.len()).filter_map(|row| {
            let y = height - 4.0 - value(row, column)? / top * (height - 12.0);
            Some(format!("{:.1},{y:.1}", row as f64 * step))
        });
        let points = points.collect::<Vec<_>>().join(" ");
        writeln!(
            out,
            "<polyline stroke=\"var({colour})\" fill=\"none\" stroke-width=\"2\" stroke-dasharray=\"{dash}\" points=\"{points}\"/>"
        )?;
    }
    writeln!(out, "</svg>\n</figure>")?;
    tables::table(view, table, usize::MAX, out)?;
    writeln!(out, "</div>")?;
    Ok(())
}
