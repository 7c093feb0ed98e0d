//! Unchanged files are recognised and not read again, and nobody can tell from the results.

use crate::ingest::options;
use crate::support::run_in;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use zhijian::knowledge::lexicon::fields::FieldBook;
use zhijian::knowledge::messages::{Catalogue, Lang};
use zhijian::knowledge::policy::Policy;
use zhijian::model::{Field, LocalWords};
use zhijian::scan::{Knowledge, Request, audit, document, gather};
use zhijian::stages::ingest::{Ingested, Kept, Options, Shelf, ingest};

/// A shelf in memory that counts.
#[derive(Default)]
struct Memory {
    held: Mutex<BTreeMap<String, Vec<u8>>>,
    found: Mutex<usize>,
}

impl Shelf for Memory {
    fn take(&self, name: &str) -> Option<Vec<u8>> {
        self.held.lock().unwrap().get(name).cloned()
    }

    fn served(&self, name: &str) {
        assert!(self.held.lock().unwrap().contains_key(name));
        *self.found.lock().unwrap() += 1;
    }

    fn put(&self, name: &str, bytes: &[u8]) {
        self.held.lock().unwrap().insert(name.to_owned(), bytes.to_owned());
    }
}

/// All that reading gives, as text.
fn told(got: &Ingested) -> String {
    let mut text = format!("{:?}\n{:?}\n{:?}\n", got.inputs, got.diagnostics, got.unread);
    let _ = writeln!(text, "{:?}\n{:?}", got.rejected, got.records.sheets);
    let records = &got.records;
    let of = |sym| records.pool.get(sym);
    for at in 0..records.len() {
        let _ = write!(text, "{:?}", records.place(at));
        for &field in Field::ALL.iter().filter(|field| records.has(**field)) {
            let value = records.value(at, field);
            let shown = value.sym().map(of);
            // The number of a text in the pool is nobody's business.
            let value = value.map_sym(|_| zhijian::model::Sym::EMPTY);
            let _ = write!(text, "|{value:?}{shown:?}{:?}", records.raw(at, field));
            let _ = write!(text, "{:?}", records.elsewhere(at, field));
        }
        text.push('\n');
    }
    for extra in records.extras() {
        let _ = writeln!(text, "{} {} {}", extra.record, extra.column, of(extra.text));
    }
    text
}

/// Whether the reading of a file comes off the shelf.
fn is_kept(folder: &Path, path: &str) -> bool {
    let (fields, shelf) = (FieldBook::load(), Memory::default());
    let kept = Kept { shelf: &shelf, program: "one" };
    for _ in 0..2 {
        let options = Options { kept: Some(&kept), with_sm3: true, ..options(&fields) };
        ingest(&[folder.join(path)], &options).unwrap();
    }
    *shelf.found.lock().unwrap() > 0
}

#[test]
fn every_fixture_comes_off_the_shelf_as_it_was_read() {
    let fields = FieldBook::load();
    let (shelf, mut files) = (Memory::default(), 0);
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for folder in ["tests/fixtures/ingest", "inventories"] {
        let paths = [root.join(folder)];
        let read = |kept| {
            let options = Options { kept, with_sm3: true, ..options(&fields) };
            ingest(&paths, &options).unwrap()
        };
        let kept = Kept { shelf: &shelf, program: "one" };
        let plain = read(None);
        *shelf.found.lock().unwrap() = 0;
        let first = read(Some(&kept));
        assert_eq!(told(&first), told(&plain), "{folder}: keeping changes the reading");
        let second = read(Some(&kept));
        assert!(told(&second) == told(&plain), "{folder}: what is kept is not what was read");
        let copies =
            plain.diagnostics.iter().filter(|remark| remark.code.as_str() == "ingest/duplicate-file");
        let read_well =
            plain.inputs.iter().map(|input| &input.path).chain(copies.map(|remark| &remark.at.path));
        let read_well: Vec<&String> = read_well.collect();
        let again: Vec<_> = read_well.iter().filter(|path| !is_kept(&root.join(folder), path)).collect();
        assert!(again.is_empty(), "{again:?}");
        let expected = read_well.len();
        assert_eq!(*shelf.found.lock().unwrap(), expected, "{folder}: a file was read again");
        files += expected;
        // Another program may read otherwise.
        read(Some(&Kept { shelf: &shelf, program: "other" }));
        assert_eq!(*shelf.found.lock().unwrap(), expected, "{folder}");
    }
    assert!(files > 200, "{files}");
}

/// Rows of a list: number of the item, of the unit, of the day on which it was last updated.
type Rows = Vec<(u8, u8, u8)>;

