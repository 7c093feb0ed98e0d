//! Scans over time: the story of five weeks, what the store promises, and what happens when things go wrong.

use crate::support::{Ran, binary, program, ran, run_in};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// The samples, in a folder in which they may be changed, with a store beside them.
struct Place {
    folder: TempDir,
}

impl Place {
    fn new() -> Place {
        let folder = tempfile::tempdir().unwrap();
        let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("inventories");
        for entry in walkdir::WalkDir::new(&samples) {
            let entry = entry.unwrap();
            let to = folder.path().join("inv").join(entry.path().strip_prefix(&samples).unwrap());
            if entry.file_type().is_dir() {
                fs::create_dir_all(to).unwrap();
            } else {
                fs::copy(entry.path(), to).unwrap();
            }
        }
        Place { folder }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Replaces text in one of the lists; the text must be there.
    fn edit(&self, list: &str, from: &str, to: &str) {
        let path = self.path().join("inv").join(list);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{list} does not hold {from}");
        fs::write(path, text.replace(from, to)).unwrap();
    }

    fn audit(&self, as_of: &str, more: &[&str]) -> Ran {
        let arguments =
            ["audit", "inv", "--policy", "inv/policy.toml", "--out", "out", "--history", "h.db", "-q"];
        run_in(self.path(), &[&arguments[..], &["--as-of", as_of], more].concat())
    }

    /// The comparison of the last two scans.
    fn diff(&self) -> Value {
        let ran = run_in(
            self.path(),
            &["diff", "--history", "h.db", "--policy", "inv/policy.toml", "--format", "json"],
        );
        assert_eq!(ran.status, 0, "{}", ran.err);
        serde_json::from_str(&ran.out).unwrap()
    }

    fn json(&self, arguments: &[&str]) -> Value {
        let ran = run_in(self.path(), arguments);
        assert_eq!(ran.status, 0, "{}", ran.err);
        serde_json::from_str(&ran.out).unwrap()
    }

    /// Events that the store keeps of its last scan: class, cause, name, rule.
    fn events(&self) -> Vec<[String; 4]> {
        let shown = self.json(&["history", "show", "h.db", "--format", "json"]);
        let text = |event: &Value, key: &str| event[key].as_str().unwrap().to_owned();
        let events = shown["events"].as_array().unwrap().iter();
        events.map(|e| ["class", "cause", "name", "rule"].map(|key| text(e, key))).collect()
    }

    fn read(&self, file: &str) -> Vec<u8> {
        fs::read(self.path().join(file)).unwrap_or_else(|e| panic!("{file}: {e}"))
    }

    fn out(&self) -> PathBuf {
        self.path().join("out")
    }
}

fn item<'a>(diff: &'a Value, name: &str) -> &'a Value {
    let found: Vec<&Value> = diff["items"].as_array().unwrap().iter().filter(|i| i["name"] == name).collect();
    assert_eq!(found.len(), 1, "{name}: {found:#?}");
    found[0]
}

fn counted(events: &[[String; 4]], class: &str, rule: bool) -> Vec<String> {
    events.iter().filter(|e| e[0] == class && e[3].is_empty() != rule).map(|e| e[2].clone()).collect()
}

const EXPORT: &str = "乙市/system-export.csv";

