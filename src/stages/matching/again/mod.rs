//! A list matched again after edits: pairs of items that are as they were are not compared again.
//!
//! For: the same inventory next week. The result is that of a full run, because what a comparison reads of an item is
//! digested, the frequencies of the whole list included, and a pair is only taken over where both digests and the
//! parameter set are those of before. Blocking, doubts and clusters are always worked out anew: they are cheap and
//! depend on everything. Not for: another program or other tables, whose digests mean something else.

mod bytes;

use super::copies::Copies;
use super::features::Features;
use super::{Link, Matched, Parameters, block, finish, relate};
use crate::knowledge::lexicon::Lexicon;
use crate::model::{AssetIx, AssetTable, Judgement, Relation};
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// What is remembered of one run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Memory {
    /// Digest of the parameter set.
    parameters: [u8; 16],
    /// A number for each digest of an item.
    items: FxHashMap<[u8; 16], u32>,
    /// Pairs of numbers that were compared, the smaller first, in order.
    compared: Vec<(u32, u32)>,
    /// What those that are related gave.
    related: FxHashMap<(u32, u32), Outcome>,
}

/// A link without its ends.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Outcome {
    relation: Relation,
    weight: f64,
    binds: bool,
    open: bool,
}

/// How much of a run was taken over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reused {
    /// Candidate pairs of this run.
    pub candidates: usize,
    /// Of these, pairs that were not compared again.
    pub taken_over: usize,
}

/// Matches as [`super::run`] does, takes over what `before` knows, and gives what the next run may take over.
///
/// `before` must come from the same program with the same tables; of another parameter set nothing is taken over. The
/// memory of a run takes about 8 bytes for each candidate pair and 60 for each related one.
pub fn run_again<'a>(
    assets: &'a AssetTable,
    lexicon: &'a Lexicon,
    parameters: &'a Parameters,
    judgements: &[Judgement],
    before: &Memory,
) -> (Matched<'a>, Memory, Reused) {
    let features = Features::new(assets, lexicon);
    let copies = Copies::find(&features);
    let (candidates, blocking) = block::candidates(&features, &copies);
    let set = parameters.digest();
    let nothing = Memory::default();
    let before = if before.parameters == set { before } else { &nothing };
    let digests: Vec<[u8; 16]> =
        (0..assets.len() as u32).into_par_iter().map(|ix| features.digest(AssetIx(ix))).collect();
    let numbered = |of: &FxHashMap<[u8; 16], u32>, ix: AssetIx| of.get(&digests[ix.index()]).copied();
    let outcome = |candidate: &block::Candidate| {
        let (a, b) = candidate.assets(&features);
        let known = numbered(&before.items, a).zip(numbered(&before.items, b)).map(ordered);
        match known.filter(|pair| before.compared.binary_search(pair).is_ok()) {
            Some(pair) => (true, before.related.get(&pair).copied()),
            None => (false, relate::link(&features, parameters, a, b).ok().map(Outcome::of)),
        }
    };
    let outcomes: Vec<(bool, Option<Outcome>)> = candidates.par_iter().map(outcome).collect();
    let taken_over = outcomes.iter().filter(|(known, _)| *known).count();

    let mut memory = Memory { parameters: set, ..Memory::default() };
    for digest in &digests {
        let next = memory.items.len() as u32;
        memory.items.entry(*digest).or_insert(next);
    }
    let mut links = Vec::new();
    for (candidate, (_, outcome)) in candidates.iter().zip(&outcomes) {
        let (a, b) = candidate.assets(&features);
        let pair = ordered((memory.items[&digests[a.index()]], memory.items[&digests[b.index()]]));
        memory.compared.push(pair);
        if let Some(outcome) = outcome {
            memory.related.insert(pair, *outcome);
            let (left, right) = features.ordered(a, b);
            links.push(outcome.between(left, right));
        }
    }
    memory.compared.sort_unstable();
    memory.compared.dedup();
    let reused = Reused { candidates: candidates.len(), taken_over };
    (finish(features, &copies, parameters, judgements, links, blocking), memory, reused)
}

fn ordered((a, b): (u32, u32)) -> (u32, u32) {
    (a.min(b), a.max(b))
}

impl Outcome {
    fn of(link: Link) -> Outcome {
        let Link { relation, weight, binds, open, .. } = link;
        Outcome { relation, weight, binds, open }
    }

    fn between(self, left: AssetIx, right: AssetIx) -> Link {
        let Outcome { relation, weight, binds, open } = self;
        Link { left, right, relation, weight, binds, open }
    }
}
