//! Inputs that are meant to hurt: all names equal, none equal, one owner for everything, names of thousands of characters,
//! names without a word. The pairs compared grow with the rows and not with their square, and what was left out is said.
//!
//! `cargo test --release --test it hurt -- --ignored --nocapture` runs them at full size and prints the times.

use super::lists::KNOWLEDGE;
use serde_json::{Map, Value, json};
use std::time::Instant;
use zhijian::knowledge::policy::Policy;
use zhijian::model::{AssetTable, Code};
use zhijian::scan::understand_all;
use zhijian::stages::matching::{self, Parameters};

/// Most pairs compared per row, over all keys: what the largest block that is compared in full costs, and a window of
/// twelve for each of the other keys.
const MOST_PER_ROW: usize = 400 + 12 * 8;

fn row(kind: &str, name: String, unit: &str, jobs: &str) -> Map<String, Value> {
    let cells =
        json!({ "名称": name, "类别": kind, "主办单位": unit, "行政区划": "示例省甲市青溪县", "功能": jobs });
    match cells {
        Value::Object(cells) => cells,
        _ => Map::new(),
    }
}

/// Names of their own in characters that no table knows as words.
fn own_name(at: usize) -> String {
    let chars: Vec<char> = "峦岫汀渚蘅芷菡萏琅玕鸢隼翡翠珩瑀".chars().collect();
    let mixed = (at + 1) * 0x9E375 % 16usize.pow(5);
    (0..5).map(|digit| chars[mixed / 16usize.pow(digit) % 16]).collect()
}

/// Each list by what is wrong with it.
fn lists(rows: usize) -> Vec<(&'static str, Vec<Map<String, Value>>)> {
    const UNIT: &str = "甲市青溪县水利局";
    let jobs = "巡查记录、问题上报、轨迹回放";
    let each = |of: &dyn Fn(usize) -> Map<String, Value>, rows: usize| (0..rows).map(of).collect();
    vec![
        ("all names equal", each(&|_| row("工作群组", "河长工作群".into(), UNIT, jobs), rows)),
        (
            "all unique",
            each(&|at| row("应用程序", own_name(at), &format!("甲市青溪县{}局", own_name(at)), ""), rows),
        ),
        ("one owner for all", each(&|at| row("应用程序", own_name(at), UNIT, jobs), rows * 2)),
        (
            "names of 30,000 characters",
            each(&|at| row("应用程序", own_name(at).repeat(6_000), UNIT, jobs), (rows / 100).min(300)),
        ),
        ("emoji only", each(&|at| row("公众账号", "🏞🎉🌟🔔"[..4 * (1 + at % 4)].to_owned(), "", ""), rows)),
    ]
}

/// Candidates per row and whether something was said to be left out.
fn price(assets: &AssetTable) -> (usize, bool, usize) {
    let parameters = Parameters::shipped();
    let matched = matching::run(assets, &KNOWLEDGE.lexicon, &parameters, &[]);
    let pairs: u64 = matched.blocking.iter().map(|report| report.pairs).sum();
    let says = matched.diagnostics.iter().any(|remark| remark.code == Code::CappedBlock);
    let left_out = matched.blocking.iter().any(|report| report.left_out > 0);
    assert_eq!(says, left_out, "what is left out is said");
    (pairs as usize / assets.len().max(1), says, matched.clusters.len())
}

fn understood(cells: Vec<Map<String, Value>>) -> AssetTable {
    understand_all(cells, &KNOWLEDGE, &Policy::default(), "2026-11-22".parse().unwrap()).0
}

#[test]
fn what_is_meant_to_hurt_stays_near_linear() {
    for (what, cells) in lists(2_000) {
        let assets = understood(cells);
        let (per_row, says, clusters) = price(&assets);
        println!("{what}: {per_row} pairs per row, {clusters} clusters, capped: {says}");
        assert!(per_row <= MOST_PER_ROW, "{what}: {per_row} pairs per row");
        if what == "one owner for all" {
            assert!(says, "{what}: a cap is reached and said");
        }
        if what == "all names equal" {
            assert!(
                !says && clusters == 1,
                "{what}: copies are one, whatever their number; {clusters} clusters"
            );
        }
        if what == "all unique" || what == "emoji only" {
            assert!(clusters <= assets.len() / 100, "{what}: {clusters} clusters of nothing alike");
        }
    }
}

#[test]
#[ignore = "minutes; run by hand for the figures in benches/README.md"]
fn what_is_meant_to_hurt_at_full_size() {
    for (what, cells) in lists(100_000) {
        let rows = cells.len();
        let started = Instant::now();
        let assets = understood(cells);
        let read = started.elapsed();
        let started = Instant::now();
        let (per_row, says, clusters) = price(&assets);
        println!(
            "{what}: {rows} rows, read in {:.1} s, matched in {:.1} s, {per_row} pairs per row, {clusters} clusters, capped: {says}",
            read.as_secs_f64(),
            started.elapsed().as_secs_f64(),
        );
    }
}
