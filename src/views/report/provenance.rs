//! Where a report comes from, so that anybody can make it again.
//!
//! For: the last line of every report. Not for: history. Invariant: everything the result depends
//! on is named; full digests stand in the input table.

use super::view::Build;
use super::{Cell, Table};

/// Digits of a digest that are shown in running text.
const SHORT: usize = 12;
/// Input digests listed in the line; the others are in the table.
const LISTED: usize = 8;

/// Tool, rule set, policy, parameters, day, inputs.
pub(super) fn line(build: &Build<'_>) -> String {
    let document = build.document;
    let names = build.names;
    let parameters = &document.parameters;
    let policy = if parameters.policy.is_empty() {
        names.text("report.provenance.no-policy")
    } else {
        short(&parameters.policy).to_owned()
    };
    let inputs = &document.inputs;
    let mut digests: Vec<String> =
        inputs.iter().take(LISTED).map(|input| format!("{} {}", input.path, short(&input.blake3))).collect();
    if inputs.len() > LISTED {
        digests.push("…".to_owned());
    }
    names.fill(
        "report.provenance.line",
        &[
            ("tool", &document.tool),
            ("rules", short(&parameters.rule_set)),
            ("policy", &policy),
            ("matching", &parameters.matching),
            ("as_of", &document.as_of),
            ("count", &inputs.len().to_string()),
            ("digests", &digests.join(names.comma())),
        ],
    )
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
