//! A sheet of one table with its total and notes.
//!
//! For: breakdowns in the ledger, and reduction tables by themselves. Not for: lists of items (`sheet`). Invariant: a total
//! that is the sum of its column is a formula whose stored result is the total of the view; any other total is the number
//! itself.

use super::super::{Cause, ReportView};
use super::book::Book;
use super::overview::{paragraph, title};
use super::rows::Rows;
use super::sheet::{head, new, put, widths};
use super::style::Styles;
use crate::views::report::{Cell, Row, Table};
use rust_xlsxwriter::utility::row_col_to_cell;
use rust_xlsxwriter::{Formula, Worksheet};

/// The row of the headings.
const HEAD: u32 = 2;

/// Adds a sheet of this name.
pub(super) fn whole<'s>(
    book: &mut Book<'s>,
    view: &ReportView<'_>,
    name: &str,
    table: &'s Table<'_>,
    notes: &[String],
) -> Result<(), Cause> {
    let (sheet, styles) = new(book, view, name)?;
    widths(sheet, &table.columns)?;
    title(sheet, &table.title, styles)?;
    let last = table.columns.len().saturating_sub(1) as u16;
    let line = table.columns.iter().map(|c| usize::from(c.width) + 1).sum();
    let dated = view.names.fill("reduction.dated", &[("as_of", &view.document.as_of)]);
    paragraph(sheet, 1, &dated, last, line, styles)?;
    sheet.set_freeze_panes(HEAD + 1, 1)?;
    sheet.set_repeat_rows(HEAD, HEAD)?;
    let len = table.rows.len() as u32;
    if len > 0 {
        sheet.autofilter(HEAD, 0, HEAD + len, last)?;
    }
    let spans: Vec<(u16, u16)> = (0..=last).map(|c| (c, c)).collect();
    head(sheet, HEAD, &table.columns, &spans, styles)?;
    let mut row = HEAD + 1 + len;
    if let Some(cells) = &table.total {
        for ((at, c), cell) in (0..).zip(0..).zip(cells) {
            total(sheet, (row, c), cell, &table.rows, at, styles)?;
        }
        row += 1;
    }
    for text in notes.iter().chain([&view.provenance_short]) {
        row = paragraph(sheet, row, text, last, line, styles)?;
    }
    let rows =
        Rows { source: &table.rows, columns: &table.columns, first: HEAD + 1, len, linked: Vec::new() };
    book.put(rows, (row - 1, last))
}

/// A cell of the total under `rows`, of which it is the one at `at`.
pub(super) fn total(
    sheet: &mut Worksheet,
    (row, c): (u32, u16),
    cell: &Cell<'_>,
    rows: &[Row<'_>],
    at: usize,
    styles: &Styles,
) -> Result<(), Cause> {
    let count = |row: &Row<'_>| if let Some(Cell::Count(n)) = row.get(at) { *n } else { 0 };
    let sum: u64 = rows.iter().map(count).sum();
    if *cell != Cell::Count(sum) || rows.is_empty() {
        return put(sheet, row, c, cell, styles, true);
    }
    let first = row - rows.len() as u32;
    let range = format!("=SUM({}:{})", row_col_to_cell(first, c), row_col_to_cell(row - 1, c));
    let formula = Formula::new(range).set_result(sum.to_string());
    sheet.write_formula_with_format(row, c, formula, &styles.total_count)?;
    Ok(())
}
