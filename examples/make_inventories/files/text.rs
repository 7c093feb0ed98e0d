//! CSV files in the encodings and line endings that units send.

use super::table::Table;
use std::error::Error;

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// UTF-8 with line feeds.
pub(crate) fn utf8(table: &Table) -> Result<Vec<u8>, Box<dyn Error>> {
    csv_text(table, csv::Terminator::Any(b'\n'))
}

/// UTF-8 with a byte-order mark and CRLF.
pub(crate) fn utf8_with_mark(table: &Table) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut bytes = BYTE_ORDER_MARK.to_vec();
    bytes.extend(csv_text(table, csv::Terminator::CRLF)?);
    Ok(bytes)
}

/// GBK with CRLF. Fails if a character has no place in GBK: such a file could not have been sent.
pub(crate) fn gbk(table: &Table) -> Result<Vec<u8>, Box<dyn Error>> {
    let text = String::from_utf8(csv_text(table, csv::Terminator::CRLF)?)?;
    let (bytes, _, lossy) = encoding_rs::GBK.encode(&text);
    if lossy {
        return Err("a character is not in GBK".into());
    }
    Ok(bytes.into_owned())
}

fn csv_text(table: &Table, terminator: csv::Terminator) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut writer = csv::WriterBuilder::new().flexible(true).terminator(terminator).from_writer(Vec::new());
    for row in &table.rows {
        writer.write_record(row.iter().map(super::table::Cell::plain))?;
    }
    Ok(writer.into_inner()?)
}