/// Audit; closures and repairs; a list that is not sent; a revival, a rebranding and a relapse; a changed rule.
#[test]
fn five_weeks_are_told_as_they_were() {
    let place = Place::new();
    // The first week has nothing to compare with.
    let first = place.audit("2026-10-01", &[]);
    assert!(first.status < 2, "{}", first.err);
    assert!(!place.out().join("changes.md").exists());
    let line = |name: &str| {
        let text = fs::read_to_string(place.path().join("inv").join(EXPORT)).unwrap();
        text.lines()
            .find(|line| line.contains(&format!(",{name},")))
            .unwrap_or_else(|| panic!("{name}"))
            .to_owned()
    };

    // Week two: one is closed by its status, one leaves the list, and a forbidden feature is taken out.
    let (closed, gone) = (line("乙市公交出行"), line("城管随手拍"));
    place.edit(EXPORT, &closed, &closed.replace(",active,", ",closed,"));
    place.edit(EXPORT, &format!("{gone}\n"), "");
    let (bad, good) = feature(&place);
    place.edit(EXPORT, &bad, &good);
    place.audit("2026-10-08", &[]);
    let diff = place.diff();
    assert_eq!(
        (item(&diff, "乙市公交出行")["class"].as_str(), item(&diff, "城管随手拍")["class"].as_str()),
        (Some("changed"), Some("gone"))
    );
    // A closure is a cell that changed, whatever the day; and what it takes along has the same cause.
    assert_eq!(item(&diff, "乙市公交出行")["cause"], "world");
    assert!(diff["problems"].as_array().unwrap().iter().all(|p| p["cause"] == "world"), "{diff:#}");
    let fixed: Vec<&Value> =
        diff["problems"].as_array().unwrap().iter().filter(|p| p["class"] == "fixed").collect();
    assert!(fixed.iter().any(|p| p["rule"] == "app-points-ranking"), "{fixed:#?}");
    assert_eq!(diff["balance"].as_array().unwrap().last().unwrap()["removed"], 2);
    assert!(diff["items"].as_array().unwrap().iter().all(|i| i["class"] != "not-reported"));
    let changes = String::from_utf8(place.read("out/changes.md")).unwrap();
    assert!(changes.contains("城管随手拍") && changes.contains("存量由 425 项变为 423 项"), "{changes}");

    // Week three: a list is not sent. Nothing of it is gone.
    let hidden = place.path().join("inv/省直/政务应用程序.json");
    let kept = fs::read(&hidden).unwrap();
    fs::remove_file(&hidden).unwrap();
    place.audit("2026-10-15", &[]);
    let events = place.events();
    assert_eq!(counted(&events, "not-reported", false).len(), 44, "{events:?}");
    assert!(
        counted(&events, "gone", false).is_empty() && counted(&events, "fixed", true).is_empty(),
        "{events:?}"
    );

    let told = String::from_utf8(place.read("out/changes.md")).unwrap();
    assert!(told.contains("本次未报的事项：本次没有收到 省直/政务应用程序.json 44。"), "{told}");

    // Week four: the list is there again; the closed one is in use, the one that left has a successor, the feature is back.
    fs::write(&hidden, kept).unwrap();
    place.edit(EXPORT, &closed.replace(",active,", ",closed,"), &closed);
    let successor = gone
        .replace("城管随手拍", "拍拍城事")
        .replace("YS-0003", "YS-0903")
        .replace("2020-01-15", "2026-10-10")
        .replace("乙003号", "乙903号");
    place.edit(EXPORT, &closed, &format!("{closed}\n{successor}"));
    place.edit(EXPORT, &good, &bad);
    let back = place.audit("2026-10-22", &["--fail-on", "rebound"]);
    assert_eq!(back.status, 1, "{}", back.err);
    rebound_table(&place);
    let diff = place.diff();
    assert_eq!(item(&diff, "乙市公交出行")["class"], "revived");
    assert_eq!(diff["balance"].as_array().unwrap().last().unwrap()["added"], 2);
    let events = place.events();
    let rebranded = counted(&events, "rebranded", false);
    assert_eq!(rebranded, ["拍拍城事"], "{events:?}");
    assert!(!counted(&events, "relapsed", true).is_empty(), "{events:?}");
    // What stood in the list before it was missing is no new problem.
    let reported = events.iter().filter(|e| e[0] == "new" && e[1] == "reporting").collect::<Vec<_>>();
    assert!(reported.is_empty(), "{reported:?}");
    let returned = diff["items"].as_array().unwrap().iter().filter(|i| i["cause"] == "reporting").count();
    let again = place.json(&["history", "list", "h.db", "--format", "json"]);
    assert_eq!(again["scans"].as_array().unwrap().len(), 4);
    assert!(returned > 0);
    came_back(&place, &again);

    // Week five: only our rules change.
    let policy = place.path().join("inv/policy.toml");
    let text = fs::read_to_string(&policy).unwrap() + "\n[rules.app-points-ranking]\nenabled = false\n";
    fs::write(&policy, text).unwrap();
    place.audit("2026-10-22", &[]);
    let diff = place.diff();
    assert!(diff["items"].as_array().unwrap().iter().all(|i| i["class"] == "kept"), "no item changed");
    let problems = diff["problems"].as_array().unwrap();
    let ranking: Vec<_> = problems.iter().filter(|p| p["rule"] == "app-points-ranking").collect();
    assert!(
        !ranking.is_empty() && ranking.iter().all(|p| p["class"] == "gone" && p["cause"] == "policy"),
        "{ranking:#?}"
    );
    let revived: Vec<_> = problems.iter().filter(|p| p["rule"] == "any-revived").collect();
    assert!(
        !revived.is_empty() && revived.iter().all(|p| p["class"] == "kept"),
        "it stays until it is closed: {revived:#?}"
    );

    all_is_kept(&place);
}

