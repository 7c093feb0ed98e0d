//! Two readings of one item, cell by cell.
//!
//! For: which cells differ, and what is understood otherwise of equal cells. Not for: what follows from it (`items`).

use super::CellChange;
use crate::scan::document::{Asset, FieldValue};
use serde_json::Value as Json;
use std::collections::BTreeSet;

/// Fields that say nothing about the item: numbering, and the day of the form.
const NOT_ABOUT_IT: [&str; 3] = ["id", "seq", "fill_date"];
/// Fields that identify an item when both sides state them.
const IDENTIFYING: [&str; 5] = ["account_id", "package_id", "filing_no_cac", "filing_no_icp", "url"];

/// Cells that differ, by field; what was understood of equal cells is not among them.
pub(super) fn differences(before: &Asset, after: &Asset) -> Vec<CellChange> {
    let own = [
        ("name", &before.name, &after.name),
        ("owner_unit", &before.owner_unit.text, &after.owner_unit.text),
        ("platform", &before.platform, &after.platform),
    ];
    let mut changes: Vec<CellChange> = Vec::new();
    for (field, was, is) in own.into_iter().filter(|(_, was, is)| was != is) {
        changes.push(CellChange { field: field.to_owned(), before: was.clone(), after: is.clone() });
    }
    if before.fields == after.fields {
        return changes;
    }
    let fields: BTreeSet<&String> = before.fields.keys().chain(after.fields.keys()).collect();
    for field in fields.into_iter().filter(|field| !NOT_ABOUT_IT.contains(&field.as_str())) {
        let (was, is) = (before.fields.get(field), after.fields.get(field));
        if was != is {
            changes.push(CellChange { field: field.clone(), before: shown(was), after: shown(is) });
        }
    }
    changes
}

/// What is understood otherwise although no cell differs: the status apart, since it also depends on the day.
pub(super) fn understood(before: &Asset, after: &Asset) -> Vec<CellChange> {
    let parts = [
        ("kind", before.kind.clone(), after.kind.clone()),
        ("level", before.level.clone(), after.level.clone()),
        ("region", before.region.path.concat(), after.region.path.concat()),
        ("unit", before.owner_unit.canonical.clone(), after.owner_unit.canonical.clone()),
        ("audience", before.audience.clone(), after.audience.clone()),
        ("functions", before.functions.join(" "), after.functions.join(" ")),
    ];
    let differ = parts.into_iter().filter(|(_, was, is)| was != is);
    differ.map(|(field, before, after)| CellChange { field: field.to_owned(), before, after }).collect()
}

/// A status that differs.
pub(super) fn status(before: &Asset, after: &Asset) -> Option<CellChange> {
    let (was, is) = (before.status.clone(), after.status.clone());
    (was != is).then(|| CellChange { field: "status".to_owned(), before: was, after: is })
}

/// Whether both state the same identifier.
pub(super) fn share_identifier(before: &Asset, after: &Asset) -> bool {
    let stated = |asset: &Asset, field: &str| match asset.fields.get(field).map(|f| &f.value) {
        Some(Json::String(text)) if !text.is_empty() => Some(text.clone()),
        _ => None,
    };
    IDENTIFYING.iter().any(|field| stated(before, field).is_some_and(|id| stated(after, field) == Some(id)))
}

/// Number of cells that agree.
pub(super) fn agreeing(before: &Asset, after: &Asset) -> usize {
    before.fields.iter().filter(|(field, value)| after.fields.get(*field) == Some(value)).count()
}

/// A cell as people read it.
fn shown(field: Option<&FieldValue>) -> String {
    let Some(field) = field else { return String::new() };
    field.raw.clone().unwrap_or_else(|| text(&field.value))
}

/// A value as it would be typed.
pub(super) fn text(value: &Json) -> String {
    match value {
        Json::Null => String::new(),
        Json::Bool(true) => "是".to_owned(),
        Json::Bool(false) => "否".to_owned(),
        Json::String(text) => text.clone(),
        Json::Array(list) => list.iter().map(text).collect::<Vec<_>>().join("、"),
        other => other.to_string(),
    }
}
