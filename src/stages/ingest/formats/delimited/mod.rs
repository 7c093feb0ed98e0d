//! CSV, TSV and their relatives.
//!
//! For: comma, semicolon, tab and bar, quoted or not, ragged, with stray quotes. Not for: decoding
//! (`content`). Invariant: a faulty record costs its own line; the next line starts afresh.

mod delimiter;
mod quotes;
mod splitter;
#[cfg(test)]
mod tests;

pub(in super::super) use splitter::Splitter;

use super::{Reader, Unreadable};
use crate::stages::ingest::content::{Content, Shape, own};
use crate::stages::ingest::rows::{RowSink, TableStart};

/// Separated values in any text encoding.
pub(in super::super) struct Delimited;

impl Reader for Delimited {
    fn recognises(&self, content: &Content<'_>) -> bool {
        content.shape == Shape::Text
    }

    fn read(&self, content: &Content<'_>, sink: &mut dyn RowSink) -> Result<&'static str, Unreadable> {
        if !sink.takes_results() && own::is_table(&content.text) {
            return Err(own::result());
        }
        let mut splitter = Splitter::new(&content.text);
        sink.begin(&START);
        splitter.feed(&content.text, true, sink);
        sink.end();
        Ok(splitter.format())
    }
}

/// How a table of separated values begins.
pub(in super::super) const START: TableStart<'static> =
    TableStart { name: "", above: &[], headers: None, is_1904: false, fixed_width: true };
