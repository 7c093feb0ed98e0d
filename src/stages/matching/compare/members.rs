//! Who is in a group, as the file says: the same words, or other words.
//!
//! Inventories rarely list members one by one; "各县招考办" and "局机关全体干部" tell two groups apart as
//! well as names would. Words that fit any group ("全体人员") say nothing.

use super::Comparator;
use crate::knowledge::text::mask;
use crate::model::{AssetIx, Field, Sym};
use crate::stages::matching::features::Features;

pub(super) const COMPARATOR: Comparator =
    Comparator { name: "members", levels: &["same", "missing", "different"], compare, value };

pub(in crate::stages::matching) const SAME: u8 = 0;
const MISSING: u8 = 1;
pub(in crate::stages::matching) const DIFFERENT: u8 = 2;

pub(in crate::stages::matching) fn compare(features: &Features<'_>, a: AssetIx, b: AssetIx) -> u8 {
    let (left, right) = (members(features, a), members(features, b));
    match (left, right) {
        (Some(left), Some(right)) if left == right => SAME,
        (Some(left), Some(right)) if is_within(features, left, right) => MISSING,
        (Some(_), Some(_)) => DIFFERENT,
        _ => MISSING,
    }
}

/// Whether the one names all that the other does and more (各单位联络员 beside 各单位分管领导及联络员): the same people may
/// be meant, so nothing is said. Each character of the shorter stands in the longer, in order.
fn is_within(features: &Features<'_>, a: Sym, b: Sym) -> bool {
    let (a, b) = (features.assets.records.pool.get(a), features.assets.records.pool.get(b));
    let (shorter, longer) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let mut rest = longer.chars();
    shorter.chars().all(|c| rest.any(|other| other == c))
}

/// The cell's text; `None` when there is none or it fits any group.
fn members(features: &Features<'_>, ix: AssetIx) -> Option<Sym> {
    let sym = features.asset(ix).value(Field::Members).sym()?;
    let text = features.assets.records.pool.get(sym);
    (text.chars().count() >= 3 && !["全体", "全员", "相关"].iter().any(|word| text.starts_with(word)))
        .then_some(sym)
}

fn value(features: &Features<'_>, ix: AssetIx) -> String {
    mask::field(Field::Members, features.asset(ix).text(Field::Members)).into_owned()
}
