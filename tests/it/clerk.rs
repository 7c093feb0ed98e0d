//! What a clerk trips over: names nobody wrote, platforms nobody named, units that say in words that they have nothing.

use super::support::{Ran, run_in};
use serde_json::Value;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

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
