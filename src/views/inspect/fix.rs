//! Policy entries that settle what was guessed.
//!
//! For: `inspect --fix`. Not for: deciding: a guess is written out for a person to confirm, and what may be
//! several things is left to be chosen. Invariant: what stands in the file already stays, letter for letter.

use crate::knowledge::messages::Catalogue;
use crate::scan::document::{Column, Input, Sheet};
use crate::views::names::Names;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// The text of a policy file with an entry for each guessed column of the inputs, and how many were added.
/// Columns that were not understood get entries that are not in force until somebody completes them.
pub fn fixed(old: &str, inputs: &[Input], catalogue: &Catalogue) -> (String, usize) {
    let names = Names { catalogue };
    let mut text = if old.is_empty() { "schema = 1\n".to_owned() } else { old.to_owned() };
    if !text.ends_with('\n') {
        text.push('\n');
    }
    let mut added = BTreeSet::new();
    for input in inputs {
        for sheet in &input.sheets {
            for column in sheet.columns.iter().filter(|column| !column.header.is_empty()) {
                let Some(entry) = entry(names, input, sheet, column) else { continue };
                let keys = keys(input, sheet, column);
                let is_there = text.contains(&keys) || text.contains(&out_of_force(&keys));
                if !is_there && added.insert(keys) {
                    let _ = write!(text, "\n{entry}");
                }
            }
        }
    }
    (text, added.len())
}

/// Where an entry applies: file, sheet and header.
fn keys(input: &Input, sheet: &Sheet, column: &Column) -> String {
    let mut keys = format!("file = {}\n", quoted(&input.path));
    if !sheet.name.is_empty() {
        let _ = writeln!(keys, "sheet = {}", quoted(&sheet.name));
    }
    let _ = writeln!(keys, "header = {}", quoted(&column.header));
    keys
}

fn entry(names: Names<'_>, input: &Input, sheet: &Sheet, column: &Column) -> Option<String> {
    let keys = keys(input, sheet, column);
    match (&column.field, column.by.as_str()) {
        (Some(field), "fuzzy") => {
            let confidence = format!("{:.0}%", column.confidence * 100.0);
            let args = [("field", names.field(field)), ("confidence", confidence)];
            let remark = names.catalogue.fill("inspect.fix-guessed", &args);
            Some(format!("# {remark}\n[[columns]]\n{keys}field = {}\n", quoted(field)))
        }
        (None, _) => {
            let remark = names.text("inspect.fix-unknown");
            let lines = format!("[[columns]]\n{keys}field = \"ignore\"\n");
            Some(format!("# {remark}\n{}", out_of_force(&lines)))
        }
        _ => None,
    }
}

/// Lines with the mark in front that makes remarks of them.
fn out_of_force(lines: &str) -> String {
    lines.lines().fold(String::new(), |out, line| out + "#" + line + "\n")
}

/// A basic string of TOML on one line; headers are compared without regard to blanks.
fn quoted(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    toml::Value::String(line).to_string()
}
