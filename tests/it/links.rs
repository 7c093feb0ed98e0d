//! Items of different scans that a person called one thing, or two: remembered, and obeyed by every later run.

use crate::support::run_in;
use serde_json::Value;
use std::fs;
use std::path::Path;

/// An inventory of two accounts, the first under the name given.
fn list(folder: &Path, name: &str, platform: &str) {
    let text =
        format!("名称,平台,主办单位\n{name},{platform},甲县农业农村局\n甲县体育,微信公众号,甲县体育局\n");
    fs::create_dir_all(folder.join("inv")).unwrap();
    fs::write(folder.join("inv/a.csv"), text).unwrap();
}

/// Audits with the history; gives what happened to the account of this name.
fn audit(folder: &Path, day: &str, more: &[&str]) -> Value {
    let arguments = ["audit", "inv", "--out", "out", "--history", "h.db", "-q", "--as-of", day];
    let ran = run_in(folder, &[&arguments[..], more].concat());
    assert!(ran.status < 2, "{}", ran.err);
    let ran = run_in(folder, &["history", "show", "h.db", "--format", "json"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    serde_json::from_str(&ran.out).unwrap()
}

/// The id of the account in the last scan.
fn id(folder: &Path, name: &str) -> String {
    let scan: Value = serde_json::from_slice(&fs::read(folder.join("out/scan.json")).unwrap()).unwrap();
    let found = scan["assets"].as_array().unwrap().iter().find(|asset| asset["name"] == name).unwrap();
    found["id"].as_str().unwrap().to_owned()
}

/// Class and earlier id of every event about an item.
fn events(shown: &Value) -> Vec<(String, String)> {
    let of_item = shown["events"].as_array().unwrap().iter().filter(|event| event["about"] == "item");
    let text = |event: &Value, key: &str| event[key].as_str().unwrap().to_owned();
    of_item.map(|event| (text(event, "class"), text(event, "was"))).collect()
}

fn classes(shown: &Value) -> Vec<String> {
    events(shown).into_iter().map(|(class, _)| class).collect()
}

const OLD: (&str, &str) = ("甲县茶事", "微信公众号");
const NEW: (&str, &str) = ("云岭讲堂", "抖音");

#[test]
fn what_a_person_called_one_thing_is_one_thing_ever_after() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path();
    list(folder, OLD.0, OLD.1);
    audit(folder, "2026-10-01", &[]);
    list(folder, NEW.0, NEW.1);
    let alone = audit(folder, "2026-10-08", &[]);
    assert_eq!(classes(&alone), ["new", "gone"], "nothing but a person can know: {alone:#}");

    // The same two weeks, and somebody sends back that the two are one.
    let (old, new) = between(folder);
    let said = |word: &str| said(folder, (&old, &new), word);
    said("同一事项");
    let told = audit(folder, "2026-10-08", &["--decisions", "back.csv"]);
    assert_eq!(events(&told), [("changed".to_owned(), old.clone())], "{told:#}");
    let kept = &told["decisions"][0];
    assert_eq!((kept["kind"].as_str(), kept["across"].as_bool()), (Some("same"), Some(true)), "{told:#}");

    // It goes back to its old name, and nobody says anything any more.
    list(folder, OLD.0, OLD.1);
    let back = audit(folder, "2026-10-15", &[]);
    assert_eq!(events(&back), [("changed".to_owned(), new.clone())], "remembered: {back:#}");
    assert!(back["decisions"].as_array().unwrap().is_empty(), "nothing new was said: {back:#}");
    let diff = run_in(folder, &["diff", "--history", "h.db", "--format", "json"]);
    let diff: Value = serde_json::from_str(&diff.out).unwrap();
    let linked: Vec<&Value> =
        diff["items"].as_array().unwrap().iter().filter(|item| item["linked"] == "confirmed").collect();
    assert_eq!(linked.len(), 1, "{diff:#}");

    // Until somebody says the opposite: then it is taken back, and both rows stay.
    list(folder, NEW.0, NEW.1);
    said("不是同一事项");
    let apart = audit(folder, "2026-10-22", &["--decisions", "back.csv"]);
    assert_eq!(classes(&apart), ["new", "gone"], "{apart:#}");
    let rows = apart["decisions"].as_array().unwrap();
    assert_eq!((rows.len(), &rows[0]["retracts"]), (2, &1.into()), "{apart:#}");
    let verified = run_in(folder, &["history", "verify", "h.db"]);
    assert_eq!(verified.status, 0, "{}", verified.err);
}

/// The first week in a new history and the second week's list in place; the ids that the account has in either.
fn between(folder: &Path) -> (String, String) {
    list(folder, NEW.0, NEW.1);
    audit(folder, "2026-10-08", &[]);
    let new = id(folder, NEW.0);
    fs::remove_file(folder.join("h.db")).unwrap();
    list(folder, OLD.0, OLD.1);
    audit(folder, "2026-10-01", &[]);
    let old = id(folder, OLD.0);
    list(folder, NEW.0, NEW.1);
    (old, new)
}

/// A policy that says whether two items are one.
fn policy(folder: &Path, (old, new): (&str, &str), verdict: &str) {
    let text = format!(
        "schema = 1\n[[judgements]]\nleft = \"{old}\"\nright = \"{new}\"\nverdict = \"{verdict}\"\nreason = \"更名\"\n"
    );
    fs::write(folder.join("policy.toml"), text).unwrap();
}

/// A returned table that says so.
fn said(folder: &Path, (old, new): (&str, &str), word: &str) {
    let table = format!("编号（甲）,编号（乙）,决定,备注\n{old},{new},{word},更名迁移\n");
    fs::write(folder.join("back.csv"), table).unwrap();
}

#[test]
fn the_policy_stands_above_a_table_of_the_same_run() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path();
    let (old, new) = between(folder);
    policy(folder, (&old, &new), "same");
    said(folder, (&old, &new), "不是同一事项");
    let told = audit(folder, "2026-10-08", &["--policy", "policy.toml", "--decisions", "back.csv"]);
    let across: Vec<&Value> =
        told["decisions"].as_array().unwrap().iter().filter(|row| row["across"] == true).collect();
    assert_eq!(across.len(), 1, "{told:#}");
    assert_eq!(across[0]["kind"], "same", "{told:#}");
    assert_eq!(run_in(folder, &["history", "verify", "h.db"]).status, 0);
}

#[test]
fn the_policy_stands_above_what_is_remembered() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path();
    let (old, new) = between(folder);
    let policy = |verdict: &str| policy(folder, (&old, &new), verdict);
    policy("same");
    let told = audit(folder, "2026-10-08", &["--policy", "policy.toml"]);
    assert_eq!(classes(&told), ["changed"], "{told:#}");
    // Without the policy it is remembered; a policy that says the opposite holds.
    list(folder, OLD.0, OLD.1);
    fs::copy(folder.join("h.db"), folder.join("copy.db")).unwrap();
    assert_eq!(classes(&audit(folder, "2026-10-15", &[])), ["changed"]);
    fs::copy(folder.join("copy.db"), folder.join("h.db")).unwrap();
    policy("different");
    assert_eq!(classes(&audit(folder, "2026-10-15", &["--policy", "policy.toml"])), ["new", "gone"]);
}
