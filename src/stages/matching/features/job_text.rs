//! A 256-bit signature of what an asset says it does.
//!
//! For: comparing descriptions of any wording in a few instructions. Not for: knowing functions (the
//! taxonomy does). Each pair of neighbouring characters of the folded text sets one bit; pairs that
//! many assets share ("提供", "服务") are left out, which is a term-frequency adjustment.

use crate::knowledge::text::fold;
use crate::model::{AssetRef, AssetTable, Field};
use rayon::prelude::*;

/// Fields that say what an asset does.
const JOB_FIELDS: [Field; 4] =
    [Field::Functions, Field::FunctionDesc, Field::GroupPurpose, Field::Description];

/// Buckets of the frequency table.
const BUCKETS: usize = 1 << 16;

/// From this many assets on, frequent character pairs are dropped.
const ENOUGH_TO_COUNT: usize = 200;

/// A character pair found in more than one of this many assets is boilerplate.
const BOILERPLATE_SHARE: usize = 12;

/// Bits set by the character pairs of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::stages::matching) struct Signature([u64; 4]);

impl Signature {
    fn set(&mut self, bucket: u16) {
        let bit = usize::from(bucket) % 256;
        self.0[bit / 64] |= 1 << (bit % 64);
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
    let buckets: Vec<Vec<u16>> =
        (0..assets.len()).into_par_iter().map(|i| buckets(job_text(assets, i))).collect();
    let mut frequency = vec![0u32; BUCKETS];
    for bucket in buckets.iter().flatten() {
        frequency[usize::from(*bucket)] += 1;
    }
    let most =
        if assets.len() < ENOUGH_TO_COUNT { u32::MAX } else { (assets.len() / BOILERPLATE_SHARE) as u32 };
    let signature = |list: Vec<u16>| {
        let mut signature = Signature::default();
        list.into_iter().filter(|&b| frequency[usize::from(b)] <= most).for_each(|b| signature.set(b));
        signature
    };
    buckets.into_par_iter().map(signature).collect()
}

fn job_text(assets: &AssetTable, index: usize) -> String {
    let asset: AssetRef<'_> = assets.get(crate::model::AssetIx(index as u32));
    JOB_FIELDS.iter().map(|&field| asset.text(field)).collect::<Vec<_>>().join("\n")
}

/// Buckets of the distinct character pairs of a text. A pair never spans two clauses, so that the
/// order in which functions are listed does not matter.
fn buckets(text: String) -> Vec<u16> {
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

/// Multiplicative hash of a character pair; the constant is 2³² over the golden ratio (Knuth).
fn bucket(a: u32, b: u32) -> u16 {
    ((a.wrapping_mul(31).wrapping_add(b)).wrapping_mul(2_654_435_769) >> 16) as u16
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Signature {
        let mut signature = Signature::default();
        for bucket in buckets(text.to_owned()) {
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
