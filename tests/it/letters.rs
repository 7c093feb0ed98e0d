//! Words of the policy around the draft, and reports with codes in the place of units.

use super::draft::Draft;
use super::support::run_in;
use calamine::{Data, Reader as _, Xlsx};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use zhijian::scan::document::ScanDocument;

fn scan() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("reports/scan.json")
}

/// Every file in a folder as text, by name.
fn texts(folder: &Path) -> BTreeMap<String, String> {
    let mut texts = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let bytes = fs::read(&path).unwrap();
        let text = match path.extension().and_then(|e| e.to_str()) {
            Some("xlsx") => {
                let mut book = Xlsx::new(Cursor::new(bytes)).unwrap();
                let sheets = book.worksheets();
                let cells = sheets.iter().flat_map(|(_, range)| range.rows().flatten().map(Data::to_string));
                cells.collect::<Vec<_>>().join("\n")
            }
            Some("docx") => Draft::read(&bytes).text(),
            _ => String::from_utf8(bytes).unwrap(),
        };
        texts.insert(name, text);
    }
    texts
}

#[test]
fn the_policys_words_stand_around_the_draft() {
    let folder = tempfile::tempdir().unwrap();
    let scan = scan();
    let policy = "schema = 1\n[report]\norganisation = \"甲市委网信办\"\nletterhead = \"甲市专项工作机制办公室文件\"\n\
        document_number = \"甲网信办〔2026〕〔　〕号\"\naddressee = \"各县区专项工作机制：\"\nclosing = \"妥否，请批示。\\n特此报告。\"\n";
    fs::write(folder.path().join("policy.toml"), policy).unwrap();
    let report = |more: &[&str]| {
        let all = [&["report", "--scan", scan.to_str().unwrap(), "--format", "docx"], more].concat();
        let ran = run_in(folder.path(), &all);
        assert_eq!(ran.status, 0, "{}", ran.err);
    };
    report(&["--out", "worded", "--policy", "policy.toml"]);
    let text = texts(&folder.path().join("worded")).remove("report.docx").unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], "甲市专项工作机制办公室文件", "{text}");
    let at = |line: &str| lines.iter().position(|l| *l == line).unwrap_or_else(|| panic!("{line}: {text}"));
    let order = [
        "甲网信办〔2026〕〔　〕号",
        "各县区专项工作机制：",
        "妥否，请批示。",
        "特此报告。",
        "甲市委网信办",
        "（成文日期）",
    ];
    let places: Vec<usize> = order.into_iter().map(at).collect();
    assert!(places.is_sorted() && text.contains("（代拟稿）"), "{places:?}");
    // Without a policy the words are those that the scan was made with.
    report(&["--out", "plain"]);
    let text = texts(&folder.path().join("plain")).remove("report.docx").unwrap();
    assert!(text.contains("（主送机关）：") && !text.contains("妥否"), "{text}");
}

#[test]
fn no_unit_is_named_in_any_anonymous_output() {
    let folder = tempfile::tempdir().unwrap();
    let path = scan();
    let mut document: ScanDocument = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    // Who did not report is a unit as well.
    document.coverage.not_reported.push("甲市虚构档案馆".to_owned());
    let path = folder.path().join("scan.json");
    fs::write(&path, serde_json::to_vec(&document).unwrap()).unwrap();
    let report = |more: &[&str]| {
        let all = [&["report", "--scan", "scan.json", "--anonymise"], more].concat();
        let ran = run_in(folder.path(), &all);
        assert_eq!(ran.status, 0, "{}", ran.err);
    };
    report(&["--out", "a"]);
    report(&["--out", "b"]);
    report(&["--out", "tables", "--table", "all", "--format", "xlsx,docx,md,csv"]);
    report(&["--out", "units", "--split-by", "owner_unit"]);
    assert_eq!(texts(&folder.path().join("a")), texts(&folder.path().join("b")), "codes do not change");
    let mut units: BTreeSet<String> = BTreeSet::from(["甲市虚构档案馆".to_owned()]);
    for asset in &document.assets {
        let owner = &asset.owner_unit;
        units.extend([&owner.text, &owner.canonical].map(|name| name.trim().to_owned()));
    }
    units.retain(|unit| unit.chars().count() >= 4);
    let mut seen = 0;
    for out in ["a", "tables", "units"] {
        for (name, text) in texts(&folder.path().join(out)) {
            let named =
                units.iter().find(|unit| text.contains(unit.as_str()) || name.contains(unit.as_str()));
            assert_eq!(named, None, "{out}/{name}");
            seen += usize::from(text.contains("单位0") || text.contains("单位1"));
        }
    }
    assert!(seen > 100, "codes stand in their place: {seen}");
    let hidden: ScanDocument =
        serde_json::from_slice(&fs::read(folder.path().join("a/scan.json")).unwrap()).unwrap();
    assert_eq!(hidden.figures, document.figures, "no figure changes");
    let owners = |d: &ScanDocument| {
        d.assets.iter().map(|a| a.owner_unit.canonical.clone()).collect::<BTreeSet<_>>().len()
    };
    assert_eq!(owners(&hidden), owners(&document), "a code each");
    let before: BTreeSet<&str> = document.assets.iter().map(|a| a.id.split('.').next().unwrap()).collect();
    let text = fs::read_to_string(folder.path().join("a/scan.json")).unwrap();
    assert!(before.iter().all(|id| !text.contains(&format!("{id}."))), "ids name the unit's code");
    for pair in &hidden.pairs {
        assert!(hidden.assets.iter().any(|asset| asset.id == pair.left), "ids lead where they led");
    }
}
