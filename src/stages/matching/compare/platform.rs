//! Platforms: the same, or different ends of possibly one service.

use super::Comparator;
use crate::model::{AssetIx, PlatformId};
use crate::stages::matching::features::Features;

pub(super) const COMPARATOR: Comparator =
    Comparator { name: "platform", levels: &["same", "missing", "different"], compare, value };

pub(in crate::stages::matching) const SAME: u8 = 0;
const MISSING: u8 = 1;
pub(in crate::stages::matching) const DIFFERENT: u8 = 2;

pub(in crate::stages::matching) fn compare(features: &Features<'_>, a: AssetIx, b: AssetIx) -> u8 {
    let (left, right) = (features.meaning(a).platform, features.meaning(b).platform);
    if left == PlatformId::default() || right == PlatformId::default() {
        MISSING
    } else if left == right {
        SAME
    } else {
        DIFFERENT
    }
}

fn value(features: &Features<'_>, ix: AssetIx) -> String {
    let platform = features.meaning(ix).platform;
    if platform == PlatformId::default() {
        return String::new();
    }
    features.lexicon.platforms.get(platform).zh.clone()
}
