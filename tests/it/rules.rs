//! Rules and the detector over their fixtures.

use crate::support::run_in;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use zhijian::knowledge::detect::{Detector, Polarity};
use zhijian::scan::document::ScanDocument;
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
        let entry = entry.expect("an entry");
        if entry.path().is_dir() {
            folders.insert(entry.file_name().to_string_lossy().into_owned());
        }
    }
    let ids: BTreeSet<String> = RULES.iter().map(|r| r.meta.id.to_owned()).collect();
    assert_eq!(folders, ids, "a folder without a rule, or a rule without a folder");
    for id in &ids {
        for (file, least) in [("fires.csv", 2), ("quiet.csv", 3)] {
            let path = fixtures("rules").join(id).join(file);
            let mut reader = csv::Reader::from_path(&path).unwrap_or_else(|e| panic!("{id}/{file}: {e}"));
            let rows = reader
                .records()
                .collect::<Result<Vec<_>, _>>()
                .unwrap_or_else(|e| panic!("{id}/{file}: {e}"));
            let rows = rows.len();
            assert!(rows >= least, "{id}/{file}: {rows} rows, at least {least} wanted");
        }
    }
}

/// Rows of firing fixtures that are there for the others: the platform above.
const BYSTANDERS: [(&str, &str); 1] = [("app-embeddable-module", "示例河长")];

/// The rule a fixture folder is about, one of its files, and what an audit found in it.
struct Audited {
    rule: String,
    file: &'static str,
    /// Line and rule of every finding, sorted; a finding counts at the first line it names.
    hits: BTreeSet<(u32, String)>,
    /// Line and name of every row.
    rows: Vec<(u32, String)>,
}

/// Audits every fixture by itself with the built program.
fn audited() -> Vec<Audited> {
    // It only says where the invented places lie.
    let policy = fixtures("rules/policy.toml").display().to_string();
    let mut all = Vec::new();
    for rule in RULES {
        for file in ["fires.csv", "quiet.csv"] {
            let folder = fixtures("rules").join(rule.meta.id);
            // Local rules and those that want a figure bring what turns them on.
            let own = folder.join("policy.toml");
            let policy = if own.is_file() { own.display().to_string() } else { policy.clone() };
            let path = folder.join(file).display().to_string();
            let out = tempfile::tempdir().expect("a temporary folder");
            let arguments = ["audit", &path, "--policy", &policy, "--as-of", "2026-11-20", "--out", "out"];
            let ran = run_in(out.path(), &arguments);
            let scan = std::fs::read(out.path().join("out/scan.json"));
            let scan = ScanDocument::parse(&scan.unwrap_or_else(|e| panic!("{path}: {e}: {}", ran.err)))
                .expect("a scan");
            assert!(scan.rejected.is_empty(), "{path}: {:?}", scan.rejected);
            let mut hits = BTreeSet::new();
            for finding in &scan.findings {
                // The first place is the row that is at fault.
                let row = finding.at.first().map_or(0, |at| at.row);
                hits.insert((row, finding.rule.clone()));
            }
            let rows = scan.assets.iter().map(|a| (a.source.row, a.name.clone())).collect();
            all.push(Audited { rule: rule.meta.id.to_owned(), file, hits, rows });
        }
    }
    all
}

