//! `policy show`: every effective value with its origin, as a policy file.
//!
//! For: answering “which value holds, and who says so?”. Invariant: what is printed is itself a
//! valid policy that means the same (a test reads it back).

use super::declared::{SECTIONS, Section, Shape};
use super::effective::Policy;
use super::stated::{Origin, Table};
use crate::knowledge::messages::Catalogue;
use unicode_width::UnicodeWidthStr;

/// The effective policy as TOML; each line ends with a comment that names its origin.
pub fn show(policy: &Policy, catalogue: &Catalogue) -> String {
    let mut out = String::new();
    for section in SECTIONS {
        for table in policy.settings.of(section.name) {
            if section.shape == Shape::Table && lines(policy, table, catalogue).is_empty() {
                continue;
            }
            if !out.is_empty() {
                out.push('\n');
            }
            write_table(policy, section, table, catalogue, &mut out);
        }
    }
    out
}

fn write_table(policy: &Policy, section: &Section, table: &Table, catalogue: &Catalogue, out: &mut String) {
    let mut lines = lines(policy, table, catalogue);
    if section.shape != Shape::Root {
        let from = if table.line == 0 { Origin::BuiltIn } else { Origin::Line(table.line) };
        // A table that stands once exists whether the file has it or not: its values tell.
        let note =
            if section.shape == Shape::Table { String::new() } else { origin(policy, from, catalogue) };
        lines.insert(0, (section.header(&table.rule), note));
    }
    let widest = lines.iter().map(|(text, _)| text.width()).max().unwrap_or(0);
    for (text, note) in lines {
        out.push_str(&text);
        if !note.is_empty() {
            out.push_str(&" ".repeat(widest - text.width() + 2));
            out.push_str("# ");
            out.push_str(&note);
        }
        out.push('\n');
    }
}

/// `key = value` with its origin, in declared order. `schema` is stated even without a file.
fn lines(policy: &Policy, table: &Table, catalogue: &Catalogue) -> Vec<(String, String)> {
    let stated = table.section.keys.iter().filter_map(|key| {
        let stated = table.values.get(key.name)?;
        Some((format!("{} = {}", key.name, stated.value.toml()), origin(policy, stated.origin, catalogue)))
    });
    let lines: Vec<_> = stated.collect();
    if lines.is_empty() && table.section.shape == Shape::Root {
        let schema = format!("schema = {}", super::declared::SCHEMA);
        return vec![(schema, origin(policy, Origin::BuiltIn, catalogue))];
    }
    lines
}

fn origin(policy: &Policy, origin: Origin, catalogue: &Catalogue) -> String {
    match origin {
        Origin::BuiltIn => catalogue.text("policy.origin.built-in").into_owned(),
        Origin::Line(line) => {
            let line = line.to_string();
            match &policy.path {
                Some(path) => format!("{}:{line}", path.display().to_string().replace(['\n', '\r'], " ")),
                None => catalogue.fill("policy.origin.line", &[("line", line)]),
            }
        }
        Origin::Flag(flag) => catalogue.fill("policy.origin.flag", &[("flag", flag)]),
    }
}
