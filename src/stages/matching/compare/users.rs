//! How many use, follow or are in it: near each other where one thing is listed twice.
//!
//! Counts within a quarter of each other are *near*. One service has other numbers of users on each of its platforms, so
//! that counts that are far apart say little.

use super::Comparator;
use crate::model::AssetIx;
use crate::stages::matching::features::Features;

pub(super) const COMPARATOR: Comparator =
    Comparator { name: "users", levels: &["near", "missing", "apart"], compare, value };

pub(in crate::stages::matching) const NEAR: u8 = 0;
const MISSING: u8 = 1;
const APART: u8 = 2;

pub(in crate::stages::matching) fn compare(features: &Features<'_>, a: AssetIx, b: AssetIx) -> u8 {
    let (Some(left), Some(right)) = (features.users(a), features.users(b)) else { return MISSING };
    let (fewer, more) = (left.min(right), left.max(right));
    match () {
        () if fewer * 4 >= more * 3 => NEAR,
        () if fewer * 2 >= more => MISSING,
        () => APART,
    }
}

fn value(features: &Features<'_>, ix: AssetIx) -> String {
    features.users(ix).map(|count| count.to_string()).unwrap_or_default()
}