/// Reading, normalising, matching and rules together: what must fire fires on every row, what must be quiet
/// is. `found.csv` beside the fixtures keeps everything that every rule says about them, so that a new false
/// alarm anywhere is a visible change; `UPDATE_DOCS=1` rewrites it.
#[test]
fn every_rule_holds_over_its_own_and_all_other_fixtures() {
    let mut wrong = Vec::new();
    let mut found = String::from("fixture,file,line,name,rule\n");
    for audit in audited() {
        let Audited { rule, file, hits, rows } = &audit;
        let hit = |row: &u32| hits.contains(&(*row, rule.clone()));
        if *file == "fires.csv" && rule.starts_with("any-") {
            if !hits.iter().any(|(_, r)| r == rule) {
                wrong.push(format!("{rule}/{file}: nothing is found"));
            }
        } else {
            // Some rows only stand by, for others to be judged against.
            let judged = |name: &str| !BYSTANDERS.contains(&(rule.as_str(), name));
            let bad = rows.iter().filter(|(row, name)| hit(row) != (*file == "fires.csv" && judged(name)));
            wrong.extend(bad.map(|(row, name)| format!("{rule}/{file}:{row} {name}")));
        }
        for (row, other) in hits {
            let name = rows.iter().find(|(r, _)| r == row).map_or("", |(_, name)| name);
            let _ = writeln!(found, "{rule},{file},{row},{name},{other}");
        }
    }
    assert!(
        wrong.is_empty(),
        "{} rows fire or stay quiet against their fixture:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    let path = fixtures("rules").join("found.csv");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, &found).expect("written");
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    let (kept, found): (BTreeSet<&str>, BTreeSet<&str>) = (kept.lines().collect(), found.lines().collect());
    let (new, gone): (Vec<_>, Vec<_>) =
        (found.difference(&kept).collect(), kept.difference(&found).collect());
    assert!(
        new.is_empty() && gone.is_empty(),
        "new: {new:#?}\ngone: {gone:#?}\nif right, run with UPDATE_DOCS=1"
    );
}

/// One inventory as of four days: exactly the findings in force then, with the severity of the day.
#[test]
fn an_audit_follows_the_law_of_its_day() {
    const STALE: &str = "accounts.csv:2 account-no-update-14d restricted";
    const STALE_TOO: &str = "accounts.csv:3 account-no-update-14d restricted";
    const UNUSABLE: &str = "apps.csv:2 app-inaccessible restricted";
    const RELAY: &str = "groups.csv:3 group-forced-checkin-relay forbidden";
    const ENDED: &str = "groups.csv:2 group-task-ended-not-dissolved restricted";
    const NAME: &str = "accounts.csv:3 account-name-not-entity advisory";
    let days: [(&str, &[&str]); 4] = [
        // The circular of 2018 and the indicators of 2019 alone.
        ("2023-06-30", &[STALE, STALE_TOO, UNUSABLE]),
        // The Opinions of 2023, the Provisions of 2024, the security provisions on names.
        (
            "2024-08-31",
            &[STALE, STALE_TOO, NAME, UNUSABLE, "apps.csv:2 app-checkin-mandatory forbidden", RELAY, ENDED],
        ),
        (
            "2025-12-31",
            &[STALE, STALE_TOO, NAME, UNUSABLE, "apps.csv:2 app-checkin-mandatory forbidden", RELAY, ENDED],
        ),
        // The Measures of 2026: filing, and no apps below the county.
        (
            "2026-11-30",
            &[
                STALE,
                STALE_TOO,
                NAME,
                UNUSABLE,
                "apps.csv:2 app-checkin-mandatory forbidden",
                "apps.csv:2 app-unfiled-in-use forbidden",
                "apps.csv:3 app-township-self-built restricted",
                RELAY,
                ENDED,
            ],
        ),
    ];
    let folder = fixtures("law-of-the-day").display().to_string();
    let policy = fixtures("rules/policy.toml").display().to_string();
    for (day, expected) in days {
        let out = tempfile::tempdir().expect("a temporary folder");
        let ran =
            run_in(out.path(), &["audit", &folder, "--policy", &policy, "--as-of", day, "--out", "out"]);
        let scan =
            std::fs::read(out.path().join("out/scan.json")).unwrap_or_else(|e| panic!("{e}: {}", ran.err));
        let scan = ScanDocument::parse(&scan).expect("a scan");
        let found: BTreeSet<String> = scan
            .findings
            .iter()
            .map(|f| format!("{}:{} {} {}", f.at[0].file, f.at[0].row, f.rule, f.severity))
            .collect();
        let expected: BTreeSet<String> = expected.iter().map(|&line| line.to_owned()).collect();
        assert_eq!(found, expected, "as of {day}");
    }
}
