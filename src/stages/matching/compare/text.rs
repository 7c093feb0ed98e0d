//! Descriptions in any words: listed functions, item by item where both list some, and overlap of character pairs.
//!
//! The share is taken of the shorter text, because one unit writes a line where another writes a
//! page. Fewer than four pairs say too little and count as missing. Cut-offs by experiment on seeded
//! inventories (see `benches/README.md`).

use super::Comparator;
use crate::model::{AssetIx, Field};
use crate::stages::matching::features::Features;

pub(super) const COMPARATOR: Comparator =
    Comparator { name: "text", levels: &["same", "close", "some", "missing", "different"], compare, value };

pub(in crate::stages::matching) const SAME: u8 = 0;
pub(in crate::stages::matching) const CLOSE: u8 = 1;
pub(in crate::stages::matching) const SOME: u8 = 2;
const MISSING: u8 = 3;
pub(in crate::stages::matching) const DIFFERENT: u8 = 4;

/// Fewest character pairs that say anything.
const ENOUGH: u32 = 4;

pub(in crate::stages::matching) fn compare(features: &Features<'_>, a: AssetIx, b: AssetIx) -> u8 {
    let said = by_words(features, a, b);
    match features.shared_items(a, b) {
        // One item says too little where it is shared, and nothing where it is not.
        None | Some((_, 1)) => said,
        Some((shared, all)) if shared == all => SAME,
        Some((shared, all)) if shared * 2 >= all => said.min(CLOSE),
        Some((0, _)) => {
            if said <= CLOSE {
                SOME
            } else {
                DIFFERENT
            }
        }
        Some(_) => said.clamp(CLOSE, SOME),
    }
}

/// By the characters of all that says what the two do.
fn by_words(features: &Features<'_>, a: AssetIx, b: AssetIx) -> u8 {
    let (left, right) = (features.text(a), features.text(b));
    let shorter = left.len().min(right.len());
    if shorter < ENOUGH {
        return MISSING;
    }
    let percent = left.shared(right) * 100 / shorter;
    match percent {
        75.. => SAME,
        45..75 => CLOSE,
        25..45 => SOME,
        _ => DIFFERENT,
    }
}

fn value(features: &Features<'_>, ix: AssetIx) -> String {
    let asset = features.asset(ix);
    let fields = [Field::FunctionDesc, Field::Description, Field::GroupPurpose, Field::Functions];
    let text = fields.into_iter().map(|f| asset.text(f)).find(|t| !t.is_empty()).unwrap_or_default();
    let short: String = text.chars().take(40).collect();
    if short.len() < text.len() { format!("{short}…") } else { short }
}
