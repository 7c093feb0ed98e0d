//! What came back (反弹): items closed or dissolved earlier that are there again, and features removed and back.
//!
//! For: the table that superiors ask for at every look-back (回头看). Not for: comparing scans. Invariant: without an
//! earlier scan to compare with the table has no rows and says so, for "none found" would be a claim.

use super::{Reduction, note, table};
use crate::views::report::Cell;
use crate::views::report::view::Build;
use std::collections::HashMap;

/// One row for each finding about something that came back; a scan that was compared with none has none.
pub(super) fn rebound<'a>(build: &Build<'a>) -> Reduction<'a> {
    let columns = [("seq", 5), ("name", 24), ("kind", 10), ("unit", 24), ("earlier", 14), ("now", 48)];
    let mut table = table(build, "rebound", &columns);
    let document = build.document;
    let Some(earlier) = &document.parameters.earlier else {
        return Reduction { table, notes: vec![note(build, "rebound")] };
    };
    let assets: HashMap<&str, _> = document.assets.iter().map(|asset| (asset.id.as_str(), asset)).collect();
    for finding in document.findings.iter().filter(|finding| finding.status == "open") {
        let asset = finding.asset.as_deref().and_then(|id| assets.get(id));
        let (Some(recurrence), Some(asset)) = (&finding.recurrence, asset) else { continue };
        table.rows.push(vec![
            Cell::Count(table.rows.len() as u64 + 1),
            Cell::text(asset.name.as_str()),
            Cell::text(build.names.text(&format!("kind.{}", asset.kind))),
            Cell::text(asset.owner_unit.text.as_str()),
            Cell::text(recurrence.closed.as_str()),
            Cell::text(finding.evidence.reason.as_str()),
        ]);
    }
    let count = table.rows.len().to_string();
    let told = [("as_of", earlier.as_of.as_str()), ("count", count.as_str())];
    let notes = vec![build.names.fill("reduction.note.rebound-compared", &told)];
    Reduction { table, notes }
}
