//! A scan after another is judged once and knows what the store knows: nobody can tell from the results.

use crate::support::{Ran, run_in};
use proptest::prelude::*;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use zhijian::changes::{Basis, Earlier, Item, Memory, Recognised, compare};
use zhijian::history::Store;
use zhijian::knowledge::messages::{Catalogue, Lang};
use zhijian::knowledge::policy::Policy;
use zhijian::model::{LocalWords, Recurrence, Scan, Waiver};
use zhijian::scan::document::{self, ScanDocument};
use zhijian::scan::{Knowledge, Request, conclude, conclude_again, gather};

thread_local! {
    static KNOWLEDGE: Knowledge = Knowledge::load(None, &LocalWords::default()).unwrap();
}

/// Number of the item, and whether it is closed.
type Rows = Vec<(u8, bool)>;

fn write(folder: &Path, rows: &Rows) {
    let mut text = String::from("名称,平台,主办单位,功能描述,运行状态\n");
    for (item, closed) in rows {
        let place = ["甲县", "乙县"][usize::from(item % 2)];
        let state = if *closed { "已关停" } else { "在用" };
        let _ = writeln!(text, "{place}第{item}号通,APP,{place}水利局,第{item}类事项查询、签到打卡,{state}");
    }
    fs::write(folder.join("a.csv"), text).unwrap();
}

/// What items came back, as the rules want it.
fn back(items: &[Item], scan: &Scan) -> Vec<Recurrence> {
    let place = |id: &str| scan.assets.iter().find(|asset| asset.id() == id).map(|asset| asset.ix);
    let of = |item: &Item| {
        let origin = item.origin.as_ref()?;
        Some(Recurrence {
            asset: place(&item.id)?,
            class: item.class,
            was: origin.id.clone(),
            name: origin.name.clone(),
            closed: origin.closed.clone(),
            scan: origin.scan.clone(),
            by: origin.by.to_owned(),
            rule: String::new(),
        })
    };
    items.iter().filter_map(of).collect()
}

