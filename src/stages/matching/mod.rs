//! Which assets are the same thing, or do the same job: block → compare → score → relate → cluster.
//!
//! For: typed pairs with evidence, and clusters that keep one of each. Not for: deciding what to do
//! about them (`plan`). Invariants: the result does not depend on the order of the assets or on the
//! number of threads; a person's *different* is never merged; a bare score is never an answer, only a
//! relation of [`Relation`] is.
//!
//! The model is Fellegi and Sunter's ("A Theory for Record Linkage", JASA 1969): each comparison
//! reaches a level, each level has a weight in bits, and the sum with the prior is the log-odds that
//! the two are one service. Which relation that supports is fixed by structure (kind, unit line,
//! jurisdiction, platform, audience), not by the score.

mod again;
mod asked;
mod block;
mod cluster;
mod compare;
mod copies;
mod doubt;
mod exhaustive;
mod explain;
mod features;
mod parameters;
mod refit;
mod relate;
mod renamed;
mod score;
#[cfg(test)]
mod tests;

pub use again::{Memory, Reused, run_again};
pub use asked::asked;
pub use block::{BlockKey, BlockReport};
pub use exhaustive::{candidates, run_exhaustively};
pub use parameters::{ParameterError, Parameters};
pub use refit::{Drift, MOST_DRIFT, MOST_MOVED, Refit, refit};
pub use relate::Apart;

use crate::knowledge::lexicon::Lexicon;
use crate::model::{AssetIx, AssetTable, Cluster, Diagnostic, Field, Judgement, Pair, Relation};
use copies::Copies;
use features::Features;
use rayon::prelude::*;
use std::collections::BTreeSet;

/// Every field that matching asks for: with other columns given up, the result is the same. What pairs are explained
/// with is more.
pub const FIELDS: [Field; 13] = [
    Field::PackageId,
    Field::AccountId,
    Field::Url,
    Field::FilingNoCac,
    Field::Functions,
    Field::FunctionDesc,
    Field::GroupPurpose,
    Field::Description,
    Field::Members,
    Field::UserCount,
    Field::Followers,
    Field::MemberCount,
    Field::LastUpdate,
];

/// A related pair in compact form; [`Matched::pair`] gives the evidence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Link {
    /// The asset with the smaller id.
    pub left: AssetIx,
    /// The other.
    pub right: AssetIx,
    /// What relates them.
    pub relation: Relation,
    /// Match weight in bits, prior included.
    pub weight: f64,
    /// Whether it may bind the two into one cluster.
    pub binds: bool,
    /// Whether a place was in doubt and it holds only because no other place has anything like it.
    pub open: bool,
}

impl Link {
    /// The weight as a probability, 0–1.
    pub fn probability(&self) -> f64 {
        score::probability(self.weight)
    }
}

/// The result of matching.
pub struct Matched<'a> {
    /// Related pairs, ordered by relation and then by ids.
    pub links: Vec<Link>,
    /// Clusters of two and more, ordered by id. `weakest` indexes `links`.
    pub clusters: Vec<Cluster>,
    /// What blocking cost, key by key.
    pub blocking: Vec<BlockReport>,
    /// Remarks: blocks that were capped.
    pub diagnostics: Vec<Diagnostic>,
    features: Features<'a>,
    parameters: &'a Parameters,
}

/// Matches all assets of a table against each other.
///
/// `judgements` name assets by id; names that are not in the table are ignored here (the caller
/// reports them as unused policy).
pub fn run<'a>(
    assets: &'a AssetTable,
    lexicon: &'a Lexicon,
    parameters: &'a Parameters,
    judgements: &[Judgement],
) -> Matched<'a> {
    let features = Features::new(assets, lexicon);
    let copies = Copies::find(&features);
    let (candidates, blocking) = block::candidates(&features, &copies);
    tracing::info!(candidates = candidates.len(), "blocking done");
    let links = compare_all(&features, parameters, &candidates);
    finish(features, &copies, parameters, judgements, links, blocking)
}

