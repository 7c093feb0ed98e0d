//! The kept scans as lists, for people and for programs.
//!
//! For: `history list` and `history show`. Not for: what changed between two of them in full (`changes`).

use super::names::Names;
use super::terminal::{Align, Col, Screen, Tone, grid};
use super::text::visible;
use crate::history::{Cited, DecisionRow, EventRow, RunRow, ScanRow};
use crate::knowledge::messages::Catalogue;
use serde_json::{Value as Json, json};
use std::fmt::Write as _;

/// Runs shown on a terminal.
const RUNS: usize = 10;
/// Digits of a digest shown on a terminal.
const SHORT: usize = 12;

fn columns(catalogue: &Catalogue, keys: &[(&str, Align)]) -> Vec<Col> {
    let column =
        |(key, align): &(&str, Align)| Col { title: catalogue.text(key).into_owned(), align: *align };
    keys.iter().map(column).collect()
}

/// Every scan and the last runs.
pub fn list(scans: &[ScanRow], runs: &[RunRow], catalogue: &Catalogue, screen: Screen) -> String {
    let say = |key: &str| catalogue.text(key).into_owned();
    let mut out = String::new();
    if scans.is_empty() {
        let _ = writeln!(out, "{}", say("history.nothing"));
    } else {
        // Most histories have none, and a column of noughts says nothing.
        let with_pages = scans.iter().any(|scan| !scan.evidence.is_empty());
        let mut keys = vec![
            ("history.scan", Align::Right),
            ("history.as-of", Align::Left),
            ("history.made", Align::Left),
            ("history.items", Align::Right),
            ("history.stock", Align::Right),
            ("history.problems", Align::Right),
            ("history.digest", Align::Left),
            ("history.content", Align::Left),
        ];
        keys.extend(with_pages.then_some(("history.pages", Align::Right)));
        let rows: Vec<_> = scans
            .iter()
            .map(|scan| {
                let stock = scan.trend.count("assets.all.live").map(|n| n.to_string()).unwrap_or_default();
                let content = if scan.whole { "history.whole" } else { "history.pruned" };
                let mut cells = vec![
                    scan.id.to_string(),
                    scan.as_of.clone(),
                    scan.made.get(..16).unwrap_or(&scan.made).replace('T', " "),
                    scan.items.to_string(),
                    stock,
                    scan.problems.to_string(),
                    scan.digest.get(..SHORT).unwrap_or("").to_owned(),
                    say(content),
                ];
                let pages = if scan.evidence.is_empty() { String::new() } else { scan.pages.to_string() };
                cells.extend(with_pages.then_some(pages));
                (Tone::Plain, cells)
            })
            .collect();
        out += &grid(&columns(catalogue, &keys), &rows, screen);
    }
    if !runs.is_empty() {
        let keys = [
            ("history.made", Align::Left),
            ("history.outcome", Align::Left),
            ("history.scan", Align::Right),
            ("history.note", Align::Flexible),
        ];
        let rows: Vec<_> = runs[runs.len().saturating_sub(RUNS)..]
            .iter()
            .map(|run| {
                let tone = if run.outcome == "done" { Tone::Plain } else { Tone::Warn };
                let scan = run.scan.map(|id| id.to_string()).unwrap_or_default();
                let began = run.started.get(..16).unwrap_or(&run.started).replace('T', " ");
                (tone, vec![began, say(&format!("history.run.{}", run.outcome)), scan, run.message.clone()])
            })
            .collect();
        let _ = write!(out, "\n{}\n{}", say("history.runs"), grid(&columns(catalogue, &keys), &rows, screen));
        if runs.len() > RUNS {
            let _ = writeln!(out, "{}", catalogue.fill("history.runs-more", &[("count", RUNS.to_string())]));
        }
    }
    out
}

/// The same for programs.
pub fn list_json(scans: &[ScanRow], runs: &[RunRow]) -> String {
    let runs: Vec<Json> = runs
        .iter()
        .map(|run| {
            json!({
                "id": run.id, "started": run.started, "ended": run.ended, "outcome": run.outcome,
                "scan": run.scan, "message": run.message,
            })
        })
        .collect();
    let scans: Vec<Json> = scans.iter().map(scan_json).collect();
    format!("{:#}\n", json!({"schema_version": 1, "scans": scans, "runs": runs}))
}

fn scan_json(scan: &ScanRow) -> Json {
    let mut json = json!({
        "id": scan.id, "as_of": scan.as_of, "made": scan.made, "tool": scan.tool, "inputs": scan.inputs,
        "items": scan.items, "problems": scan.problems, "blake3": scan.digest, "chain": scan.chain,
        "whole": scan.whole, "trend": scan.trend,
    });
    if !scan.evidence.is_empty() {
        json["evidence"] = json!({"blake3": scan.evidence, "pages": scan.pages});
    }
    json
}

