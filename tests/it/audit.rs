//! The main job from outside: the built program over the committed samples.

use crate::support::{Ran, program, ran, run, run_in};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use tempfile::TempDir;
use zhijian::scan::document::ScanDocument;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn inventories() -> String {
    root().join("inventories").display().to_string()
}

/// Audits paths with the samples' policy into `out` below `folder`.
fn audit(folder: &Path, out: &str, paths: &[String], more: &[&str]) -> Ran {
    let policy = root().join("inventories/policy.toml").display().to_string();
    let mut arguments = vec!["audit"];
    arguments.extend(paths.iter().map(String::as_str));
    arguments.extend(["--policy", &policy, "--as-of", "2026-11-22", "--out", out]);
    arguments.extend(more);
    run_in(folder, &arguments)
}

/// One audit of the samples, shared by the tests that only look at its outputs.
static SAMPLES: LazyLock<(TempDir, Ran)> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let ran = audit(folder.path(), "reports", &[inventories()], &[]);
    (folder, ran)
});

/// What the README's first command prints in a language.
pub(crate) fn readme_audit(lang: &str) -> String {
    if lang == "zh" {
        return SAMPLES.1.out.clone();
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    audit(folder.path(), "reports", &[inventories()], &["--lang", lang]).out
}

/// The stored scan of the samples.
pub(crate) fn sample_scan() -> ScanDocument {
    let bytes = fs::read(SAMPLES.0.path().join("reports/scan.json"));
    ScanDocument::parse(&bytes.unwrap_or_else(|e| panic!("{e}: {}", SAMPLES.1.err))).unwrap()
}

fn outputs(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).expect("outputs").map(|e| e.expect("entry").path());
    entries
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(&path).unwrap()))
        .collect()
}

#[test]
fn the_committed_reports_are_what_the_samples_give() {
    let made = outputs(&SAMPLES.0.path().join("reports"));
    let committed = outputs(&root().join("reports"));
    assert_eq!(made.keys().collect::<Vec<_>>(), committed.keys().collect::<Vec<_>>());
    for (name, bytes) in &made {
        assert!(committed[name] == *bytes, "reports/{name} is stale: run the first command of the README");
    }
}

#[test]
fn samples_contain_what_makes_the_job_fail() {
    assert_eq!(SAMPLES.1.status, 0, "the samples' policy fails on nothing: {}", SAMPLES.1.err);
    let folder = tempfile::tempdir().unwrap();
    for what in ["forbidden", "restricted", "unread"] {
        let ran = audit(folder.path(), "out", &[inventories()], &["--fail-on", what]);
        assert_eq!(ran.status, 1, "{what}");
    }
    let quiet = audit(folder.path(), "out", &[inventories()], &["--fail-on", "advisory", "--quiet"]);
    assert_eq!(quiet.status, 1);
    assert_eq!(quiet.err, "", "--quiet says nothing beside the result");
}

#[test]
fn one_thread_and_many_and_any_order_of_files_give_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let mut files: Vec<String> = walkdir::WalkDir::new(root().join("inventories"))
        .into_iter()
        .map(|entry| entry.unwrap().into_path())
        .filter(|path| path.is_file() && !path.ends_with("README.md") && !path.ends_with("policy.toml"))
        .map(|path| path.display().to_string())
        .collect();
    files.sort();
    audit(folder.path(), "first", &files, &["--threads", "1"]);
    files.reverse();
    files.rotate_left(2);
    audit(folder.path(), "second", &files, &["--threads", "4"]);
    let (first, second) = (outputs(&folder.path().join("first")), outputs(&folder.path().join("second")));
    assert!(first.len() >= 9, "{:?}", first.keys());
    for (name, bytes) in &first {
        assert!(second[name] == *bytes, "{name} depends on threads or on the order of files");
    }
}

#[test]
fn a_stored_scan_renders_again_to_the_same_bytes() {
    let folder = SAMPLES.0.path();
    let again = run_in(folder, &["report", "--scan", "reports/scan.json", "--out", "again"]);
    assert_eq!(again.status, 0, "{}", again.err);
    assert_eq!(outputs(&folder.join("reports")), outputs(&folder.join("again")));
}

