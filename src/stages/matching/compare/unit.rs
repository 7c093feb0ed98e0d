//! Owners: the same legal unit, two offices of one, two units of one line of work, or different ones. Where a name alone
//! tells an office, it is one of the place's government: beside a body of another kind it counts as another office.

use super::Comparator;
use crate::model::{AssetIx, Sym, UnitId};
use crate::stages::matching::features::Features;

pub(super) const COMPARATOR: Comparator =
    Comparator { name: "unit", levels: &["same", "line", "missing", "office", "different"], compare, value };

const SAME: u8 = 0;
const LINE: u8 = 1;
const MISSING: u8 = 2;
const OFFICE: u8 = 3;
const DIFFERENT: u8 = 4;

fn compare(features: &Features<'_>, a: AssetIx, b: AssetIx) -> u8 {
    let (left, right) = (features.meaning(a).unit, features.meaning(b).unit);
    let apart = |left: Sym, right: Sym| left != right && !left.is_empty() && !right.is_empty();
    let offices_apart = apart(features.meaning(a).office, features.meaning(b).office);
    if left == UnitId::default() || right == UnitId::default() {
        // The names may still tell: 甲市科技局值班群 is not the group of the 环保局.
        return match apart(features.meaning(a).body, features.meaning(b).body) {
            true => DIFFERENT,
            false if offices_apart || is_office_beside_body(features, a, b) => OFFICE,
            false => MISSING,
        };
    }
    if left == right {
        return if offices_apart { OFFICE } else { SAME };
    }
    let (left, right) = (features.assets.unit(left), features.assets.unit(right));
    if !left.line.is_empty() && left.line == right.line { LINE } else { DIFFERENT }
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
