//! Serial numbers of siblings (第1网格, 第2网格): different numbers are different things.

use super::Comparator;
use crate::model::AssetIx;
use crate::stages::matching::features::Features;

pub(super) const COMPARATOR: Comparator =
    Comparator { name: "number", levels: &["same", "missing", "one-sided", "different"], compare, value };

pub(in crate::stages::matching) const SAME: u8 = 0;
const MISSING: u8 = 1;
pub(in crate::stages::matching) const ONE_SIDED: u8 = 2;
pub(in crate::stages::matching) const DIFFERENT: u8 = 3;

pub(in crate::stages::matching) fn compare(features: &Features<'_>, a: AssetIx, b: AssetIx) -> u8 {
    let (left, right) = (features.meaning(a).number, features.meaning(b).number);
    match (left.is_empty(), right.is_empty()) {
        (true, true) => MISSING,
        (false, false) if left == right => SAME,
        (false, false) => DIFFERENT,
        _ => ONE_SIDED,
    }
}

fn value(features: &Features<'_>, ix: AssetIx) -> String {
    features.assets.records.pool.get(features.meaning(ix).number).to_owned()
}
