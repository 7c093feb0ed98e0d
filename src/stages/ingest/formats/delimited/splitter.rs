//! Text → records, piece by piece.
//!
//! For: files of any size in little memory. Not for: what a record means. Invariant: every line of the text
//! is in exactly one record or is blank; lines are numbered as an editor does.

use super::delimiter::delimiter;
use super::quotes::{cells_of, runs_on};
use crate::stages::ingest::rows::{Cell, RowSink};
use csv_core::ReadRecordResult;
use memchr::{memchr, memchr2};

/// Longest record of several lines: a cell of a spreadsheet holds 32,767 characters. A quote that runs on
/// for longer was never meant to.
const LONGEST: usize = 4 << 20;

/// Cuts records off the front of a text.
pub(in super::super::super) struct Splitter {
    delimiter: char,
    /// The next line's number, 1-based.
    line: u32,
    /// Cells of the record before; 0 at the beginning.
    width: usize,
    /// The library's parser for records with quotes, and room for what it finds.
    parser: csv_core::Reader,
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

/// A record with quotes, as far as the parser came.
enum Quoted {
    /// Bytes read, and cells.
    Record { read: usize, cells: usize },
    /// The text ends within the record.
    Unfinished,
}

impl Splitter {
    /// Tells the delimiter from the beginning of a text, or takes it from Excel's own first line "sep=;".
    pub(in super::super::super) fn new(head: &str) -> Self {
        let named = head.lines().next().and_then(|line| line.strip_prefix("sep="));
        let mut letters = named.unwrap_or("").chars();
        let delimiter = match (letters.next(), letters.next()) {
            (Some(only), None) => only,
            _ => delimiter(head),
        };
        let byte = u8::try_from(delimiter).unwrap_or(b',');
        let parser = csv_core::ReaderBuilder::new().delimiter(byte).build();
        Splitter { delimiter, line: 1, width: 0, parser, bytes: vec![0; 4096], ends: vec![0; 64] }
    }

    /// The name of the format.
    pub(in super::super::super) fn format(&self) -> &'static str {
        if self.delimiter == '\t' { "tsv" } else { "csv" }
    }

    /// The number of the next line.
    pub(in super::super::super) fn line(&self) -> u32 {
        self.line
    }

    /// Sends every complete record and returns how many bytes they took; all of them when the text is the
    /// last piece.
    pub(in super::super::super) fn feed(
        &mut self,
        text: &str,
        is_last: bool,
        sink: &mut dyn RowSink,
    ) -> usize {
        let mut at = 0;
        // The plain line before, whose cells are only counted when a record with quotes follows.
        let mut before = None;
        while at < text.len() {
            let rest = &text[at..];
            let end = memchr(b'\n', rest.as_bytes());
            if end.is_none() && !is_last && rest.len() < LONGEST {
                break;
            }
            let taken = end.map_or(rest.len(), |end| end + 1);
            let line = &rest[..end.unwrap_or(rest.len())];
            let line = line.strip_suffix('\r').unwrap_or(line);
            if line.is_empty() {
                sink.blank(1);
                self.line += 1;
            } else if !self.delimiter.is_ascii() || memchr2(b'"', b'\r', line.as_bytes()).is_none() {
                self.plain(line, sink);
                before = Some(line);
            } else if let Some(read) = {
                self.count(before.take());
                self.quoted(rest, is_last, sink)
            } {
                at += read;
                continue;
            } else if !is_last && rest.len() < LONGEST {
                break;
            } else {
                // The quote that runs on is taken for an ordinary character of its line.
                let cells: Vec<Cell<'_>> = cells_of(line, self.delimiter).map(Cell::Text).collect();
                sink.row(self.line, &cells);
                self.line += 1;
            }
            at += taken;
        }
        self.count(before);
        at
    }

    /// Notes how many cells the record before had, if it was a plain line.
    fn count(&mut self, before: Option<&str>) {
        if let Some(line) = before {
            self.width = line.matches(self.delimiter).count() + 1;
        }
    }

    /// A line without quotes: most lines of most files.
    fn plain(&mut self, line: &str, sink: &mut dyn RowSink) {
        match u8::try_from(self.delimiter) {
            Ok(byte) if byte.is_ascii() => {
                sink.line(self.line, line, byte);
            }
            _ => {
                let cells: Vec<Cell<'_>> = line.split(self.delimiter).map(Cell::Text).collect();
                sink.row(self.line, &cells);
            }
        }
        self.line += 1;
    }

    /// A record with quotes, perhaps over several lines. Nothing when it does not end, or ends where it
    /// should not.
    fn quoted(&mut self, rest: &str, is_last: bool, sink: &mut dyn RowSink) -> Option<usize> {
        let within = &rest.as_bytes()[..rest.len().min(LONGEST)];
        let Quoted::Record { mut read, cells } = self.parse(within, is_last && within.len() == rest.len())
        else {
            return None;
        };
        // The parser stops between the two characters of a line end.
        if within[..read].ends_with(b"\r") && rest.as_bytes().get(read) == Some(&b'\n') {
            read += 1;
        }
        let source = &rest[..read];
        let bare = source.trim_end_matches(['\r', '\n']);
        let lines = newlines(bare);
        if lines > 0 && runs_on(source, cells, self.width, self.delimiter) {
            return None;
        }
        // The source is valid text, and cells are cut at ASCII characters.
        let joined = std::str::from_utf8(&self.bytes[..self.ends[cells - 1]]).unwrap_or("");
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        let spans = starts.zip(self.ends.iter().copied()).take(cells);
        let cells: Vec<Cell<'_>> =
            spans.map(|(from, to)| Cell::Text(joined.get(from..to).unwrap_or(""))).collect();
        sink.row(self.line, &cells);
        self.width = cells.len();
        self.line += lines + newlines(&source[bare.len()..]);
        Some(read)
    }

    /// Runs the library's parser over one record; there is room for as much as it reads.
    fn parse(&mut self, source: &[u8], is_last: bool) -> Quoted {
        self.parser.reset();
        let (mut read, mut written, mut cells) = (0, 0, 0);
        loop {
            let (result, taken, put, ended) =
                self.parser.read_record(&source[read..], &mut self.bytes[written..], &mut self.ends[cells..]);
            (read, written, cells) = (read + taken, written + put, cells + ended);
            match result {
                ReadRecordResult::Record if cells > 0 => return Quoted::Record { read, cells },
                ReadRecordResult::OutputFull => self.bytes.resize(self.bytes.len() * 2, 0),
                ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
                // Asked once more with nothing left, it takes the end of the text for the end of the record.
                ReadRecordResult::InputEmpty if is_last => {}
                _ => return Quoted::Unfinished,
            }
        }
    }
}

/// Line ends in a text: "\r\n" and a lone "\r" are one.
fn newlines(text: &str) -> u32 {
    let bytes = text.as_bytes();
    let lone = |i: usize| bytes[i] == b'\r' && bytes.get(i + 1) != Some(&b'\n');
    (0..bytes.len()).filter(|&i| bytes[i] == b'\n' || lone(i)).count() as u32
}
