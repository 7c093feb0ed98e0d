//! From links to clusters, without chains.
//!
//! Constrained agglomeration: binding links are taken from the strongest down; two clusters merge only
//! if no person said *different* about any two members, no two members veto each other, and the members
//! of both are linked to each other on the whole (half of the cross pairs at least). One weak link
//! between two tight groups therefore does not merge them, which single linkage would do.

use super::compare::Levels;
use super::copies::Copies;
use super::features::Features;
use super::{Link, Parameters, relate, score};
use crate::model::{AssetIx, AssetTable, Cluster, Judgement, Relation};
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeSet;

/// Most cross pairs looked at for one merge: those of two clusters of a dozen, far above real ones. Past it, the
/// first members stand for their cluster, so that a hundred thousand equal names end in seconds.
const MOST_CROSS_PAIRS: usize = 144;

/// People's judgements by asset.
#[derive(Default)]
pub(super) struct Judged {
    same: BTreeSet<(AssetIx, AssetIx)>,
    different: FxHashSet<(AssetIx, AssetIx)>,
}

impl Judged {
    /// Looks the ids of the judgements up; unknown ids are left out.
    pub(super) fn new(assets: &AssetTable, judgements: &[Judgement]) -> Judged {
        let mut judged = Judged::default();
        if judgements.is_empty() {
            return judged;
        }
        let by_id: FxHashMap<&str, AssetIx> = assets.iter().map(|a| (a.id(), a.ix)).collect();
        for judgement in judgements {
            let ends = by_id.get(judgement.left.as_str()).zip(by_id.get(judgement.right.as_str()));
            let Some((&a, &b)) = ends else { continue };
            let pair = (a.min(b), a.max(b));
            if judgement.same {
                judged.same.insert(pair);
            } else {
                judged.different.insert(pair);
            }
        }
        judged
    }

    /// Whether a person said that the two are different things.
    pub(super) fn are_different(&self, a: AssetIx, b: AssetIx) -> bool {
        !self.different.is_empty() && self.different.contains(&(a.min(b), a.max(b)))
    }

    /// All pairs that a person said are different things.
    pub(super) fn apart(self) -> BTreeSet<(AssetIx, AssetIx)> {
        self.different.into_iter().collect()
    }

    /// Links for what people said is the same.
    pub(super) fn must_links(
        &self,
        features: &Features<'_>,
        parameters: &Parameters,
    ) -> impl ParallelIterator<Item = Link> {
        self.same.par_iter().map(|&(a, b)| {
            let (left, right) = features.ordered(a, b);
            let weight = score::weight(parameters, &Levels::of(features, a, b));
            Link { left, right, relation: Relation::Same, weight, binds: true, open: false }
        })
    }

    /// Whether a person said that the two ends are one thing.
    pub(super) fn is_same(&self, link: &Link) -> bool {
        let pair = (link.left.min(link.right), link.left.max(link.right));
        self.same.contains(&pair)
    }
}

/// Clusters of two and more, ordered by id, from links in their output order.
pub(super) fn clusters(
    features: &Features<'_>,
    copies: &Copies,
    links: &[Link],
    judged: &Judged,
) -> Vec<Cluster> {
    let mut forest = Forest::new(features.assets.len(), links);
    let mut order: Vec<u32> = (0..links.len() as u32).filter(|&i| links[i as usize].binds).collect();
    order.par_sort_unstable_by(|&i, &j| {
        let key = |l: &Link| (features.rank(l.left), features.rank(l.right));
        let (a, b) = (&links[i as usize], &links[j as usize]);
        let by_person = judged.is_same(b).cmp(&judged.is_same(a));
        by_person.then(b.weight.total_cmp(&a.weight)).then_with(|| key(a).cmp(&key(b)))
    });
    for index in order {
        let link = &links[index as usize];
        let (left, right) = (forest.root(link.left), forest.root(link.right));
        if left != right && may_merge(features, copies, &forest, judged, link, left, right) {
            forest.merge(left, right, index);
        }
    }
    forest.into_clusters(features, links)
}

/// Whether the clusters of a link's two ends belong together.
fn may_merge(
    features: &Features<'_>,
    copies: &Copies,
    forest: &Forest,
    judged: &Judged,
    link: &Link,
    left: AssetIx,
    right: AssetIx,
) -> bool {
    let forced = judged.is_same(link);
    if forest.size(left) == 1 && forest.size(right) == 1 && !judged.are_different(link.left, link.right) {
        return true;
    }
    let (mut linked, mut seen) = (0, 0);
    for a in forest.members(left) {
        for b in forest.members(right) {
            if judged.are_different(a, b) || !forced && !relate::may_stand_together(features, a, b) {
                return false;
            }
            seen += 1;
            let (of_a, of_b) = (copies.original(a), copies.original(b));
            linked += usize::from(of_a == of_b || forest.are_linked(of_a, of_b));
            if seen == MOST_CROSS_PAIRS {
                return forced || linked * 2 >= seen;
            }
        }
    }
    forced || linked * 2 >= seen
}

