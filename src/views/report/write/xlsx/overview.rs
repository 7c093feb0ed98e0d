//! The first two sheets: what this workbook is (说明), and the overall figures (总体情况).
//!
//! For: page one. Not for: lists of items. Invariant: the same tables in the same order as the
//! summary and the terminal.

use super::super::{Cause, ReportView};
use super::book::Book;
use super::sheet::{fit, head, height, new, put};
use super::style::Styles;
use super::table::total;
use crate::views::report::{Column, Table};
use crate::views::text::width;
use rust_xlsxwriter::Worksheet;

/// Columns of page one: as many as the headline table has, and every table uses the same grid.
const GRID: [f64; 14] = [26.0, 11.0, 11.0, 11.0, 11.0, 11.0, 11.0, 11.0, 11.0, 11.0, 11.0, 11.0, 11.0, 16.0];
/// Terminal columns of a whole line of the grid.
const LINE: usize = 160;
/// The last of them.
const LAST: u16 = GRID.len() as u16 - 1;
/// Columns of 说明: file, size, two digests.
const ABOUT: [f64; 4] = [42.0, 18.0, 36.0, 36.0];

/// 说明: what was read, how to use the sheets, where it comes from; `links_end` where a sheet has more rows than it may have
/// links.
pub(super) fn about(book: &mut Book<'_>, view: &ReportView<'_>, links_end: bool) -> Result<(), Cause> {
    let (sheet, styles) = new(book, view, &view.names.text("report.sheet.about"))?;
    for (c, width) in (0..).zip(ABOUT) {
        sheet.set_column_width(c, width)?;
    }
    let mut row = title(sheet, &view.title, styles)?;
    let mut guide: Vec<String> = (1..=6).map(|i| view.names.text(&format!("report.guide.{i}"))).collect();
    if links_end {
        guide.push(view.names.text("report.guide.links"));
    }
    for text in view.summary.iter().chain(&view.notes).chain(&guide).chain([&view.provenance]) {
        row = paragraph(sheet, row, text, 3, 130, styles)?;
    }
    row = table(sheet, row + 1, &view.inputs, &ABOUT, styles)?;
    table(sheet, row + 1, &view.figures, &ABOUT, styles)?;
    Ok(())
}

/// 总体情况: the headline, the problems, the duplicates and what was read.
pub(super) fn overall(book: &mut Book<'_>, view: &ReportView<'_>) -> Result<(), Cause> {
    let (sheet, styles) = new(book, view, &view.names.text("report.sheet.overall"))?;
    for (c, width) in (0..).zip(GRID) {
        sheet.set_column_width(c, width)?;
    }
    let mut row = title(sheet, &view.title, styles)?;
    for text in &view.summary {
        row = paragraph(sheet, row, text, LAST, LINE, styles)?;
    }
    row = table(sheet, row + 1, &view.headline, &GRID, styles)?;
    for text in &view.notes {
        row = paragraph(sheet, row, text, LAST, LINE, styles)?;
    }
    for part in [&view.rules, &view.relations, &view.reading] {
        row = table(sheet, row + 1, part, &GRID, styles)?;
    }
    Ok(())
}

pub(super) fn title(sheet: &mut Worksheet, title: &str, styles: &Styles) -> Result<u32, Cause> {
    sheet.set_row_height(0, 28)?;
    sheet.write_string_with_format(0, 0, fit(title), &styles.title)?;
    Ok(1)
}

/// Running text over the whole width.
pub(super) fn paragraph(
    sheet: &mut Worksheet,
    row: u32,
    text: &str,
    last: u16,
    line: usize,
    styles: &Styles,
) -> Result<u32, Cause> {
    sheet.set_row_height(row, 15.0 * width(text).div_ceil(line).max(1) as f64 + 3.0)?;
    sheet.merge_range(row, 0, row, last, &fit(text), &styles.note)?;
    Ok(row + 1)
}

/// A table under its heading; gives the row after it.
fn table(
    sheet: &mut Worksheet,
    at: u32,
    table: &Table<'_>,
    grid: &[f64],
    styles: &Styles,
) -> Result<u32, Cause> {
    let spans = spans(&table.columns, grid);
    let mut row = at;
    sheet.set_row_height(row, 20)?;
    sheet.write_string_with_format(row, 0, fit(&table.title), &styles.section)?;
    row += 1;
    head(sheet, row, &table.columns, &spans, styles)?;
    // What is wrapped is wrapped at the width that a column takes of the grid.
    let laid = table.columns.iter().zip(&spans).map(|(column, &(first, last))| Column {
        width: grid.iter().take(usize::from(last) + 1).skip(usize::from(first)).sum::<f64>() as u16,
        ..column.clone()
    });
    let laid: Vec<Column> = laid.collect();
    let body = table.rows.iter().map(|r| (r, false));
    for (cells, is_total) in body.chain(table.total.iter().map(|r| (r, true))) {
        row += 1;
        let text = if is_total { &styles.total } else { &styles.text };
        sheet.set_row_height(row, height(cells, &laid))?;
        for ((at, cell), &(first, last)) in (0..).zip(cells).zip(&spans) {
            if last > first {
                sheet.merge_range(row, first, row, last, &fit(&cell.plain()), text)?;
            }
            if is_total {
                total(sheet, (row, first), cell, &table.rows, at, styles)?;
            } else {
                put(sheet, row, first, cell, styles, false)?;
            }
        }
    }
    Ok(row + 1)
}

/// Which columns of the grid each column of a table takes: as many as its width needs.
fn spans(columns: &[Column], grid: &[f64]) -> Vec<(u16, u16)> {
    let mut next = 0;
    let mut spans = Vec::with_capacity(columns.len());
    for column in columns {
        let first = next;
        let mut taken = grid.get(next).copied().unwrap_or(10.0);
        while taken + 2.0 < f64::from(column.width) && next + 1 < grid.len() {
            next += 1;
            taken += grid[next];
        }
        spans.push((first as u16, next as u16));
        next += 1;
    }
    spans
}
