//! A workbook of one reduction table.
//!
//! For: WPS and Excel. Not for: the ledger. Invariant: a total that is the sum of its column is a formula whose stored
//! result is the total of the view; any other total is the number itself.

use super::super::{Cause, Options, Out, ReportView};
use super::book;
use super::overview::{paragraph, title};
use super::sheet::{end, head, height, new, put, widths};
use super::style::Styles;
use crate::views::report::{Cell, Reduction, Table};
use rust_xlsxwriter::utility::row_col_to_cell;
use rust_xlsxwriter::{Formula, Worksheet};

/// The row of the headings.
const HEAD: u32 = 2;

/// Writes the workbook.
pub(in super::super) fn draw<'a>(
    reduction: &Reduction<'a>,
    view: &ReportView<'a>,
    options: Options<'_>,
    out: &mut Out,
) -> Result<(), Cause> {
    let mut book = book(view, options)?;
    let (styles, table) = (Styles::new(), &reduction.table);
    let name = view.names.fill("reduction.sheet", &[("title", &table.title)]);
    let sheet = new(&mut book, view, &name)?;
    widths(sheet, &table.columns)?;
    title(sheet, &table.title, &styles)?;
    let last = table.columns.len().saturating_sub(1) as u16;
    let line = table.columns.iter().map(|c| usize::from(c.width) + 1).sum();
    let dated = view.names.fill("reduction.dated", &[("as_of", &view.document.as_of)]);
    paragraph(sheet, 1, &dated, last, line, &styles)?;
    sheet.set_freeze_panes(HEAD + 1, 1)?;
    sheet.set_repeat_rows(HEAD, HEAD)?;
    let spans: Vec<(u16, u16)> = (0..=last).map(|c| (c, c)).collect();
    head(sheet, HEAD, &table.columns, &spans, &styles)?;
    let mut row = HEAD + 1;
    for cells in &table.rows {
        sheet.set_row_height(row, height(cells, &table.columns))?;
        for (c, cell) in (0..).zip(cells) {
            put(sheet, row, c, cell, &styles, false)?;
        }
        row += 1;
    }
    if let Some(cells) = &table.total {
        for (c, cell) in (0..).zip(cells) {
            total(sheet, row, c, cell, table, &styles)?;
        }
        row += 1;
    }
    for text in reduction.notes.iter().chain([&view.provenance_short]) {
        row = paragraph(sheet, row, text, last, line, &styles)?;
    }
    end(sheet, row, &styles)?;
    book.save_to_writer(out)?;
    Ok(())
}

/// A cell of the total.
fn total(
    sheet: &mut Worksheet,
    row: u32,
    c: u16,
    cell: &Cell<'_>,
    table: &Table<'_>,
    styles: &Styles,
) -> Result<(), Cause> {
    let count = |row: &Vec<Cell<'_>>| if let Some(Cell::Count(n)) = row.get(usize::from(c)) { *n } else { 0 };
    let sum: u64 = table.rows.iter().map(count).sum();
    if *cell != Cell::Count(sum) || table.rows.is_empty() {
        return put(sheet, row, c, cell, styles, true);
    }
    let range = format!("=SUM({}:{})", row_col_to_cell(HEAD + 1, c), row_col_to_cell(row - 1, c));
    let formula = Formula::new(range).set_result(sum.to_string());
    sheet.write_formula_with_format(row, c, formula, &styles.total_count)?;
    Ok(())
}
