//! What becomes of the items, part by part: by level, place, unit, platform and domain of function, for each kind.
//!
//! For: the tables of a reduction report. Not for: rates. Invariant: of every dimension the parts of a kind add up to the
//! whole of that kind, and 期末存量 = 期初存量 - 关停 - 整合 - 迁移 - 解散.

use crate::model::ActionKind;
use crate::scan::document::{Asset, Part, ScanDocument};
use std::collections::BTreeMap;

/// Kinds that are counted as items.
const COUNTED: [&str; 3] = ["app", "account", "group"];

/// All parts: the wholes first, then dimension by dimension, value by value.
pub(super) fn parts(scan: &ScanDocument, domain: &dyn Fn(&str) -> Option<String>) -> Vec<Part> {
    let mut parts: BTreeMap<(usize, String, usize), Part> = BTreeMap::new();
    for (asset, action) in scan.assets.iter().zip(&scan.plan.actions) {
        let Some(kind) = COUNTED.iter().position(|kind| *kind == asset.kind) else { continue };
        let Some(action) = ActionKind::parse(&action.action).filter(|action| *action != ActionKind::None)
        else {
            continue;
        };
        for (number, (dimension, value)) in dimensions(asset, domain).into_iter().enumerate() {
            let part = parts.entry((number, value.clone(), kind)).or_insert_with(|| Part {
                dimension: dimension.to_owned(),
                value,
                kind: asset.kind.clone(),
                ..Part::default()
            });
            count(part, action);
        }
    }
    parts.into_values().collect()
}

/// Where an item is counted: once in each dimension.
fn dimensions(asset: &Asset, domain: &dyn Fn(&str) -> Option<String>) -> [(&'static str, String); 6] {
    let unit = &asset.owner_unit;
    let unit = if unit.canonical.is_empty() { &unit.text } else { &unit.canonical };
    let domain = asset.functions.iter().find_map(|function| domain(function));
    [
        ("all", String::new()),
        ("level", asset.level.clone()),
        ("region", asset.region.path.concat()),
        ("unit", unit.clone()),
        ("platform", asset.platform.clone()),
        ("domain", domain.unwrap_or_default()),
    ]
}

fn count(part: &mut Part, action: ActionKind) {
    part.opening += 1;
    match action {
        ActionKind::Close => part.closed += 1,
        ActionKind::Merge => part.merged += 1,
        ActionKind::Migrate => part.migrated += 1,
        ActionKind::Dissolve => part.dissolved += 1,
        ActionKind::KeepFix => part.fixed += 1,
        ActionKind::Keep | ActionKind::Refer | ActionKind::None => {}
    }
    if action.leaves() { part.closing += 1 } else { part.net += 1 }
}
