//! How many staff-facing items a grassroots worker must deal with, unit by unit, before and after.
//!
//! For: 基层负担. Not for: the sum that the plan minimises (`stages/plan`). Definition: a worker deals with the items of the own unit
//! and with those of the same body at the levels above for a place around the own one; in a township or village, where all lines end,
//! with those of every body above. An item is staff-facing when it is for staff or for both, or a work group. What it asks for
//! again is counted with it (`asked`).

use super::asked::Again;
use crate::model::{ActionKind, Level};
use crate::scan::document::{Asset, Load, Loaded, ScanDocument};
use std::collections::{BTreeMap, BTreeSet};

/// Items of one unit, or of all above it, as counted.
#[derive(Clone, Copy, Default)]
struct Counts {
    before: Loaded,
    after: Loaded,
}

/// The load of a worker in each unit that has or gets staff-facing items, by unit.
pub(super) fn loads(scan: &ScanDocument) -> Vec<Load> {
    let findings = scan.findings.iter().filter(|f| f.severity == "forbidden" && f.status == "open");
    let forbidden: BTreeSet<&str> = findings.filter_map(|f| f.asset.as_deref()).collect();
    let again = Again::new(scan);
    let mut own: BTreeMap<&str, Counts> = BTreeMap::new();
    let mut above: BTreeMap<(&[String], &str), Counts> = BTreeMap::new();
    let mut units: BTreeMap<&str, &Asset> = BTreeMap::new();
    for (asset, action) in scan.assets.iter().zip(&scan.plan.actions) {
        let unit = asset.owner_unit.canonical.as_str();
        let action = ActionKind::parse(&action.action).unwrap_or_default();
        if unit.is_empty()
            || action == ActionKind::None
            || !matches!(asset.kind.as_str(), "app" | "account" | "group")
        {
            continue;
        }
        units.entry(unit).or_insert(asset);
        if asset.kind != "group" && !matches!(asset.audience.as_str(), "staff" | "both") {
            continue;
        }
        let is_forbidden = forbidden.contains(asset.id.as_str());
        let place = asset.region.path.as_slice();
        // A group is for its members only; an app or account reaches down.
        let reaches_down = asset.kind != "group";
        let (again_before, again_after) = again.of(&asset.id);
        let add = |counts: &mut Counts| {
            counts.before.add(&asset.kind, is_forbidden);
            counts.before.again += again_before;
            if action.leaves() {
                counts.after.again += again_after;
                counts.after.add(&asset.kind, is_forbidden && action != ActionKind::KeepFix);
            }
        };
        add(own.entry(unit).or_default());
        if reaches_down {
            add(above.entry((place, body(asset))).or_default());
            add(above.entry((place, "")).or_default());
        }
    }
    let load = |(unit, asset): (&str, &Asset)| {
        let mut counts = own.get(unit).copied().unwrap_or_default();
        let place = asset.region.path.as_slice();
        let is_end = matches!(Level::parse(&asset.level), Some(Level::Township | Level::Village));
        let line = if is_end { "" } else { body(asset) };
        for depth in 1..place.len() {
            if let Some(more) = above.get(&(&place[..depth], line)) {
                counts.before.join(&more.before);
                counts.after.join(&more.after);
            }
        }
        Load { unit: unit.to_owned(), level: asset.level.clone(), before: counts.before, after: counts.after }
    };
    let loads = units.into_iter().map(load);
    loads.filter(|load| load.before.sum() > 0).collect()
}

/// The body of the owner, as ids begin with it: 990100-education.app.…
fn body(asset: &Asset) -> &str {
    let owner = asset.id.split('.').next().unwrap_or("");
    owner.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches('-')
}
