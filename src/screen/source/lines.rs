//! One text or JSON object a line.
//!
//! For: `.txt` and `.jsonl`, and lists that are piped in. Not for: tables.

use super::{Opened, Row, Unfit};
use serde_json::Value;
use std::io::{self, BufRead};

/// The only column of plain lines.
const TEXT: &str = "text";

/// A line without its end; `None` after the last one. Bytes are UTF-8 by now.
fn line(reader: &mut impl BufRead) -> io::Result<Option<String>> {
    let mut line = String::new();
    if reader.read_line(&mut line)? == 0 {
        return Ok(None);
    }
    line.truncate(line.trim_end_matches(['\n', '\r']).len());
    Ok(Some(line))
}

/// Plain texts, a line each, empty ones too.
pub(super) fn texts(mut reader: impl BufRead + 'static) -> Opened {
    let rows = move || Ok(line(&mut reader)?.map(|text| Row::Cells(vec![text])));
    opened(vec![TEXT.to_owned()], false, Box::new(rows))
}

/// JSON objects, a line each; empty lines are no rows.
pub(super) fn objects(mut reader: impl BufRead + 'static) -> Result<Opened, Unfit> {
    let mut next = move || -> io::Result<Option<Row>> {
        while let Some(text) = line(&mut reader)? {
            if !text.trim().is_empty() {
                return Ok(Some(match serde_json::from_str(&text) {
                    Ok(Value::Object(fields)) => Row::Object(fields),
                    _ => Row::Stray(text),
                }));
            }
        }
        Ok(None)
    };
    // Columns are those of the first object; what is no object before it is kept.
    let mut held = Vec::new();
    let columns = loop {
        match next()? {
            None if held.is_empty() => return Err(Unfit::Empty),
            None => break vec![TEXT.to_owned()],
            Some(row) => {
                let columns = match &row {
                    Row::Object(fields) => Some(fields.keys().cloned().collect()),
                    _ => None,
                };
                held.push(row);
                if let Some(columns) = columns {
                    break columns;
                }
            }
        }
    };
    let mut held = held.into_iter();
    let rows = move || held.next().map_or_else(&mut next, |row| Ok(Some(row)));
    Ok(opened(columns, true, Box::new(rows)))
}

fn opened(columns: Vec<String>, is_json: bool, rows: super::Rows) -> Opened {
    Opened { columns, is_json, has_mark: false, above: 0, sheets: Vec::new(), rows }
}
