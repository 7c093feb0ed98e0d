//! Which owners are one: a body named without its place (中心小学) whose items lie in several places is several.
//!
//! For: lists of many places in which owners are written short. Not for: reading owners. A body without its place
//! whose items all lie in one place, or tell none, stays one owner: that is how a single county writes its list.

use crate::model::{AssetTable, Meaning, RegionId, UnitId};

/// Owners that stand for several.
pub(super) struct Owners {
    scattered: Vec<bool>,
}

impl Owners {
    /// Looks at the places of every owner's items.
    pub(super) fn new(assets: &AssetTable) -> Owners {
        let mut places = vec![RegionId::NONE; assets.units.len()];
        let mut scattered = vec![false; assets.units.len()];
        for meaning in &assets.meaning {
            let at = meaning.unit.0 as usize;
            let place = meaning.place.region;
            if meaning.unit == UnitId::default() || assets.units[at].region.is_known() || !place.is_known() {
                continue;
            }
            let held = places[at];
            if !held.is_known() || assets.regions.covers(held, place) {
                places[at] = place;
            } else if !assets.regions.covers(place, held) {
                scattered[at] = true;
            }
        }
        Owners { scattered }
    }

    /// The owner of an asset; unknown when its text stands for several.
    pub(super) fn of(&self, meaning: &Meaning) -> UnitId {
        if self.scattered[meaning.unit.0 as usize] { UnitId::default() } else { meaning.unit }
    }
}
