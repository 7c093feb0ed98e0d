//! What a clerk trips over: names nobody wrote, platforms nobody named, units that say in words that they have nothing.

use super::support::{Ran, folder, run_in};
use serde_json::Value;
use std::fs;
use std::path::Path;

fn audit(folder: &Path, more: &[&str]) -> Ran {
    let fixed = ["audit", "in", "--out", "out", "--as-of", "2026-11-20", "--quiet"];
    run_in(folder, &[&fixed, more].concat())
}

fn scan(folder: &Path) -> Value {
    serde_json::from_slice(&fs::read(folder.join("out/scan.json")).unwrap()).unwrap()
}

#[test]
fn a_unit_is_called_as_its_files_call_it() {
    let table = "应用名称,主办单位,功能描述\n甲市河湖通,甲市水务局,河湖巡查\n甲市巡河,甲市水务局,防洪值守\n甲市节水,甲市水务局办公室,节约用水\n\
        甲市水情,甲市水利局,水情查询\n乙县团务,共青团乙县委员会,团务\n";
    let folder = folder(&[("in/a.csv", table)]);
    audit(folder.path(), &[]);
    let ran = run_in(
        folder.path(),
        &["report", "--scan", "out/scan.json", "--split-by", "owner_unit", "--out", "parts"],
    );
    let units = fs::read_to_string(folder.path().join("parts/units.csv")).unwrap();
    for name in ["甲市水务局", "共青团乙县委员会"] {
        assert!(units.lines().any(|line| line.starts_with(name)), "{name} in {units} {}", ran.err);
    }
    assert!(!units.contains("甲市水利局") && !units.contains("乙县团委"), "{units}");
    let arguments =
        ["report", "--scan", "out/scan.json", "--table", "by-unit", "--format", "csv", "--out", "table"];
    run_in(folder.path(), &arguments);
    let by_unit = fs::read_to_string(folder.path().join("table/by-unit.csv")).unwrap();
    assert!(by_unit.contains("甲市水务局") && !by_unit.contains("甲市水利局"), "{by_unit}");
    // The key stays what it was.
    assert_eq!(scan(folder.path())["assets"][0]["owner_unit"]["canonical"], "甲市水利局");
}

#[test]
fn a_platform_is_what_is_written_or_nothing() {
    let apps = "应用名称,主办单位,类型,运行平台\n甲市挪车,甲市公安局,小程序,支付宝\n甲市报装,甲市住建局,小程序,抖音\n\
        甲市问诊,甲市卫健委,小程序,微信\n甲市公交,甲市交通局,小程序,\n甲市停车,甲市城管局,小程序（支付宝）,\n";
    let groups = "群名称,所属单位,群类型\n甲市防汛联络群,甲市水利局,微信群\n甲市值守群,甲市应急局,钉钉群\n甲市临时群,甲市应急局,临时\n";
    let folder = folder(&[("in/a.csv", apps), ("in/b.csv", groups)]);
    audit(folder.path(), &[]);
    let scan = scan(folder.path());
    let platform = |name: &str| {
        let assets = scan["assets"].as_array().unwrap();
        let asset = assets.iter().find(|asset| asset["name"] == name).unwrap();
        (asset["kind"].as_str().unwrap().to_owned(), asset["platform"].as_str().unwrap_or("").to_owned())
    };
    for (name, kind, id) in [
        ("甲市挪车", "app", "alipay-mini-program"),
        ("甲市报装", "app", "douyin-mini-program"),
        ("甲市问诊", "app", "wechat-mini-program"),
        ("甲市公交", "app", ""),
        ("甲市停车", "app", "alipay-mini-program"),
        ("甲市防汛联络群", "group", "wechat-group"),
        ("甲市值守群", "group", "dingtalk-group"),
        ("甲市临时群", "group", ""),
    ] {
        assert_eq!(platform(name), (kind.to_owned(), id.to_owned()), "{name}");
    }
}

#[test]
fn codes_stand_for_units_wherever_they_are_named() {
    let table = "填报单位：甲市大数据中心\n应用名称,主办单位,功能描述,行政区划\n甲市政务通,甲市行政审批局,政务服务事项办理,甲市\n";
    let above = "平台名称,主办单位,主要功能,层级\n示例省政务通,示例省人民政府办公厅,政务服务事项办理,省级\n";
    let policy = "schema = 1\n[report]\norganisation = \"示例省委网信办\"\n";
    let folder = folder(&[("in/a.csv", table), ("above.csv", above), ("policy.toml", policy)]);
    let ran = audit(folder.path(), &["--reference", "above.csv", "--policy", "policy.toml"]);
    assert!(ran.status < 2, "{}", ran.err);
    let whole = fs::read_to_string(folder.path().join("out/scan.json")).unwrap();
    for name in ["甲市大数据中心", "示例省委网信办"] {
        assert!(whole.contains(name), "{name}");
    }
    let hidden = run_in(
        folder.path(),
        &["report", "--scan", "out/scan.json", "--anonymise", "--format", "json", "--out", "hidden"],
    );
    let path = folder.path().join("hidden/scan.json");
    let text = fs::read_to_string(path).unwrap_or(hidden.out);
    assert!(text.contains("assets"), "{}", hidden.err);
    for name in ["甲市大数据中心", "示例省人民政府办公厅", "示例省委网信办", "甲市行政审批局"]
    {
        assert!(!text.contains(name), "{name}");
    }
}

#[test]
fn a_unit_that_says_it_has_nothing_has_reported() {
    let files = [
        ("in/a.csv", "填报单位：甲市林业局\n本单位无政务应用程序，特此说明\n"),
        ("in/b.csv", "填报单位：乙县水务局\n无政务应用程序\n"),
        ("in/c.txt", "乙县档案局没有工作群组\n"),
        ("in/d.csv", "填报单位：甲市司法局\n应用名称,功能描述\n甲市普法,普法宣传\n"),
        ("in/e.csv", "填报单位：甲市司法局\n应用名称,功能描述\n甲市普法,普法宣传\n"),
        ("roster.csv", "单位名称\n甲市林业局\n乙县水务局\n乙县档案局\n甲市司法局\n甲市审计局\n"),
    ];
    let folder = folder(&files);
    let ran = audit(folder.path(), &["--roster", "roster.csv"]);
    let scan = scan(folder.path());
    let roster = scan["coverage"]["roster"].as_array().unwrap();
    let said: Vec<_> = roster.iter().map(|unit| unit["status"].as_str().unwrap()).collect();
    assert_eq!(said, ["zero", "zero", "zero", "twice", "not-reported"], "{}", ran.err);
    let report = fs::read_to_string(folder.path().join("out/summary.md")).unwrap();
    assert!(report.contains("应报单位名单 5 家"), "where the expected units come from is told");
}

#[test]
fn what_only_comparing_tells_cannot_be_asked_of_a_single_run() {
    let folder = folder(&[("in/a.csv", "应用名称,主办单位\n甲市通,甲市民政局\n")]);
    for what in ["rebound", "new-forbidden", "overdue"] {
        let ran = audit(folder.path(), &["--fail-on", what]);
        assert_eq!(ran.status, 2, "{what}");
        assert!(ran.err.contains("--history") && ran.err.contains(what), "{}", ran.err);
        assert!(audit(folder.path(), &["--fail-on", what, "--history", "h.db"]).status < 2, "{what}");
    }
    let list = run_in(folder.path(), &["history", "list", "h.db"]);
    assert!(list.out.contains("UTC"), "{} {}", list.out, list.err);
}
