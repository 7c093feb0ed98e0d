//! What lists of functions name, item by item: 取号、评价、代跑.
//!
//! For: jobs in words that no taxonomy has, however short. Not for: prose, of which only the items are taken that lists of
//! the same inventory name, where an item has no list of its own. What every fourth list names says nothing.

use crate::knowledge::text::fold;
use crate::model::{AssetIx, AssetTable, Field, Sym};
use rustc_hash::{FxHashMap, FxHasher};
use std::hash::{Hash, Hasher};

/// Longest item, in characters; longer ones are prose. Shortest as well.
const LONGEST: usize = 10;
const SHORTEST: usize = 2;
/// From so many items of the inventory on, what more than one list in so many names is left out.
const ENOUGH_TO_COUNT: usize = 200;
const BOILERPLATE_SHARE: u32 = 4;
/// Lists that must name an item before it is looked for in prose.
const FEWEST_LISTS: u32 = 3;
/// Fields of prose.
const PROSE: [Field; 3] = [Field::FunctionDesc, Field::Description, Field::GroupPurpose];

/// The listed items of all assets.
pub(super) struct Listed {
    /// Where the items of each asset start and how many there are.
    spans: Vec<(u32, u8)>,
    items: Vec<u32>,
}

impl Listed {
    /// Reads every list once.
    pub(super) fn new(assets: &AssetTable) -> Listed {
        let pool = &assets.records.pool;
        let list = |at: usize| assets.records.value(at, Field::Functions).sym().filter(|sym| !sym.is_empty());
        let mut of_list: FxHashMap<Sym, (Vec<u32>, u32)> = FxHashMap::default();
        for sym in (0..assets.len()).filter_map(list) {
            of_list.entry(sym).or_insert_with(|| (read(pool.get(sym)), 0)).1 += 1;
        }
        let mut counts: FxHashMap<u32, u32> = FxHashMap::default();
        let mut lists = 0;
        #[allow(clippy::iter_over_hash_type, reason = "sums do not depend on the order")]
        for (items, times) in of_list.values() {
            lists += times;
            for &item in items {
                *counts.entry(item).or_default() += times;
            }
        }
        let most = if assets.len() < ENOUGH_TO_COUNT { u32::MAX } else { lists / BOILERPLATE_SHARE };
        let is_telling = |item: &u32| counts.get(item).is_some_and(|&n| n <= most);
        let is_known = |item: &u32| counts.get(item).is_some_and(|&n| n >= FEWEST_LISTS);
        let mut listed = Listed { spans: Vec::with_capacity(assets.len()), items: Vec::new() };
        let mut starts: FxHashMap<Sym, (u32, u8)> = FxHashMap::default();
        for at in 0..assets.len() {
            let span = if let Some(sym) = list(at) {
                let items = || of_list[&sym].0.iter().copied().filter(is_telling);
                *starts.entry(sym).or_insert_with(|| listed.add(items()))
            } else {
                let mut found = Vec::new();
                for field in PROSE {
                    in_prose(assets.get(AssetIx(at as u32)).text(field), is_known, &mut found);
                }
                found.sort_unstable();
                found.dedup();
                listed.add(found.into_iter().filter(is_telling))
            };
            listed.spans.push(span);
        }
        listed
    }

    fn add(&mut self, items: impl Iterator<Item = u32>) -> (u32, u8) {
        let start = self.items.len();
        self.items.extend(items.take(usize::from(u8::MAX)));
        (start as u32, (self.items.len() - start) as u8)
    }

    /// The items of an asset, sorted.
    pub(super) fn of(&self, ix: AssetIx) -> &[u32] {
        let (start, count) = self.spans[ix.index()];
        &self.items[start as usize..start as usize + usize::from(count)]
    }
}

/// How many items stand in both of two sorted lists.
pub(super) fn shared(mut a: &[u32], mut b: &[u32]) -> usize {
    let mut shared = 0;
    while let (Some(x), Some(y)) = (a.first(), b.first()) {
        shared += usize::from(x == y);
        if x <= y {
            a = &a[1..];
        }
        if y <= x {
            b = &b[1..];
        }
    }
    shared
}

/// The distinct items of a list, sorted.
fn read(text: &str) -> Vec<u32> {
    let fits = |item: &String| (SHORTEST..=LONGEST).contains(&item.chars().count());
    let items = text.split(|c: char| !c.is_alphanumeric());
    let mut items: Vec<u32> = items.map(fold).filter(fits).map(|item| digest(&item)).collect();
    items.sort_unstable();
    items.dedup();
    items
}

/// Adds the known items with which the clauses of a text begin or end: 功能包括取号、评价。
fn in_prose(text: &str, is_known: impl Fn(&u32) -> bool, found: &mut Vec<u32>) {
    for clause in text.split(|c: char| !c.is_alphanumeric()) {
        let clause = fold(clause);
        let at: Vec<usize> = clause.char_indices().map(|(at, _)| at).chain([clause.len()]).collect();
        let count = at.len() - 1;
        let lengths = || (SHORTEST..=LONGEST.min(count)).rev();
        let ends = lengths().map(|n| digest(&clause[at[count - n]..])).find(&is_known);
        let starts = lengths().map(|n| digest(&clause[..at[n]])).find(&is_known);
        found.extend(ends.into_iter().chain(starts));
    }
}

/// A fixed-key hash: digests are only ever compared within one run.
fn digest(item: &str) -> u32 {
    let mut hasher = FxHasher::default();
    item.hash(&mut hasher);
    (hasher.finish() >> 32) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_compared_by_items_in_any_order_and_prose_by_what_lists_name() {
        let (a, b) = (read("取号、评价、代跑"), read("评价；取号"));
        assert_eq!(shared(&a, &b), 2);
        assert_eq!(shared(&a, &read("学时、测试")), 0);
        let known = |item: &u32| a.contains(item);
        let mut found = Vec::new();
        in_prose("本群设有取号、代跑，欢迎使用", known, &mut found);
        found.sort_unstable();
        found.dedup();
        assert_eq!(shared(&a, &found), 2);
    }
}
