//! All pairs compared: slow and obvious, to know what blocking loses.
//!
//! For: the reference that the blocked result is checked against, on inventories of a few thousand items. Not for:
//! audits, since it takes the square of the items. Everything behind the candidates is the same code in both; what
//! differs is only which pairs are looked at.

use super::copies::Copies;
use super::features::Features;
use super::{Matched, Parameters, block, block::BlockReport, compare_all, finish};
use crate::knowledge::lexicon::Lexicon;
use crate::model::{AssetIx, AssetTable, Judgement};

/// What [`super::run`] would give if every pair were a candidate.
///
/// Takes time and memory with the square of the items; meant for a few thousand of them. `blocking` has one line,
/// with all items as its one block.
pub fn run_exhaustively<'a>(
    assets: &'a AssetTable,
    lexicon: &'a Lexicon,
    parameters: &'a Parameters,
    judgements: &[Judgement],
) -> Matched<'a> {
    let features = Features::new(assets, lexicon);
    let part: Vec<AssetIx> =
        (0..assets.len() as u32).map(AssetIx).filter(|&ix| features.takes_part(ix)).collect();
    let mut pairs = Vec::new();
    for (at, &left) in part.iter().enumerate() {
        let others = part[at + 1..].iter();
        pairs.extend(others.map(|&right| block::Candidate::new(features.rank(left), features.rank(right))));
    }
    let (all, size) = (pairs.len() as u64, part.len() as u64);
    let report = BlockReport { key: "all", blocks: 1, pairs: all, largest: size, ..BlockReport::default() };
    let links = compare_all(&features, parameters, &pairs);
    finish(features, &Copies::none(), parameters, judgements, links, vec![report])
}

/// The pairs that blocking proposes, the smaller position first, each once: to measure what it keeps and costs.
pub fn candidates(assets: &AssetTable, lexicon: &Lexicon) -> Vec<(AssetIx, AssetIx)> {
    let features = Features::new(assets, lexicon);
    let (found, _) = block::candidates(&features, &Copies::none());
    let in_order = |candidate: &block::Candidate| {
        let (a, b) = candidate.assets(&features);
        (a.min(b), a.max(b))
    };
    let mut pairs: Vec<_> = found.iter().map(in_order).collect();
    pairs.sort_unstable();
    pairs
}