fn write(folder: &Path, file: usize, rows: &Rows) {
    let mut text = String::from("名称,平台,主办单位,功能描述,最近更新\n");
    for (item, unit, day) in rows {
        let place = ["甲县", "乙县", "丙区"][usize::from(unit % 3)];
        let office = ["农业农村局", "教育局", "水利局"][usize::from(unit / 3 % 3)];
        // Without a year: read from the day of the audit.
        let _ = writeln!(
            text,
            "{place}{item}号通,APP,{place}{office},第{item}类事项查询、签到打卡,{}月{}日",
            day % 12 + 1,
            day % 28 + 1
        );
    }
    fs::write(folder.join(format!("{file}.csv")), text).unwrap();
}

#[derive(Clone, Debug)]
enum Edit {
    Add(usize, (u8, u8, u8)),
    Change(usize, usize, (u8, u8, u8)),
    Remove(usize, usize),
    Unsent(usize),
    Copy(usize, usize),
    Wait(u8),
}

fn row() -> impl Strategy<Value = (u8, u8, u8)> {
    (0u8..12, 0u8..9, 0u8..200)
}

fn edit() -> impl Strategy<Value = Edit> {
    let (file, at) = (0usize..4, 0usize..8);
    prop_oneof![
        (file.clone(), row()).prop_map(|(file, row)| Edit::Add(file, row)),
        (file.clone(), at.clone(), row()).prop_map(|(file, at, row)| Edit::Change(file, at, row)),
        (file.clone(), at).prop_map(|(file, at)| Edit::Remove(file, at)),
        file.clone().prop_map(Edit::Unsent),
        (file.clone(), file).prop_map(|(from, to)| Edit::Copy(from, to)),
        (0u8..250).prop_map(Edit::Wait),
    ]
}

thread_local! {
    static KNOWLEDGE: Knowledge = Knowledge::load(None, &LocalWords::default()).unwrap();
}

fn request<'a>(
    paths: &'a [PathBuf],
    knowledge: &'a Knowledge,
    policy: &'a Policy,
    as_of: jiff::civil::Date,
    kept: Option<&'a Kept<'a>>,
) -> Request<'a> {
    Request {
        paths,
        knowledge,
        policy,
        as_of,
        roster: None,
        reference: None,
        decisions: &[],
        evidence: None,
        beside: &[],
        kept,
        with_sm3: true,
        progress: &|_, _| {},
    }
}

