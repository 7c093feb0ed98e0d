//! A sheet of the workbook: a listing with its headings, filter and print set-up.
//!
//! For: everything that sheets have in common. Not for: page one (`overview`). Invariant: a cell
//! holds what the view holds, cut only where the format itself has a limit.

use super::super::{Cause, ReportView};
use super::book::Book;
use super::links::Link;
use super::rows::Rows;
use super::style::Styles;
use crate::views::report::{Cell, Column, Listing};
use crate::views::text::width;
use rust_xlsxwriter::{ConditionalFormatCell, ConditionalFormatCellRule, DataValidation, Worksheet};
use std::borrow::Cow;

/// What a workbook cell can hold, in UTF-16 units.
const LONGEST: usize = 32_767;
/// Rows of a sheet, headings included.
const ROWS: usize = 1_048_576;
/// Lines shown of a cell; longer texts are there but need a click.
const TALLEST: usize = 12;
/// Height of a line of 10 pt text, in points.
const LINE: f64 = 14.0;
/// Per cent at which 180 columns of text fit on a landscape A4 page, for sheets of two pages across.
const SCALE: u16 = 58;

/// What one sheet has and the others have not.
#[derive(Clone, Copy)]
pub(super) struct Special {
    /// Columns that only programs need.
    pub(super) hidden: &'static [&'static str],
    /// Column with a drop-down of decisions, and the decisions.
    pub(super) choices: (&'static str, &'static [&'static str]),
    /// Columns on the left that stay in sight and are printed on every page.
    pub(super) kept: u16,
    /// Column that begins a second page across: too many columns to be read on one.
    pub(super) turn: Option<&'static str>,
    /// Column, and the catalogue key of the value that is set in red.
    pub(super) marked: Option<(&'static str, &'static str)>,
    /// Columns that lead to other sheets.
    pub(super) links: &'static [Link],
}

impl Special {
    /// Nothing special.
    pub(super) const NONE: Special =
        Special { hidden: &[], choices: ("", &[]), kept: 0, turn: None, marked: None, links: &[] };
}

/// Adds the sheet of a listing.
pub(super) fn listing<'s>(
    book: &mut Book<'s>,
    view: &ReportView<'_>,
    listing: &'s Listing<'_>,
    special: &Special,
) -> Result<(), Cause> {
    let (sheet, styles) = new(book, view, &listing.title)?;
    widths(sheet, &listing.columns)?;
    for (c, column) in (0..).zip(&listing.columns) {
        if special.hidden.contains(&column.key) {
            sheet.set_column_hidden(c)?;
        }
    }
    // A workbook cannot hold more; the CSV files have every row.
    let len = listing.len.min(ROWS - 1) as u32;
    let last = listing.columns.len().saturating_sub(1) as u16;
    if let Some(column) = place(listing, Some(special.choices.0))
        && len > 0
    {
        let choices = special.choices.1.iter().map(|key| view.names.text(&format!("report.decision.{key}")));
        // 改为… goes on in the same cell, so that what is no choice must be let in.
        let validation = DataValidation::new()
            .allow_list_strings(&choices.collect::<Vec<_>>())?
            .show_error_message(false)
            .set_input_message(view.names.text("report.decision.help"))?;
        sheet.add_data_validation(1, column, len, column, &validation)?;
    }
    sheet.set_freeze_panes(1, special.kept)?;
    if special.kept > 0 {
        sheet.set_repeat_columns(0, special.kept - 1)?;
    }
    // Hidden columns are for programs, not for paper.
    let printed = listing.columns.iter().rposition(|c| !special.hidden.contains(&c.key)).unwrap_or(0);
    sheet.set_print_area(0, 0, len, printed as u16)?;
    if let Some(column) = place(listing, special.turn) {
        sheet
            .set_print_fit_to_pages(0, 0)
            .set_print_scale(SCALE)
            .set_vertical_page_breaks(&[column.into()])?;
    }
    if let Some((column, value)) = special.marked
        && let Some(column) = place(listing, Some(column))
        && len > 0
    {
        let rule = ConditionalFormatCell::new()
            .set_rule(ConditionalFormatCellRule::EqualTo(view.names.text(value)))
            .set_format(&styles.grave);
        sheet.add_conditional_format(1, column, len, column, &rule)?;
    }
    sheet.autofilter(0, 0, len, last)?;
    sheet.set_repeat_rows(0, 0)?;
    let spans: Vec<(u16, u16)> = (0..=last).map(|c| (c, c)).collect();
    head(sheet, 0, &listing.columns, &spans, styles)?;
    let linked =
        special.links.iter().filter_map(|&link| Some((place(listing, Some(link.column))?, link))).collect();
    let rows = Rows { source: listing, columns: &listing.columns, first: 1, len, linked };
    book.put(rows, (len, last))
}

