//! Workbooks with merged titles and headers, numbers, date cells, blank rows and footers.
//!
//! Invariant: no clock. The creation time is fixed, so the bytes are.

use super::table::{Cell, Table};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet};
use std::error::Error;

/// A workbook with one sheet per table.
pub(crate) fn write(tables: &[(&str, Table)]) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut workbook = Workbook::new();
    let created = ExcelDateTime::from_ymd(2026, 11, 20)?.and_hms(9, 30, 0)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&created));
    for (name, table) in tables {
        fill(workbook.add_worksheet().set_name(*name)?, table)?;
    }
    Ok(workbook.save_to_buffer()?)
}

fn fill(sheet: &mut Worksheet, table: &Table) -> Result<(), Box<dyn Error>> {
    let date = Format::new().set_num_format("yyyy-mm-dd");
    let merged = Format::new().set_align(FormatAlign::Center);
    for (r, row) in table.rows.iter().enumerate() {
        for (c, cell) in row.iter().enumerate() {
            let (at_row, at_col) = (u32::try_from(r)?, u16::try_from(c)?);
            let (to_row, to_col) = merge_end(table, r, c);
            if (to_row, to_col) != (r, c) {
                let (to_row, to_col) = (u32::try_from(to_row)?, u16::try_from(to_col)?);
                sheet.merge_range(at_row, at_col, to_row, to_col, &cell.plain(), &merged)?;
                continue;
            }
            match cell {
                Cell::Text(text) => _ = sheet.write_string(at_row, at_col, text)?,
                Cell::Number(number) => _ = sheet.write_number(at_row, at_col, *number)?,
                Cell::Date { year, month, day } => {
                    let day = ExcelDateTime::from_ymd(*year, *month, *day)?;
                    sheet.write_datetime_with_format(at_row, at_col, &day, &date)?;
                }
                Cell::Empty | Cell::Left | Cell::Above => {}
            }
        }
    }
    Ok(())
}

/// Last row and column of the range merged with a cell: along its row or down its column.
fn merge_end(table: &Table, row: usize, column: usize) -> (usize, usize) {
    let cell = |r: usize, c: usize| table.rows.get(r).and_then(|cells| cells.get(c));
    if matches!(cell(row, column), Some(Cell::Left | Cell::Above) | None) {
        return (row, column);
    }
    let across =
        (column + 1..table.rows[row].len()).take_while(|&c| cell(row, c) == Some(&Cell::Left)).count();
    if across > 0 {
        return (row, column + across);
    }
    let down = (row + 1..table.rows.len()).take_while(|&r| cell(r, column) == Some(&Cell::Above)).count();
    (row + down, column)
}