/// The reduction table of what came back names the items and the scan it was compared with.
fn rebound_table(place: &Place) {
    let scan = place.path().join("out/scan.json");
    let ran = run_in(
        place.path(),
        &[
            "report",
            "--scan",
            scan.to_str().unwrap(),
            "--table",
            "rebound",
            "--format",
            "md",
            "--out",
            "tables",
        ],
    );
    assert_eq!(ran.status, 0, "{}", ran.err);
    let table = fs::read_to_string(place.path().join("tables/rebound.md")).unwrap();
    assert!(table.contains("乙市公交出行") && table.contains("拍拍城事"), "{table}");
    assert!(!table.contains("没有与以往的扫描比较"), "{table}");
}

/// What came back is a finding with its cell and clause, and the scan names the one it was compared with.
fn came_back(place: &Place, listed: &Value) {
    let scan: Value = serde_json::from_slice(&place.read("out/scan.json")).unwrap();
    let found = |rule: &str| {
        scan["findings"].as_array().unwrap().iter().filter(|f| f["rule"] == rule).cloned().collect::<Vec<_>>()
    };
    assert_eq!(
        found("any-revived")[0]["recurrence"]["closed"],
        "2026-10-08",
        "the week that first showed it closed"
    );
    // The feature and what belongs to it, and no duplicate that came and went with another item.
    let of_app = |finding: &Value| finding["asset"].as_str().unwrap().ends_with("乙市红色课堂");
    assert!(found("any-relapsed").iter().all(of_app), "{:#?}", found("any-relapsed"));
    for rule in ["any-revived", "any-rebranded", "any-relapsed"] {
        let list = found(rule);
        assert!(!list.is_empty(), "{rule}");
        for finding in list {
            assert!(
                !finding["clause"].as_array().unwrap().is_empty()
                    && !finding["where"].as_array().unwrap().is_empty()
            );
            assert!(finding["recurrence"]["closed"].as_str().unwrap().starts_with("2026-"), "{finding}");
        }
    }
    let earlier = &scan["parameters"]["earlier"];
    assert_eq!(
        (earlier["as_of"].as_str(), &earlier["blake3"]),
        (Some("2026-10-15"), &listed["scans"][2]["blake3"])
    );
}

/// The store holds, gives back what was written, and the page shows the comparison.
fn all_is_kept(place: &Place) {
    let verified = run_in(place.path(), &["history", "verify", "h.db", "--lang", "en"]);
    assert_eq!(verified.status, 0, "{}", verified.err);
    assert!(verified.out.contains("5 scans"), "{}", verified.out);
    let exported = run_in(place.path(), &["history", "export", "h.db", "-1", "--out", "e.json"]);
    assert_eq!(exported.status, 0, "{}", exported.err);
    assert_eq!(place.read("e.json"), place.read("out/scan.json"));
    let html = String::from_utf8(place.read("out/report.html")).unwrap();
    assert!(html.contains("id=\"compared\"") && html.contains("<polyline"), "the page has the comparison");
    let marks = html.matches("class=\"mark\"").count();
    assert_eq!(marks, 3, "the week without a list and the week of its return, and what they mean");
}

/// The line of an app with a forbidden feature, and the same without it.
fn feature(place: &Place) -> (String, String) {
    let text = fs::read_to_string(place.path().join("inv").join(EXPORT)).unwrap();
    let bad = text.lines().find(|line| line.contains("，按学习积分生成支部排名,")).unwrap();
    let good = bad.replace("，按学习积分生成支部排名,", ",").replace(",否,是,否,", ",否,否,否,");
    assert!(good.len() < bad.len() && !good.contains(",是,"), "{good}");
    (bad.to_owned(), good)
}

