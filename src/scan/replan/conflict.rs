//! What cannot be had at the same time, and what gives way.
//!
//! For: pins against each other, pins that nothing can carry out, pins that leave a need unserved, and caps below what must
//! stay. Order in which things give way: a cap, then the pin that needs something another pin takes away, then the need that
//! a person decided against. Invariant: what is reported is a smallest set: without any one of its parts the rest can be had.

use super::Request;
use crate::model::{ActionKind, AssetIx};
use crate::scan::Knowledge;
use crate::scan::document::{Asset, ScanDocument};
use std::collections::{BTreeMap, BTreeSet};

/// Items named in a conflict.
const NAMED: usize = 8;

/// A smallest set of demands that cannot all hold, and what gave way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Conflict {
    /// More must stay than a cap allows; it was raised.
    Cap {
        /// What it counts.
        scope: String,
        /// How many it allows.
        most: usize,
        /// How many must stay.
        least: usize,
        /// Ids of some that must, one more than is allowed at most.
        held: Vec<String>,
    },
    /// An item cannot go into one that has to go; its own pin gave way.
    Target {
        /// The item.
        asset: String,
        /// Where it was to go.
        target: String,
    },
    /// Nothing else can take the item in; it stays.
    NoWay {
        /// The item.
        asset: String,
    },
    /// A person lets go what only this item did; the need gave way.
    Need {
        /// The item.
        asset: String,
        /// Function ids.
        functions: Vec<String>,
    },
}

/// Takes out pins that contradict others.
pub(super) fn settle_pins(scan: &ScanDocument, request: &mut Request, conflicts: &mut Vec<Conflict>) {
    let closed = |id: &str| scan.assets.iter().any(|asset| asset.id == id && asset.status == "closed");
    // One at a time: of two items that are to go into each other, only one has to give way.
    loop {
        let gone: BTreeSet<&str> = request
            .pins
            .iter()
            .filter(|(_, kind, _)| !kind.leaves())
            .map(|(at, ..)| scan.assets[*at].id.as_str())
            .collect();
        let torn = request.pins.iter().position(|(_, _, target)| {
            target.as_ref().is_some_and(|id| gone.contains(id.as_str()) || closed(id))
        });
        let Some(torn) = torn else { return };
        let (at, _, target) = request.pins.remove(torn);
        conflicts
            .push(Conflict::Target { asset: scan.assets[at].id.clone(), target: target.unwrap_or_default() });
    }
}

/// What the new plan does not give.
pub(super) fn of_plan(
    scan: &ScanDocument,
    knowledge: &Knowledge,
    request: &Request,
    conflicts: &mut Vec<Conflict>,
) {
    let stays = |at: usize| ActionKind::parse(&scan.plan.actions[at].action).is_some_and(ActionKind::leaves);
    for (scope, most) in &request.caps {
        let left: Vec<usize> =
            scope.members(scan).into_iter().map(AssetIx::index).filter(|&at| stays(at)).collect();
        if left.len() > *most {
            let held =
                left.iter().take((most + 1).min(NAMED)).map(|&at| scan.assets[at].id.clone()).collect();
            conflicts.push(Conflict::Cap { scope: scope.text.clone(), most: *most, least: left.len(), held });
        }
    }
    for &at in request.barred.iter().filter(|&&at| stays(at)) {
        conflicts.push(Conflict::NoWay { asset: scan.assets[at].id.clone() });
    }
    let tasks: BTreeSet<&str> = knowledge
        .lexicon
        .functions
        .iter()
        .filter(|(_, function)| function.is_task)
        .map(|(_, function)| function.id.as_str())
        .collect();
    let going: Vec<usize> =
        request.pins.iter().filter(|(_, kind, _)| !kind.leaves()).map(|(at, ..)| *at).collect();
    if going.is_empty() {
        return;
    }
    let mut by_function: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, asset) in scan.assets.iter().enumerate().filter(|(at, _)| stays(*at)) {
        asset.functions.iter().for_each(|function| by_function.entry(function).or_default().push(at));
    }
    for at in going {
        let asset = &scan.assets[at];
        let is_lost = |function: &&String| {
            tasks.contains(function.as_str())
                && !by_function.get(function.as_str()).is_some_and(|kept| {
                    kept.iter().any(|&other| other != at && serves(&scan.assets[other], asset))
                })
        };
        let functions: Vec<String> = asset.functions.iter().filter(is_lost).cloned().collect();
        if !functions.is_empty()
            && asset.kind != "group"
            && matches!(asset.status.as_str(), "active" | "unknown")
        {
            conflicts.push(Conflict::Need { asset: asset.id.clone(), functions });
        }
    }
}

/// Whether one item is there for the place and people of another.
fn serves(kept: &Asset, gone: &Asset) -> bool {
    kept.kind == gone.kind
        && gone.region.path.starts_with(&kept.region.path)
        && (gone.audience == "unknown"
            || matches!(kept.audience.as_str(), "unknown" | "both")
            || kept.audience == gone.audience)
}