/// Both ways for one list after another; gives the scan, and how much came back.
fn both_ways(folder: &Path, week: i64, before: Option<&ScanDocument>, waived: bool) -> (ScanDocument, usize) {
    KNOWLEDGE.with(|knowledge| {
        let paths: [PathBuf; 1] = [folder.to_owned()];
        let mut policy = Policy::default();
        if waived {
            let excuse =
                |rule: &str| Waiver { rule: rule.to_owned(), asset: "*".to_owned(), ..Waiver::default() };
            policy.rules.waivers = vec![excuse("any-revived"), excuse("app-checkin"), excuse("none-such")];
        }
        let request = Request {
            paths: &paths,
            knowledge,
            policy: &policy,
            as_of: jiff::civil::date(2026, 1, 5).saturating_add(jiff::Span::new().weeks(week)),
            roster: None,
            reference: None,
            decisions: &[],
            evidence: None,
            beside: &[],
            kept: None,
            with_sm3: true,
            progress: &|_, _| {},
        };
        let catalogue = Catalogue::of(Lang::Zh);
        let gathered = gather(&request).unwrap();
        let rest = gathered.rest();
        let mut scan = conclude(&request, gathered, Some(&[])).unwrap();
        let Some(before) = before else { return (document::build(&scan, knowledge, catalogue), 0) };
        let memory = Memory::default();
        let earlier = Earlier { scan: before, digest: "d", memory: &memory };
        let basis = Basis { knowledge, policy: &policy, links: &[], rebrand_days: 365 };
        let mut once = document::draft(&scan, knowledge, catalogue);
        let seen = Recognised::new(&earlier, &once, &basis);
        let back = back(seen.items(), &scan);
        scan = conclude_again(&request, rest, scan, &back).unwrap();
        document::redraft(&mut once, &scan, knowledge, catalogue);
        let problems = seen.problems(&once);
        let changes = seen.changes(&once, problems);
        document::sum_up(&mut once, knowledge);

        let full = conclude(&request, gather(&request).unwrap(), Some(&back)).unwrap();
        let full = document::build(&full, knowledge, catalogue);
        assert_eq!(serde_json::to_string(&once).unwrap(), serde_json::to_string(&full).unwrap());
        assert_eq!(changes, compare(&earlier, &full, &basis));
        (full, back.len())
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    /// A list judged once, with what came back added, is the list judged anew with it.
    #[test]
    fn once_is_twice(
        lists in proptest::collection::vec(proptest::collection::vec((0u8..9, any::<bool>()), 0..9), 2..5),
        waived in any::<bool>(),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let mut before = None;
        for (week, rows) in lists.iter().enumerate() {
            write(folder.path(), rows);
            before = Some(both_ways(folder.path(), i64::try_from(week).unwrap(), before.as_ref(), waived).0);
        }
    }
}

#[test]
fn what_came_back_is_found_either_way() {
    let folder = tempfile::tempdir().unwrap();
    for waived in [false, true] {
        write(folder.path(), &vec![(1, true), (2, false), (3, true)]);
        let (first, _) = both_ways(folder.path(), 0, None, waived);
        write(folder.path(), &vec![(1, false), (2, true), (3, false)]);
        let (second, came) = both_ways(folder.path(), 1, Some(&first), waived);
        assert_eq!(came, 2);
        let of = |rule: &str, status: &str| {
            second.findings.iter().filter(|f| f.rule == rule && f.status == status).count()
        };
        let status = if waived { "waived" } else { "open" };
        assert_eq!(of("any-revived", status), 2);
        assert!(second.findings.iter().any(|f| f.status == "open"));
    }
}

/// A folder with one list and a store.
struct Place(TempDir);

impl Place {
    fn new() -> Place {
        let place = Place(tempfile::tempdir().unwrap());
        fs::create_dir(place.path().join("inv")).unwrap();
        place
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn audit(&self, rows: &str, day: &str) {
        fs::write(self.path().join("inv/a.csv"), format!("名称,平台,主办单位,功能描述,运行状态\n{rows}"))
            .unwrap();
        let ran = self.run(&["audit", "inv", "--out", "out", "--history", "h.db", "-q", "--as-of", day]);
        assert!(ran.status < 2, "{}", ran.err);
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        run_in(self.path(), arguments)
    }

    fn read(&self, file: &str) -> Vec<u8> {
        fs::read(self.path().join(file)).unwrap()
    }

    /// A statement as somebody else would make it.
    fn tamper(&self, sql: &str) {
        let db = rusqlite::Connection::open(self.path().join("h.db")).unwrap();
        db.execute_batch(sql).unwrap();
    }
}

/// One line of a list: number and state.
fn line(item: u8, state: &str) -> String {
    format!("甲县第{item}号通,APP,甲县水利局,第{item}类事项查询、签到打卡,{state}\n")
}

/// Six weeks: one item goes, one is closed; the first comes back in the fourth week, the other in the fifth; in the sixth
/// another goes.
fn weeks() -> Vec<(String, &'static str)> {
    let (a, b, c) = (line(1, "在用"), line(2, "在用"), line(3, "在用"));
    let (closed, repaired) = (line(2, "已关停"), c.replace("、签到打卡", ""));
    vec![
        ([a.clone(), b.clone(), c.clone()].concat(), "2026-03-02"),
        ([closed.clone(), c.clone()].concat(), "2026-03-09"),
        ([closed.clone(), repaired].concat(), "2026-03-16"),
        ([a.clone(), closed, c.clone()].concat(), "2026-03-23"),
        ([a.clone(), b.clone(), c].concat(), "2026-03-30"),
        ([a, b].concat(), "2026-04-06"),
    ]
}

#[test]
fn two_kept_scans_are_compared_as_they_were_compared_then() {
    let place = Place::new();
    let told = |text: Vec<u8>| {
        let text = String::from_utf8(text).unwrap();
        text.split("\n---\n").next().unwrap().to_owned()
    };
    let (mut then, mut remembered) = (Vec::new(), Vec::new());
    let store = || Store::open(&place.path().join("h.db")).unwrap();
    for (rows, day) in weeks() {
        place.audit(&rows, day);
        then.push(fs::read(place.path().join("out/changes.md")).map(told).unwrap_or_default());
        remembered.push(store().memory().unwrap());
    }
    for (at, memory) in (1..).zip(&remembered) {
        assert_eq!(store().memory_at(at).unwrap().as_ref(), Some(memory), "after scan {at}");
    }
    assert!(remembered.iter().any(|memory| memory.items.len() == 1 && memory.problems.len() == 1));
    let diff = |from: usize, to: usize| {
        let (from, to) = (from.to_string(), to.to_string());
        let ran = place.run(&["diff", &from, &to, "--history", "h.db", "--format", "md"]);
        assert_eq!(ran.status, 0, "{}", ran.err);
        (told(ran.out.into_bytes()), ran.err)
    };
    for (from, said) in then.iter().enumerate().skip(1) {
        assert_eq!(diff(from, from + 1), (said.clone(), String::new()), "scan {from} and the next");
    }
    assert!(then[3].contains("又列出") && then[3].contains("整改后复发"), "{}", then[3]);
    // Of stores that an older program wrote to, it is said that the memory is not known.
    place.tamper("UPDATE scan SET waivers = NULL WHERE id = 5;");
    let (alone, said) = diff(3, 4);
    assert!(alone != then[3] && said.contains("记忆"), "{said}");
    place.tamper("UPDATE scan SET waivers = 0 WHERE id = 5;");
    // Pruning keeps what the scans that stay are compared with.
    assert_eq!(place.run(&["history", "prune", "h.db", "--keep", "3"]).status, 0);
    for (from, said) in then.iter().enumerate().skip(4) {
        assert_eq!(diff(from, from + 1).0, *said);
    }
}

#[test]
fn a_pruned_scan_is_still_shown() {
    let place = Place::new();
    for (rows, day) in weeks() {
        place.audit(&rows, day);
    }
    let shown = |which: &str| place.run(&["history", "show", "h.db", which]);
    let before = shown("2");
    assert_eq!(place.run(&["history", "prune", "h.db", "--keep", "2"]).status, 0);
    let after = shown("2");
    assert_eq!((after.status, before.status), (0, 0), "{}", after.err);
    assert!(after.out.contains("甲县第1号通") && after.out.contains("已清理"), "{}", after.out);
    let exported = place.run(&["history", "export", "h.db", "2", "--lang", "en"]);
    assert!(exported.status == 2 && exported.err.contains("history list"), "{}", exported.err);
}

#[test]
fn who_rewrites_what_people_said_is_found() {
    let place = Place::new();
    let waive = |id: i64| {
        format!(
            "INSERT INTO waiver VALUES ({id}, '2026-03-01', 'any-zombie', '*', '已列入计划', '办公室', '', NULL);"
        )
    };
    let verify = || place.run(&["history", "verify", "h.db", "--lang", "en"]);
    place.audit(&line(1, "在用"), "2026-03-02");
    place.tamper(&waive(1));
    place.audit(&line(1, "在用"), "2026-03-09");
    place.tamper(&waive(2));
    // The second is sealed by no scan yet, and gets in nobody's way.
    assert_eq!(verify().status, 0, "{}", verify().err);
    let good = place.read("h.db");
    for (sql, scan) in [
        ("DROP TRIGGER waiver_stays; UPDATE waiver SET reason = '另有安排' WHERE id = 1;", Some(2)),
        ("DROP TRIGGER waiver_kept; DELETE FROM waiver WHERE id = 1;", Some(2)),
        ("DROP TRIGGER decision_stays; UPDATE decision SET reason = '另有安排';", Some(2)),
        ("DROP TRIGGER decision_kept; DELETE FROM decision;", Some(2)),
        ("UPDATE scan SET said = 'x' WHERE id = 1;", Some(1)),
        ("UPDATE scan SET said = '', waivers = NULL WHERE id = 2;", Some(2)),
        ("SELECT 1;", None),
    ] {
        fs::write(place.path().join("h.db"), &good).unwrap();
        place.tamper(sql);
        let ran = verify();
        match scan {
            Some(scan) => {
                assert!(
                    ran.status == 2 && ran.err.contains(&format!("scan {scan} on")),
                    "{sql}: {}",
                    ran.err
                );
            }
            None => assert_eq!(ran.status, 0, "{sql}: {}", ran.err),
        }
    }
}

#[test]
fn altered_results_are_not_taken_for_the_last_scan() {
    let places = [Place::new(), Place::new()];
    for place in &places {
        place.audit(&weeks()[0].0, "2026-03-02");
    }
    // As long as before, and another item.
    let path = places[1].path().join("out/scan.json");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace("甲县第1号通", "甲县第9号通")).unwrap();
    for place in &places {
        place.audit(&weeks()[1].0, "2026-03-09");
        assert_eq!(place.run(&["history", "verify", "h.db"]).status, 0);
    }
    for file in ["out/scan.json", "out/changes.md", "out/assets.csv"] {
        assert_eq!(places[0].read(file), places[1].read(file), "{file}");
    }
}
