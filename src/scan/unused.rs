//! Policy entries that nothing matched: a mistyped id must not pass in silence.

use crate::knowledge::policy::Policy;
use crate::model::{AssetTable, Code, Diagnostic, Location, MappedBy};
use std::collections::BTreeSet;

/// A remark for each pin, judgement and column entry that was not used. Waivers are the rules' business.
pub(super) fn unused(policy: &Policy, assets: &AssetTable) -> Vec<Diagnostic> {
    if policy.pins.is_empty() && policy.judgements.is_empty() && policy.columns.is_empty() {
        return Vec::new();
    }
    let ids: BTreeSet<&str> = assets.ids.iter().map(String::as_str).collect();
    let mapped: BTreeSet<&str> = assets
        .records
        .sheets
        .iter()
        .flat_map(|sheet| &sheet.columns)
        .filter(|column| column.by == MappedBy::Policy)
        .map(|column| column.header.trim())
        .collect();
    let remark = |line: Option<u32>, entry: String| {
        let at = Location { row: line, ..Location::file(&policy.file_name()) };
        Diagnostic::new(Code::UnusedPolicy, at).with("entry", entry)
    };
    let pins = policy.pins.iter().filter(|p| !ids.contains(p.asset.as_str()));
    let words = policy.judgements.iter().flat_map(|j| [&j.left, &j.right]);
    let columns = policy.columns.iter().filter(|c| !mapped.contains(c.header.trim()));
    pins.map(|p| remark(Some(p.line), format!("pins {}", p.asset)))
        .chain(
            words.filter(|id| !ids.contains(id.as_str())).map(|id| remark(None, format!("judgements {id}"))),
        )
        .chain(columns.map(|c| remark(Some(c.line), format!("columns {}", c.header))))
        .collect()
}
