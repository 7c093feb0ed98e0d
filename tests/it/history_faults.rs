//! What is too long for every run of the tests: runs killed at random moments, and ten years of weekly scans.
//!
//! `KILLS=300 cargo test --test it history_faults::killed -- --ignored --nocapture`, and `ten_years` likewise; the
//! figures stand in `benches/README.md`. A short form of the first runs always.

#![allow(clippy::print_stdout)]

use crate::support::{binary, run_in};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use zhijian::history::Store;
use zhijian::knowledge::messages::{Catalogue, Lang};
use zhijian::scan::document::ScanDocument;
use zhijian::views::report::{Options, write_all};

/// A simple generator: the moments only have to differ.
struct Draw(u64);

impl Draw {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }
}

/// A list of `len` apps and accounts of twenty units, of which those drawn for this round are other ones.
fn list(folder: &Path, len: usize, edits: &[(usize, usize)]) {
    let mut text = String::from("名称,平台,主办单位,行政区划,功能描述,账号ID,运行状态,备注\n");
    for at in 0..len {
        let edit = edits.iter().rev().find(|edit| edit.0 == at).map_or(0, |edit| edit.1);
        let unit = ["农业农村局", "教育局", "水利局", "林业局", "民政局"][at % 5];
        let county = ["子县", "丑县", "鼓楼区"][at % 3];
        let _ = writeln!(
            text,
            "第{at}号便民服务,微信公众号,{county}{unit},示例省甲市{county},第{at}类事项查询和办理,gh{at},在用,第{edit}次修改"
        );
    }
    fs::create_dir_all(folder.join("inv")).unwrap();
    fs::write(folder.join("inv/list.csv"), text).unwrap();
}

fn day(number: usize) -> String {
    let start = jiff::civil::date(2016, 1, 4);
    start.saturating_add(jiff::Span::new().days(i64::try_from(number).unwrap())).to_string()
}

fn audit(folder: &Path, number: usize) -> Command {
    let mut command = Command::new(binary());
    command.current_dir(folder).env("HOSTNAME", "host").stdout(Stdio::null()).stderr(Stdio::null());
    command.args(["audit", "inv", "--out", "out", "--history", "h.db", "-q", "--as-of", &day(number)]);
    command
}

/// Whether the results are of one scan: what can be drawn again from its `scan.json` is drawn again and compared.
fn is_one_set(folder: &Path) -> bool {
    let read = |path: std::path::PathBuf| fs::read(path).unwrap_or_default();
    let Ok(document) = ScanDocument::parse(&read(folder.join("out/scan.json"))) else { return false };
    let again = folder.join("again");
    write_all(&again, &document, Catalogue::of(Lang::Zh), Options::default()).unwrap();
    let same =
        ["summary.md", "report.docx", "assets.csv", "findings.csv", "plan.csv", "pairs.csv", "clusters.csv"];
    let told = String::from_utf8(read(folder.join("out/changes.md"))).unwrap_or_default();
    same.iter().all(|file| read(folder.join("out").join(file)) == read(again.join(file)))
        && told.lines().next().is_some_and(|title| title.contains(&format!("→ {}", document.as_of)))
}

/// Kills `count` runs; gives how many of them had been kept by then.
fn kill(count: usize, rows: usize, seed: u64) -> usize {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path();
    let mut draw = Draw(seed);
    let mut number = 0;
    let mut run = |edits: &[(usize, usize)]| {
        list(place, rows, edits);
        number += 1;
        audit(place, number)
    };
    for _ in 0..2 {
        assert!(run(&[]).status().unwrap().code() < Some(2));
    }
    let began = Instant::now();
    assert!(run(&[(0, 1)]).status().unwrap().code() < Some(2));
    let whole = began.elapsed().as_micros() as u64;
    // As any reader would, between the runs.
    let store = || Store::open(&place.join("h.db"));
    let scans = || store().unwrap().scans().unwrap().len();
    let (mut running, mut kept, mut damaged, mut mixed, mut stuck) = (0, 0, 0, 0, 0);
    for round in 0..count {
        let before = scans();
        let mut child = run(&[(round % rows, round + 2)]).spawn().unwrap();
        std::thread::sleep(Duration::from_micros(draw.below(whole * 6 / 5)));
        running += usize::from(child.try_wait().unwrap().is_none());
        let _ = child.kill();
        child.wait().unwrap();
        let holds = store().and_then(|store| store.verify()).is_ok_and(|verified| verified.broken.is_none());
        damaged += usize::from(!holds);
        mixed += usize::from(!is_one_set(place));
        kept += scans() - before;
        stuck += usize::from(run(&[(round % rows, round + 3)]).status().unwrap().code() >= Some(2));
        if (round + 1) % 50 == 0 {
            println!("{} killed: {kept} kept, {damaged} damaged, {mixed} mixed, {stuck} stuck", round + 1);
        }
    }
    let cut_off = store().unwrap().runs().unwrap().iter().filter(|run| run.outcome == "interrupted").count();
    let rubbish = fs::read_dir(place)
        .unwrap()
        .filter(|e| e.as_ref().unwrap().file_name().to_string_lossy().starts_with(".out"))
        .count();
    println!(
        "{count} runs, {running} of them running when killed, {cut_off} after they were recorded: {kept} kept by then, {damaged} damaged stores, {mixed} mixed results, {stuck} next runs failed, {rubbish} left over"
    );
    assert!(running > 0, "every kill came too late");
    assert_eq!((damaged, mixed, stuck, rubbish), (0, 0, 0, 0));
    kept
}

