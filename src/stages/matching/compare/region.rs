//! Jurisdictions: the same place, one inside the other, or elsewhere.
//!
//! Where a place is in doubt, any candidate that fits counts as *missing*, not as *elsewhere*.

use super::Comparator;
use crate::model::{AssetIx, Level, RegionId};
use crate::stages::matching::features::Features;

pub(super) const COMPARATOR: Comparator =
    Comparator { name: "region", levels: &["same", "within", "missing", "elsewhere"], compare, value };

pub(in crate::stages::matching) const SAME: u8 = 0;
pub(in crate::stages::matching) const WITHIN: u8 = 1;
pub(in crate::stages::matching) const MISSING: u8 = 2;
pub(in crate::stages::matching) const ELSEWHERE: u8 = 3;

pub(in crate::stages::matching) fn compare(features: &Features<'_>, a: AssetIx, b: AssetIx) -> u8 {
    let is_central = |ix| features.meaning(ix).level == Level::Central;
    let (left, right) = (features.meaning(a).place, features.meaning(b).place);
    if is_central(a) && right.region.is_known() || is_central(b) && left.region.is_known() {
        // What a ministry runs is for every place, and is none of a place's own.
        return if left.region == right.region { SAME } else { WITHIN };
    }
    if left.candidates != 0 || right.candidates != 0 || !left.region.is_known() || !right.region.is_known() {
        return MISSING;
    }
    if left.region == right.region {
        return SAME;
    }
    let covers = |upper: RegionId, lower: RegionId| features.assets.regions.covers(upper, lower);
    if covers(left.region, right.region) || covers(right.region, left.region) { WITHIN } else { ELSEWHERE }
}

fn value(features: &Features<'_>, ix: AssetIx) -> String {
    features.assets.regions.path(features.meaning(ix).place.region).concat()
}