fn scan(folder: &Path, as_of: jiff::civil::Date, kept: Option<&Kept<'_>>) -> String {
    KNOWLEDGE.with(|knowledge| {
        let paths: [PathBuf; 1] = [folder.to_owned()];
        let policy = Policy::default();
        let scan = audit(&request(&paths, knowledge, &policy, as_of, kept)).unwrap();
        let document = document::build(&scan, knowledge, Catalogue::of(Lang::Zh));
        serde_json::to_string(&document).unwrap()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    /// Scans that use what earlier ones read are those that read everything, whatever was edited in between.
    #[test]
    fn incremental_is_full(
        start in proptest::collection::vec(proptest::collection::vec(row(), 0..6), 4),
        edits in proptest::collection::vec(proptest::collection::vec(edit(), 0..3), 1..5),
    ) {
        let inbox = tempfile::tempdir().unwrap();
        let shelf = Memory::default();
        let kept = Kept { shelf: &shelf, program: "one" };
        let mut lists: Vec<Rows> = start;
        let mut day = jiff::civil::date(2026, 1, 5);
        let write_all = |lists: &[Rows]| lists.iter().enumerate().for_each(|(at, rows)| write(inbox.path(), at, rows));
        write_all(&lists);
        let mut rounds = edits;
        rounds.insert(0, Vec::new());
        for edits in rounds {
            let mut unsent = Vec::new();
            for edit in edits {
                match edit {
                    Edit::Add(file, row) => lists[file].push(row),
                    Edit::Change(file, at, row) => if let Some(held) = lists[file].get_mut(at) { *held = row },
                    Edit::Remove(file, at) => if at < lists[file].len() { _ = lists[file].remove(at) },
                    Edit::Unsent(file) => unsent.push(file),
                    Edit::Copy(from, to) => lists[to] = lists[from].clone(),
                    Edit::Wait(days) => day = day.saturating_add(jiff::Span::new().days(i64::from(days))),
                }
            }
            write_all(&lists);
            for file in unsent {
                let _ = fs::remove_file(inbox.path().join(format!("{file}.csv")));
            }
            prop_assert_eq!(scan(inbox.path(), day, Some(&kept)), scan(inbox.path(), day, None));
        }
    }
}

#[test]
fn a_list_with_days_of_no_year_is_read_again_on_another_day_and_others_are_not() {
    let inbox = tempfile::tempdir().unwrap();
    write(inbox.path(), 0, &vec![(1, 1, 20)]);
    fs::write(inbox.path().join("b.csv"), "名称,主办单位,最近更新\n甲县茶事,甲县农业农村局,2026-01-02\n")
        .unwrap();
    let shelf = Memory::default();
    let kept = Kept { shelf: &shelf, program: "one" };
    let fields = FieldBook::load();
    let found = |as_of| {
        let before = *shelf.found.lock().unwrap();
        let options = Options { kept: Some(&kept), as_of, ..options(&fields) };
        let got = ingest(&[inbox.path().to_owned()], &options).unwrap();
        let years: Vec<i16> = (0..got.records.len())
            .map(|at| got.records.value(at, Field::LastUpdate).as_date().unwrap().year())
            .collect();
        (*shelf.found.lock().unwrap() - before, years)
    };
    assert_eq!(found(jiff::civil::date(2026, 6, 30)), (0, vec![2025, 2026]));
    assert_eq!(found(jiff::civil::date(2026, 12, 30)), (1, vec![2026, 2026]));
}

#[test]
fn a_history_keeps_readings_and_survives_their_loss() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path();
    for (side, at) in [("a", 0), ("a", 1), ("a", 2), ("b", 0), ("b", 1), ("b", 2)] {
        fs::create_dir_all(place.join(side).join("报送")).unwrap();
        write(&place.join(side).join("报送"), at, &vec![(at as u8, at as u8, 3), (7, 4, 40)]);
    }
    let run = |side: &str, day: &str| {
        let arguments =
            ["audit", "报送", "--out", "out", "--history", "报送/h.db", "--scheduled", "--lang", "en"];
        let ran =
            run_in(&place.join(side), &[&arguments[..], &["--journal", "json", "--as-of", day]].concat());
        assert!(ran.status < 2, "{}", ran.err);
        let line = ran.err.lines().next().unwrap().to_owned();
        let said: serde_json::Value = serde_json::from_str(&line).unwrap();
        assert_eq!((said["stage"].as_str(), said["files"].as_u64()), (Some("read"), Some(3)), "{line}");
        (
            said["unchanged"].as_u64().unwrap(),
            fs::read(place.join(side).join("out/latest/scan.json")).unwrap(),
        )
    };
    // The store may lie among the inventories.
    assert_eq!(run("a", "2026-10-01").0, 0);
    assert_eq!(run("b", "2026-10-01").0, 0);
    let shelf = place.join("a/报送/.h.db.readings");
    let files = || -> Vec<PathBuf> { fs::read_dir(&shelf).unwrap().map(|e| e.unwrap().path()).collect() };
    assert_eq!(files().len(), 4, "a reading of each, and what was compared");
    assert!(shelf.join("pairs").is_file());
    for file in files() {
        let bytes = fs::read(file).unwrap();
        assert!(!bytes.windows(6).any(|six| six == "甲县".as_bytes()), "readable");
    }
    for side in ["a", "b"] {
        write(&place.join(side).join("报送"), 1, &vec![(9, 2, 3)]);
    }
    fs::remove_dir_all(place.join("b/报送/.h.db.readings")).unwrap();
    let (found, with) = run("a", "2026-10-01");
    let (none, without) = run("b", "2026-10-01");
    assert_eq!((found, none), (2, 0));
    assert!(with == without, "results differ");
    assert_eq!(files().len(), 4, "what is not used goes");
    for file in files() {
        let mut bytes = fs::read(&file).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 4;
        fs::write(file, bytes).unwrap();
    }
    let (damaged, with) = run("a", "2026-10-01");
    assert_eq!(damaged, 0, "what is damaged is read anew");
    assert!(with == run("b", "2026-10-01").1);
}

#[test]
fn what_was_compared_is_taken_over_and_altered_bytes_are_not() {
    let inbox = tempfile::tempdir().unwrap();
    let rows: Rows = (0..160).map(|n| (n / 16, n % 9, n)).collect();
    write(inbox.path(), 0, &rows);
    let shelf = Memory::default();
    let day = jiff::civil::date(2026, 1, 5);
    let reused = |program: &str| {
        KNOWLEDGE.with(|knowledge| {
            let kept = Kept { shelf: &shelf, program };
            let paths = [inbox.path().to_owned()];
            let policy = Policy::default();
            let request = request(&paths, knowledge, &policy, day, Some(&kept));
            let reused = gather(&request).unwrap().reused().unwrap();
            (reused.candidates, reused.taken_over)
        })
    };
    let (all, first) = reused("one");
    assert!(all > 50 && first == 0, "{all} {first}");
    assert_eq!(reused("one"), (all, all));
    assert_eq!(reused("other"), (all, 0), "another program may compare otherwise");
    let good = shelf.take("pairs").unwrap();
    for at in (0..good.len()).step_by(good.len() / 50) {
        let mut bytes = good.clone();
        bytes[at] ^= 1;
        shelf.put("pairs", &bytes);
        assert_eq!(reused("other").1, 0, "byte {at} altered");
        shelf.put("pairs", &good[..at]);
        assert_eq!(reused("other").1, 0, "cut at {at}");
    }
    shelf.put("pairs", &good);
    assert_eq!(reused("other"), (all, all));
    let mut edited = rows;
    edited[3] = (11, 2, 3);
    write(inbox.path(), 0, &edited);
    let (_, some) = reused("other");
    assert!(some > all / 2, "{some} of {all}");
}
