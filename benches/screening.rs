//! Reading texts against the floor: the detector, and a bare count of the same words over the same bytes.

use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};
use divan::counter::BytesCount;
use std::collections::BTreeSet;
use std::path::Path;
use zhijian::knowledge::detect::Detector;

/// As the program has it.
#[cfg(feature = "mimalloc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    divan::main();
}

/// Our own judged sentences, over and over, and as long again of what most descriptions say: nothing of note.
fn texts() -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/texts/labelled.csv");
    let mut reader = csv::Reader::from_path(path).expect("the sentences");
    let judged: Vec<String> = reader.records().map(|row| row.expect("a row")[1].to_owned()).collect();
    let plain = "面向全市居民提供政务公开、办事指南、预约挂号和意见征集服务";
    judged.iter().flat_map(|text| [text.clone(), plain.to_owned()]).cycle().take(100_000).collect()
}

/// Every word of the detector's data.
fn words() -> BTreeSet<String> {
    fn collect(value: &toml::Value, words: &mut BTreeSet<String>) {
        match value {
            toml::Value::String(word) => {
                words.insert(word.clone());
            }
            toml::Value::Array(items) => items.iter().for_each(|item| collect(item, words)),
            toml::Value::Table(table) => table.values().for_each(|item| collect(item, words)),
            _ => {}
        }
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/data/detect");
    let mut words = BTreeSet::new();
    for entry in std::fs::read_dir(folder).expect("the data") {
        let path = entry.expect("a file").path();
        if path.extension().is_none_or(|end| end != "toml") {
            continue;
        }
        let text = std::fs::read_to_string(path).expect("a file of words");
        collect(&text.parse::<toml::Table>().expect("TOML").into(), &mut words);
    }
    words
}

#[divan::bench(sample_count = 10)]
fn bare_count(bencher: divan::Bencher<'_, '_>) {
    let automaton: CharwiseDoubleArrayAhoCorasick<u32> = CharwiseDoubleArrayAhoCorasickBuilder::new()
        .match_kind(MatchKind::LeftmostLongest)
        .build(words())
        .expect("an automaton");
    let texts = texts();
    bencher
        .counter(BytesCount::new(texts.iter().map(String::len).sum::<usize>()))
        .bench(|| texts.iter().map(|text| automaton.leftmost_find_iter(text).count()).sum::<usize>());
}

#[divan::bench(sample_count = 10)]
fn detector(bencher: divan::Bencher<'_, '_>) {
    let (detector, texts) = (Detector::load(), texts());
    bencher
        .counter(BytesCount::new(texts.iter().map(String::len).sum::<usize>()))
        .bench(|| texts.iter().map(|text| detector.labels(text).len()).sum::<usize>());
}

/// With what was learnt, as `screen` reads.
#[divan::bench(sample_count = 10)]
fn detector_with_what_was_learnt(bencher: divan::Bencher<'_, '_>) {
    let (detector, texts) = (Detector::load(), texts());
    bencher
        .counter(BytesCount::new(texts.iter().map(String::len).sum::<usize>()))
        .bench(|| texts.iter().map(|text| detector.read(text).len()).sum::<usize>());
}
