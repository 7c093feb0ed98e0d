//! The checker itself, on a small document made by hand.

use super::check::check;
use super::expected::{Expect, Named, Row};
use serde_json::{Value, json};
use zhijian::scan::document::ScanDocument;

fn asset(id: &str, kind: &str, name: &str, owner: &str) -> Value {
    json!({
        "id": id, "kind": kind, "name": name, "owner_unit": {"text": owner, "canonical": owner},
        "level": "county", "region": {"code": "", "name": "", "path": [], "candidates": []},
        "platform": "", "audience": "unknown", "functions": [], "status": "active", "fields": {},
        "source": {"file": "a.csv", "sheet": "", "row": 2}
    })
}

fn finding(rule: &str, on: Option<&str>, related: &[&str]) -> Value {
    json!({
        "rule": rule, "asset": on, "severity": "advisory", "confidence": "high", "clause": [],
        "basis": "direct", "where": [{"file": "a.csv", "sheet": "", "row": 9}],
        "evidence": {"words": "", "reason": "", "exemption": "none", "remedy": ""},
        "related": related, "fingerprint": "", "status": "open"
    })
}

fn pair(left: &str, right: &str, relation: &str) -> Value {
    json!({"left": left, "right": right, "relation": relation, "probability": 1.0, "weight": 9.0,
           "prior": -9.0, "evidence": []})
}

/// Apps 一 and 二 overlap, account 一 is family with app 二; a total of the file is wrong.
fn document() -> ScanDocument {
    let objective = json!({"staff_burden": 0, "items": 0, "users_moved": 0, "repairs": 0});
    let keep = |id: &str| json!({"asset": id, "action": "keep", "target": null, "reason": "", "steps": []});
    let account = json!({"rows_read": 6, "records": 4, "headings": 1, "blank": 0, "notes": 0, "rejected": 1});
    let sheet = json!({"name": "", "row_account": account, "columns": []});
    let source = json!({"file": "a.csv", "sheet": "", "row": 4});
    serde_json::from_value(json!({
        "schema_version": 1, "tool": "", "as_of": "2026-11-22", "lang": "en",
        "parameters": {"rule_set": "", "policy": "", "matching": ""},
        "inputs": [{"path": "a.csv", "bytes": 1, "blake3": "", "sm3": "", "format": "csv", "sheets": [sheet]}],
        "assets": [asset("x1", "app", "一", "甲局"), asset("x2", "app", "二", "甲局"),
                   asset("x3", "account", "一", "甲局"), asset("x4", "app", "二", "乙局")],
        "pairs": [pair("x1", "x2", "overlap"), pair("x2", "x3", "family")],
        "clusters": [],
        "findings": [finding("app-duplicate-function", Some("x2"), &["x1"]),
                     finding("any-report-total-not-reconciled", None, &[])],
        "plan": {"actions": [keep("x1"), keep("x4")], "objective": objective, "bound": null, "proven": false},
        "figures": [], "coverage": {"rules_not_run": [], "unread": [], "not_reported": []},
        "rejected": [{"source": source, "code": "ingest/no-name", "reason": "", "text": ""}],
        "diagnostics": [{"code": "ingest/invalid-cell", "alert": "warning", "at": "a.csv › B3", "text": "", "help": ""}]
    }))
    .expect("a scan document")
}

fn row(item: &str, kind: &str, expect: Expect, value: &str, other: &str) -> Row {
    let named = |text: &str| {
        let (name, owner) = text.split_once('@').unwrap_or((text, ""));
        Named { name: name.to_owned(), owner: owner.to_owned() }
    };
    Row {
        item: named(item),
        kind: kind.to_owned(),
        expect,
        value: value.to_owned(),
        other: named(other),
        note: String::new(),
    }
}

#[test]
fn what_holds_is_passed_over() {
    let rows = [
        row("一@甲局", "app", Expect::Relation, "overlap", "二@甲局"),
        row("一@甲局", "app", Expect::Rule, "app-duplicate-function", ""),
        row("一@甲局", "app", Expect::Quiet, "app-duplicate-function", ""),
        row("一@甲局", "app", Expect::Action, "keep|keep-fix", ""),
        row("一@甲局", "account", Expect::Quiet, "all", ""),
        row("二@乙局", "app", Expect::Quiet, "relation", "二@甲局"),
        row("二@乙局", "app", Expect::Kind, "app", ""),
        row("二@乙局", "app", Expect::Status, "active", ""),
        row("a.csv", "file", Expect::Rule, "any-report-total-not-reconciled", ""),
        row("a.csv", "file", Expect::Records, "4", ""),
        row("a.csv", "file", Expect::Rejected, "1", ""),
        row("a.csv", "file", Expect::Invalid, "1", ""),
    ];
    assert_eq!(check(&document(), &rows), Vec::<String>::new());
}

#[test]
fn every_failure_is_listed_with_what_there_is() {
    let rows = [
        (row("一@甲局", "app", Expect::Relation, "same", "二@甲局"), "overlap"),
        (row("一@甲局", "app", Expect::Relation, "same", "二@乙局"), "no relation"),
        (row("二@乙局", "app", Expect::Rule, "app-duplicate-function", ""), "findings []"),
        (row("二@甲局", "app", Expect::Quiet, "all", ""), "app-duplicate-function"),
        (row("二@甲局", "app", Expect::Quiet, "relation", ""), "overlap with 一@甲局"),
        (row("一@甲局", "app", Expect::Action, "merge", ""), "\"keep\""),
        (row("三@甲局", "app", Expect::Kind, "app", ""), "no asset 三@甲局"),
        (row("a.csv", "file", Expect::Quiet, "any-report-total-not-reconciled", ""), "1 findings"),
        (row("a.csv", "file", Expect::Rejected, "0", ""), "\"1\""),
        (row("b.csv", "file", Expect::Rejected, "0", ""), "not read; files read: a.csv"),
    ];
    let expected: Vec<Row> = rows.iter().map(|(row, _)| row.clone()).collect();
    let failures = check(&document(), &expected);
    assert_eq!(failures.len(), rows.len(), "{failures:#?}");
    for (failure, (_, got)) in failures.iter().zip(&rows) {
        assert!(failure.contains(got), "{failure} should say {got}");
    }
}