/// The position of a column.
fn place(listing: &Listing<'_>, key: Option<&str>) -> Option<u16> {
    let (at, _) = (0..).zip(&listing.columns).find(|(_, column)| Some(column.key) == key)?;
    Some(at)
}

/// A sheet with the print set-up of all: landscape A4, one page wide, page x of y.
pub(super) fn new<'b>(
    book: &'b mut Book<'_>,
    view: &ReportView<'_>,
    title: &str,
) -> Result<(&'b mut Worksheet, &'b Styles), Cause> {
    let (sheet, styles) = book.add();
    sheet.set_name(title)?;
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    sheet.set_margins(0.4, 0.4, 0.6, 0.6, 0.3, 0.3);
    sheet.set_header(format!("&L{}&R{}", header_text(&view.title), header_text(title)));
    sheet.set_footer(view.names.text("report.page-footer"));
    Ok((sheet, styles))
}

/// `&` starts a code in headers.
fn header_text(text: &str) -> String {
    text.replace('&', "&&")
}

/// Widths in characters of the default font, which are about one terminal column each.
pub(super) fn widths(sheet: &mut Worksheet, columns: &[Column]) -> Result<(), Cause> {
    for (c, column) in (0..).zip(columns) {
        sheet.set_column_width(c, f64::from(column.width) + 1.0)?;
    }
    Ok(())
}

/// Writes column headings, each over its first to last column.
pub(super) fn head(
    sheet: &mut Worksheet,
    row: u32,
    columns: &[Column],
    spans: &[(u16, u16)],
    styles: &Styles,
) -> Result<(), Cause> {
    let lines = columns.iter().map(|c| width(&c.title).div_ceil(usize::from(c.width).max(1))).max();
    sheet.set_row_height(row, LINE * lines.unwrap_or(1).clamp(1, 3) as f64 + 6.0)?;
    for (column, &(first, last)) in columns.iter().zip(spans) {
        if last > first {
            sheet.merge_range(row, first, row, last, &column.title, &styles.head)?;
        } else {
            sheet.write_string_with_format(row, first, &column.title, &styles.head)?;
        }
    }
    Ok(())
}

/// How high a row must be for its text.
pub(super) fn height(row: &[Cell<'_>], columns: &[Column]) -> f64 {
    let lines = row.iter().zip(columns).map(|(cell, column)| lines(cell, column)).max().unwrap_or(1);
    LINE * lines as f64 + 3.0
}

/// Writes a cell: numbers as numbers, text as text. Rates are text, because a bare share would lose
/// its fraction.
pub(super) fn put(
    sheet: &mut Worksheet,
    r: u32,
    c: u16,
    cell: &Cell<'_>,
    styles: &Styles,
    total: bool,
) -> Result<(), Cause> {
    let text = if total { &styles.total } else { &styles.text };
    let count = if total { &styles.total_count } else { &styles.count };
    match cell {
        Cell::Empty => sheet.write_blank(r, c, text)?,
        Cell::Text(t) => sheet.write_string_with_format(r, c, fit(t), text)?,
        Cell::Count(n) => sheet.write_number_with_format(r, c, *n as f64, count)?,
        Cell::Number(n) => sheet.write_number_with_format(r, c, *n, &styles.number)?,
        Cell::Rate(_) => sheet.write_string_with_format(r, c, cell.plain(), count)?,
    };
    Ok(())
}

/// Lines that a text takes in its column.
pub(super) fn lines(cell: &Cell<'_>, column: &Column) -> usize {
    let Cell::Text(text) = cell else { return 1 };
    // Columns are made one wider than their content asks for.
    let columns = usize::from(column.width) + 1;
    // No character takes more columns than it has bytes.
    if text.len() <= columns && !text.contains('\n') {
        return 1;
    }
    let most = columns * TALLEST;
    let end = if text.len() <= most { None } else { text.char_indices().nth(most) };
    let end = end.map_or(text.len(), |(at, _)| at);
    text[..end].split('\n').map(|line| width(line).div_ceil(columns).max(1)).sum::<usize>().clamp(1, TALLEST)
}

/// Text that the format can hold: not too long, and without the two code points XML forbids.
pub(super) fn fit(text: &str) -> Cow<'_, str> {
    let forbidden = |c: char| matches!(c, '\u{FFFE}' | '\u{FFFF}');
    // Both begin with the same two bytes, which hardly any other character does.
    if text.len() <= LONGEST && memchr::memmem::find(text.as_bytes(), b"\xEF\xBF").is_none() {
        return Cow::Borrowed(text);
    }
    let long = text.encode_utf16().count() > LONGEST;
    let limit = if long { LONGEST - 1 } else { LONGEST };
    let mut used = 0;
    let mut out = String::with_capacity(text.len().min(LONGEST * 3));
    for c in text.chars().filter(|&c| !forbidden(c)) {
        used += c.len_utf16();
        if used > limit {
            break;
        }
        out.push(c);
    }
    if long {
        out.push('…');
    }
    Cow::Owned(out)
}