#[test]
fn scan_json_fits_its_published_schema() {
    let schema: serde_json::Value =
        serde_json::from_slice(&fs::read(root().join("docs/scan.schema.json")).unwrap()).unwrap();
    let scan: serde_json::Value =
        serde_json::from_slice(&fs::read(SAMPLES.0.path().join("reports/scan.json")).unwrap()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let faults: Vec<String> = validator.iter_errors(&scan).take(5).map(|e| e.to_string()).collect();
    assert!(faults.is_empty(), "{faults:?}");
}

#[test]
fn every_row_account_balances_and_every_part_adds_up() {
    let scan: serde_json::Value =
        serde_json::from_slice(&fs::read(SAMPLES.0.path().join("reports/scan.json")).unwrap()).unwrap();
    let mut records = 0;
    for input in scan["inputs"].as_array().unwrap() {
        for sheet in input["sheets"].as_array().unwrap() {
            let count = |name: &str| sheet["row_account"][name].as_u64().unwrap();
            let parts = ["records", "headings", "blank", "notes", "rejected"].map(count);
            assert_eq!(count("rows_read"), parts.iter().sum::<u64>(), "{} {}", input["path"], sheet["name"]);
            records += count("records");
        }
    }
    let assets = scan["assets"].as_array().unwrap().len() as u64;
    assert_eq!(assets, records, "every record is an asset (the samples have no clue table)");
    assert_eq!(scan["plan"]["actions"].as_array().unwrap().len() as u64, assets);
    let figure = |id: &str| {
        let found = scan["figures"].as_array().unwrap().iter().find(|f| f["id"] == id);
        found.unwrap_or_else(|| panic!("no figure {id}"))["value"].as_f64().unwrap()
    };
    for part in ["listed", "closed", "repeated", "live", "keep", "merge", "refer", "after", "net"] {
        let kinds = ["app", "account", "group"].map(|kind| figure(&format!("assets.{kind}.{part}")));
        let sum: f64 = kinds.iter().sum();
        assert!((sum - figure(&format!("assets.all.{part}"))).abs() < 0.5, "{part}");
    }
}

#[test]
fn explain_and_plan_read_the_stored_scan() {
    let folder = SAMPLES.0.path();
    let scan: serde_json::Value =
        serde_json::from_slice(&fs::read(folder.join("reports/scan.json")).unwrap()).unwrap();
    let pair = &scan["pairs"][0];
    let (left, right) = (pair["left"].as_str().unwrap(), pair["right"].as_str().unwrap());
    let both = run_in(folder, &["explain", left, right]);
    assert_eq!(both.status, 0, "{}", both.err);
    let sentence = pair["evidence"][0]["sentence"].as_str().unwrap();
    let squeezed: String = both.out.split_whitespace().collect();
    assert!(squeezed.contains(&sentence.split_whitespace().collect::<String>()), "{}", both.out);
    let fingerprint = scan["findings"][0]["fingerprint"].as_str().unwrap();
    assert_eq!(run_in(folder, &["explain", fingerprint]).status, 0);
    let unknown = run_in(folder, &["explain", "没有这个"]);
    assert_eq!((unknown.status, unknown.out.as_str()), (2, ""));
    let plan = run_in(folder, &["plan"]);
    assert_eq!(plan.status, 0);
    assert!(plan.out.contains("人工复核"), "{}", plan.out);
}

#[test]
fn match_writes_a_cluster_for_every_row() {
    let folder = tempfile::tempdir().unwrap();
    let rows = "id,name,sponsor,platform,description\n\
        a,甲市教育,甲市教育局,微信公众号,\n\
        b,甲市教育,甲市教育局,新浪微博,\n\
        c,甲市民政,甲市民政局,微信公众号,\n";
    fs::write(folder.path().join("in.csv"), rows).unwrap();
    let run = run_in(
        folder.path(),
        &["match", "in.csv", "--out", "out.csv", "--pairs", "pairs.csv", "--explain-blocking"],
    );
    assert_eq!(run.status, 0, "{}", run.err);
    let text = fs::read_to_string(folder.path().join("out.csv")).unwrap();
    let clusters: BTreeMap<&str, &str> = text.lines().skip(1).filter_map(|l| l.split_once(',')).collect();
    assert_eq!(clusters.len(), 3, "{text}");
    assert_eq!(clusters["a"], clusters["b"]);
    assert_ne!(clusters["a"], clusters["c"]);
    let pairs = fs::read_to_string(folder.path().join("pairs.csv")).unwrap();
    assert!(pairs.contains("a,b,family,") || pairs.contains("b,a,family,"), "{pairs}");
}

#[test]
fn what_cannot_be_read_is_said_and_costs_only_itself() {
    let missing = run(&["audit", "nowhere.xlsx"]);
    assert_eq!(missing.status, 2);
    assert!(missing.err.contains("nowhere.xlsx"), "{}", missing.err);

    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("in")).unwrap();
    fs::write(folder.path().join("in/坏.xlsx"), b"PK\x03\x04 this is no workbook").unwrap();
    let alone = run_in(folder.path(), &["audit", "in"]);
    assert_eq!(alone.status, 2, "nothing readable is not completed: {}", alone.err);
    assert!(!folder.path().join("reports").exists(), "no output without any input");

    fs::write(folder.path().join("in/好.csv"), "名称,主办单位\n甲市教育通,甲市教育局\n").unwrap();
    let both = run_in(folder.path(), &["audit", "in"]);
    assert_eq!(both.status, 1, "unread is something to act on: {}", both.err);
    let summary = fs::read_to_string(folder.path().join("reports/summary.md")).unwrap();
    assert!(summary.contains("未读文件 1 个"), "{summary}");
    let forgiving = run_in(folder.path(), &["audit", "in", "--fail-on", "forbidden"]);
    assert_eq!(forgiving.status, 0, "{}", forgiving.err);
}

#[test]
fn a_broken_pipe_is_no_failure() {
    let folder = SAMPLES.0.path();
    let mut child = std::process::Command::new(program(folder).get_program())
        .args(["plan"])
        .current_dir(folder)
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn english_is_one_flag_away() {
    let folder = tempfile::tempdir().unwrap();
    let run = audit(folder.path(), "out", &[inventories()], &["--lang", "en"]);
    assert_eq!(run.status, 0);
    let scan: serde_json::Value =
        serde_json::from_slice(&fs::read(folder.path().join("out/scan.json")).unwrap()).unwrap();
    let reason = scan["plan"]["actions"][0]["reason"].as_str().unwrap();
    assert!(reason.is_ascii() || reason.contains('“'), "{reason}");
    let usage = ran(program(folder.path()).args(["--lang", "en", "audit"]));
    assert_eq!(usage.status, 2);
}
