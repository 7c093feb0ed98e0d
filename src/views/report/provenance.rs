//! Where a report comes from, so that anybody can make it again.
//!
//! For: the last line of every report. Not for: history. Invariant: everything the result depends
//! on is named; full digests stand in the input table.

use super::view::Build;
use super::{Cell, Table};
use crate::scan::document::ProfileUsed;

/// Digits of a digest that are shown in running text.
const SHORT: usize = 12;
/// Input digests listed in the line; the others are in the table.
const LISTED: usize = 8;

/// Tool, rule set, policy, parameters, day, inputs.
pub(super) fn line(build: &Build<'_>) -> String {
    let names = build.names;
    let inputs = &build.document.inputs;
    let mut digests: Vec<String> =
        inputs.iter().take(LISTED).map(|input| format!("{} {}", input.path, short(&input.blake3))).collect();
    if inputs.len() > LISTED {
        digests.push("…".to_owned());
    }
    fill(build, "report.provenance.line", ("digests", &digests.join(names.comma())))
}

/// The same with one digest over all inputs, for a screen: BLAKE3 of the lines `<digest> <path>`.
pub(super) fn short_line(build: &Build<'_>) -> String {
    let mut all = blake3::Hasher::new();
    for input in &build.document.inputs {
        all.update(format!("{} {}\n", input.blake3, input.path).as_bytes());
    }
    fill(build, "report.provenance.short", ("digest", short(&all.finalize().to_hex())))
}

fn fill(build: &Build<'_>, key: &str, inputs: (&str, &str)) -> String {
    let document = build.document;
    let parameters = &document.parameters;
    let policy = if parameters.policy.is_empty() {
        build.names.text("report.provenance.no-policy")
    } else {
        short(&parameters.policy).to_owned()
    };
    let used: Vec<String> = parameters.profiles.iter().map(|profile| used(build, profile)).collect();
    let line = build.names.fill(
        key,
        &[
            ("tool", &document.tool),
            ("rules", short(&parameters.rule_set)),
            ("policy", &policy),
            ("matching", &parameters.matching),
            ("as_of", &document.as_of),
            ("count", &document.inputs.len().to_string()),
            inputs,
        ],
    );
    let told = [expected(build), listed(build), decided(build), compared(build), wished(build)];
    used.into_iter().chain(told).fold(line, |line, used| line + &used)
}

/// The roster: how many units it expects, and a digest of their names, one to a line in its order. The stored scan
/// has no digest of the file itself.
fn expected(build: &Build<'_>) -> String {
    let roster = &build.document.coverage.roster;
    if roster.is_empty() {
        return String::new();
    }
    let mut names = blake3::Hasher::new();
    for expected in roster {
        names.update(expected.unit.as_bytes()).update(b"\n");
    }
    let digest = names.finalize().to_hex();
    let args = [("count", &*roster.len().to_string()), ("digest", short(&digest))];
    build.names.fill("report.provenance.roster", &args)
}

/// The list of platforms above; nothing without one.
fn listed(build: &Build<'_>) -> String {
    let Some(reference) = &build.document.reference else { return String::new() };
    let digest = short(&reference.file.blake3);
    build.names.fill("report.provenance.reference", &[("path", &reference.file.path), ("digest", digest)])
}

/// The files with decisions that were obeyed; nothing without any.
fn decided(build: &Build<'_>) -> String {
    let Some(decisions) = &build.document.decisions else { return String::new() };
    let files = decisions.files.iter().map(|file| format!("{} {}", file.path, short(&file.blake3)));
    let digests = files.collect::<Vec<_>>().join(build.names.comma());
    let count = decisions.files.len().to_string();
    build.names.fill("report.provenance.decisions", &[("count", &count), ("digests", &digests)])
}

/// The earlier scan that this one was compared with; nothing without one.
fn compared(build: &Build<'_>) -> String {
    let Some(scan) = &build.document.parameters.earlier else { return String::new() };
    let digest = short(&scan.blake3);
    build.names.fill("report.provenance.earlier", &[("as_of", &scan.as_of), ("digest", digest)])
}

/// What was asked for when the plan was made again; nothing where it was not.
fn wished(build: &Build<'_>) -> String {
    let wishes = &build.document.parameters.wishes;
    if wishes.is_empty() {
        return String::new();
    }
    build.names.fill("report.provenance.wishes", &[("wishes", &wishes.join(build.names.comma()))])
}

/// A local profile, with its source and how well that is known.
fn used(build: &Build<'_>, profile: &ProfileUsed) -> String {
    let sourced = build.names.sourced(&profile.sourced);
    let parts =
        [("name", &*profile.name), ("title", &profile.title), ("date", &profile.date), ("sourced", &sourced)];
    build.names.fill("report.provenance.profile", &parts)
}

fn short(digest: &str) -> &str {
    digest.get(..SHORT).unwrap_or(digest)
}

/// Every input file with its full digests.
pub(super) fn inputs<'a>(build: &Build<'a>) -> Table<'a> {
    let mut table = build.table("inputs", &[("file", 40), ("bytes", 12), ("blake3", 34), ("sm3", 34)]);
    for input in &build.document.inputs {
        table.rows.push(vec![
            Cell::text(input.path.as_str()),
            Cell::Count(input.bytes),
            Cell::text(input.blake3.as_str()),
            Cell::text(input.sm3.as_str()),
        ]);
    }
    table
}
