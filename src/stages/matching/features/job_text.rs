//! A 256-bit signature of what an asset says it does.
//!
//! For: comparing descriptions of any wording in a few instructions. Not for: knowing functions (the
//! taxonomy does). Each pair of neighbouring characters of the folded text sets one bit; pairs that
//! many assets share ("提供", "服务") are left out, which is a term-frequency adjustment. What stands in a list of
//! functions is no boilerplate only because every township has such a thing (血压上传).

use crate::knowledge::text::fold;
use crate::model::{AssetRef, AssetTable, Field};
use rayon::prelude::*;
use std::collections::BTreeSet;

/// Fields that say what an asset does.
const JOB_FIELDS: [Field; 4] =
    [Field::Functions, Field::FunctionDesc, Field::GroupPurpose, Field::Description];

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

/// The signature of every asset's job text.
pub(super) fn signatures(assets: &AssetTable) -> Vec<Signature> {
    let indices = || (0..assets.len()).into_par_iter();
    let texts: Vec<Vec<u16>> = indices().map(|i| buckets(&job_text(assets, i))).collect();
    let is_common = common(&texts, assets);
    let signature = |list: Vec<u16>| {
        let mut signature = Signature::default();
        list.into_iter().filter(|&b| !is_common(b)).for_each(|b| signature.set(b));
        signature
    };
    texts.into_par_iter().map(signature).collect()
}

/// Whether a bucket is boilerplate.
fn common(texts: &[Vec<u16>], assets: &AssetTable) -> impl Fn(u16) -> bool + Sync + use<> {
    let count = |lists: &mut dyn Iterator<Item = &u16>| {
        let mut frequency = vec![0u32; BUCKETS];
        lists.for_each(|bucket| frequency[usize::from(*bucket)] += 1);
        frequency
    };
    let frequency = count(&mut texts.iter().flatten());
    let most = |share: usize| {
        if texts.len() < ENOUGH_TO_COUNT { u32::MAX } else { (texts.len() / share) as u32 }
    };
    let (rare, listed_rare) = (most(BOILERPLATE_SHARE), most(LISTED_SHARE));
    // Lists are only looked at where they can matter.
    let is_any = frequency.iter().any(|&n| n > rare);
    let indices = 0..if is_any { assets.len() } else { 0 };
    let items: Vec<Vec<u16>> = indices.into_par_iter().map(|i| buckets(&items(assets, i))).collect();
    let listed = count(&mut items.iter().flatten());
    move |bucket| {
        let at = usize::from(bucket);
        let is_listed = listed[at] * 2 >= frequency[at];
        frequency[at] > if is_listed { listed_rare } else { rare }
    }
}

/// The short items of an asset's list of functions.
fn items(assets: &AssetTable, index: usize) -> String {
    let asset: AssetRef<'_> = assets.get(crate::model::AssetIx(index as u32));
    let text = asset.text(Field::Functions);
    let items = text.split(|c: char| !c.is_alphanumeric());
    items.filter(|item| item.chars().nth(LONGEST_ITEM).is_none()).collect::<Vec<_>>().join("\n")
}

fn job_text(assets: &AssetTable, index: usize) -> String {
    let asset: AssetRef<'_> = assets.get(crate::model::AssetIx(index as u32));
    JOB_FIELDS.iter().map(|&field| asset.text(field)).collect::<Vec<_>>().join("\n")
}

/// Buckets of the distinct character pairs of a text. A pair never spans two clauses, so that the
/// order in which functions are listed does not matter.
fn buckets(text: &str) -> Vec<u16> {
    let mut buckets: Vec<u16> = Vec::new();
    for clause in text.split(|c: char| !c.is_alphanumeric()) {
        let folded = fold(clause);
        let pairs = folded.chars().zip(folded.chars().skip(1));
        buckets.extend(pairs.map(|(a, b)| bucket(u32::from(a), u32::from(b))));
    }
    buckets.sort_unstable();
    buckets.dedup();
    buckets
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
        for bucket in buckets(text) {
            signature.set(bucket);
        }
        signature
    }

    #[test]
    fn the_order_of_functions_does_not_matter_and_other_jobs_share_little() {
        let (a, b) = (of("巡河记录、问题上报、河道资料"), of("河道资料；巡河记录；问题上报"));
        assert_eq!(a, b);
        let other = of("成绩查询、在线课堂、资源共享");
        assert!(a.shared(&other) * 4 < a.len(), "{} of {}", a.shared(&other), a.len());
    }
}
