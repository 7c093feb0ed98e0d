//! Owners: the same legal unit, two offices of one, two units of one line of work, or different ones. Where a name alone
//! tells an office, it is one of the place's government: beside a body of another kind it counts as another office.

use super::Comparator;
use crate::model::{AssetIx, Meaning, Sym, UnitId};
use crate::stages::matching::features::Features;

pub(super) const COMPARATOR: Comparator =
    Comparator { name: "unit", levels: &["same", "line", "missing", "office", "different"], compare, value };

pub(in crate::stages::matching) const SAME: u8 = 0;
pub(in crate::stages::matching) const LINE: u8 = 1;
pub(in crate::stages::matching) const MISSING: u8 = 2;
pub(in crate::stages::matching) const OFFICE: u8 = 3;
pub(in crate::stages::matching) const DIFFERENT: u8 = 4;

pub(in crate::stages::matching) fn compare(features: &Features<'_>, a: AssetIx, b: AssetIx) -> u8 {
    let (left, right) = (features.owner(a), features.owner(b));
    if features.are_one_owner(a, b) {
        return SAME;
    }
    let apart = |left: Sym, right: Sym| left != right && !left.is_empty() && !right.is_empty();
    let offices_apart = apart(features.meaning(a).office, features.meaning(b).office);
    if left == UnitId::default() || right == UnitId::default() {
        // The names may still tell: 甲市科技局值班群 is not the group of the 环保局.
        let (left, right) = (features.body(a), features.body(b));
        return if left != right && !left.is_empty() && !right.is_empty() {
            DIFFERENT
        } else if offices_apart || is_office_beside_body(features, a, b) {
            OFFICE
        } else if left == right && is_of_one_place(features, a, b) {
            SAME
        } else {
            MISSING
        };
    }
    if left == right {
        return if offices_apart { OFFICE } else { SAME };
    }
    let (left, right) = (features.assets.unit(left), features.assets.unit(right));
    if !left.line.is_empty() && left.line == right.line { LINE } else { DIFFERENT }
}

/// Whether a column tells both owners and both lie in one known place, so that a body named alone is the one there.
fn is_of_one_place(features: &Features<'_>, a: AssetIx, b: AssetIx) -> bool {
    let (left, right) = (features.meaning(a), features.meaning(b));
    let told = |meaning: &Meaning| meaning.unit != UnitId::default() && meaning.place.candidates == 0;
    told(left) && told(right) && left.place.region.is_known() && left.place.region == right.place.region
}

/// Whether one of two has no owner but an office in its name, and the other an owner of a line of its own with no
/// office: 党建办结对帮扶 beside an app of the 卫生院.
fn is_office_beside_body(features: &Features<'_>, a: AssetIx, b: AssetIx) -> bool {
    let (left, right) = (features.meaning(a), features.meaning(b));
    let (open, owned) = if left.unit == UnitId::default() { (left, right) } else { (right, left) };
    let line = features.assets.unit(owned.unit).line.as_str();
    open.unit == UnitId::default()
        && !open.office.is_empty()
        && owned.office.is_empty()
        && !matches!(line, "" | "government" | "party")
}

fn value(features: &Features<'_>, ix: AssetIx) -> String {
    features.asset(ix).unit().canonical.clone()
}
