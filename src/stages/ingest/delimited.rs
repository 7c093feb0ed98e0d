//! CSV, TSV and their relatives.
//!
//! For: comma, semicolon, tab and bar, quoted or not, ragged, with stray quotes. Not for: decoding
//! (`content`). Invariant: a faulty record costs its own line; the next line starts afresh.

use super::content::{Content, Shape};
use super::own;
use super::readers::{Reader, RowSink, TableStart, Unreadable};
use crate::model::RawCell;

/// Candidates, the most usual first: ties go to the earlier.
const DELIMITERS: [u8; 4] = [b',', b'\t', b';', b'|'];
/// Lines the delimiter is told from.
const SAMPLE_LINES: usize = 50;

/// Separated values in any text encoding.
pub(super) struct Delimited;

impl Reader for Delimited {
    fn recognises(&self, content: &Content<'_>) -> bool {
        content.shape == Shape::Text
    }

    fn read(&self, content: &Content<'_>, sink: &mut dyn RowSink) -> Result<&'static str, Unreadable> {
        let mut text = content.text.as_ref();
        if own::is_table(text) {
            return Err(own::result());
        }
        let mut line = 1;
        let mut delimiter = delimiter(text);
        sink.begin(&TableStart { fixed_width: true, ..TableStart::default() });
        // Excel's own first line "sep=;" names the delimiter.
        let first = text.lines().next().unwrap_or("");
        if let Some(named) = first.strip_prefix("sep=").filter(|d| d.len() == 1) {
            delimiter = named.as_bytes()[0];
            sink.row(1, &[RawCell::Text(first.to_owned())]);
            text = text.split_once('\n').map_or("", |(_, rest)| rest);
            line = 2;
        }
        read_from(text, line, delimiter, sink);
        sink.end();
        Ok(if delimiter == b'\t' { "tsv" } else { "csv" })
    }
}

/// Reads records until the end; after a faulty one it starts again at the next line.
fn read_from(text: &str, first_line: u32, delimiter: u8, sink: &mut dyn RowSink) {
    let mut cells: Vec<RawCell> = Vec::new();
    let mut start = 0;
    let mut line = first_line;
    let mut width = 0;
    loop {
        let mut reader = parser(delimiter, true).from_reader(&text.as_bytes()[start..]);
        let mut record = csv::ByteRecord::new();
        let mut end = start;
        let restart = loop {
            // In-memory reads of flexible records cannot fail.
            if !reader.read_byte_record(&mut record).unwrap_or(false) {
                break None;
            }
            let mut next = start + reader.position().byte() as usize;
            // The parser stops between the two characters of a line end.
            if text[..floor(text, next)].ends_with('\r') && text[floor(text, next)..].starts_with('\n') {
                next += 1;
            }
            let source = &text[floor(text, end)..floor(text, next)];
            end = next;
            let content = source.trim_start_matches(['\r', '\n']);
            let blank = newlines(&source[..source.len() - content.len()]);
            sink.blank(u64::from(blank));
            line += blank;
            let lines = newlines(content.trim_end_matches(['\r', '\n']));
            if lines > 0 && runs_on(content, record.len(), width, delimiter) {
                break Some(end - content.len());
            }
            fill(&mut cells, record.iter());
            sink.row(line, &cells);
            width = record.len();
            line += lines + u32::from(content.ends_with(['\n', '\r']));
        };
        let Some(at) = restart else {
            let rest = &text[floor(text, end)..];
            sink.blank(u64::from(newlines(rest)));
            return;
        };
        // The quote that runs on is taken for an ordinary character of its line.
        let rest = &text[at..];
        let length = rest.find('\n').map_or(rest.len(), |i| i + 1);
        single_line(&rest[..length], delimiter, &mut cells);
        sink.row(line, &cells);
        line += 1;
        start = at + length;
    }
}

/// Whether a record over several lines is a quote that was never closed: an odd number of quotes, a
/// different number of cells than the record before while its first line alone has as many, or quotes
/// that end in the middle of a cell while every line alone is a whole row.
fn runs_on(source: &str, cells: usize, width: usize, delimiter: u8) -> bool {
    if source.bytes().filter(|&b| b == b'"').count() % 2 == 1 {
        return true;
    }
    let mut alone = Vec::new();
    let mut width_of = |line| {
        single_line(line, delimiter, &mut alone);
        alone.len()
    };
    if width > 0 && cells != width && width_of(source.lines().next().unwrap_or("")) == width {
        return true;
    }
    width > 1
        && ends_inside(source.as_bytes(), delimiter)
        && source.lines().filter(|line| !line.trim().is_empty()).all(|line| width_of(line) >= width)
}

/// Whether a quoted cell goes on behind its closing quote, which no program writes.
fn ends_inside(record: &[u8], delimiter: u8) -> bool {
    let (mut quoted, mut begins) = (false, true);
    let mut at = 0;
    while let Some(&b) = record.get(at) {
        let next = record.get(at + 1).copied();
        if !quoted {
            (quoted, begins) = (begins && b == b'"', b == delimiter);
        } else if b == b'"' && next == Some(b'"') {
            at += 1;
        } else if b == b'"' {
            if next.is_some_and(|n| n != delimiter && !matches!(n, b'\r' | b'\n')) {
                return true;
            }
            quoted = false;
        }
        at += 1;
    }
    false
}

/// One line, quotes taken literally except around a whole cell.
fn single_line(line: &str, delimiter: u8, cells: &mut Vec<RawCell>) {
    let mut reader = parser(delimiter, false).from_reader(line.as_bytes());
    let mut record = csv::ByteRecord::new();
    if !reader.read_byte_record(&mut record).unwrap_or(false) {
        record.clear();
    }
    let bare = |cell: &'_ [u8]| -> Vec<u8> {
        let inner = cell.strip_prefix(b"\"").and_then(|c| c.strip_suffix(b"\""));
        inner.unwrap_or(cell).to_vec()
    };
    let owned: Vec<Vec<u8>> = record.iter().map(bare).collect();
    fill(cells, owned.iter().map(Vec::as_slice));
}

