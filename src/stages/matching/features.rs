//! What comparisons need to know of each asset, worked out once.
//!
//! For: reading by index in the hot loop. Not for: comparing. Distinct texts are prepared once and
//! shared by the assets that have them.

mod affixes;
mod aliases;
mod digest;
mod identifiers;
mod job_text;
mod listed;
mod owners;
mod stems;

pub(super) use identifiers::IDENTIFYING;
pub(super) use job_text::{Signature, overlap};

use super::Link;
use crate::knowledge::lexicon::Lexicon;
use crate::model::{
    AssetIx, AssetRef, AssetTable, Field, FunctionId, FunctionSet, Kind, Meaning, RegionId, UnitId,
};
use identifiers::{IdentifierColumns, Identifiers};
use rayon::prelude::*;
use rustc_hash::FxHashSet;

/// Prepared columns over an asset table.
pub(super) struct Features<'a> {
    /// The assets.
    pub(super) assets: &'a AssetTable,
    /// For the names of functions.
    pub(super) lexicon: &'a Lexicon,
    owners: owners::Owners,
    aliases: aliases::Aliases,
    stems: stems::Stems,
    texts: Vec<Signature>,
    listed: listed::Listed,
    identifiers: IdentifierColumns,
    /// Rarity of each function in bits: log₂ of how seldom it occurs.
    rarity: Vec<f32>,
    /// Which places have items whose place is known.
    settled: FxHashSet<RegionId>,
    /// Position of each asset when sorted by id: the order of every output.
    rank: Vec<u32>,
    /// The assets in that order.
    by_rank: Vec<u32>,
}

impl<'a> Features<'a> {
    /// Prepares all columns.
    pub(super) fn new(assets: &'a AssetTable, lexicon: &'a Lexicon) -> Self {
        // What has long stretches on one thread first, beside what can be cut into any number of pieces.
        let ((stems, owners), (texts, identifiers)) = rayon::join(
            || (stems::Stems::new(assets, &lexicon.words), owners::Owners::new(assets)),
            || (job_text::signatures(assets), IdentifierColumns::new(assets)),
        );
        let listed = listed::Listed::new(assets);
        let aliases = aliases::Aliases::learn(assets, lexicon);
        let (by_rank, rank) = ranks(&assets.ids);
        let rarity = rarity(assets, lexicon);
        let known = assets.meaning.iter().map(|meaning| meaning.place).filter(|place| place.candidates == 0);
        let settled = known.map(|place| place.region).collect();
        Features {
            assets,
            lexicon,
            owners,
            aliases,
            stems,
            texts,
            listed,
            identifiers,
            rarity,
            settled,
            rank,
            by_rank,
        }
    }