#[test]
fn without_a_history_nothing_is_compared_and_nothing_is_kept() {
    let place = Place::new();
    let arguments =
        ["audit", "inv", "--policy", "inv/policy.toml", "--out", "out", "--as-of", "2026-11-22", "-q"];
    run_in(place.path(), &arguments);
    let names: Vec<_> = fs::read_dir(place.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(names.len(), 2, "{names:?}");
    let html = String::from_utf8(place.read("out/report.html")).unwrap();
    assert!(!html.contains("id=\"compared\"") && !place.out().join("changes.md").exists());
    let scan: Value = serde_json::from_slice(&place.read("out/scan.json")).unwrap();
    assert!(scan["parameters"].get("earlier").is_none());
}

/// Two small lists are enough where only the store is looked at.
fn small() -> Place {
    let place = Place { folder: tempfile::tempdir().unwrap() };
    fs::create_dir(place.path().join("inv")).unwrap();
    fs::write(place.path().join("inv/policy.toml"), "schema = 1\n").unwrap();
    fs::write(
        place.path().join("inv/a.csv"),
        "名称,平台,主办单位\n甲县茶事,微信公众号,甲县农业农村局\n甲县体育,微信公众号,甲县体育局\n",
    )
    .unwrap();
    place
}

#[test]
fn tampering_is_found_and_named() {
    let place = small();
    for day in ["2026-10-01", "2026-10-08", "2026-10-15"] {
        place.audit(day, &[]);
    }
    let good = place.read("h.db");
    let tampered = |sql: &str| {
        fs::write(place.path().join("t.db"), &good).unwrap();
        let db = rusqlite::Connection::open(place.path().join("t.db")).unwrap();
        db.execute_batch(&format!("PRAGMA foreign_keys = OFF; {sql}")).unwrap();
        drop(db);
        let ran = run_in(place.path(), &["history", "verify", "t.db", "--lang", "en"]);
        (ran.status, ran.err)
    };
    assert_eq!(tampered("SELECT 1;").0, 0);
    for (sql, said) in [
        ("UPDATE scan SET items = 1 WHERE id = 2;", "scan 2 on: its row"),
        ("UPDATE scan SET digest = 'x' WHERE id = 3;", "scan 3 on: its row"),
        ("DELETE FROM scan WHERE id = 2;", "scan 3 on: a scan before it"),
        (
            "UPDATE scan SET body = (SELECT body FROM scan WHERE id = 1), base = NULL WHERE id = 3;",
            "scan 3 on: its content",
        ),
        (
            "DROP TRIGGER event_stays; INSERT INTO event VALUES (2, 99, 'item', 'gone', 'world', 'a', 'b', 'c', '', '');",
            "scan 2 on: its changes",
        ),
    ] {
        let (status, err) = tampered(sql);
        assert!(status == 2 && err.contains(said), "{sql}: {status} {err}");
    }
    for sql in ["DELETE FROM decision;", "UPDATE event SET class = 'kept';", "DELETE FROM event;"] {
        let db = rusqlite::Connection::open(place.path().join("h.db")).unwrap();
        // Rows are needed for a trigger to fire.
        db.execute_batch("INSERT INTO decision (scan, made, kind, subject, object, reason) VALUES (1, '', 'pin', '', '', '');").unwrap();
        db.execute_batch(
            "INSERT OR IGNORE INTO event VALUES (2, 98, 'item', 'gone', 'world', 'a', 'b', 'c', '', '');",
        )
        .unwrap();
        assert!(db.execute_batch(sql).is_err(), "{sql}");
    }
}

#[test]
fn other_files_and_newer_stores_are_refused_untouched() {
    let place = small();
    fs::write(place.path().join("letter.db"), "这不是存档").unwrap();
    place.audit("2026-10-01", &[]);
    let mut newer = place.read("h.db");
    newer[60..64].copy_from_slice(&99u32.to_be_bytes());
    fs::write(place.path().join("newer.db"), &newer).unwrap();
    for (file, said) in [("letter.db", "no history of this program"), ("newer.db", "version 99")] {
        let before = place.read(file);
        for arguments in [vec!["audit", "inv", "--history", file], vec!["history", "list", file]] {
            let ran = run_in(place.path(), &[&arguments[..], &["--lang", "en"]].concat());
            assert_eq!(ran.status, 2);
            assert!(ran.err.contains(said), "{}", ran.err);
            assert_eq!(place.read(file), before, "{file} was touched");
        }
    }
    let ran = run_in(place.path(), &["history", "list", "none.db", "--lang", "en"]);
    assert!(ran.status == 2 && ran.err.contains("there is no history"), "{}", ran.err);
    assert!(!place.path().join("none.db").exists());
}

/// A store as version 1 of its tables was released; every later program must open it.
#[test]
fn every_released_form_of_the_store_opens() {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/history");
    let mut seen = 0;
    for entry in fs::read_dir(&kept).unwrap() {
        let path = entry.unwrap().path();
        let place = small();
        fs::copy(&path, place.path().join("h.db")).unwrap();
        let verified = run_in(place.path(), &["history", "verify", "h.db"]);
        assert_eq!(verified.status, 0, "{}: {}", path.display(), verified.err);
        assert!(place.audit("2026-12-01", &[]).status < 2);
        assert!(place.path().join("out/changes.md").exists(), "it is compared with what the store had");
        let version = path.file_stem().unwrap().to_str().unwrap();
        let copied = place.path().join(format!("h.db.{version}"));
        assert_eq!(copied.exists(), version != "v4", "an older one is copied first");
        assert_eq!(run_in(place.path(), &["history", "verify", "h.db"]).status, 0, "{}", path.display());
        seen += 1;
    }
    assert!(seen > 3);
}

#[test]
fn pruning_keeps_figures_events_decisions_and_the_last_two() {
    let place = small();
    fs::write(place.path().join("inv/policy.toml"), "schema = 1\n[[waivers]]\nrule = \"account-not-filed\"\nasset = \"*\"\nreason = \"已列入计划\"\nby = \"办公室\"\n").unwrap();
    for day in 1..=6 {
        let more = format!(
            "名称,平台,主办单位\n甲县茶事,微信公众号,甲县农业农村局\n甲县第{day}号,微信公众号,甲县体育局\n"
        );
        fs::write(place.path().join("inv/a.csv"), more).unwrap();
        place.audit(&format!("2026-10-0{day}"), &[]);
    }
    let before = place.json(&["history", "list", "h.db", "--format", "json"]);
    let ran = run_in(place.path(), &["history", "prune", "h.db", "--keep", "1"]);
    assert_eq!(ran.status, 2, "fewer than two");
    assert_eq!(run_in(place.path(), &["history", "prune", "h.db", "--keep", "2"]).status, 0);
    assert_eq!(run_in(place.path(), &["history", "vacuum", "h.db"]).status, 0);
    let after = place.json(&["history", "list", "h.db", "--format", "json"]);
    let whole: Vec<bool> =
        after["scans"].as_array().unwrap().iter().map(|s| s["whole"].as_bool().unwrap()).collect();
    assert_eq!(whole, [false, false, false, false, true, true]);
    for (a, b) in before["scans"].as_array().unwrap().iter().zip(after["scans"].as_array().unwrap()) {
        assert_eq!((&a["trend"], &a["chain"]), (&b["trend"], &b["chain"]));
    }
    assert_eq!(run_in(place.path(), &["history", "verify", "h.db"]).status, 0);
    let gone = run_in(place.path(), &["history", "export", "h.db", "2", "--lang", "en"]);
    assert!(gone.err.contains("was pruned"), "{}", gone.err);
    let db = rusqlite::Connection::open(place.path().join("h.db")).unwrap();
    let count = |table: &str| -> i64 {
        db.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).unwrap()
    };
    assert!(count("event") > 0 && count("decision") == 1 && count("run") == 6);
    drop(db);
    // What was decided and is decided no more gets a row of its own.
    fs::write(place.path().join("inv/policy.toml"), "schema = 1\n").unwrap();
    assert!(place.audit("2026-10-07", &[]).status < 2);
    let shown = place.json(&["history", "show", "h.db", "--format", "json"]);
    assert_eq!(shown["decisions"][0]["retracts"], 1, "{shown:#}");
}

