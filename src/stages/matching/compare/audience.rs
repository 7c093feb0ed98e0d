//! For whom: staff and citizens are never served by twins of one name (闽政钉 is not 闽政通).

use super::Comparator;
use crate::model::{AssetIx, Audience};
use crate::stages::matching::features::Features;

pub(super) const COMPARATOR: Comparator =
    Comparator { name: "audience", levels: &["same", "missing", "different"], compare, value };

pub(in crate::stages::matching) const SAME: u8 = 0;
const MISSING: u8 = 1;
pub(in crate::stages::matching) const DIFFERENT: u8 = 2;

pub(in crate::stages::matching) fn compare(features: &Features<'_>, a: AssetIx, b: AssetIx) -> u8 {
    use Audience::{Both, Public, Staff, Unknown};
    match (features.meaning(a).audience, features.meaning(b).audience) {
        (Unknown, _) | (_, Unknown) => MISSING,
        (Staff, Public) | (Public, Staff) => DIFFERENT,
        (Staff | Both, Staff | Both) | (Public | Both, Public | Both) => SAME,
    }
}

/// A catalogue key, so that the value is shown in the reader's language.
fn value(features: &Features<'_>, ix: AssetIx) -> String {
    match features.meaning(ix).audience {
        Audience::Unknown => String::new(),
        audience => format!("@audience.{audience}"),
    }
}