    pub(super) fn asset(&self, ix: AssetIx) -> AssetRef<'a> {
        self.assets.get(ix)
    }

    pub(super) fn meaning(&self, ix: AssetIx) -> &'a Meaning {
        &self.assets.meaning[ix.index()]
    }

    /// The owner; unknown when its text names a body without its place that stands for several.
    pub(super) fn owner(&self, ix: AssetIx) -> UnitId {
        self.owners.of(self.meaning(ix))
    }

    /// The whole name of an asset, folded.
    pub(super) fn folded(&self, ix: AssetIx) -> &'a str {
        self.assets.records.pool.get(self.meaning(ix).folded)
    }

    /// Code of the body that owns an asset, be it told by a column or by the name; empty when neither does.
    pub(super) fn body(&self, ix: AssetIx) -> &str {
        let meaning = self.meaning(ix);
        match self.assets.unit(meaning.unit).body.as_str() {
            "" => self.assets.records.pool.get(meaning.body),
            body => body,
        }
    }

    /// What tells whose an asset is within a place: its office, else its body.
    pub(super) fn office_or_body(&self, ix: AssetIx) -> &str {
        match self.assets.records.pool.get(self.meaning(ix).office) {
            "" => self.body(ix),
            office => office,
        }
    }

    /// Whether these inventories have several words for the owner of one place and the two have two of them.
    pub(super) fn are_one_owner(&self, a: AssetIx, b: AssetIx) -> bool {
        let alias = self.aliases.of(a);
        let (left, right) = (self.meaning(a).place, self.meaning(b).place);
        alias != 0
            && alias == self.aliases.of(b)
            && left.candidates == 0
            && left == right
            && left.region.is_known()
    }

    /// What stands for the owner of an asset if these inventories have several words for it; else 0.
    pub(super) fn alias(&self, ix: AssetIx) -> u32 {
        self.aliases.of(ix)
    }

    /// The places that an asset may mean; empty when there is no doubt or nothing known.
    pub(super) fn candidates(&self, ix: AssetIx) -> &'a [RegionId] {
        &self.assets.region_candidates[self.meaning(ix).place.candidates as usize]
    }

    /// Whether the inventory has items that are known to lie in a place.
    pub(super) fn has_items(&self, place: RegionId) -> bool {
        self.settled.contains(&place)
    }

    /// Whether no table knows the body of an asset's owner, or there is no owner.
    pub(super) fn is_stray(&self, ix: AssetIx) -> bool {
        self.lexicon.units.get(&self.assets.unit(self.meaning(ix).unit).body).is_none()
    }

    /// Whether two stems have words in common: a third at least of the shorter one's pairs of neighbouring characters.
    pub(super) fn share_words(&self, a: AssetIx, b: AssetIx) -> bool {
        let (left, right) = (self.core(a), self.core(b));
        let (shorter, longer) = if left.len() <= right.len() { (left, right) } else { (right, left) };
        let shared = shorter.windows(2).filter(|word| longer.windows(2).any(|other| other == *word)).count();
        shared > 0 && shared * 3 >= shorter.len() - 1
    }

    /// Whether the asset takes part: apps, accounts and groups that still exist.
    pub(super) fn takes_part(&self, ix: AssetIx) -> bool {
        let meaning = self.meaning(ix);
        matches!(meaning.kind, Kind::App | Kind::Account | Kind::Group) && meaning.status.is_live()
    }

    /// Characters of the stem; empty when the name is all region, unit and generic words.
    pub(super) fn stem(&self, ix: AssetIx) -> &[char] {
        self.stems.get(ix)
    }

    /// Characters of the stem without what adorns it (掌上, 通).
    pub(super) fn bare_stem(&self, ix: AssetIx) -> &[char] {
        self.stems.bare(ix)
    }

    /// Characters of the stem without what siblings are counted in.
    pub(super) fn core(&self, ix: AssetIx) -> &[char] {
        self.stems.core(ix)
    }

    /// Whether a word is short for the asset's owner: 司法 of a 司法局.
    pub(super) fn is_owner(&self, ix: AssetIx, word: &[char]) -> bool {
        let unit = self.assets.unit(self.meaning(ix).unit);
        let is_short = |name: &str| {
            let mut rest = name.chars();
            word.iter().all(|c| rest.next() == Some(*c)) && rest.count() <= 1
        };
        word.len() >= 2 && self.lexicon.units.get(&unit.body).is_some_and(|body| body.names().any(is_short))
    }

    /// Whether a stem is a brand and no common word: three characters at least, and few assets have it. "发布"
    /// says nothing about two accounts whose places are not known.
    pub(super) fn is_distinctive(&self, ix: AssetIx) -> bool {
        /// One thing on its usual platforms, or listed by two units.
        const FEW: u32 = 4;
        self.stem(ix).len() >= 3 && self.stems.count(ix) <= FEW
    }

    pub(super) fn text(&self, ix: AssetIx) -> &Signature {
        &self.texts[ix.index()]
    }

    /// How many listed functions two assets share, and how many the one that has fewer lists; nothing where one has none.
    pub(super) fn shared_items(&self, a: AssetIx, b: AssetIx) -> Option<(usize, usize)> {
        let (left, right) = (self.listed.of(a), self.listed.of(b));
        let fewer = left.len().min(right.len());
        (fewer > 0).then(|| (listed::shared(left, right), fewer))
    }

    /// How many use, follow or are in an asset.
    pub(super) fn users(&self, ix: AssetIx) -> Option<u64> {
        let asset = self.asset(ix);
        let fields = [Field::UserCount, Field::Followers, Field::MemberCount];
        fields.into_iter().find_map(|field| asset.value(field).as_count()).filter(|&count| count > 0)
    }

    /// Digest of the host that an asset's link names, where few have it; else 0.
    pub(super) fn site(&self, ix: AssetIx) -> u64 {
        self.identifiers.site(ix)
    }

    pub(super) fn identifiers(&self, ix: AssetIx) -> Identifiers {
        self.identifiers.of(ix)
    }

    /// Shared and total rarity of two sets of functions, in bits: a weighted Jaccard's two parts.
    pub(super) fn shared_functions(&self, a: FunctionSet, b: FunctionSet) -> (f32, f32) {
        let (mut left, mut right) = (self.assets.functions(a), self.assets.functions(b));
        let (mut shared, mut total) = (0.0, 0.0);
        while let (Some(x), Some(y)) = (left.first(), right.first()) {
            let weight = self.rarity[usize::from(x.min(y).0)];
            total += weight;
            if x == y {
                shared += weight;
            }
            if x <= y {
                left = &left[1..];
            }
            if y <= x {
                right = &right[1..];
            }
        }
        total += left.iter().chain(right).map(|f| self.rarity[usize::from(f.0)]).sum::<f32>();
        (shared, total)
    }

    /// Whether one of two sets of functions lies in the other.
    pub(super) fn is_contained(&self, a: FunctionSet, b: FunctionSet) -> bool {
        let (left, right) = (self.assets.functions(a), self.assets.functions(b));
        let (smaller, larger) = if left.len() <= right.len() { (left, right) } else { (right, left) };
        smaller.iter().all(|f| larger.contains(f))
    }

    /// Number of tasks (functions that are no mere field of work or feature) in both.
    pub(super) fn shared_tasks(&self, a: FunctionSet, b: FunctionSet) -> usize {
        let right = self.assets.functions(b);
        let is_task = |f: &FunctionId| self.lexicon.functions.get(*f).is_task;
        self.assets.functions(a).iter().filter(|f| right.contains(f) && is_task(f)).count()
    }

    /// Rank by id, for orders that must not depend on the input.
    pub(super) fn rank(&self, ix: AssetIx) -> u32 {
        self.rank[ix.index()]
    }

    /// The asset of a rank.
    pub(super) fn ranked(&self, rank: u32) -> AssetIx {
        AssetIx(self.by_rank[rank as usize])
    }

    /// The pair with the smaller id first.
    pub(super) fn ordered(&self, a: AssetIx, b: AssetIx) -> (AssetIx, AssetIx) {
        if self.rank(a) <= self.rank(b) { (a, b) } else { (b, a) }
    }

    /// Links by relation and then by ids; of two links of one pair the stronger relation is first.
    pub(super) fn sort_links(&self, links: &mut [Link]) {
        links.par_sort_unstable_by_key(|l| (l.relation, self.rank(l.left), self.rank(l.right)));
    }
}

