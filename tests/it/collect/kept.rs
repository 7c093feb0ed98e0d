//! Evidence in the history: which pages each scan rested on, and whether the folder still has them.

use super::audit::{audit, world};
use crate::support::run_in;
use serde_json::Value as Json;
use std::path::Path;

fn json(folder: &Path, arguments: &[&str]) -> Json {
    let ran = run_in(folder, &[arguments, &["--format", "json"]].concat());
    assert_eq!(ran.status, 0, "{}", ran.err);
    serde_json::from_str(&ran.out).unwrap()
}

#[test]
fn the_history_lists_the_pages_of_each_scan_and_the_folder_is_checked_against_it() {
    let folder = world();
    let at = folder.path();
    let kept = |day: &str, more: &[&str]| {
        let arguments =
            [&["audit", "in", "--as-of", day, "--out", "out", "--history", "h.db"], more].concat();
        let ran = run_in(at, &arguments);
        assert!(ran.status < 2, "{}", ran.err);
    };
    let with = ["--evidence", "evidence"];
    kept("2026-11-22", &with);
    kept("2026-11-23", &with);
    kept("2026-11-24", &[]);
    kept("2026-11-25", &with);

    let scans = json(at, &["history", "list", "h.db"])["scans"].clone();
    let of = |nth: usize| scans[nth]["evidence"]["pages"].as_u64();
    assert_eq!([of(0), of(1), of(2), of(3)], [Some(5), Some(5), None, Some(5)], "{scans:#}");
    let listed = run_in(at, &["history", "list", "h.db"]).out;
    assert!(listed.contains("取证页面"), "{listed}");

    // Every page with its digests, the same as in scan.json.
    let shown = json(at, &["history", "show", "h.db", "2"]);
    let document: Json = {
        let ran = run_in(at, &["history", "export", "h.db", "2", "--out", "two.json"]);
        assert_eq!(ran.status, 0, "{}", ran.err);
        serde_json::from_slice(&std::fs::read(at.join("two.json")).unwrap()).unwrap()
    };
    assert_eq!(shown["scan"]["evidence"]["blake3"], document["parameters"]["evidence"]);
    let cited = |list: &Json| {
        let one =
            |page: &Json| ["asset", "url", "taken", "record", "blake3", "sm3"].map(|key| page[key].clone());
        let mut all: Vec<String> =
            list.as_array().unwrap().iter().map(|page| format!("{:?}", one(page))).collect();
        all.sort();
        all
    };
    assert_eq!(cited(&shown["evidence"]), cited(&document["pages"]));
    let text = run_in(at, &["history", "show", "h.db", "2"]).out;
    let page = &shown["evidence"][0];
    for key in ["record", "blake3", "sm3", "url"] {
        assert!(text.contains(page[key].as_str().unwrap()), "{key}: {text}");
    }
    assert!(json(at, &["history", "show", "h.db", "3"])["evidence"].as_array().unwrap().is_empty());

    // What stays as it was is not written again.
    let db = rusqlite::Connection::open(at.join("h.db")).unwrap();
    let rows: Vec<i64> = (1..=4)
        .map(|scan| {
            db.query_row("SELECT count(*) FROM evidence WHERE scan = ?", [scan], |row| row.get(0)).unwrap()
        })
        .collect();
    assert_eq!(rows, [5, 0, 5, 5]);
    drop(db);
    assert_eq!(run_in(at, &["history", "verify", "h.db"]).status, 0);
    let checked = run_in(at, &["collect", "verify", "--history", "h.db"]);
    assert!(checked.status == 0 && checked.out.contains("引用的记录都在"), "{}{}", checked.out, checked.err);

    // A chain that was cut short is whole in itself; the history knows better.
    let index = at.join("evidence/index.jsonl");
    let lines = std::fs::read_to_string(&index).unwrap();
    let short: Vec<&str> = lines.lines().take(4).collect();
    std::fs::write(&index, short.join("\n") + "\n").unwrap();
    assert_eq!(run_in(at, &["collect", "verify"]).status, 0);
    let checked = run_in(at, &["collect", "verify", "--history", "h.db"]);
    assert!(checked.status == 2 && checked.out.contains("缺记录 1 条"), "{}{}", checked.out, checked.err);
}

#[test]
fn evidence_that_somebody_changes_in_the_history_is_seen() {
    let folder = world();
    let at = folder.path();
    audit(at, "out", &["--evidence", "evidence", "--history", "h.db"]);
    for change in [
        "UPDATE evidence SET blake3 = 'x' WHERE number = 1",
        "DELETE FROM evidence WHERE number = 4",
        "UPDATE scan SET evidence = ''",
    ] {
        std::fs::copy(at.join("h.db"), at.join("changed.db")).unwrap();
        let db = rusqlite::Connection::open(at.join("changed.db")).unwrap();
        let refused = db.execute(change, []).is_err();
        assert_eq!(refused, change.contains("evidence SET") || change.contains("FROM evidence"), "{change}");
        db.execute_batch("DROP TRIGGER evidence_stays; DROP TRIGGER evidence_kept;").unwrap();
        db.execute(change, []).unwrap();
        drop(db);
        let verified = run_in(at, &["history", "verify", "changed.db"]);
        assert_eq!(verified.status, 2, "{change}: {}", verified.out);
        assert!(verified.err.contains("证据"), "{}", verified.err);
    }
}
