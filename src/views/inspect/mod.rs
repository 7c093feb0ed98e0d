//! `inspect`: how every file was read.
//!
//! For: trusting the reading before trusting the result. Not for: what the rows mean. Invariant:
//! every sheet prints its row account as an equation, every column its mapping and who decided it,
//! every rejected row its reason.

mod fix;
mod sheet;

pub use fix::fixed;

use super::names::Names;
use super::terminal::{Screen, Tone};
use super::text::{truncate, wrap};
use crate::knowledge::messages::Catalogue;
use crate::scan::document::{Expected, Input, Rejected, Remark};
use std::fmt::Write as _;

/// Rejected rows and remarks shown of each file; JSON has them all.
const SHOWN: usize = 20;

/// Remarks that the list of rejected rows says better.
const IN_REJECTED: [&str; 2] = ["ingest/broken-row", "ingest/no-name"];

/// What `inspect` shows.
#[derive(Clone, Copy)]
pub struct Reading<'a> {
    /// Files in order.
    pub inputs: &'a [Input],
    /// Remarks about them.
    pub remarks: &'a [Remark],
    /// Rows that could not become records.
    pub rejected: &'a [Rejected],
    /// Expected units; empty without a roster.
    pub roster: &'a [Expected],
}

/// For people.
pub fn text(reading: Reading<'_>, catalogue: &Catalogue, screen: Screen) -> String {
    let names = Names { catalogue };
    let paint = screen.paint();
    let mut out = String::new();
    for input in reading.inputs {
        let encoding = input.encoding.as_deref().map(|e| format!(" · {e}")).unwrap_or_default();
        let what = format!(
            "{} · {}{encoding} · {}",
            input.path,
            input.format,
            names.fill("inspect.bytes", &[("count", &input.bytes.to_string())])
        );
        let _ = writeln!(out, "{}", paint.tone(Tone::Heading, &truncate(&what, screen.columns())));
        for table in &input.sheets {
            out += &sheet::text(names, screen, table);
        }
        let about = reading.remarks.iter().filter(|r| is_about(&r.at, &input.path));
        let remarks: Vec<&Remark> = about.filter(|r| !IN_REJECTED.contains(&r.code.as_str())).collect();
        remarks_text(&mut out, names, screen, &remarks);
        rejected_text(&mut out, names, screen, input, reading.rejected);
        out.push('\n');
    }
    let others: Vec<&Remark> =
        reading.remarks.iter().filter(|r| !reading.inputs.iter().any(|i| is_about(&r.at, &i.path))).collect();
    remarks_text(&mut out, names, screen, &others);
    roster_text(&mut out, names, screen, reading.roster);
    out
}

/// Who has reported and who has not, the latter first.
fn roster_text(out: &mut String, names: Names<'_>, screen: Screen, roster: &[Expected]) {
    if roster.is_empty() {
        return;
    }
    let title = names.fill("inspect.roster", &[("expected", &roster.len().to_string())]);
    let _ = writeln!(out, "\n{}", screen.paint().tone(Tone::Heading, &title));
    for (status, tone) in
        [("not-reported", Tone::Bad), ("twice", Tone::Warn), ("zero", Tone::Plain), ("reported", Tone::Good)]
    {
        let units = roster.iter().filter(|entry| entry.status == status);
        let shown = |entry: &Expected| match entry.files.as_slice() {
            [_, _, ..] => format!("{}（{}）", entry.unit, entry.files.join(names.enumerated())),
            _ => entry.unit.clone(),
        };
        let list: Vec<String> = units.map(shown).collect();
        if !list.is_empty() {
            let status = names.text(&format!("inspect.status.{status}"));
            let status = format!("{status} {}", list.len());
            let list = list.join(names.enumerated());
            let line = names.fill("inspect.roster-line", &[("status", &status), ("list", &list)]);
            for line in wrap(&line, screen.columns()) {
                let _ = writeln!(out, "{}", screen.paint().tone(tone, &line));
            }
        }
    }
}

/// Whether a place, as people read it, lies in a file.
fn is_about(at: &str, path: &str) -> bool {
    at.strip_prefix(path)
        .is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '.' || c == '/'))
}

fn remarks_text(out: &mut String, names: Names<'_>, screen: Screen, remarks: &[&Remark]) {
    let paint = screen.paint();
    for remark in remarks.iter().take(SHOWN) {
        let tone = match remark.alert.as_str() {
            "error" => Tone::Bad,
            "warning" => Tone::Warn,
            _ => Tone::Info,
        };
        let head = format!("{}[{}]", names.alert(&remark.alert), remark.code);
        let line = format!(" {}", remark.text);
        let room = screen.columns().saturating_sub(super::text::width(&head));
        let _ = writeln!(out, "{}{}", paint.tone(tone, &head), truncate(&line, room));
        for (mark, text) in [("  --> ", &remark.at), ("  ==> ", &remark.help)] {
            if !text.is_empty() {
                for (i, line) in wrap(text, screen.columns().saturating_sub(6)).iter().enumerate() {
                    let mark = if i == 0 { mark } else { "      " };
                    let _ = writeln!(out, "{}{line}", paint.tone(Tone::Dim, mark));
                }
            }
        }
    }
    more(out, names, remarks.len());
}

fn rejected_text(out: &mut String, names: Names<'_>, screen: Screen, input: &Input, rejected: &[Rejected]) {
    let mine: Vec<&Rejected> = rejected.iter().filter(|r| r.source.file == input.path).collect();
    if mine.is_empty() {
        return;
    }
    let title = names.fill("inspect.rejected", &[("count", &mine.len().to_string())]);
    let _ = writeln!(out, "{}", screen.paint().tone(Tone::Bad, &title));
    for row in mine.iter().take(SHOWN) {
        let what = if row.reason.contains(&row.text) {
            &row.reason
        } else {
            &format!("{}  {}", row.reason, row.text)
        };
        let line = format!("  {}  {what}", names.place(&row.source));
        let _ = writeln!(out, "{}", truncate(&line, screen.columns()));
    }
    more(out, names, mine.len());
}

fn more(out: &mut String, names: Names<'_>, len: usize) {
    if len > SHOWN {
        let _ = writeln!(out, "{}", names.fill("report.more", &[("count", &(len - SHOWN).to_string())]));
    }
}

/// For programs: the same three lists under their names in `scan.json`.
pub fn json(reading: Reading<'_>) -> Result<String, serde_json::Error> {
    let value = serde_json::json!({
        "inputs": reading.inputs,
        "diagnostics": reading.remarks,
        "rejected": reading.rejected,
        "roster": reading.roster,
    });
    Ok(serde_json::to_string_pretty(&value)? + "\n")
}