#[test]
fn a_killed_run_damages_nothing() {
    kill(6, 20, 3);
}

/// Runs that may not write files beyond a size, as on a disk that is full: every limit from nothing to more than the
/// largest file that is written, in `steps` steps. Gives how many did not come to an end.
#[cfg(unix)]
fn fill(steps: u64, rows: usize) -> usize {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path();
    list(place, rows, &[]);
    for number in 1..3 {
        assert!(audit(place, number).status().unwrap().code() < Some(2));
    }
    let files =
        fs::read_dir(place.join("out")).unwrap().map(|entry| entry.unwrap().metadata().unwrap().len());
    // In blocks of 512 bytes, as `ulimit` counts.
    let most = files.chain([fs::metadata(place.join("h.db")).unwrap().len()]).max().unwrap() / 512 + 64;
    let (mut refused, mut damaged, mut mixed, mut vague) = (0, 0, 0, 0);
    for step in 0..steps {
        list(place, rows, &[(step as usize % rows, step as usize + 2)]);
        let mut shell = Command::new("sh");
        // A file that grows beyond the limit is refused, and nobody is killed for it.
        shell
            .current_dir(place)
            .arg("-c")
            .arg("trap '' XFSZ; ulimit -f \"$1\"; shift; exec \"$@\"")
            .arg("sh");
        shell.arg((most * step / steps).to_string()).arg(binary());
        shell.args(["audit", "inv", "--out", "out", "--history", "h.db", "-q", "--as-of"]);
        let ran = shell.arg(day(step as usize + 3)).stdout(Stdio::null()).output().unwrap();
        refused += usize::from(ran.status.code() == Some(2));
        let said = String::from_utf8_lossy(&ran.stderr).into_owned();
        vague += usize::from(ran.status.code() == Some(2) && !said.contains("错误"));
        assert!(ran.status.code().is_some(), "{said}");
        let holds = Store::open(&place.join("h.db")).and_then(|store| store.verify());
        damaged += usize::from(!holds.is_ok_and(|verified| verified.broken.is_none()));
        mixed += usize::from(!is_one_set(place));
    }
    let next = audit(place, steps as usize + 4).status().unwrap().code();
    println!(
        "{steps} limits, {refused} runs refused: {damaged} damaged stores, {mixed} mixed results, {vague} without a word"
    );
    assert!(next < Some(2), "the next run fails");
    assert_eq!((damaged, mixed, vague), (0, 0, 0));
    refused
}

#[cfg(unix)]
#[test]
fn a_full_disk_damages_nothing() {
    assert!(fill(8, 20) > 2);
}

