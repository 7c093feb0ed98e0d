//! Memory that reading takes: the most that is held at a time, in bytes, of which most are the records.
//!
//! `cargo bench --bench reading_memory`; `max alloc` divided by the rows is the memory per record. Counting
//! slows everything down: for time there is `reading`.

mod common;

use common::{inventory, options, with_own_names};
use std::path::PathBuf;
use zhijian::knowledge::lexicon::fields::FieldBook;
use zhijian::stages::ingest::ingest;

#[global_allocator]
static ALLOCATOR: divan::AllocProfiler = divan::AllocProfiler::system();

fn main() {
    divan::main();
}

const ROWS: usize = 1_000_000;

/// `unique` gives every row a name of its own, so that no text is held once for many rows.
#[divan::bench(args = [false, true], sample_count = 1, sample_size = 1)]
fn csv_of_a_million_rows(bencher: divan::Bencher<'_, '_>, unique: bool) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("a.csv");
    let text = if unique { with_own_names(ROWS) } else { inventory(ROWS) };
    std::fs::write(&path, text).expect("written");
    let fields = FieldBook::load();
    let paths: Vec<PathBuf> = vec![path];
    bencher.counter(divan::counter::ItemsCount::new(ROWS)).bench_local(|| {
        let options = options(&fields);
        ingest(&paths, &options).expect("a readable file")
    });
}
