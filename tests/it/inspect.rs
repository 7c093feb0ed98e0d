//! `inspect`, the roster and standard input, from outside.

use crate::support::{folder, program, ran, run_in};
use serde_json::Value;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// Five expected units: by records, by a zero report, by nothing, twice by what the files state, by a file
/// that is named after it.
const ROSTER: &str =
    "序号,单位名称\n1,甲市教育局\n2,甲市民政局\n3,甲市水利局\n4,甲市林业局\n5,甲市卫生健康委员会\n";

fn reported() -> TempDir {
    folder(&[
        ("名册.csv", ROSTER),
        ("in/教育.csv", "应用名称,主办单位\n智慧校园,甲市教育局\n"),
        ("in/民政.csv", "填报单位：甲市民政局,\n群名称,主办单位\n无,\n"),
        ("in/林业一.csv", "填报单位：甲市林业局,\n群名称,成员人数\n森防群,20\n"),
        ("in/林业二.csv", "填报单位：甲市林业局,\n群名称,成员人数\n森防群,21\n"),
        ("in/附件1-甲市卫生健康委员会报送表.csv", "账号名称,平台\n健康甲市,微信公众号\n"),
    ])
}

fn statuses(list: &Value) -> Vec<(String, String)> {
    let text = |v: &Value| v.as_str().unwrap().to_owned();
    list.as_array().unwrap().iter().map(|e| (text(&e["unit"]), text(&e["status"]))).collect()
}

fn expected_statuses() -> Vec<(String, String)> {
    [
        ("甲市教育局", "reported"),
        ("甲市民政局", "zero"),
        ("甲市水利局", "not-reported"),
        ("甲市林业局", "twice"),
        ("甲市卫生健康委员会", "reported"),
    ]
    .map(|(unit, status)| (unit.to_owned(), status.to_owned()))
    .to_vec()
}

#[test]
fn a_roster_tells_who_has_reported() {
    let folder = reported();
    let ran = run_in(
        folder.path(),
        &["audit", "in", "--roster", "名册.csv", "--as-of", "2026-06-30", "--out", "out"],
    );
    assert!(
        ran.out.contains("应报单位 5 个：已报 2 个、零报告 1 个、重复报送 1 个、未报 1 个。"),
        "{}",
        ran.out
    );
    let scan: Value =
        serde_json::from_slice(&fs::read(folder.path().join("out/scan.json")).unwrap()).unwrap();
    assert_eq!(statuses(&scan["coverage"]["roster"]), expected_statuses());
    assert_eq!(scan["coverage"]["not_reported"], serde_json::json!(["甲市水利局"]));
    let summary = fs::read_to_string(folder.path().join("out/summary.md")).unwrap();
    assert!(summary.contains("应报单位 5 个") && summary.contains("应报未报 | 甲市水利局"), "{summary}");
    let ran = run_in(folder.path(), &["inspect", "in", "--roster", "名册.csv", "--format", "json"]);
    let json: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(statuses(&json["roster"]), expected_statuses());
}

#[test]
fn a_roster_may_be_a_bare_list_and_lie_among_the_inventories() {
    let folder = reported();
    fs::write(folder.path().join("in/名册.txt"), "甲市教育局\n甲市民政局\n\n甲市水利局\n").unwrap();
    let ran = run_in(folder.path(), &["inspect", "in", "--roster", "in/名册.txt", "--format", "json"]);
    let json: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(statuses(&json["roster"]), expected_statuses()[..3]);
    assert!(!json["inputs"].to_string().contains("名册"), "the roster is no inventory");
}

#[test]
fn a_roster_that_cannot_be_used_is_an_error_with_a_remedy() {
    let folder = folder(&[("a.csv", "名称,主办单位\n甲,乙局\n"), ("r.csv", "说明\n"), ("p.csv", "%PDF-1.7")]);
    for (roster, words) in [("r.csv", "没有任何单位"), ("p.csv", "PDF"), ("none.csv", "路径不存在")]
    {
        let ran = run_in(folder.path(), &["audit", "a.csv", "--roster", roster, "--out", "out"]);
        assert_eq!(ran.status, 2, "{}", ran.err);
        assert!(ran.err.contains(words) && ran.err.contains("单位名称"), "{roster}: {}", ran.err);
    }
}

#[test]
fn standard_input_is_read_like_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = program(folder.path());
    command.args(["audit", "-", "--out", "out", "--as-of", "2026-06-30"]);
    let ran = ran(command.write_stdin("名称,主办单位\n智慧校园,甲市教育局\n"));
    assert_eq!(ran.status, 0, "{}", ran.err);
    let scan: Value =
        serde_json::from_slice(&fs::read(folder.path().join("out/scan.json")).unwrap()).unwrap();
    assert_eq!(
        (&scan["inputs"][0]["path"], &scan["assets"][0]["source"]["row"]),
        (&"stdin".into(), &2.into())
    );
}

fn inspect(folder: &Path, arguments: &[&str]) -> Value {
    let ran = run_in(folder, &[&["inspect", "a.csv", "--format", "json"], arguments].concat());
    serde_json::from_str(&ran.out).unwrap_or_else(|e| panic!("{e}: {}", ran.err))
}

#[test]
fn fix_writes_entries_that_settle_the_guesses_and_keeps_what_is_there() {
    let folder = folder(&[("a.csv", "名称,主办单未,怪列\n智慧校园,甲市教育局,x\n")]);
    let before = inspect(folder.path(), &["--fix", "p.toml"]);
    assert_eq!(before["inputs"][0]["sheets"][0]["columns"][1]["by"], "fuzzy");
    let text = fs::read_to_string(folder.path().join("p.toml")).unwrap();
    assert!(text.contains("header = \"主办单未\"\nfield = \"owner_unit\""), "{text}");
    assert!(text.contains("#header = \"怪列\"\n#field = \"ignore\""), "{text}");
    let after = inspect(folder.path(), &["--policy", "p.toml", "--fix", "p.toml"]);
    assert_eq!(after["inputs"][0]["sheets"][0]["columns"][1]["by"], "policy");
    assert_eq!(fs::read_to_string(folder.path().join("p.toml")).unwrap(), text, "nothing is written twice");
    fs::write(folder.path().join("q.toml"), "schema = 1\nwrong = 2\n").unwrap();
    let ran = run_in(folder.path(), &["inspect", "a.csv", "--fix", "q.toml"]);
    assert_eq!(
        (ran.status, fs::read_to_string(folder.path().join("q.toml")).unwrap().as_str()),
        (2, "schema = 1\nwrong = 2\n")
    );
}
