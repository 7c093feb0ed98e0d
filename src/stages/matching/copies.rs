//! Items that are the same in everything that is compared, by the hundred: one stands for all in blocking.
//!
//! For: lists in which one row stands a hundred thousand times. All pairs of such rows would be five thousand million and a
//! block cap cuts them into heaps. So of more than [`MOST_ALIKE`] copies the first by id takes part in blocking, and each of
//! the others is linked to it alone: as many pairs as copies. Not for: the handful of copies that real lists have, of which
//! every pair is listed as ever. Invariant: the order of the items does not matter.

use super::features::Features;
use crate::model::AssetIx;
use rayon::prelude::*;
use rustc_hash::FxHasher;
use std::hash::{Hash, Hasher};

/// Up to so many copies every pair of them is compared: two windows of a block over the cap.
const MOST_ALIKE: usize = 24;

/// Which items are copies of which.
pub(super) struct Copies {
    /// By asset: the one that stands for it, itself as a rule; empty if there are no copies at all.
    original: Vec<AssetIx>,
    /// The pairs of copies and those that stand for them, by id.
    pairs: Vec<(AssetIx, AssetIx)>,
}

impl Copies {
    /// Finds the copies of a table.
    pub(super) fn find(features: &Features<'_>) -> Copies {
        let part = (0..features.assets.len() as u32).into_par_iter().map(AssetIx);
        let mut keys: Vec<(u64, u32)> = part
            .filter(|&ix| features.takes_part(ix))
            .map(|ix| (glance(features, ix), features.rank(ix)))
            .collect();
        keys.par_sort_unstable();
        let mut pairs = Vec::new();
        for alike in keys.chunk_by(|a, b| a.0 == b.0).filter(|alike| alike.len() > MOST_ALIKE) {
            // Only what looks alike is looked at closely.
            let close = |&(_, rank): &(u64, u32)| (features.digest(features.ranked(rank)), rank);
            let mut digests: Vec<([u8; 16], u32)> = alike.par_iter().map(close).collect();
            digests.par_sort_unstable();
            for same in digests.chunk_by(|a, b| a.0 == b.0).filter(|same| same.len() > MOST_ALIKE) {
                let original = features.ranked(same[0].1);
                pairs.extend(same[1..].iter().map(|&(_, rank)| (original, features.ranked(rank))));
            }
        }
        pairs.par_sort_unstable_by_key(|&(original, copy)| (features.rank(original), features.rank(copy)));
        let mut original = Vec::new();
        if !pairs.is_empty() {
            original = (0..features.assets.len() as u32).map(AssetIx).collect();
            for &(of, copy) in &pairs {
                original[copy.index()] = of;
            }
        }
        Copies { original, pairs }
    }

    /// None at all.
    pub(super) fn none() -> Copies {
        Copies { original: Vec::new(), pairs: Vec::new() }
    }

    /// The item that stands for another, or the item itself.
    pub(super) fn original(&self, ix: AssetIx) -> AssetIx {
        self.original.get(ix.index()).copied().unwrap_or(ix)
    }

    /// Whether another item stands for this one.
    pub(super) fn is_copy(&self, ix: AssetIx) -> bool {
        self.original(ix) != ix
    }

    /// Every copy with the item that stands for it.
    pub(super) fn pairs(&self) -> &[(AssetIx, AssetIx)] {
        &self.pairs
    }
}

/// What most items differ in.
fn glance(features: &Features<'_>, ix: AssetIx) -> u64 {
    let meaning = features.meaning(ix);
    let mut hasher = FxHasher::default();
    (meaning.folded, meaning.unit, meaning.place.region, meaning.platform, meaning.functions)
        .hash(&mut hasher);
    features.text(ix).words().hash(&mut hasher);
    features.identifiers(ix).by_field().hash(&mut hasher);
    features.users(ix).hash(&mut hasher);
    hasher.finish()
}