/// The pages that a scan rested on: a row each, and every digest under it in full, to be compared with the folder.
fn pages(scan: &ScanRow, pages: &[Cited], catalogue: &Catalogue) -> String {
    if scan.evidence.is_empty() {
        return String::new();
    }
    let args = [("count", pages.len().to_string()), ("digest", scan.evidence.clone())];
    let mut out = format!("\n{}\n", catalogue.fill("history.evidence", &args));
    for page in pages {
        let absent = || catalogue.text("history.no-page").into_owned();
        let digest = |text: &String| if text.is_empty() { absent() } else { text.clone() };
        let args = [
            ("asset", visible(&page.asset).into_owned()),
            ("source", page.source.clone()),
            ("how", catalogue.text(&format!("collect.how.{}", page.how)).into_owned()),
            ("state", catalogue.text(&format!("collect.state.{}", page.state)).into_owned()),
            ("url", visible(&page.url).into_owned()),
            ("taken", page.taken.clone()),
            ("record", page.record.clone()),
            ("blake3", digest(&page.blake3)),
            ("sm3", digest(&page.sm3)),
        ];
        let _ = writeln!(out, "{}", catalogue.fill("history.evidence-line", &args));
    }
    out
}

/// One scan: its row, what changed, the pages it rested on, and the decisions recorded with it.
pub fn show(
    scan: &ScanRow,
    events: &[EventRow],
    decisions: &[DecisionRow],
    evidence: &[Cited],
    catalogue: &Catalogue,
    screen: Screen,
) -> String {
    let names = Names { catalogue };
    let mut out = list(std::slice::from_ref(scan), &[], catalogue, screen);
    for (id, value) in &scan.trend.figures {
        let _ = writeln!(out, "{}  {value}", names.figure(id));
    }
    if !events.is_empty() {
        let keys = [
            ("changes.column.class", Align::Left),
            ("changes.column.cause", Align::Left),
            ("changes.column.name", Align::Flexible),
            ("changes.column.unit", Align::Flexible),
            ("changes.column.rule", Align::Flexible),
        ];
        let rows: Vec<_> = events
            .iter()
            .map(|event| {
                let word = |key: String| catalogue.text(&key).into_owned();
                let cells = vec![
                    word(format!("changes.class.{}", event.class)),
                    word(format!("changes.cause.{}", event.cause)),
                    event.name.clone(),
                    event.unit.clone(),
                    names.rule(&event.rule),
                ];
                (Tone::Plain, cells)
            })
            .collect();
        let _ = write!(out, "\n{}", grid(&columns(catalogue, &keys), &rows, screen));
    }
    out += &pages(scan, evidence, catalogue);
    for d in decisions.iter().filter(|decision| decision.scan == scan.id) {
        let sign = if d.retracts.is_some() { "−" } else { "+" };
        // A pair of two scans is shown as one that leads from the one to the other.
        let joint = if d.across { "↔ " } else { "" };
        let line = format!("{sign} {} {} {joint}{} {}", d.kind, d.subject, d.object, d.reason);
        let _ = writeln!(out, "{}", visible(&line));
    }
    out
}

/// The same for programs.
pub fn show_json(
    scan: &ScanRow,
    events: &[EventRow],
    decisions: &[DecisionRow],
    evidence: &[Cited],
) -> String {
    let evidence: Vec<Json> = evidence
        .iter()
        .map(|page| {
            json!({
                "asset": page.asset, "source": page.source, "how": page.how, "url": page.url, "taken": page.taken,
                "state": page.state, "record": page.record, "blake3": page.blake3, "sm3": page.sm3,
            })
        })
        .collect();
    let events: Vec<Json> = events
        .iter()
        .map(|e| {
            json!({
                "about": e.about, "class": e.class, "cause": e.cause, "asset": e.asset, "name": e.name,
                "unit": e.unit, "rule": e.rule, "was": e.was,
            })
        })
        .collect();
    let decisions: Vec<Json> = decisions
        .iter()
        .filter(|decision| decision.scan == scan.id)
        .map(|d| {
            json!({
                "id": d.id, "made": d.made, "kind": d.kind, "subject": d.subject, "object": d.object,
                "reason": d.reason, "retracts": d.retracts, "across": d.across,
            })
        })
        .collect();
    format!(
        "{:#}\n",
        json!({
            "schema_version": 1, "scan": scan_json(scan), "events": events, "evidence": evidence,
            "decisions": decisions,
        })
    )
}
