//! Which pairs are worth comparing: cheap exact keys over what the names were parsed into.
//!
//! For: a few candidates per asset instead of all pairs, and a price list of each key. Not for:
//! deciding. A block over its cap is not compared in full but along a sorted order (sorted
//! neighbourhood, Hernández & Stolfo 1995), so that degenerate inputs stay near-linear; the cap and
//! what it cost are reported.

mod keys;

use super::{features::Features, relate};
use crate::model::{AssetIx, Code, Diagnostic, Location};
use keys::Key;
use rayon::prelude::*;

pub use keys::BlockKey;

/// Most pairs of one block that are compared in full: those of 400 assets of one unit, milliseconds of work.
const CAP: u64 = 400 * 399 / 2;

/// Neighbours compared on each side in a block over the cap.
const WINDOW: usize = 12;

/// The price of one key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BlockReport {
    /// The key.
    pub key: &'static str,
    /// Blocks of two and more.
    pub blocks: u64,
    /// Candidate pairs it proposes (a pair may be proposed by several keys).
    pub pairs: u64,
    /// Size of its largest block.
    pub largest: u64,
    /// Blocks over the cap.
    pub capped: u64,
    /// Pairs that the cap left out.
    pub left_out: u64,
}

impl BlockReport {
    /// A remark when something was left out.
    pub(super) fn diagnostic(&self) -> Option<Diagnostic> {
        (self.left_out > 0).then(|| {
            Diagnostic::new(Code::CappedBlock, Location::default())
                .with("key", format!("@block.{}", self.key))
                .with("size", self.largest)
                .with("cap", CAP)
        })
    }
}

/// All candidate pairs, each once, with the price of every key.
pub(super) fn candidates(features: &Features<'_>) -> (Vec<(AssetIx, AssetIx)>, Vec<BlockReport>) {
    let mut all: Vec<(AssetIx, AssetIx)> = Vec::new();
    let mut reports = Vec::new();
    for key in BlockKey::ALL {
        let mut entries: Vec<Key> = (0..features.assets.len() as u32)
            .into_par_iter()
            .map(AssetIx)
            .filter(|&ix| features.takes_part(ix))
            .flat_map_iter(|ix| key.of(features, ix))
            .collect();
        // Owners of the value first, so that they meet everything in their block.
        entries.par_sort_unstable_by_key(|e| (e.digest, !e.own, features.rank(e.asset)));
        let blocks: Vec<&[Key]> =
            entries.chunk_by(|a, b| a.digest == b.digest).filter(|b| b.len() > 1).collect();
        let mut report = BlockReport { key: key.name(), ..BlockReport::default() };
        for block in &blocks {
            let size = block.len() as u64;
            let (own, pairs) = (owners(block) as u64, pairs_in(block));
            report.blocks += 1;
            report.largest = report.largest.max(size);
            if pairs > CAP {
                report.capped += 1;
                report.left_out += pairs.saturating_sub(own * WINDOW as u64);
            }
        }
        let mut pairs: Vec<_> =
            blocks.par_iter().flat_map_iter(|block| pairs_of(features, key, block)).collect();
        report.pairs = pairs.len() as u64;
        reports.push(report);
        all.append(&mut pairs);
    }
    all.par_sort_unstable();
    all.dedup();
    (all, reports)
}

/// Entries that have the block's value as their own; they stand first.
fn owners(block: &[Key]) -> usize {
    block.partition_point(|entry| entry.own)
}

/// Pairs of a block in which at least one has the value as its own.
fn pairs_in(block: &[Key]) -> u64 {
    let (all, own) = (block.len() as u64, owners(block) as u64);
    own * own.saturating_sub(1) / 2 + own * (all - own)
}

/// Pairs of one block that pass the key's own filter and the vetoes that need no text.
fn pairs_of<'a>(
    features: &'a Features<'_>,
    key: BlockKey,
    block: &'a [Key],
) -> impl Iterator<Item = (AssetIx, AssetIx)> + 'a {
    let reach = if pairs_in(block) > CAP { WINDOW } else { block.len() };
    (0..owners(block)).flat_map(move |i| {
        let left = block[i];
        block[i + 1..].iter().take(reach).filter_map(move |right| {
            let fits = left.asset != right.asset
                && relate::possible(features, left.asset, right.asset)
                && key.fits(features, left.asset, right.asset);
            fits.then(|| (left.asset.min(right.asset), left.asset.max(right.asset)))
        })
    })
}
