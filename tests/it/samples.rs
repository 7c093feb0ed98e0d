//! The committed sample inventories: fresh, rich enough, and read as `expected.csv` says.
//!
//! `inventories/README.md` tells people what is planted where; `tests/fixtures/samples/expected.csv`
//! tells it to the checker. Nothing in the program knows these names.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use zhijian::model::{ActionKind, Kind, Relation, Status};

mod check;
mod check_tests;
mod expected;

#[path = "../../examples/make_inventories/files/mod.rs"]
mod make;

use expected::{Expect, Row};

/// Written by hand; everything else in the folder comes from the generator.
const BY_HAND: [&str; 3] = ["README.md", "policy.toml", "regions.csv"];

/// Rules that the samples must show firing, each at least three times.
const RULES: [&str; 17] = [
    "account-duplicate-same-platform",
    "account-no-update-14d",
    "account-not-filed",
    "any-report-total-not-reconciled",
    "app-checkin-mandatory",
    "app-duplicate-function",
    "app-forced-install",
    "app-miniprogram-classified-as-account",
    "app-online-duration-stat",
    "app-points-ranking",
    "app-separate-declaration-missing",
    "app-township-self-built",
    "app-unfiled-in-use",
    "cross-unit-same-function",
    "group-duplicate-same-task",
    "group-forced-checkin-relay",
    "group-task-ended-not-dissolved",
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every line of `expected.csv`.
fn expectations() -> Vec<Row> {
    expected::read(&root().join("tests/fixtures/samples/expected.csv"))
}

/// Path below `dir` (with `/`) and content of every file.
fn files_below(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = walkdir::WalkDir::new(dir).into_iter().map(|entry| entry.expect("listed"));
    let files = entries.filter(|entry| entry.file_type().is_file());
    let named = files.map(|entry| {
        let path = entry.path().strip_prefix(dir).expect("below dir").to_string_lossy().replace('\\', "/");
        (path, fs::read(entry.path()).expect("readable"))
    });
    named.collect()
}

#[test]
fn the_committed_samples_are_what_the_generator_writes() {
    let fresh = tempfile::tempdir().unwrap();
    make::write_all(fresh.path()).unwrap();
    let written = files_below(fresh.path());
    let mut committed = files_below(&root().join("inventories"));
    for name in BY_HAND {
        assert!(committed.remove(name).is_some(), "inventories/{name} is missing");
    }
    assert_eq!(
        committed.keys().collect::<Vec<_>>(),
        written.keys().collect::<Vec<_>>(),
        "run `cargo run --example make_inventories`"
    );
    for (path, bytes) in &written {
        assert!(committed[path] == *bytes, "{path} is stale: run `cargo run --example make_inventories`");
    }
}

#[test]
fn an_audit_of_the_samples_says_what_was_planted_and_nothing_of_the_traps() {
    let failures = check::check(&crate::audit::sample_scan(), &expectations());
    assert!(failures.is_empty(), "{} expectations fail:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn expectations_name_known_things_only() {
    for row in expectations() {
        let known = |parse: fn(&str) -> bool| row.values().all(parse);
        let good = match row.expect {
            Expect::Relation => known(|v| Relation::parse(v).is_some()) && !row.other.name.is_empty(),
            Expect::Action => known(|v| ActionKind::parse(v).is_some()),
            Expect::Kind => known(|v| Kind::parse(v).is_some()),
            Expect::Status => known(|v| Status::parse(v).is_some()),
            Expect::Rule => RULES.contains(&row.value.as_str()),
            Expect::Quiet => {
                row.value == "all" || row.value == "relation" || RULES.contains(&row.value.as_str())
            }
            Expect::Records | Expect::Rejected | Expect::Invalid => {
                row.value.parse::<usize>().is_ok() && row.kind == "file"
            }
        };
        assert!(good, "{row}");
    }
}

#[test]
fn no_expectation_is_stated_twice_or_contradicts_another() {
    let rows = expectations();
    for (i, row) in rows.iter().enumerate() {
        for later in rows.iter().skip(i + 1).filter(|later| later.kind == row.kind) {
            assert!(row.item != later.item || row.claim() != later.claim(), "twice: {later}");
            let clash = contradicts(row, later) || contradicts(later, row);
            assert!(!clash, "contradicts: {row} / {later}");
        }
    }
}

/// Whether `quiet` forbids what `claim` demands.
fn contradicts(quiet: &Row, claim: &Row) -> bool {
    if quiet.expect != Expect::Quiet {
        return false;
    }
    let all = quiet.value == "all";
    match claim.expect {
        Expect::Rule => claim.item == quiet.item && (all || claim.value == quiet.value),
        Expect::Relation => {
            let ends = [&claim.item, &claim.other];
            let meant = quiet.other.name.is_empty() || ends.contains(&&quiet.other);
            let harmless = Relation::parse(&claim.value).is_some_and(|relation| !relation.is_duplicate());
            (all || quiet.value == "relation") && !harmless && ends.contains(&&quiet.item) && meant
        }
        _ => false,
    }
}

#[test]
fn every_relation_rule_and_action_is_planted_often_enough() {
    let rows = expectations();
    let count = |expect: Expect, value: &str| {
        rows.iter().filter(|row| row.expect == expect && row.values().any(|v| v == value)).count()
    };
    for relation in Relation::ALL.iter().filter(|r| **r != Relation::Unrelated) {
        assert!(count(Expect::Relation, relation.as_str()) >= 3, "{relation}");
    }
    for rule in RULES {
        assert!(count(Expect::Rule, rule) >= 3, "{rule}");
    }
    for action in ActionKind::ALL {
        assert!(count(Expect::Action, action.as_str()) >= 2, "{action}");
    }
    let quiet = rows.iter().filter(|row| row.expect == Expect::Quiet).count();
    assert!(quiet * 3 >= rows.len(), "too few traps: {quiet} of {}", rows.len());
}
