//! What checking against a history, reading again and removing came to, on a terminal.

use crate::collect::reread::Outcome;
use crate::evidence::Pruned;
use crate::knowledge::messages::Catalogue;
use crate::views::visible;
use jiff::civil::Date;

/// What reading kept pages again came to.
pub fn reread(outcome: &Outcome, catalogue: &Catalogue) -> String {
    let args = [
        ("pages", outcome.pages.to_string()),
        ("same", outcome.same.to_string()),
        ("changed", outcome.changed.len().to_string()),
        ("unread", outcome.unread.to_string()),
        ("gone", outcome.gone.to_string()),
    ];
    let mut out = catalogue.fill("collect.reread.head", &args) + "\n";
    for changed in &outcome.changed {
        let state = |name: &str| catalogue.text(&format!("collect.state.{name}")).into_owned();
        let args = [
            ("source", changed.source.clone()),
            ("url", visible(&changed.url).into_owned()),
            ("from", state(&changed.from)),
            ("to", state(&changed.to)),
        ];
        out += &(catalogue.fill("collect.reread.line", &args) + "\n");
    }
    out
}

/// What was removed.
pub fn pruned(pruned: Pruned, first: Date, catalogue: &Catalogue) -> String {
    let args = [
        ("first", first.to_string()),
        ("pages", pruned.pages.to_string()),
        ("kib", pruned.bytes.div_ceil(1024).to_string()),
        ("kept", pruned.kept.to_string()),
    ];
    catalogue.fill("collect.pruned", &args) + "\n"
}

/// Whether a folder has what kept scans cite: of so many scans with evidence, those that miss something, each with how many
/// of its records are not there.
pub fn against_history(scans: usize, missing: &[(i64, usize)], catalogue: &Catalogue) -> String {
    let mut out = String::new();
    for (scan, records) in missing {
        let args = [("scan", scan.to_string()), ("count", records.to_string())];
        out += &(catalogue.fill("collect.verified.cited", &args) + "\n");
    }
    let verdict = if missing.is_empty() { "collect.verified.cites" } else { "collect.verified.cites-not" };
    let args = [("scans", scans.to_string()), ("count", missing.len().to_string())];
    out + &catalogue.fill(verdict, &args) + "\n"
}