/// Puts a record into the cell buffer, keeping its allocations.
fn fill<'a>(cells: &mut Vec<RawCell>, record: impl Iterator<Item = &'a [u8]>) {
    let mut count = 0;
    for bytes in record {
        // The source is valid text and cells are cut at ASCII characters.
        let text = std::str::from_utf8(bytes).unwrap_or("");
        match cells.get_mut(count) {
            Some(RawCell::Text(buffer)) => {
                buffer.clear();
                buffer.push_str(text);
            }
            Some(cell) => *cell = RawCell::Text(text.to_owned()),
            None => cells.push(RawCell::Text(text.to_owned())),
        }
        count += 1;
    }
    cells.truncate(count);
}

fn parser(delimiter: u8, quoting: bool) -> csv::ReaderBuilder {
    let mut builder = csv::ReaderBuilder::new();
    builder.has_headers(false).flexible(true).delimiter(delimiter).quoting(quoting);
    builder
}

/// Line ends in a text: "\r\n" and a lone "\r" are one.
fn newlines(text: &str) -> u32 {
    let bytes = text.as_bytes();
    let lone = |i: usize| bytes[i] == b'\r' && bytes.get(i + 1) != Some(&b'\n');
    (0..bytes.len()).filter(|&i| bytes[i] == b'\n' || lone(i)).count() as u32
}

