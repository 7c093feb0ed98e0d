//! JSON lines.
//!
//! For: programs, and rows whose fields differ. Every value keeps its type.

use super::{ADDED, Cause, Row, Writer, fields};
use serde_json::Value;
use std::io::Write;

/// One object a line.
pub struct Json<W: Write> {
    out: W,
    own: Vec<String>,
}

impl<W: Write> Json<W> {
    /// A writer of rows with these columns.
    pub fn new(out: W, own: Vec<String>) -> Json<W> {
        Json { out, own }
    }
}

impl<W: Write> Writer for Json<W> {
    fn row(&mut self, row: &Row, added: &[String]) -> Result<(), Cause> {
        let mut fields = fields(row, &self.own);
        fields.extend(
            ADDED.iter().zip(added).map(|(&name, value)| (name.to_owned(), Value::from(value.as_str()))),
        );
        serde_json::to_writer(&mut self.out, &fields)?;
        Ok(self.out.write_all(b"\n")?)
    }

    fn finish(mut self: Box<Self>) -> Result<u64, Cause> {
        self.out.flush()?;
        Ok(0)
    }
}