#[test]
fn a_second_run_waits_or_leaves_and_a_failed_run_is_recorded() {
    let place = small();
    place.audit("2026-10-01", &[]);
    let failed = run_in(place.path(), &["audit", "nowhere", "--history", "h.db", "--lang", "en"]);
    assert_eq!(failed.status, 2, "{}", failed.err);
    let listed = place.json(&["history", "list", "h.db", "--format", "json"]);
    assert_eq!(listed["runs"][1]["outcome"], "failed", "{listed:#}");
    assert_eq!(listed["scans"].as_array().unwrap().len(), 1);
    // Two at once: both are kept, one after the other.
    let start = || {
        let mut command = std::process::Command::new(binary());
        command.args(["audit", "inv", "--out", "o2", "--as-of", "2026-10-08", "--history", "h.db", "-q"]);
        command
            .current_dir(place.path())
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null());
        command.spawn().unwrap()
    };
    let (mut one, mut two) = (start(), start());
    assert!(one.wait().unwrap().code() < Some(2) && two.wait().unwrap().code() < Some(2));
    let listed = place.json(&["history", "list", "h.db", "--format", "json"]);
    assert_eq!(listed["scans"].as_array().unwrap().len(), 3);
    assert_eq!(run_in(place.path(), &["history", "verify", "h.db"]).status, 0);
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_is_told_and_nothing_is_damaged() {
    let place = small();
    place.audit("2026-10-01", &[]);
    let before = place.read("h.db");
    // A folder in the place of the lock: refused for the superuser too, whom rights do not stop.
    fs::remove_file(place.path().join("h.db.lock")).unwrap();
    fs::create_dir(place.path().join("h.db.lock")).unwrap();
    let ran = ran(program(place.path()).args([
        "audit",
        "inv",
        "--out",
        "out",
        "--history",
        "h.db",
        "--lang",
        "en",
    ]));
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("cannot use the history"), "{}", ran.err);
    assert_eq!(place.read("h.db"), before);
}
