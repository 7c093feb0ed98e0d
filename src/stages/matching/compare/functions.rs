//! Functions of the taxonomy: overlap weighted by rarity.
//!
//! Shared rarity over total rarity: from 0.8 the same, from 0.5 mostly, above 0 some.

use super::Comparator;
use crate::model::{AssetIx, FunctionSet};
use crate::stages::matching::features::Features;

pub(super) const COMPARATOR: Comparator = Comparator {
    name: "functions",
    levels: &["same", "most", "some", "missing", "different"],
    compare,
    value,
};

fn compare(features: &Features<'_>, a: AssetIx, b: AssetIx) -> u8 {
    let (left, right) = (features.meaning(a).functions, features.meaning(b).functions);
    if left == FunctionSet::default() || right == FunctionSet::default() {
        return 3;
    }
    let (shared, total) = features.shared_functions(left, right);
    let share = if total > 0.0 { shared / total } else { 0.0 };
    match share {
        s if s >= 0.8 => 0,
        s if s >= 0.5 => 1,
        s if s > 0.0 => 2,
        _ => 4,
    }
}

fn value(features: &Features<'_>, ix: AssetIx) -> String {
    let functions = features.asset(ix).functions();
    functions.iter().map(|&f| features.lexicon.functions.get(f).zh.as_str()).collect::<Vec<_>>().join("、")
}
