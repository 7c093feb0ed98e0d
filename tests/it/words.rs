//! Words of a place: what a policy adds to the tables is understood wherever names are read.

#![allow(clippy::unwrap_used)]

use crate::support::{Ran, run_in};
use serde_json::Value;
use std::path::Path;
use tempfile::TempDir;

const POLICY: &str = r#"schema = 1
[[units]]
id = "data-lake"
name = "数据湖管理局"
words = ["数湖局"]
line = "data"
[[units]]
id = "petition"
name = "信访工作局"
words = ["群工局"]
[[functions]]
id = "蓝藻打捞"
words = ["蓝藻打捞", "捞藻"]
audience = "staff"
[[functions]]
id = "river-patrol"
words = ["看水护岸"]
[[platforms]]
id = "甲政通"
words = ["甲政通", "甲政通群"]
kind = "group"
[[name_words]]
words = ["总入口"]
class = "generic"
[[name_words]]
words = ["平台"]
class = "plain"
"#;

const LIST: &str = "名称,平台,主办单位,所属区划,用途\n\
    湖面清洁群,甲政通群,碧江区数湖局,贵州省铜仁市碧江区,捞藻任务通知\n\
    护岸平台总入口,微信群,碧江区群工局,贵州省铜仁市碧江区,看水护岸\n";

fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("policy.toml"), POLICY).unwrap();
    std::fs::write(folder.path().join("工作群.csv"), LIST).unwrap();
    folder
}

fn scan(folder: &Path, more: &[&str]) -> (Vec<Value>, String) {
    let mut arguments = vec!["audit", "工作群.csv", "--out", "out", "--as-of", "2026-11-22"];
    arguments.extend(more);
    let ran = run_in(folder, &arguments);
    assert!(ran.status < 2, "{}", ran.err);
    let text = std::fs::read_to_string(folder.join("out/scan.json")).unwrap();
    let scan: Value = serde_json::from_str(&text).unwrap();
    (scan["assets"].as_array().unwrap().clone(), scan["parameters"].to_string())
}

fn named<'a>(assets: &'a [Value], name: &str) -> &'a Value {
    assets.iter().find(|asset| asset["name"] == name).unwrap()
}

#[test]
fn words_of_the_policy_are_understood_and_only_with_it() {
    let folder = folder();
    let (with, parameters) = scan(folder.path(), &["--policy", "policy.toml"]);
    let lake = named(&with, "湖面清洁群");
    assert_eq!(lake["owner_unit"]["canonical"], "碧江区数据湖管理局");
    assert_eq!(lake["platform"], "甲政通");
    assert!(lake["functions"].as_array().unwrap().contains(&Value::from("蓝藻打捞")));
    let shore = named(&with, "护岸平台总入口");
    assert_eq!(shore["owner_unit"]["canonical"], "碧江区信访工作局", "renamed");
    assert!(shore["functions"].as_array().unwrap().contains(&Value::from("river-patrol")));

    let (without, default_parameters) = scan(folder.path(), &[]);
    let lake = named(&without, "湖面清洁群");
    assert_ne!(lake["owner_unit"]["canonical"], "碧江区数据湖管理局");
    assert_ne!(lake["platform"], "甲政通");
    assert_ne!(parameters, default_parameters, "the result names the policy it was made with");
}

#[test]
fn a_name_is_taken_apart_with_the_words_of_the_policy() {
    let folder = folder();
    let stem = |more: &[&str]| {
        let arguments = [&["explain", "--text", "护岸平台总入口"], more].concat();
        let out = run_in(folder.path(), &arguments).out;
        let line = out.lines().find(|line| line.trim_start().starts_with("名称主干")).unwrap_or_default();
        line.split_whitespace().nth(1).unwrap_or_default().to_owned()
    };
    assert_eq!(stem(&["--policy", "policy.toml"]), "护岸平台");
    assert_eq!(stem(&[]), "护岸平台总入口");
}

#[test]
fn a_vendored_word_moves_to_the_entry_of_the_policy() {
    let folder = folder();
    let text = "schema = 1\n[[functions]]\nid = \"meeting\"\nwords = [\"河长巡河\"]\n\
        [[units]]\nid = \"water-office\"\nname = \"水务办公室\"\nwords = [\"水务局\"]\n";
    std::fs::write(folder.path().join("move.toml"), text).unwrap();
    let explain = |more: &[&str]| {
        let arguments = [&["explain", "--text", "河长巡河", "--unit", "碧江区水务局"], more].concat();
        run_in(folder.path(), &arguments).out
    };
    let (before, after) = (explain(&[]), explain(&["--policy", "move.toml"]));
    assert!(before.contains("river-patrol") && before.contains("（water）"), "{before}");
    assert!(after.contains("meeting") && !after.contains("river-patrol"), "{after}");
    assert!(after.contains("碧江区水务办公室（water-office）"), "{after}");
}

/// Words that clash with everything vendored: a function's name, a joint, marks only, half a thousand platforms.
#[test]
fn no_word_of_a_policy_is_too_much() {
    let folder = folder();
    let head = "schema = 1\n[[functions]]\nid = \"x\"\nwords = [\"会议管理\", \"人民\", \"！！\", \"打卡\"]\n\
        [[units]]\nid = \"y\"\nname = \"——\"\nwords = [\"人民政府\", \"教育局\"]\n";
    let platforms = (0..500)
        .map(|at| format!("[[platforms]]\nid = \"p{at}\"\nwords = [\"平台甲{at}\"]\nkind = \"app\"\n"));
    let text: String = std::iter::once(head.to_owned()).chain(platforms).collect();
    std::fs::write(folder.path().join("odd.toml"), text).unwrap();
    let explain = |platform: &str| {
        let arguments =
            ["explain", "--text", "会议管理", "--platform", platform, "--policy", "odd.toml", "--lang", "en"];
        run_in(folder.path(), &arguments)
    };
    let ran = explain("平台甲499");
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert!(ran.out.contains("x (x: 会议管理)"), "{}", ran.out);
    assert!(ran.out.contains("p499"), "{}", ran.out);
}

#[test]
fn every_fault_of_the_words_is_told_at_once() {
    let folder = folder();
    let text = "schema = 1\n[[units]]\nid = \"数湖\"\nname = \"数湖局\"\n\
        [[functions]]\nid = \"a\"\nwords = [\"捞藻\", \"捞\"]\naudience = \"工作人员\"\n\
        [[functions]]\nid = \"b\"\nwords = [\"巡湖\"]\n[[functions]]\nid = \"c\"\nwords = [\"巡湖\"]\n\
        [[platforms]]\nid = \"p\"\nwords = []\nkind = \"群\"\n\
        [[functions]]\nid = \"c\"\nwords = [\"别的词\"]\n";
    std::fs::write(folder.path().join("bad.toml"), text).unwrap();
    let Ran { status, err, .. } = run_in(folder.path(), &["policy", "check", "bad.toml"]);
    assert_eq!(status, 2);
    for told in ["小写英文字母", "每个至少两个字", "staff", "“巡湖”已归第 9 行", "account", "同一事项"]
    {
        assert!(err.contains(told), "{told} is not in:\n{err}");
    }
    assert!(err.contains("有 7 处错误"), "{err}");
}