/// Clusters being built, as columns by asset. The members of a cluster are a list from its root on.
struct Forest {
    root: Vec<u32>,
    /// The member after each; itself at the end.
    next: Vec<u32>,
    /// Of roots: the last member, how many there are, and the last link that merged the cluster: its weakest, since
    /// links come strongest first.
    last: Vec<u32>,
    size: Vec<u32>,
    weakest: Vec<u32>,
    /// Pairs that binding links bind, smaller asset first, sorted.
    bound: Vec<u64>,
}

impl Forest {
    fn new(assets: usize, links: &[Link]) -> Forest {
        let each: Vec<u32> = (0..assets as u32).collect();
        let mut bound: Vec<u64> =
            links.par_iter().filter(|l| l.binds).map(|l| Forest::pair(l.left, l.right)).collect();
        bound.par_sort_unstable();
        Forest {
            root: each.clone(),
            next: each.clone(),
            last: each,
            size: vec![1; assets],
            weakest: vec![0; assets],
            bound,
        }
    }

    fn pair(a: AssetIx, b: AssetIx) -> u64 {
        u64::from(a.0.min(b.0)) << 32 | u64::from(a.0.max(b.0))
    }

    fn root(&self, asset: AssetIx) -> AssetIx {
        AssetIx(self.root[asset.index()])
    }

    fn size(&self, root: AssetIx) -> u32 {
        self.size[root.index()]
    }

    fn members(&self, root: AssetIx) -> impl Iterator<Item = AssetIx> {
        let after = |at: &u32| Some(self.next[*at as usize]).filter(|next| next != at);
        std::iter::successors(Some(root.0), after).map(AssetIx)
    }

    fn are_linked(&self, a: AssetIx, b: AssetIx) -> bool {
        self.bound.binary_search(&Forest::pair(a, b)).is_ok()
    }

    /// Moves the smaller cluster into the larger, behind its members.
    fn merge(&mut self, a: AssetIx, b: AssetIx, link: u32) {
        let (into, from) = if self.size(a) >= self.size(b) { (a, b) } else { (b, a) };
        let mut at = from.index();
        loop {
            self.root[at] = into.0;
            let next = self.next[at] as usize;
            if next == at {
                break;
            }
            at = next;
        }
        let end = self.last[into.index()] as usize;
        self.next[end] = from.0;
        self.last[into.index()] = self.last[from.index()];
        self.size[into.index()] += self.size[from.index()];
        self.weakest[into.index()] = link;
    }

    fn into_clusters(self, features: &Features<'_>, links: &[Link]) -> Vec<Cluster> {
        // A bit per relation that binds a cluster, by root.
        let mut relations = vec![0u8; self.root.len()];
        for link in links.iter().filter(|l| l.binds) {
            let root = self.root(link.left);
            if root == self.root(link.right) {
                relations[root.index()] |= 1 << link.relation as u8;
            }
        }
        let cluster = |(at, &bits): (usize, &u8)| {
            let mut members: Vec<AssetIx> = self.members(AssetIx(at as u32)).collect();
            members.sort_unstable_by_key(|&m| features.rank(m));
            let binds = |relation: &Relation| bits >> *relation as u8 & 1 == 1;
            Cluster {
                id: format!("c:{}", features.asset(members[0]).id()),
                survivor: survivor(features, &members),
                members,
                relations: Relation::ALL.iter().copied().filter(binds).collect(),
                weakest: self.weakest[at] as usize,
            }
        };
        let roots = relations.par_iter().enumerate().filter(|(_, bits)| **bits != 0);
        let mut clusters: Vec<Cluster> = roots.map(cluster).collect();
        clusters.par_sort_unstable_by_key(|c| features.rank(c.members[0]));
        clusters
    }
}

/// The one to keep, by this order: in use before anything else, filed, higher level, more users, updated
/// last, smaller id.
fn survivor(features: &Features<'_>, members: &[AssetIx]) -> AssetIx {
    use crate::model::{Field, Status};
    let merit = |&ix: &AssetIx| {
        let asset = features.asset(ix);
        let users = [Field::UserCount, Field::Followers, Field::MemberCount];
        (
            matches!(asset.meaning().status, Status::Active | Status::Unknown),
            !asset.text(Field::FilingNoCac).is_empty(),
            std::cmp::Reverse(asset.meaning().level),
            users.into_iter().find_map(|f| asset.value(f).as_count()),
            asset.value(Field::LastUpdate).as_date(),
            std::cmp::Reverse(features.rank(ix)),
        )
    };
    members.iter().copied().max_by_key(merit).unwrap_or_default()
}
