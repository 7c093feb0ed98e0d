//! Platforms: the same, or different ends of possibly one service.

use super::Comparator;
use crate::model::{AssetIx, PlatformId};
use crate::stages::matching::features::Features;

pub(super) const COMPARATOR: Comparator =
    Comparator { name: "platform", levels: &["same", "missing", "different"], compare, value };

fn compare(features: &Features<'_>, a: AssetIx, b: AssetIx) -> u8 {
    let (left, right) = (features.meaning(a).platform, features.meaning(b).platform);
    if left == PlatformId::default() || right == PlatformId::default() {
        1
    } else if left == right {
        0
    } else {
        2
    }
}

fn value(features: &Features<'_>, ix: AssetIx) -> String {
    let platform = features.meaning(ix).platform;
    if platform == PlatformId::default() {
        return String::new();
    }
    features.lexicon.platforms.get(platform).zh.clone()
}
