//! Separated values: comma, tab, semicolon or bar.
//!
//! For: tables of texts of any length in flat memory. Not for: inventories (`stages/ingest`), whose columns are understood.

use super::{Opened, Row, Unfit};
use crate::knowledge::text::fold;
use crate::screen::column::is_usual;
use csv::{ReaderBuilder, StringRecord};
use std::io::{self, BufReader, Read};

/// Rows among which the header is looked for.
pub(super) const TITLES: usize = 10;

/// The separator of the first line: the one that stands there most often, a comma if none does.
fn separator<R: Read>(reader: &BufReader<R>) -> u8 {
    let line = reader.buffer().split(|&byte| byte == b'\n').next().unwrap_or_default();
    let count = |separator: u8| memchr::memchr_iter(separator, line).count();
    // Of equal ones the last, which is the comma.
    let best = [b'|', b';', b'\t', b','].into_iter().max_by_key(|&separator| count(separator));
    best.unwrap_or(b',')
}

/// Whether the first line has a header under which texts usually stand.
pub(super) fn has_usual_header<R: Read>(reader: &BufReader<R>) -> bool {
    let line = reader.buffer().split(|&byte| byte == b'\n').next().unwrap_or_default();
    let line = String::from_utf8_lossy(line);
    line.trim().split(char::from(separator(reader))).any(|cell| is_usual(cell.trim_matches('"')))
}

/// The position of the header: the first row that has the column asked for, else the first one that is not empty.
pub(super) fn header(rows: &[Vec<String>], asked: Option<&str>) -> Option<usize> {
    let has = |row: &Vec<String>| asked.is_some_and(|asked| row.iter().any(|cell| fold(cell) == fold(asked)));
    let is_filled = |row: &Vec<String>| row.iter().any(|cell| !cell.trim().is_empty());
    rows.iter().position(has).or_else(|| rows.iter().position(is_filled))
}

pub(super) fn open<R: Read + 'static>(reader: BufReader<R>, asked: Option<&str>) -> Result<Opened, Unfit> {
    let separator = separator(&reader);
    let mut records = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .buffer_capacity(64 << 10)
        .from_reader(reader);
    let mut next = move || -> io::Result<Option<Vec<String>>> {
        let mut record = StringRecord::new();
        let is_any = records.read_record(&mut record).map_err(io::Error::other)?;
        Ok(is_any.then(|| record.iter().map(str::to_owned).collect()))
    };
    let mut head = Vec::new();
    while head.len() < TITLES {
        let Some(row) = next()? else { break };
        head.push(row);
    }
    let above = header(&head, asked).ok_or(Unfit::Empty)?;
    let columns = head.remove(above);
    let mut head = head.into_iter().skip(above);
    let (width, joint) = (columns.len(), char::from(separator).to_string());
    let rows = move || {
        let row = head.next().map_or_else(&mut next, |row| Ok(Some(row)))?;
        Ok(row.map(|row| Row::Cells(fitted(row, width, &joint))))
    };
    let rows = Box::new(rows);
    Ok(Opened { columns, is_json: false, has_mark: false, above, sheets: Vec::new(), rows })
}

/// A row of as many cells as there are columns. A text with a separator in it that nobody quoted fell apart into the
/// cells beyond the last column: they belong to it.
fn fitted(mut row: Vec<String>, width: usize, joint: &str) -> Vec<String> {
    if row.len() > width && width > 0 {
        let last = row.split_off(width - 1).join(joint);
        row.push(last);
    }
    row.resize(width, String::new());
    row
}
