//! Records of separated values, cut as people and programs write them.
//!
//! For: lines, quotes and delimiters. Not for: encodings.

use super::*;
use crate::stages::ingest::rows::Cell;

/// Rows as (line, cells), blank rows counted.
#[derive(Default)]
struct Collect(Vec<(u32, Vec<String>)>, u64);

impl RowSink for Collect {
    fn begin(&mut self, _: &TableStart<'_>) {}
    fn row(&mut self, row: u32, cells: &[Cell<'_>]) {
        self.0.push((row, cells.iter().map(|c| c.display().into_owned()).collect()));
    }
    fn line(&mut self, row: u32, line: &str, delimiter: u8) {
        let cells: Vec<Cell<'_>> = line.split(char::from(delimiter)).map(Cell::Text).collect();
        self.row(row, &cells);
    }
    fn blank(&mut self, rows: u64) {
        self.1 += rows;
    }
    fn broken(&mut self, _: u32, _: &str, _: &'static str, _: &str) {}
    fn remark(&mut self, _: crate::model::Diagnostic) {}
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
    for text in ["a;b;c\n1,5;2;3\n", "a\tb\tc\n1,5\t2\t3\n", "a|b|c\n1,5|2|3\n", "sep=;\na;b;c\n1,5;2;3\n"] {
        let rows = read(text).0;
        assert_eq!(rows.last().unwrap().1, ["1,5", "2", "3"], "{text}");
    }
    assert_eq!(read("名称\n甲\n").0[1], row(2, &["甲"]));
    // One name in five has a comma in it.
    assert_eq!(read("名称\n甲\n乙,丙\n丁\n戊\n").0[2], row(3, &["乙,丙"]));
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
