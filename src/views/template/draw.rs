//! How a blank inventory looks.
//!
//! For: table or form, checks, instructions. Not for: which columns (`books`). Invariant: nothing stands in a row that is to
//! be filled, so that an empty row is no record; a value that a check refuses is one that reading would remark on.

use super::books::{Book, Column, ColumnKind};
use crate::knowledge::messages::Catalogue;
use crate::views::report::write::{Cause, Out};
use crate::views::text::width;
use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, DataValidationRule, DocProperties, ExcelDateTime,
    Format, FormatAlign, FormatBorder, Workbook, Worksheet,
};
use std::path::Path;

/// Rows that a table has room for; more can be filled in, without checks.
const ROOM: u32 = 2000;
/// Rows above the first to be filled: title and header.
const ABOVE: u32 = 2;
/// Widths of a form: labels and values.
const FORM: (f64, f64) = (24.0, 64.0);
/// Days that anything here can have happened on.
const DAYS: ((u16, u8, u8), (u16, u8, u8)) = ((1990, 1, 1), (2099, 12, 31));
/// Width of the instructions, in terminal columns.
const LINE: usize = 110;

/// Formats of a book.
struct Styles {
    title: Format,
    head: Format,
    required: Format,
    label: Format,
    note: Format,
}

impl Styles {
    fn new() -> Styles {
        let base = Format::new().set_font_name("等线").set_font_size(10.5);
        let head = base
            .clone()
            .set_bold()
            .set_text_wrap()
            .set_border(FormatBorder::Thin)
            .set_align(FormatAlign::Center)
            .set_align(FormatAlign::VerticalCenter)
            .set_background_color(Color::RGB(0x00E7_ECF3));
        Styles {
            title: base.clone().set_bold().set_font_size(16.0).set_align(FormatAlign::VerticalCenter),
            required: head.clone().set_font_color(Color::RGB(0x00B4_2318)),
            label: head.clone().set_align(FormatAlign::Left),
            head,
            note: base.set_text_wrap().set_align(FormatAlign::Top),
        }
    }

    /// Cells to be filled.
    fn cell(kind: ColumnKind, border: bool) -> Format {
        let format = Format::new().set_font_name("等线").set_font_size(10.5).set_text_wrap();
        let format = if border { format.set_border(FormatBorder::Thin) } else { format };
        match kind {
            ColumnKind::Date => format.set_num_format("yyyy-mm-dd"),
            ColumnKind::Count => format.set_num_format("0"),
            ColumnKind::Id => format.set_num_format("@"),
            ColumnKind::Text | ColumnKind::Flag => format,
        }
    }
}

/// Writes a book.
pub(super) fn draw(book: &Book, catalogue: &Catalogue, scratch: &Path, out: &mut Out) -> Result<(), Cause> {
    let styles = Styles::new();
    let mut workbook = Workbook::new();
    workbook.set_tempdir(scratch)?;
    // No clock: the file is the same whenever it is made.
    let day = ExcelDateTime::from_ymd(2026, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_title(&book.title).set_creation_datetime(&day));
    let sheet = workbook.add_worksheet();
    sheet.set_name(&book.sheet)?;
    sheet.set_paper_size(9).set_print_fit_to_pages(1, 0);
    sheet.set_row_height(0, 30)?;
    sheet.write_string_with_format(0, 0, &book.title, &styles.title)?;
    if book.form {
        form(sheet, book, catalogue, &styles)?;
    } else {
        table(sheet, book, catalogue, &styles)?;
    }
    instructions(workbook.add_worksheet(), book, catalogue, &styles)?;
    workbook.save_to_writer(out)?;
    Ok(())
}

fn table(sheet: &mut Worksheet, book: &Book, catalogue: &Catalogue, styles: &Styles) -> Result<(), Cause> {
    sheet.set_landscape();
    sheet.set_freeze_panes(ABOVE, 2)?;
    sheet.set_repeat_rows(ABOVE - 1, ABOVE - 1)?;
    sheet.set_row_height(ABOVE - 1, 32)?;
    for (c, column) in (0..).zip(&book.columns) {
        let style = if column.required { &styles.required } else { &styles.head };
        sheet.set_column_width(c, f64::from(column.width))?;
        sheet.set_column_format(c, &Styles::cell(column.kind, false))?;
        sheet.write_string_with_format(ABOVE - 1, c, &column.header, style)?;
        if let Some(check) = check(column, catalogue)? {
            sheet.add_data_validation(ABOVE, c, ABOVE + ROOM - 1, c, &check)?;
        }
    }
    Ok(())
}

