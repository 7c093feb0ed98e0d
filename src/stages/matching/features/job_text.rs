//! A 256-bit signature of what an asset says it does.
//!
//! For: comparing descriptions of any wording in a few instructions. Not for: knowing functions (the
//! taxonomy does). Each pair of neighbouring characters of the folded text sets one bit; pairs that
//! many assets share ("提供", "服务") are left out, which is a term-frequency adjustment. What stands in a list of
//! functions is no boilerplate only because every township has such a thing (血压上传).

use crate::knowledge::text::{fold, simplified_char};
use crate::model::{AssetIx, AssetTable, Field, Sym};
use rayon::prelude::*;
use std::collections::BTreeSet;

/// Fields that say what an asset does, the list of its functions left out.
const PROSE: [Field; 3] = [Field::FunctionDesc, Field::GroupPurpose, Field::Description];

/// Buckets of the frequency table.
const BUCKETS: usize = 1 << 16;

/// From this many assets on, frequent character pairs are dropped.
const ENOUGH_TO_COUNT: usize = 200;

/// A character pair found in more than one of this many assets is boilerplate.
const BOILERPLATE_SHARE: usize = 12;

/// The same for a pair that mostly stands in lists of functions.
const LISTED_SHARE: usize = 4;

/// Longest item of a list, in characters; longer ones are prose.
const LONGEST_ITEM: usize = 10;

/// Bits set by the character pairs of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::stages::matching) struct Signature([u64; 4]);

impl Signature {
    fn set(&mut self, bucket: u16) {
        let bit = usize::from(bucket) % 256;
        self.0[bit / 64] |= 1 << (bit % 64);
    }

    /// The bits, word by word.
    pub(in crate::stages::matching) fn words(&self) -> [u64; 4] {
        self.0
    }

    /// Number of bits set.
    pub(in crate::stages::matching) fn len(&self) -> u32 {
        self.0.iter().map(|word| word.count_ones()).sum()
    }

    /// Number of bits set in both.
    pub(in crate::stages::matching) fn shared(&self, other: &Signature) -> u32 {
        self.0.iter().zip(&other.0).map(|(a, b)| (a & b).count_ones()).sum()
    }
}

/// Assets whose buckets stand in one list.
const CHUNK: usize = 1 << 12;

/// Buckets of some assets, one after the other: a list of lists without a piece of memory for each.
#[derive(Default)]
struct Lists {
    buckets: Vec<u16>,
    /// Where the buckets of each asset end.
    ends: Vec<u32>,
}

impl Lists {
    /// Adds the distinct ones of what `fill` adds as the list of another asset.
    fn push(&mut self, fill: impl FnOnce(&mut Vec<u16>)) {
        let start = self.buckets.len();
        fill(&mut self.buckets);
        self.buckets[start..].sort_unstable();
        let mut kept = start;
        for at in start..self.buckets.len() {
            if kept == start || self.buckets[kept - 1] != self.buckets[at] {
                self.buckets[kept] = self.buckets[at];
                kept += 1;
            }
        }
        self.buckets.truncate(kept);
        self.ends.push(kept as u32);
    }

    fn iter(&self) -> impl Iterator<Item = &[u16]> {
        let mut start = 0;
        self.ends.iter().map(move |&end| {
            let list = &self.buckets[start..end as usize];
            start = end as usize;
            list
        })
    }
}

/// The signature of every asset's job text.
pub(super) fn signatures(assets: &AssetTable) -> Vec<Signature> {
    let chunks: Vec<std::ops::Range<usize>> =
        (0..assets.len()).step_by(CHUNK).map(|start| start..(start + CHUNK).min(assets.len())).collect();
    let texts: Vec<Lists> = chunks.into_par_iter().map(|chunk| lists(assets, chunk)).collect();
    let is_common = common(&texts, assets);
    let signature = |list: &[u16]| {
        let mut signature = Signature::default();
        list.iter().filter(|&&b| !is_common(b)).for_each(|&b| signature.set(b));
        signature
    };
    let mut signatures = vec![Signature::default(); assets.len()];
    signatures.par_chunks_mut(CHUNK).zip(texts).for_each(|(signatures, lists)| {
        signatures.iter_mut().zip(lists.iter()).for_each(|(held, list)| *held = signature(list));
    });
    signatures
}

/// The buckets of some assets' job texts.
fn lists(assets: &AssetTable, chunk: std::ops::Range<usize>) -> Lists {
    let mut lists =
        Lists { buckets: Vec::with_capacity(chunk.len() * 32), ends: Vec::with_capacity(chunk.len()) };
    let mut own = Vec::new();
    for at in chunk {
        let asset = assets.get(AssetIx(at as u32));
        lists.push(|buckets| {
            let start = buckets.len();
            for field in PROSE {
                add_buckets(asset.text(field), buckets);
            }
            if buckets.len() > start {
                // Whose it is and where is no job, and stands in what all its items say of themselves.
                own.clear();
                for field in [Field::OwnerUnit, Field::RegionName] {
                    add_buckets(asset.text(field), &mut own);
                }
                let mut kept = start;
                for at in start..buckets.len() {
                    if !own.contains(&buckets[at]) {
                        buckets[kept] = buckets[at];
                        kept += 1;
                    }
                }
                buckets.truncate(kept);
            }
            add_buckets(asset.text(Field::Functions), buckets);
        });
    }
    lists
}

/// How many assets have each bucket.
type Frequency = Vec<u32>;