/// Rights that are refused, one after the other, to a user whom they stop.
#[cfg(target_os = "linux")]
#[test]
fn refused_rights_damage_nothing() {
    use std::os::unix::fs::{PermissionsExt as _, chown};
    use std::os::unix::process::CommandExt as _;
    /// `nobody`, where the tests run as the superuser whom no rights stop.
    const NOBODY: u32 = 65534;
    let is_root = rustix::process::geteuid().is_root();
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path();
    let give = || {
        for entry in walkdir::WalkDir::new(place).into_iter().flatten().filter(|_| is_root) {
            chown(entry.path(), Some(NOBODY), Some(NOBODY)).unwrap();
        }
    };
    let run = |number: usize| {
        let mut command = audit(place, number);
        if is_root {
            command.uid(NOBODY).gid(NOBODY);
        }
        command.stderr(Stdio::piped()).output().unwrap()
    };
    list(place, 20, &[]);
    give();
    for number in 1..3 {
        let ran = run(number);
        assert!(ran.status.code() < Some(2), "{}", String::from_utf8_lossy(&ran.stderr));
    }
    let cases = [
        ("h.db", 0o444),
        ("h.db", 0o000),
        ("h.db.lock", 0o444),
        ("h.db.lock", 0o000),
        (".", 0o555),
        ("out", 0o555),
        ("out/scan.json", 0o444),
        (".h.db.readings", 0o555),
        (".h.db.readings", 0o000),
        ("inv/list.csv", 0o000),
        ("inv", 0o000),
    ];
    let (mut refused, mut damaged, mut mixed, mut vague) = (0, 0, 0, 0);
    for (at, (name, mode)) in cases.into_iter().enumerate() {
        list(place, 20, &[(at, at + 2)]);
        give();
        let path = place.join(name);
        let Ok(before) = fs::metadata(&path) else { continue };
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        let ran = run(at + 3);
        // What a run puts in its place has rights of its own.
        let _ = fs::set_permissions(&path, before.permissions());
        let said = String::from_utf8_lossy(&ran.stderr).into_owned();
        refused += usize::from(ran.status.code() == Some(2));
        vague += usize::from(ran.status.code() == Some(2) && !said.contains("错误"));
        assert!(ran.status.code().is_some(), "{name} {mode:o}: {said}");
        let holds = Store::open(&place.join("h.db")).and_then(|store| store.verify());
        damaged += usize::from(!holds.is_ok_and(|verified| verified.broken.is_none()));
        mixed += usize::from(!is_one_set(place));
        give();
    }
    println!(
        "{} rights refused, {refused} runs refused: {damaged} damaged stores, {mixed} mixed results, {vague} without a word",
        cases.len()
    );
    list(place, 20, &[(0, 99)]);
    give();
    assert!(run(99).status.code() < Some(2), "the next run fails");
    assert_eq!((damaged, mixed, vague), (0, 0, 0));
    assert!(refused >= 4, "{refused}");
}

#[cfg(unix)]
#[test]
#[ignore = "takes minutes"]
fn filled() {
    let steps = std::env::var("LIMITS").ok().and_then(|text| text.parse().ok()).unwrap_or(200);
    fill(steps, 120);
}

#[test]
#[ignore = "takes minutes"]
fn killed() {
    let count = std::env::var("KILLS").ok().and_then(|text| text.parse().ok()).unwrap_or(300);
    kill(count, 120, 11);
}

#[test]
#[ignore = "takes an hour without optimisation"]
fn ten_years() {
    let scans: usize = std::env::var("SCANS").ok().and_then(|text| text.parse().ok()).unwrap_or(520);
    let rows = std::env::var("ROWS").ok().and_then(|text| text.parse().ok()).unwrap_or(2000);
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path();
    let mut draw = Draw(5);
    let mut edits: Vec<(usize, usize)> = Vec::new();
    let size = || fs::metadata(place.join("h.db")).unwrap().len();
    let mut first = 0;
    for number in 0..scans {
        // One in a hundred is edited each week.
        for _ in 0..rows / 100 {
            edits.push((draw.below(rows as u64) as usize, number));
        }
        list(place, rows, if number == 0 { &[] } else { &edits });
        let began = Instant::now();
        assert!(audit(place, number * 7).status().unwrap().code() < Some(2));
        let took = began.elapsed();
        if number == 0 {
            first = size();
        }
        if number == 0 || number == 1 || (number + 1) % 52 == 0 || number + 1 == scans {
            println!("scan {}: {:.2} s, store {} KiB", number + 1, took.as_secs_f64(), size() / 1024);
        }
    }
    let began = Instant::now();
    let verified = run_in(place, &["history", "verify", "h.db"]);
    assert_eq!(verified.status, 0, "{}", verified.err);
    println!(
        "verify: {:.2} s; {} bytes a scan after the first",
        began.elapsed().as_secs_f64(),
        (size() - first) / (scans as u64 - 1)
    );
}
