//! Which pairs are worth comparing: cheap exact keys over what the names were parsed into.
//!
//! For: a few candidates per asset instead of all pairs, and a price list of each key. Not for:
//! deciding. A block over its cap is not compared in full but along a sorted order (sorted
//! neighbourhood, Hernández & Stolfo 1995), so that degenerate inputs stay near-linear; the cap and
//! what it cost are reported.

mod keys;

use super::{copies::Copies, features::Features, relate};
use crate::model::{AssetIx, Code, Diagnostic, Location};
use keys::{Key, Lines};
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

/// Assets whose keys are made in one go.
const CHUNK: u32 = 1 << 13;

/// Blocks whose pairs are made in one go.
const BLOCKS: usize = 256;

/// A pair of assets by their ranks, the smaller first, in one number: sorted, pairs of one place stand together, and
/// what is looked up for one is near at hand for the next.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Candidate(u64);

impl Candidate {
    /// Of two ranks.
    pub(super) fn new(a: u32, b: u32) -> Candidate {
        Candidate(u64::from(a.min(b)) << 32 | u64::from(a.max(b)))
    }

    /// The two assets, that with the smaller id first.
    pub(super) fn assets(self, features: &Features<'_>) -> (AssetIx, AssetIx) {
        (features.ranked((self.0 >> 32) as u32), features.ranked(self.0 as u32))
    }
}

/// All candidate pairs, each once, those of copies left out, with the price of every key.
pub(super) fn candidates(features: &Features<'_>, copies: &Copies) -> (Vec<Candidate>, Vec<BlockReport>) {
    // In pieces until the last key is done: one list that grows from key to key is copied, and there twice meanwhile.
    let mut pieces: Vec<Vec<Candidate>> = Vec::new();
    let mut reports = Vec::new();
    let lines = Lines::new(features);
    let count = features.assets.len() as u32;
    for key in BlockKey::ALL {
        let mut entries: Vec<Key> = (0..count.div_ceil(CHUNK))
            .into_par_iter()
            .flat_map_iter(|chunk| {
                let mut keys = Vec::new();
                for ix in (chunk * CHUNK..count.min((chunk + 1) * CHUNK)).map(AssetIx) {
                    if features.takes_part(ix) && !copies.is_copy(ix) {
                        key.add(features, &lines, ix, &mut keys);
                    }
                }
                keys
            })
            .collect();
        // Owners of the value first, so that they meet everything in their block.
        entries.par_sort_unstable();
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
        let found: Vec<(u64, Vec<Candidate>)> =
            blocks.par_chunks(BLOCKS).map(|blocks| pairs_of_all(features, key, blocks)).collect();
        report.pairs = found.iter().map(|(proposed, _)| proposed).sum();
        reports.push(report);
        pieces.extend(found.into_iter().map(|(_, pairs)| pairs).filter(|pairs| !pairs.is_empty()));
    }
    let mut all: Vec<Candidate> = Vec::with_capacity(pieces.iter().map(Vec::len).sum());
    for piece in pieces {
        all.extend(piece);
    }
    all.par_sort_unstable();
    all.dedup();
    (all, reports)
}

/// Entries that have the block's value as their own; they stand first.
fn owners(block: &[Key]) -> usize {
    block.partition_point(|entry| entry.own())
}

/// Pairs of a block in which at least one has the value as its own.
fn pairs_in(block: &[Key]) -> u64 {
    let (all, own) = (block.len() as u64, owners(block) as u64);
    own * own.saturating_sub(1) / 2 + own * (all - own)
}

/// How many pairs some blocks propose that pass the key's own filter, and those of them that the vetoes leave which need no
/// text.
fn pairs_of_all(features: &Features<'_>, key: BlockKey, blocks: &[&[Key]]) -> (u64, Vec<Candidate>) {
    let (mut proposed, mut pairs) = (0, Vec::new());
    for &block in blocks {
        let reach = if pairs_in(block) > CAP { WINDOW } else { block.len() };
        for i in 0..owners(block) {
            let left = features.ranked(block[i].rank());
            for right in block[i + 1..].iter().take(reach) {
                let other = features.ranked(right.rank());
                if left != other && relate::possible(features, left, other) && key.fits(features, left, other)
                {
                    proposed += 1;
                    if !relate::is_elsewhere(features, left, other) {
                        pairs.push(Candidate::new(block[i].rank(), right.rank()));
                    }
                }
            }
        }
    }
    pairs.shrink_to_fit();
    (proposed, pairs)
}