/// The nearest character boundary at or below a byte offset.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The delimiter under which most sample lines have the same number of cells, and more than one.
fn delimiter(text: &str) -> u8 {
    let end =
        text.char_indices().filter(|(_, c)| *c == '\n').nth(SAMPLE_LINES).map_or(text.len(), |(i, _)| i);
    let sample = &text[..end];
    let score = |delimiter: u8| {
        let mut reader = parser(delimiter, true).from_reader(sample.as_bytes());
        let mut widths = std::collections::BTreeMap::<usize, usize>::new();
        let mut record = csv::ByteRecord::new();
        while reader.read_byte_record(&mut record).unwrap_or(false) {
            *widths.entry(record.len()).or_default() += 1;
        }
        let best =
            widths.iter().filter(|(width, _)| **width > 1).max_by_key(|&(width, lines)| (*lines, *width));
        best.map_or((0, 0), |(width, lines)| (*lines, *width))
    };
    let scored = DELIMITERS.iter().rev().map(|&d| (score(d), d));
    scored.max_by_key(|(score, _)| *score).filter(|(score, _)| score.0 > 0).map_or(b',', |(_, d)| d)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows as (line, cells), blank rows counted.
    #[derive(Default)]
    struct Collect(Vec<(u32, Vec<String>)>, u64);

    impl RowSink for Collect {
        fn begin(&mut self, _: &TableStart<'_>) {}
        fn row(&mut self, row: u32, cells: &[RawCell]) {
            self.0.push((row, cells.iter().map(|c| c.display().into_owned()).collect()));
        }
        fn blank(&mut self, rows: u64) {
            self.1 += rows;
        }
        fn broken(&mut self, _: u32, _: &str, _: &'static str, _: &str) {}
        fn cut_off(&mut self, _: &'static str, _: &str) {}
        fn end(&mut self) {}
    }

    fn read(text: &str) -> (Vec<(u32, Vec<String>)>, u64) {
        let mut sink = Collect::default();
        Delimited.read(&Content::new(text.as_bytes()), &mut sink).unwrap();
        (sink.0, sink.1)
    }

    fn row(line: u32, cells: &[&str]) -> (u32, Vec<String>) {
        (line, cells.iter().map(|c| (*c).to_owned()).collect())
    }

    #[test]
    fn lines_are_numbered_as_an_editor_does() {
        let (rows, blank) = read("a,b\r\n\r\n\"1\n2\",3\n\n4,5\n\n\n");
        assert_eq!(rows, [row(1, &["a", "b"]), row(3, &["1\n2", "3"]), row(6, &["4", "5"])]);
        assert_eq!(blank, 4);
    }

    #[test]
    fn delimiters_are_told_from_the_text() {
        for text in
            ["a;b;c\n1,5;2;3\n", "a\tb\tc\n1,5\t2\t3\n", "a|b|c\n1,5|2|3\n", "sep=;\na;b;c\n1,5;2;3\n"]
        {
            let rows = read(text).0;
            assert_eq!(rows.last().unwrap().1, ["1,5", "2", "3"], "{text}");
        }
        assert_eq!(read("名称\n甲\n").0[1], row(2, &["甲"]));
    }

    #[test]
    fn a_stray_quote_costs_no_other_line() {
        let (rows, _) = read("a,b\n\"甲说,1\n乙,2\n\"丙\",3\n");
        assert_eq!(rows[1], row(2, &["\"甲说", "1"]));
        assert_eq!(rows[2], row(3, &["乙", "2"]));
        assert_eq!(rows[3], row(4, &["丙", "3"]));
        let (rows, _) = read("a,b\n1,\"never closed\n2,3\n4,5");
        assert_eq!(rows.len(), 4);
        assert_eq!(rows[3], row(4, &["4", "5"]));
    }

    #[test]
    fn stray_quotes_of_several_lines_do_not_close_each_other() {
        let (rows, _) = read("a,b\n\"甲说,1\n\"乙说,2\n丙说,\"3\"\"\n丁说,\"4\"\"\n");
        let lines: Vec<u32> = rows.iter().map(|(line, _)| *line).collect();
        assert_eq!(lines, [1, 2, 3, 4, 5]);
        assert_eq!(rows[2], row(3, &["\"乙说", "2"]));
    }

    proptest::proptest! {
        #[test]
        fn every_line_is_accounted_for(text in "[a甲,\"\n\r;]{0,60}") {
            let (rows, blank) = read(&text);
            let lines = rows.iter().map(|(line, _)| *line).collect::<Vec<_>>();
            proptest::prop_assert!(lines.windows(2).all(|w| w[0] < w[1]), "{lines:?}");
            let _ = blank;
        }

        #[test]
        fn clean_tables_round_trip(cells in proptest::collection::vec(proptest::collection::vec("[a甲,\" ]{1,5}|[甲\n]{2,4}x", 3), 1..6)) {
            let mut writer = csv::Writer::from_writer(Vec::new());
            for row in &cells {
                writer.write_record(row).unwrap();
            }
            let bytes = writer.into_inner().unwrap();
            let (rows, _) = read(std::str::from_utf8(&bytes).unwrap());
            let back: Vec<Vec<String>> = rows.into_iter().map(|(_, r)| r).collect();
            proptest::prop_assert_eq!(back, cells);
        }
    }
}