/// The assets sorted by id, and the position of each among them.
fn ranks(ids: &[String]) -> (Vec<u32>, Vec<u32>) {
    // Most ids differ in what fits into two words, which saves two waits for memory per comparison.
    let front = |id: &str| {
        let mut front = [0; 16];
        let length = id.len().min(16);
        front[..length].copy_from_slice(&id.as_bytes()[..length]);
        let half = |from: usize| u64::from_be_bytes(std::array::from_fn(|at| front[from + at]));
        [half(0), half(8)]
    };
    let mut by_id: Vec<([u64; 2], u32)> =
        ids.par_iter().enumerate().map(|(at, id)| (front(id), at as u32)).collect();
    by_id.par_sort_unstable_by(|a, b| a.0.cmp(&b.0).then_with(|| ids[a.1 as usize].cmp(&ids[b.1 as usize])));
    let by_rank: Vec<u32> = by_id.into_iter().map(|(_, asset)| asset).collect();
    let mut rank = vec![0; by_rank.len()];
    for (position, &asset) in by_rank.iter().enumerate() {
        rank[asset as usize] = position as u32;
    }
    (by_rank, rank)
}

/// A field of work or a feature counts as much as this share of a task: it says little about what is done.
const BESIDE_SHARE: f32 = 0.25;

/// log₂(assets with any function / assets with this one), at least 0.1 so that even the commonest
/// function counts a little (the term-frequency adjustment of record linkage).
fn rarity(assets: &AssetTable, lexicon: &Lexicon) -> Vec<f32> {
    let mut with = Vec::new();
    let mut any = 0u32;
    for meaning in &assets.meaning {
        let functions = assets.functions(meaning.functions);
        any += u32::from(!functions.is_empty());
        for function in functions {
            let index = usize::from(function.0);
            if with.len() <= index {
                with.resize(index + 1, 0u32);
            }
            with[index] += 1;
        }
    }
    // In eighths of a bit: one item more or less in a large list changes nothing, so that what was compared can stand.
    let eighths = |bits: f32| (bits * 8.0).round() / 8.0;
    let bits = |n: u32| eighths(((any.max(1) as f32 + 1.0) / (n as f32 + 0.5)).log2()).max(0.1);
    let share = |at: usize| {
        if lexicon.functions.get(FunctionId(at as u16)).is_task { 1.0 } else { BESIDE_SHARE }
    };
    with.iter().enumerate().map(|(at, &n)| bits(n) * share(at)).collect()
}
