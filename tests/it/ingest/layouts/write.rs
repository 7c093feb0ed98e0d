//! Writes a drawn table in its format.

use super::draw::{Cell, Drawn, Format};
use std::fmt::Write as _;

pub(super) fn write(drawn: &Drawn) -> Vec<u8> {
    match drawn.format {
        Format::Comma => separated(drawn, b','),
        Format::Tab => separated(drawn, b'\t'),
        Format::Gbk => {
            let text = String::from_utf8(separated(drawn, b',')).unwrap();
            encoding_rs::GB18030.encode(&text).0.into_owned()
        }
        Format::Utf16 => {
            let text = String::from_utf8(separated(drawn, b'\t')).unwrap();
            let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
            units.flat_map(u16::to_le_bytes).collect()
        }
        Format::Html => html(drawn).into_bytes(),
        Format::Xlsx => xlsx(drawn),
    }
}

fn separated(drawn: &Drawn, delimiter: u8) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter).flexible(true).from_writer(Vec::new());
    for row in &drawn.rows {
        writer.write_record(row.iter().map(Cell::shown)).unwrap();
    }
    writer.into_inner().unwrap()
}

/// As spreadsheets save a web page.
fn html(drawn: &Drawn) -> String {
    let mut page = String::from("<html><head><meta charset=\"utf-8\"></head><body><table border=1>\n");
    for (r, row) in drawn.rows.iter().enumerate() {
        page.push_str("<tr>");
        for (c, cell) in row.iter().enumerate() {
            let over = |&&[top, left, bottom, right]: &&[usize; 4]| {
                (top..=bottom).contains(&r) && (left..=right).contains(&c)
            };
            let span = match drawn.merges.iter().find(over) {
                Some(&[top, left, bottom, right]) if (top, left) == (r, c) => {
                    format!(" rowspan={} colspan={}", bottom - top + 1, right - left + 1)
                }
                Some(_) => continue,
                None => String::new(),
            };
            let text = cell.shown().replace('&', "&amp;").replace('<', "&lt;").replace('\n', "<br>");
            let _ = write!(page, "<td{span}>{text}</td>");
        }
        page.push_str("</tr>\n");
    }
    page + "</table></body></html>"
}

fn xlsx(drawn: &Drawn) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let plain = rust_xlsxwriter::Format::new();
    let dated = rust_xlsxwriter::Format::new().set_num_format("yyyy/m/d");
    let sheet = book.add_worksheet();
    for &[top, left, bottom, right] in &drawn.merges {
        sheet.merge_range(top as u32, left as u16, bottom as u32, right as u16, "", &plain).unwrap();
    }
    for (r, row) in drawn.rows.iter().enumerate() {
        for (c, cell) in row.iter().enumerate() {
            let (r, c) = (r as u32, c as u16);
            match cell {
                Cell::Empty => {}
                Cell::Text(text) => drop(sheet.write_string(r, c, text).unwrap()),
                Cell::Number(number) => drop(sheet.write_number(r, c, *number).unwrap()),
                Cell::Day(day) => {
                    let serial = day.since(jiff::civil::date(1899, 12, 30)).unwrap().get_days();
                    sheet.write_number_with_format(r, c, f64::from(serial), &dated).unwrap();
                }
            }
        }
    }
    book.save_to_buffer().unwrap()
}