/// Compares candidates and keeps those that are related.
fn compare_all(
    features: &Features<'_>,
    parameters: &Parameters,
    candidates: &[block::Candidate],
) -> Vec<Link> {
    let link = |candidate: &block::Candidate| {
        let (a, b) = candidate.assets(features);
        relate::link(features, parameters, a, b).ok()
    };
    candidates.par_iter().filter_map(link).collect()
}

/// Everything behind the comparisons: judgements, doubts, clusters.
fn finish<'a>(
    features: Features<'a>,
    copies: &Copies,
    parameters: &'a Parameters,
    judgements: &[Judgement],
    mut links: Vec<Link>,
    blocking: Vec<BlockReport>,
) -> Matched<'a> {
    let judged = cluster::Judged::new(features.assets, judgements);
    let of_copies = copies.pairs().par_iter();
    links.par_extend(of_copies.filter_map(|&(of, copy)| relate::link(&features, parameters, of, copy).ok()));
    // What a person said of a pair stands in place of what was found, whatever that was.
    links.retain(|link| !judged.are_different(link.left, link.right) && !judged.is_same(link));
    links.par_extend(judged.must_links(&features, parameters));
    doubt::settle(&features, &mut links);
    features.sort_links(&mut links);
    links.dedup_by_key(|link| (link.left, link.right));
    let clusters = cluster::clusters(&features, copies, &links, &judged);
    tracing::info!(links = links.len(), clusters = clusters.len(), "matching done");
    let diagnostics = blocking.iter().filter_map(BlockReport::diagnostic).collect();
    Matched { links, clusters, blocking, diagnostics, features, parameters }
}

/// Compares single pairs of a table, related or not, by what was prepared once.
pub struct Comparer<'a> {
    features: Features<'a>,
    parameters: &'a Parameters,
}

impl<'a> Comparer<'a> {
    /// Prepares the table.
    pub fn new(assets: &'a AssetTable, lexicon: &'a Lexicon, parameters: &'a Parameters) -> Comparer<'a> {
        Comparer { features: Features::new(assets, lexicon), parameters }
    }

    /// The pair of two assets with its evidence, and what keeps them apart if they are not related. Then the relation
    /// is [`Relation::Unrelated`] and the weight that of all comparisons.
    pub fn compare(&self, a: AssetIx, b: AssetIx) -> (Pair, Option<Apart>) {
        let (link, apart) = match relate::link(&self.features, self.parameters, a, b) {
            Ok(link) => (link, None),
            Err(apart) => {
                let (left, right) = self.features.ordered(a, b);
                let weight = score::weight(self.parameters, &compare::Levels::of(&self.features, a, b));
                (
                    Link { left, right, relation: Relation::Unrelated, weight, binds: false, open: false },
                    Some(apart),
                )
            }
        };
        (explain::pair(&self.features, self.parameters, &link), apart)
    }
}

/// Compares two assets of a table, as [`Comparer::compare`] does.
pub fn compare(
    assets: &AssetTable,
    lexicon: &Lexicon,
    parameters: &Parameters,
    a: AssetIx,
    b: AssetIx,
) -> (Pair, Option<Apart>) {
    Comparer::new(assets, lexicon, parameters).compare(a, b)
}

/// Pairs of assets, the smaller index first, that a person said are different things.
pub fn apart(assets: &AssetTable, judgements: &[Judgement]) -> BTreeSet<(AssetIx, AssetIx)> {
    cluster::Judged::new(assets, judgements).apart()
}

impl Matched<'_> {
    /// A link with its evidence, comparison by comparison.
    pub fn pair(&self, link: &Link) -> Pair {
        explain::pair(&self.features, self.parameters, link)
    }

    /// Every related pair with its evidence, in the order of `links`.
    pub fn pairs(&self) -> Vec<Pair> {
        self.links.par_iter().map(|link| self.pair(link)).collect()
    }
}