fn form(sheet: &mut Worksheet, book: &Book, catalogue: &Catalogue, styles: &Styles) -> Result<(), Cause> {
    sheet.set_column_width(0, FORM.0)?;
    sheet.set_column_width(1, FORM.1)?;
    for (r, column) in (1..).zip(&book.columns) {
        let style = if column.required {
            &styles.label.clone().set_font_color(Color::RGB(0x00B4_2318))
        } else {
            &styles.label
        };
        sheet.set_row_height(r, 24)?;
        sheet.write_string_with_format(r, 0, &column.header, style)?;
        sheet.write_blank(r, 1, &Styles::cell(column.kind, true))?;
        if let Some(check) = check(column, catalogue)? {
            sheet.add_data_validation(r, 1, r, 1, &check)?;
        }
    }
    Ok(())
}

/// What may be typed into a column, with the words for what may not.
fn check(column: &Column, catalogue: &Catalogue) -> Result<Option<DataValidation>, Cause> {
    let choices = column.choices();
    let day = |(year, month, day)| ExcelDateTime::from_ymd(year, month, day);
    let (check, key) = match column.kind {
        _ if !choices.is_empty() => (DataValidation::new().allow_list_strings(&choices)?, "choice"),
        ColumnKind::Date => {
            let rule = DataValidationRule::Between(day(DAYS.0)?, day(DAYS.1)?);
            (DataValidation::new().allow_date(rule), "date")
        }
        ColumnKind::Count => {
            let rule = DataValidationRule::GreaterThanOrEqualTo(0);
            (DataValidation::new().allow_whole_number(rule), "count")
        }
        _ => return Ok(None),
    };
    let title = catalogue.text("template.wrong");
    let words = catalogue.fill(&format!("template.kind.{key}"), &[("list", choices.join("、"))]);
    // The format holds so many characters and no more.
    let words: String = words.chars().take(220).collect();
    // A choice that is missing from the list may be the truth.
    let style =
        if key == "choice" { DataValidationErrorStyle::Warning } else { DataValidationErrorStyle::Stop };
    Ok(Some(check.set_error_title(title)?.set_error_message(words)?.set_error_style(style)))
}

/// How to fill it in: lines of text in one column, which no reader takes for a table.
fn instructions(
    sheet: &mut Worksheet,
    book: &Book,
    catalogue: &Catalogue,
    styles: &Styles,
) -> Result<(), Cause> {
    sheet.set_name(catalogue.text("template.sheet"))?;
    sheet.set_paper_size(9).set_print_fit_to_pages(1, 0);
    sheet.set_column_width(0, LINE as f64)?;
    sheet.set_row_height(0, 28)?;
    sheet.write_string_with_format(
        0,
        0,
        catalogue.fill("template.title", &[("title", &book.title)]),
        &styles.title,
    )?;
    let shape = if book.form { "form" } else { "table" };
    let general = (1..=5).map(|i| catalogue.text(&format!("template.{shape}.{i}")).into_owned());
    let columns = book.columns.iter().filter(|column| column.field != "seq");
    let columns = columns.map(|column| of_column(column, catalogue));
    for (r, text) in (1..).zip(general.chain(columns)) {
        sheet.set_row_height(r, 15.0 * width(&text).div_ceil(LINE).max(1) as f64 + 3.0)?;
        sheet.write_string_with_format(r, 0, &text, &styles.note)?;
    }
    Ok(())
}

/// What stands in a column, whether it must, and how it is written.
fn of_column(column: &Column, catalogue: &Catalogue) -> String {
    let choices = column.choices();
    let kind = match column.kind {
        _ if !choices.is_empty() => "choice",
        ColumnKind::Text => "text",
        ColumnKind::Id => "id",
        ColumnKind::Date => "date",
        ColumnKind::Count => "count",
        ColumnKind::Flag => "choice",
    };
    let must = catalogue.text(if column.required { "template.required" } else { "template.optional" });
    let kind = catalogue.fill(&format!("template.kind.{kind}"), &[("list", choices.join("、"))]);
    let args =
        [("header", column.header.as_str()), ("must", &must), ("kind", &kind), ("example", &column.example)];
    let key = if column.example.is_empty() { "template.column" } else { "template.column-example" };
    catalogue.fill(key, &args)
}
