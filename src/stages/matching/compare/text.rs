//! Descriptions in any words: overlap of character pairs.
//!
//! The share is taken of the shorter text, because one unit writes a line where another writes a
//! page. Fewer than four pairs say too little and count as missing. Cut-offs by experiment on seeded
//! inventories (see `benches/README.md`).

use super::Comparator;
use crate::model::{AssetIx, Field};
use crate::stages::matching::features::Features;

pub(super) const COMPARATOR: Comparator =
    Comparator { name: "text", levels: &["same", "close", "some", "missing", "different"], compare, value };

/// Fewest character pairs that say anything.
const ENOUGH: u32 = 4;

fn compare(features: &Features<'_>, a: AssetIx, b: AssetIx) -> u8 {
    let (left, right) = (features.text(a), features.text(b));
    let shorter = left.len().min(right.len());
    if shorter < ENOUGH {
        return 3;
    }
    let percent = left.shared(right) * 100 / shorter;
    match percent {
        75.. => 0,
        55..75 => 1,
        30..55 => 2,
        _ => 4,
    }
}

fn value(features: &Features<'_>, ix: AssetIx) -> String {
    let asset = features.asset(ix);
    let fields = [Field::FunctionDesc, Field::Description, Field::GroupPurpose, Field::Functions];
    let text = fields.into_iter().map(|f| asset.text(f)).find(|t| !t.is_empty()).unwrap_or_default();
    let short: String = text.chars().take(40).collect();
    if short.len() < text.len() { format!("{short}…") } else { short }
}
