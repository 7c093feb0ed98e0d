//! Tables of the view as tables of the page.
//!
//! For: every table and listing. Not for: charts, which each stand beside one of these. Invariant: a table has a
//! caption and headings that say what they head, and what is left out is counted.

use super::super::{Cause, Out, ReportView};
use super::markup::{escape, short, ui, ui_with};
use crate::views::report::{BURDEN_UNITS, Cell, Column, Listing, Row, Table};
use std::io::Write as _;

/// Shades of the heat map.
const SHADES: u64 = 5;

/// A table of the view; of a long one the first rows.
pub(super) fn table(
    view: &ReportView<'_>,
    table: &Table<'_>,
    most: usize,
    out: &mut Out,
) -> Result<(), Cause> {
    let columns: Vec<&Column> = table.columns.iter().collect();
    let numeric: Vec<bool> =
        (0..columns.len()).map(|c| table.rows.iter().any(|r| r[c].is_number())).collect();
    open(table.id, &table.title, &columns, &numeric, out)?;
    for row in table.rows.iter().take(most) {
        self::row(&row.iter().collect::<Vec<_>>(), out)?;
    }
    foot(table.total.as_ref(), out)?;
    close(view, table.rows.len(), most, out)
}

/// A listing of the view by some of its columns; of a long one the first rows.
pub(super) fn listing(
    view: &ReportView<'_>,
    listing: &Listing<'_>,
    keys: &[&str],
    most: usize,
    out: &mut Out,
) -> Result<(), Cause> {
    let chosen: Vec<usize> =
        keys.iter().filter_map(|key| listing.columns.iter().position(|c| c.key == *key)).collect();
    let columns: Vec<&Column> = chosen.iter().map(|&c| &listing.columns[c]).collect();
    open(listing.id, &listing.title, &columns, &vec![false; columns.len()], out)?;
    for row in listing.rows().take(most) {
        self::row(&chosen.iter().map(|&c| &row[c]).collect::<Vec<_>>(), out)?;
    }
    foot(None, out)?;
    close(view, listing.len, most, out)
}

/// The heat map: the numbers themselves, shaded.
pub(super) fn burden(view: &ReportView<'_>, out: &mut Out) -> Result<(), Cause> {
    let table = &view.burden;
    let columns: Vec<&Column> = table.columns.iter().collect();
    let count = |cell: &Cell<'_>| if let Cell::Count(n) = cell { *n } else { 0 };
    // Sums of what has no row or column of its own would outshine everything.
    let is_own = |column: &Column| column.key == "function";
    let own = table.rows.iter().take(BURDEN_UNITS).flat_map(|row| row.iter().zip(&columns));
    let most = own.filter(|(_, column)| is_own(column)).map(|(cell, _)| count(cell)).max().unwrap_or(0);
    let numeric: Vec<bool> = (0..columns.len()).map(|at| at > 0).collect();
    writeln!(out, "<p>{}</p>", ui(view, "burden-note"))?;
    open(table.id, &table.title, &columns, &numeric, out)?;
    for (number, row) in table.rows.iter().enumerate() {
        write!(out, "<tr><th scope=\"row\">{}</th>", short(&row[0].plain()))?;
        for (cell, column) in row.iter().zip(&columns).skip(1) {
            let class = match count(cell) {
                0 => " zero".to_owned(),
                n if is_own(column) && number < BURDEN_UNITS => {
                    format!(" h{}", (n * SHADES).div_ceil(most.max(1)))
                }
                _ => String::new(),
            };
            write!(out, "<td class=\"n{class}\">{}</td>", count(cell))?;
        }
        writeln!(out, "</tr>")?;
    }
    foot(table.total.as_ref(), out)?;
    close(view, table.rows.len(), usize::MAX, out)
}

/// The beginning of a table, up to its rows. Wide ones scroll by themselves, with the keyboard too.
pub(super) fn open(
    id: &str,
    title: &str,
    columns: &[&Column],
    numeric: &[bool],
    out: &mut Out,
) -> Result<(), Cause> {
    let title = short(title);
    writeln!(out, "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"{title}\">")?;
    writeln!(out, "<table id=\"t-{id}\">\n<caption>{title}</caption>\n<thead><tr>")?;
    for (column, is_number) in columns.iter().zip(numeric) {
        let class = if *is_number { " class=\"n\"" } else { "" };
        write!(out, "<th scope=\"col\"{class}>{}</th>", short(&column.title))?;
    }
    writeln!(out, "</tr></thead>\n<tbody>")?;
    Ok(())
}

/// A row, headed by its first cell.
pub(super) fn row(cells: &[&Cell<'_>], out: &mut Out) -> Result<(), Cause> {
    write!(out, "<tr>")?;
    for (at, cell) in cells.iter().enumerate() {
        let text = short(&cell.plain());
        match (at, cell.is_number()) {
            (0, _) => write!(out, "<th scope=\"row\">{text}</th>")?,
            (_, true) => write!(out, "<td class=\"n\">{text}</td>")?,
            (_, false) => write!(out, "<td>{text}</td>")?,
        }
    }
    writeln!(out, "</tr>")?;
    Ok(())
}

/// The end of the rows, with their sum.
pub(super) fn foot(total: Option<&Row<'_>>, out: &mut Out) -> Result<(), Cause> {
    writeln!(out, "</tbody>")?;
    if let Some(total) = total {
        writeln!(out, "<tfoot>")?;
        row(&total.iter().collect::<Vec<_>>(), out)?;
        writeln!(out, "</tfoot>")?;
    }
    Ok(())
}

/// The end of a table, with what is left out of it.
pub(super) fn close(view: &ReportView<'_>, len: usize, most: usize, out: &mut Out) -> Result<(), Cause> {
    writeln!(out, "</table></div>")?;
    if len == 0 {
        writeln!(out, "<p class=\"more\">{}</p>", escape(&view.names.text("report.nothing")))?;
    } else if len > most {
        let rest = (len - most).to_string();
        writeln!(out, "<p class=\"more\">{}</p>", ui_with(view, "more", &[("count", &rest)]))?;
    }
    Ok(())
}
