//! Rules and the detector over their fixtures.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use zhijian::knowledge::detect::{Detector, Polarity};
use zhijian::stages::rules::RULES;

fn fixtures(area: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(area)
}

/// Each sentence is judged as a person would: the strongest statement about its category counts.
#[test]
fn sentences_are_judged_as_a_person_would() {
    let detector = Detector::load();
    let mut reader = csv::Reader::from_path(fixtures("detect/sentences.csv")).expect("the fixture");
    let (mut wrong, mut per_category) = (Vec::new(), BTreeMap::<String, usize>::new());
    for record in reader.records() {
        let record = record.expect("a record");
        let (text, category, expected) = (&record[0], &record[1], &record[2]);
        let labels = detector.labels(text);
        let found: Vec<_> = labels.iter().filter(|l| l.category.as_str() == category).collect();
        let asserted = found.iter().any(|l| l.polarity == Polarity::Asserted);
        let first = found.first().map_or("none", |l| l.polarity.as_str());
        let found = if asserted { "asserted" } else { first };
        *per_category.entry(category.to_owned()).or_default() += 1;
        if found != expected {
            wrong.push(format!("{text}: {category} is {found}, not {expected}"));
        }
    }
    assert!(per_category.values().sum::<usize>() >= 80 && per_category.len() == 14, "{per_category:?}");
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// Every rule has an inventory in which it fires and one in which it stays quiet, as units send them.
#[test]
fn every_rule_has_its_fixture_folder() {
    let mut folders = BTreeSet::new();
    for entry in std::fs::read_dir(fixtures("rules")).expect("the folder") {
        folders.insert(entry.expect("an entry").file_name().to_string_lossy().into_owned());
    }
    let ids: BTreeSet<String> = RULES.iter().map(|r| r.meta.id.to_owned()).collect();
    assert_eq!(folders, ids, "a folder without a rule, or a rule without a folder");
    for id in &ids {
        for (file, least) in [("fires.csv", 2), ("quiet.csv", 3)] {
            let path = fixtures("rules").join(id).join(file);
            let mut reader = csv::Reader::from_path(&path).unwrap_or_else(|e| panic!("{id}/{file}: {e}"));
            let rows = reader.records().map(|r| r.expect("a record")).count();
            assert!(rows >= least, "{id}/{file}: {rows} rows, at least {least} wanted");
        }
    }
}
