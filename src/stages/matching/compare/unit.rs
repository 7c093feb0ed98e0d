//! Owners: the same legal unit, two units of one line of work, or different ones.

use super::Comparator;
use crate::model::{AssetIx, UnitId};
use crate::stages::matching::features::Features;

pub(super) const COMPARATOR: Comparator =
    Comparator { name: "unit", levels: &["same", "line", "missing", "different"], compare, value };

fn compare(features: &Features<'_>, a: AssetIx, b: AssetIx) -> u8 {
    let (left, right) = (features.meaning(a).unit, features.meaning(b).unit);
    if left == UnitId::default() || right == UnitId::default() {
        return 2;
    }
    if left == right {
        return 0;
    }
    let (left, right) = (features.assets.unit(left), features.assets.unit(right));
    if !left.line.is_empty() && left.line == right.line { 1 } else { 3 }
}

fn value(features: &Features<'_>, ix: AssetIx) -> String {
    features.asset(ix).unit().canonical.clone()
}
