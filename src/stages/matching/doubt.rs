//! Pairs of which one place is in doubt: kept where only one of the places that may be meant has anything like it.
//!
//! For: 温泉镇党政办学习群, several 温泉镇 in the inventory, and one of them with the like. Not for: names that few have, which
//! need no such proof (`relate`). An item in doubt whose likes lie in two places stays alone. Invariant: the order of the
//! links does not matter.

use super::Link;
use super::features::Features;
use crate::model::{AssetIx, RegionId};
use rustc_hash::FxHashMap;

/// In so many of the places that may be meant the inventory may have items; with more of them, something alike is found
/// somewhere by chance.
const MOST_PLACES: usize = 3;

/// Whether one of the two has its place and it is one that the other may mean.
pub(super) fn may_be_settled(features: &Features<'_>, a: AssetIx, b: AssetIx) -> bool {
    match (place(features, a), place(features, b)) {
        (None, Some(known)) => is_among_few(features, a, known),
        (Some(known), None) => is_among_few(features, b, known),
        _ => false,
    }
}

/// Drops open links of items whose likes lie in several places.
pub(super) fn settle(features: &Features<'_>, links: &mut Vec<Link>) {
    let mut meant: FxHashMap<AssetIx, RegionId> = FxHashMap::default();
    let ends = |link: &Link| match place(features, link.left) {
        None => (link.left, place(features, link.right).unwrap_or_default()),
        Some(known) => (link.right, known),
    };
    for link in links.iter().filter(|link| link.open) {
        let (open, known) = ends(link);
        meant
            .entry(open)
            .and_modify(|held| *held = if *held == known { known } else { RegionId::NONE })
            .or_insert(known);
    }
    links.retain(|link| !link.open || meant[&ends(link).0].is_known());
}

/// The place of an asset, unless it is in doubt or unknown.
fn place(features: &Features<'_>, ix: AssetIx) -> Option<RegionId> {
    let place = features.meaning(ix).place;
    (place.candidates == 0 && place.region.is_known()).then_some(place.region)
}

/// Whether an asset may mean this place and few others that have items.
fn is_among_few(features: &Features<'_>, ix: AssetIx, known: RegionId) -> bool {
    let several = features.candidates(ix);
    several.contains(&known)
        && several.iter().filter(|&&place| features.has_items(place)).count() <= MOST_PLACES
}
