//! Cost of the stages per thousand and ten thousand rows, on seeded data.
//!
//! `cargo bench` prints medians; `benches/README.md` keeps the numbers that matter with their command.

mod common;

use common::{inventory, options, with_own_names};
use jiff::civil::date;
use std::path::PathBuf;
use zhijian::knowledge::policy::Policy;
use zhijian::scan::{Knowledge, Request, parameters, read};
use zhijian::stages::{ingest, matching, normalise};

/// As the program has it.
#[cfg(feature = "mimalloc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    divan::main();
}

const SIZES: [usize; 2] = [1_000, 10_000];

/// The inventory as a file that lives as long as the bench.
fn file(rows: usize) -> (tempfile::TempDir, Vec<PathBuf>) {
    file_of(&inventory(rows))
}

fn file_of(text: &str) -> (tempfile::TempDir, Vec<PathBuf>) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("inventory.csv");
    std::fs::write(&path, text).expect("written");
    (folder, vec![path])
}

#[divan::bench]
fn load_knowledge() -> Knowledge {
    Knowledge::load(None, &zhijian::model::LocalWords::default()).expect("shipped data")
}

#[divan::bench(args = SIZES)]
fn read_and_understand(bencher: divan::Bencher<'_, '_>, rows: usize) {
    let (_folder, paths) = file(rows);
    let (knowledge, policy) = (
        Knowledge::load(None, &zhijian::model::LocalWords::default()).expect("shipped data"),
        Policy::default(),
    );
    bencher.counter(divan::counter::ItemsCount::new(rows)).bench(|| {
        let request = Request {
            paths: &paths,
            knowledge: &knowledge,
            policy: &policy,
            as_of: date(2026, 11, 22),
            roster: None,
            decisions: &[],
            reference: None,
            beside: &[],
            evidence: None,
            kept: None,
            with_sm3: true,
            progress: &|_, _| {},
        };
        read(&request).map(|read| read.assets.len()).expect("a readable file")
    });
}

/// Understanding alone, on enough rows that the tables' own time does not show.
#[divan::bench(sample_count = 5)]
fn understand(bencher: divan::Bencher<'_, '_>) {
    const ROWS: usize = 500_000;
    let (_folder, paths) = file_of(&with_own_names(ROWS));
    let knowledge = Knowledge::load(None, &zhijian::model::LocalWords::default()).expect("shipped data");
    let options = options(&knowledge.fields);
    let read = ingest::ingest(&paths, &options).expect("a readable file");
    bencher
        .counter(divan::counter::ItemsCount::new(ROWS))
        .with_inputs(|| read.records.clone())
        .bench_values(|records| normalise::normalise(records, &knowledge.lexicon, &read.inputs));
}

#[divan::bench(args = SIZES)]
fn match_all(bencher: divan::Bencher<'_, '_>, rows: usize) {
    let (_folder, paths) = file(rows);
    let (knowledge, policy) = (
        Knowledge::load(None, &zhijian::model::LocalWords::default()).expect("shipped data"),
        Policy::default(),
    );
    let request = Request {
        paths: &paths,
        knowledge: &knowledge,
        policy: &policy,
        as_of: date(2026, 11, 22),
        roster: None,
        decisions: &[],
        reference: None,
        beside: &[],
        evidence: None,
        kept: None,
        with_sm3: true,
        progress: &|_, _| {},
    };
    let assets = read(&request).expect("a readable file").assets;
    let parameters = parameters(&policy);
    bencher
        .counter(divan::counter::ItemsCount::new(rows))
        .bench(|| matching::run(&assets, &knowledge.lexicon, &parameters, &[]).clusters.len());
}
