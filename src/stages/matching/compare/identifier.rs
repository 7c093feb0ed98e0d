//! Numbers and links that name one real thing.

use super::Comparator;
use crate::model::AssetIx;
use crate::stages::matching::features::{Features, IDENTIFYING};

pub(super) const COMPARATOR: Comparator =
    Comparator { name: "identifier", levels: &["same", "missing", "different"], compare, value };

fn compare(features: &Features<'_>, a: AssetIx, b: AssetIx) -> u8 {
    let (left, right) = (features.identifiers(a), features.identifiers(b));
    if left.shared(right).is_some() {
        0
    } else if left.differ(right) {
        2
    } else {
        1
    }
}

fn value(features: &Features<'_>, ix: AssetIx) -> String {
    let asset = features.asset(ix);
    IDENTIFYING.iter().map(|&f| asset.text(f)).find(|t| !t.is_empty()).unwrap_or_default().to_owned()
}
