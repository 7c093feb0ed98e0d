//! Functions of the taxonomy: overlap weighted by rarity.
//!
//! Shared rarity over total rarity: from 0.8 the same, from 0.5 mostly, above 0 some. In between stands
//! *part*: the smaller set lies in the larger, as a county's app does in the province's platform. Where only a
//! field of work is shared (教育服务), no more than *some* is alike, and nothing is said if one has no task.

use super::Comparator;
use crate::model::{AssetIx, FunctionSet};
use crate::stages::matching::features::Features;

pub(super) const COMPARATOR: Comparator = Comparator {
    name: "functions",
    levels: &["same", "most", "part", "some", "missing", "different"],
    compare,
    value,
};

pub(in crate::stages::matching) const SAME: u8 = 0;
pub(in crate::stages::matching) const MOST: u8 = 1;
pub(in crate::stages::matching) const PART: u8 = 2;
const SOME: u8 = 3;
const MISSING: u8 = 4;
pub(in crate::stages::matching) const DIFFERENT: u8 = 5;

pub(in crate::stages::matching) fn compare(features: &Features<'_>, a: AssetIx, b: AssetIx) -> u8 {
    let (left, right) = (features.meaning(a).functions, features.meaning(b).functions);
    if left == FunctionSet::default() || right == FunctionSet::default() {
        return MISSING;
    }
    let (shared, total) = features.shared_functions(left, right);
    let share = if total > 0.0 { shared / total } else { 0.0 };
    if share > 0.0 && features.shared_tasks(left, right) == 0 {
        let says_little = [left, right].into_iter().any(|set| features.shared_tasks(set, set) == 0);
        return if says_little { MISSING } else { SOME };
    }
    match share {
        s if s >= 0.8 => SAME,
        s if s >= 0.5 => MOST,
        s if s > 0.0 && features.is_contained(left, right) => PART,
        s if s > 0.0 => SOME,
        // What they list is the same, whatever a word of one name is taken for.
        _ if features.shared_items(a, b).is_some_and(|(shared, all)| all > 1 && shared * 2 >= all) => SOME,
        _ => DIFFERENT,
    }
}

fn value(features: &Features<'_>, ix: AssetIx) -> String {
    let functions = features.asset(ix).functions();
    functions.iter().map(|&f| features.lexicon.functions.get(f).zh.as_str()).collect::<Vec<_>>().join("、")
}