/// Whether a bucket is boilerplate.
fn common(texts: &[Lists], assets: &AssetTable) -> impl Fn(u16) -> bool + Sync + use<> {
    let count = |mut frequency: Frequency, lists: &Lists| {
        lists.buckets.iter().for_each(|&bucket| frequency[usize::from(bucket)] += 1);
        frequency
    };
    let frequency = texts.par_iter().fold(none, count).reduce(none, sum);
    let most = |share: usize| {
        if assets.len() < ENOUGH_TO_COUNT { u32::MAX } else { (assets.len() / share) as u32 }
    };
    let (rare, listed_rare) = (most(BOILERPLATE_SHARE), most(LISTED_SHARE));
    // Lists are only looked at where they can matter.
    let is_any = frequency.iter().any(|&n| n > rare);
    let listed = if is_any { listed(assets) } else { none() };
    let common: Vec<bool> = (0..BUCKETS)
        .map(|at| {
            let is_listed = listed[at] * 2 >= frequency[at];
            frequency[at] > if is_listed { listed_rare } else { rare }
        })
        .collect();
    move |bucket| common[usize::from(bucket)]
}

/// How many assets have each bucket in the short items of their lists of functions. Each distinct list is read once.
fn listed(assets: &AssetTable) -> Frequency {
    let with_list = (0..assets.len()).filter_map(|at| assets.records.value(at, Field::Functions).sym());
    let mut syms: Vec<Sym> = with_list.collect();
    syms.par_sort_unstable();
    let runs: Vec<&[Sym]> = syms.chunk_by(|a, b| a == b).collect();
    let count = |mut frequency: Frequency, run: &&[Sym]| {
        let mut lists = Lists::default();
        lists.push(|buckets| {
            for item in items(assets.records.pool.get(run[0])) {
                add_buckets(item, buckets);
            }
        });
        lists.buckets.iter().for_each(|&bucket| frequency[usize::from(bucket)] += run.len() as u32);
        frequency
    };
    runs.par_iter().fold(none, count).reduce(none, sum)
}

fn none() -> Frequency {
    vec![0; BUCKETS]
}

fn sum(mut a: Frequency, b: Frequency) -> Frequency {
    a.iter_mut().zip(b).for_each(|(a, b)| *a += b);
    a
}

/// The short items of a list of functions.
fn items(text: &str) -> impl Iterator<Item = &str> {
    let items = text.split(|c: char| !c.is_alphanumeric());
    items.filter(|item| item.chars().nth(LONGEST_ITEM).is_none())
}

/// Adds the buckets of the character pairs of a text. A pair never spans two clauses, so that the
/// order in which functions are listed does not matter.
fn add_buckets(text: &str, buckets: &mut Vec<u16>) {
    // Clauses are folded on their own; of characters that folding leaves as they are no copy is made.
    let mut rest = text;
    while !rest.is_empty() {
        let before = buckets.len();
        let mut last: Option<u32> = None;
        let mut chars = rest.char_indices();
        let end = chars.find_map(|(at, c)| {
            let kept = match c {
                'a'..='z' | '0'..='9' => c,
                'A'..='Z' => c.to_ascii_lowercase(),
                _ if simplified_char(c) == Some(c) => c,
                _ => return Some((at, c)),
            };
            if let Some(last) = last {
                buckets.push(bucket(last, u32::from(kept)));
            }
            last = Some(u32::from(kept));
            None
        });
        match end {
            None => return,
            Some((at, c)) if !c.is_alphanumeric() => rest = &rest[at + c.len_utf8()..],
            Some(_) => {
                buckets.truncate(before);
                let length = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
                let folded = fold(&rest[..length]);
                let pairs = folded.chars().zip(folded.chars().skip(1));
                buckets.extend(pairs.map(|(a, b)| bucket(u32::from(a), u32::from(b))));
                rest = &rest[length..];
            }
        }
    }
}

/// How much of the shorter of two texts, in percent of its character pairs, stands in the other; nothing of texts with fewer
/// than four pairs, which say too little.
pub(in crate::stages::matching) fn overlap(a: &[char], b: &[char]) -> usize {
    const ENOUGH: usize = 4;
    let pairs = |text: &[char]| -> BTreeSet<(char, char)> { text.windows(2).map(|w| (w[0], w[1])).collect() };
    let (a, b) = (pairs(a), pairs(b));
    let shorter = a.len().min(b.len());
    if shorter < ENOUGH { 0 } else { a.intersection(&b).count() * 100 / shorter }
}

/// Multiplicative hash of a character pair; the constant is 2³² over the golden ratio (Knuth).
fn bucket(a: u32, b: u32) -> u16 {
    ((a.wrapping_mul(31).wrapping_add(b)).wrapping_mul(2_654_435_769) >> 16) as u16
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Signature {
        let mut signature = Signature::default();
        let mut buckets = Vec::new();
        add_buckets(text, &mut buckets);
        for bucket in buckets {
            signature.set(bucket);
        }
        signature
    }

    proptest::proptest! {
        /// Reading in place gives what folding clause by clause gives.
        #[test]
        fn reading_in_place_is_folding_every_clause(text in "[甲乙務簽ＡaZ9、，；\u{3007}\u{2f00}ё ]{0,14}") {
            let mut read = Vec::new();
            add_buckets(&text, &mut read);
            let mut folded = Vec::new();
            for clause in text.split(|c: char| !c.is_alphanumeric()) {
                let clause: Vec<u32> = fold(clause).chars().map(u32::from).collect();
                folded.extend(clause.windows(2).map(|pair| bucket(pair[0], pair[1])));
            }
            proptest::prop_assert_eq!(read, folded);
        }
    }

    #[test]
    fn the_order_of_functions_does_not_matter_and_other_jobs_share_little() {
        let (a, b) = (of("巡河记录、问题上报、河道资料"), of("河道资料；巡河记录；问题上报"));
        assert_eq!(a, b);
        let other = of("成绩查询、在线课堂、资源共享");
        assert!(a.shared(&other) * 4 < a.len(), "{} of {}", a.shared(&other), a.len());
    }
}
