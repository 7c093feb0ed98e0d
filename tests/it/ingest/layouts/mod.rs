//! Tables in layouts drawn at random, whose content is known.
//!
//! For: the promise that of such tables 99.5 % of the cells are read right and no row is lost. Not for: layouts
//! that somebody really sent (`fixtures`). `LAYOUTS=100000 cargo test --release --test it layouts` draws more of
//! them; what it gave is in `benches/README.md`. `LAYOUTS_KEPT=folder` keeps the files that were not read right.

mod body;
mod draw;
mod seeded;
mod write;

use super::show;
use draw::{Drawn, draw};
use std::collections::BTreeMap;
use zhijian::knowledge::lexicon::fields::FieldBook;
use zhijian::stages::ingest::{Ingested, ingest_bytes};

/// Layouts drawn unless the environment says how many.
const USUAL: usize = 2_400;
/// Layouts whose files are in memory at a time.
const TOGETHER: usize = 600;

#[derive(Default)]
struct Tally {
    cells: usize,
    right: usize,
    rows: usize,
    lost: usize,
    examples: Vec<String>,
}

impl Tally {
    /// Compares what was read with what was drawn, `records` being those of its file, in order; whether all of
    /// it is right.
    fn add(&mut self, name: &str, drawn: &Drawn, got: &Ingested, records: &[usize]) -> bool {
        self.rows += drawn.records.len();
        self.lost += drawn.records.len().abs_diff(records.len());
        if drawn.records.len() != records.len() {
            let found = records.len();
            self.example(format!("{name}: {found} records of {}\n{}", drawn.records.len(), drawn.shown()));
        }
        let mut wrong = Vec::new();
        for (i, expected) in drawn.records.iter().enumerate() {
            for (field, value) in expected {
                self.cells += 1;
                let read = records.get(i).map(|&record| show(got, record, *field)).unwrap_or_default();
                if read == *value {
                    self.right += 1;
                } else {
                    wrong.push(format!("record {i}, {field} is “{read}”, not “{value}”"));
                }
            }
        }
        if let [first, ..] = wrong.as_slice() {
            self.example(format!("{name}: {first} and {} more\n{}", wrong.len() - 1, drawn.shown()));
        }
        wrong.is_empty() && drawn.records.len() == records.len()
    }

    fn example(&mut self, text: String) {
        if self.examples.len() < 200 {
            self.examples.push(text);
        }
    }
}

#[test]
#[allow(clippy::print_stdout)] // the figures are what a large run is for
fn tables_of_any_layout_are_read_right() {
    let wanted = std::env::var("LAYOUTS").ok().and_then(|text| text.parse().ok()).unwrap_or(USUAL);
    let kept = std::env::var_os("LAYOUTS_KEPT").map(std::path::PathBuf::from);
    let fields = FieldBook::load();
    let options = super::options(&fields);
    let mut tally = Tally::default();
    let mut next = 0;
    while next < wanted {
        let seeds = next..wanted.min(next + TOGETHER);
        next = seeds.end;
        let drawn: Vec<(String, Drawn)> =
            seeds.map(|seed| draw(seed as u64)).map(|drawn| (drawn.name.clone(), drawn)).collect();
        let files = drawn.iter().map(|(name, drawn)| (name.clone(), write::write(drawn))).collect();
        let got = ingest_bytes(files, &options);
        assert!(got.unread.is_empty(), "{:?}", got.unread);
        let mut records: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for i in 0..got.records.len() {
            let file = got.records.sheet(i).file;
            records.entry(&got.inputs[file.0 as usize].path).or_default().push(i);
        }
        // Of tables beside each other, all records of the one to the left come first.
        for all in records.values_mut() {
            all.sort_by_key(|&i| got.records.place(i).sheet);
        }
        for (name, drawn) in &drawn {
            let right = tally.add(name, drawn, &got, records.get(name.as_str()).map_or(&[], Vec::as_slice));
            if let Some(folder) = kept.as_ref().filter(|_| !right) {
                std::fs::write(folder.join(name), write::write(drawn)).unwrap();
            }
        }
    }
    let Tally { cells, right, rows, lost, examples } = tally;
    let share = right as f64 * 100.0 / cells as f64;
    let figures = format!(
        "{wanted} layouts: {right} of {cells} cells right = {share:.3} %, {lost} of {rows} rows lost"
    );
    println!("{figures}\n{}", examples.join("\n"));
    assert!(share >= 99.5 && lost == 0, "{figures}\n{}", examples.join("\n"));
}
