//! Numbers and links that name one real thing, or a site that few have.

use super::Comparator;
use crate::model::AssetIx;
use crate::stages::matching::features::{Features, IDENTIFYING};

pub(super) const COMPARATOR: Comparator =
    Comparator { name: "identifier", levels: &["same", "site", "missing", "different"], compare, value };

pub(in crate::stages::matching) const SAME: u8 = 0;
pub(in crate::stages::matching) const SITE: u8 = 1;
const MISSING: u8 = 2;
pub(in crate::stages::matching) const DIFFERENT: u8 = 3;

pub(in crate::stages::matching) fn compare(features: &Features<'_>, a: AssetIx, b: AssetIx) -> u8 {
    let (left, right) = (features.identifiers(a), features.identifiers(b));
    if left.shared(&right).is_some() {
        SAME
    } else if left.differ(&right) {
        DIFFERENT
    } else if features.site(a) != 0 && features.site(a) == features.site(b) {
        SITE
    } else {
        MISSING
    }
}

fn value(features: &Features<'_>, ix: AssetIx) -> String {
    let asset = features.asset(ix);
    IDENTIFYING.iter().map(|&f| asset.text(f)).find(|t| !t.is_empty()).unwrap_or_default().to_owned()
}
