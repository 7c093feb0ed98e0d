//! What came back (反弹): items closed or dissolved earlier that are there again, and features removed and back.
//!
//! For: the table that superiors ask for at every look-back (回头看). Not for: comparing scans. Invariant: without an
//! earlier scan to compare with the table has no rows and says so, for "none found" would be a claim.

use super::{Reduction, note, table};
use crate::scan::document::{Finding, Recurrence};
use crate::views::report::Cell;
use crate::views::report::view::Build;
use std::collections::BTreeMap;

/// The class of a problem that had been remedied.
const RELAPSED: &str = "relapsed";

/// One row for each item that came back, with all that came back about it; a scan that was compared with none has none.
pub(super) fn rebound<'a>(build: &Build<'a>) -> Reduction<'a> {
    let columns = [("seq", 5), ("name", 24), ("kind", 10), ("unit", 24), ("earlier", 20), ("now", 48)];
    let mut table = table(build, "rebound", &columns);
    let document = build.document;
    let Some(earlier) = &document.parameters.earlier else {
        return Reduction { table, notes: vec![note(build, "rebound")] };
    };
    let mut items: BTreeMap<usize, Vec<(&Finding, &Recurrence)>> = BTreeMap::new();
    for finding in document.findings.iter().filter(|finding| finding.status == "open") {
        let at = finding.asset.as_deref().and_then(|id| build.index.position(id));
        if let (Some(recurrence), Some(at)) = (&finding.recurrence, at) {
            items.entry(at).or_default().push((finding, recurrence));
        }
    }
    let mut relapsed = (0_usize, 0);
    for (at, came_back) in items {
        let asset = &document.assets[at];
        let problems = came_back.iter().filter(|(_, recurrence)| recurrence.class == RELAPSED).count();
        relapsed.0 += usize::from(problems > 0);
        relapsed.1 += problems;
        let done = |recurrence: &Recurrence| {
            let key = if recurrence.class == RELAPSED { "remedied" } else { "gone" };
            build.names.fill(&format!("reduction.earlier.{key}"), &[("day", &recurrence.closed)])
        };
        table.rows.push(vec![
            Cell::Count(table.rows.len() as u64 + 1),
            Cell::text(asset.name.as_str()),
            Cell::text(build.names.text(&format!("kind.{}", asset.kind))),
            Cell::text(asset.owner_unit.text.as_str()),
            Cell::text(each(came_back.iter().map(|(_, recurrence)| done(recurrence)), build.names.comma())),
            Cell::text(each(came_back.iter().map(|(f, _)| f.evidence.reason.clone()), build.names.comma())),
        ]);
    }
    let numbers = [table.rows.len(), table.rows.len() - relapsed.0, relapsed.0, relapsed.1];
    let numbers = numbers.map(|number| number.to_string());
    let told = [
        ("as_of", earlier.as_of.as_str()),
        ("count", &numbers[0]),
        ("gone", &numbers[1]),
        ("relapsed", &numbers[2]),
        ("problems", &numbers[3]),
    ];
    let notes = vec![build.names.fill("reduction.note.rebound-compared", &told)];
    Reduction { table, notes }
}

/// Texts, each once, in order.
fn each(texts: impl Iterator<Item = String>, comma: &str) -> String {
    let mut seen: Vec<String> = Vec::new();
    for text in texts {
        if !seen.contains(&text) {
            seen.push(text);
        }
    }
    seen.join(comma)
}
