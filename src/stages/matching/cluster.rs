//! From links to clusters, without chains.
//!
//! Constrained agglomeration: binding links are taken from the strongest down; two clusters merge only
//! if no person said *different* about any two members, no two members veto each other, and the members
//! of both are linked to each other on the whole (half of the cross pairs at least). One weak link
//! between two tight groups therefore does not merge them, which single linkage would do.

use super::compare::Levels;
use super::features::Features;
use super::{Link, Parameters, relate, score};
use crate::model::{AssetIx, AssetTable, Cluster, Judgement, Relation};
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

/// Most cross pairs looked at for one merge: those of two clusters of a dozen, far above real ones. Past it, the
/// first members stand for their cluster, so that a hundred thousand equal names end in seconds.
const MOST_CROSS_PAIRS: usize = 144;

/// People's judgements by asset.
#[derive(Default)]
pub(super) struct Judged {
    same: Vec<(AssetIx, AssetIx)>,
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
                judged.same.push(pair);
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
    pub(super) fn apart(self) -> std::collections::BTreeSet<(AssetIx, AssetIx)> {
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

    fn is_same(&self, link: &Link) -> bool {
        let pair = (link.left.min(link.right), link.left.max(link.right));
        self.same.contains(&pair)
    }
}

/// Clusters of two and more, ordered by id, from links in their output order.
pub(super) fn clusters(features: &Features<'_>, links: &[Link], judged: &Judged) -> Vec<Cluster> {
    let mut forest = Forest::new(links);
    let mut order: Vec<usize> = (0..links.len()).filter(|&i| links[i].binds).collect();
    order.sort_unstable_by(|&i, &j| {
        let key = |l: &Link| (features.rank(l.left), features.rank(l.right));
        let (a, b) = (&links[i], &links[j]);
        let by_person = judged.is_same(b).cmp(&judged.is_same(a));
        by_person.then(b.weight.total_cmp(&a.weight)).then_with(|| key(a).cmp(&key(b)))
    });
    for index in order {
        let link = &links[index];
        let (left, right) = (forest.root(link.left), forest.root(link.right));
        if left != right && may_merge(features, &forest, judged, link, left, right) {
            forest.merge(left, right, index);
        }
    }
    forest.into_clusters(features, links)
}

/// Whether the clusters of a link's two ends belong together.
fn may_merge(
    features: &Features<'_>,
    forest: &Forest,
    judged: &Judged,
    link: &Link,
    left: AssetIx,
    right: AssetIx,
) -> bool {
    let (left, right) = (forest.members(left), forest.members(right));
    let forced = judged.is_same(link);
    if left.len() == 1 && right.len() == 1 && !judged.are_different(link.left, link.right) {
        return true;
    }
    let (mut linked, mut seen) = (0, 0);
    for &a in left {
        for &b in right {
            if judged.are_different(a, b) || !forced && !relate::may_stand_together(features, a, b) {
                return false;
            }
            seen += 1;
            linked += usize::from(forest.are_linked(a, b));
            if seen == MOST_CROSS_PAIRS {
                return forced || linked * 2 >= seen;
            }
        }
    }
    forced || linked * 2 >= seen
}

/// Clusters being built: members by root.
struct Forest {
    root: FxHashMap<AssetIx, AssetIx>,
    members: FxHashMap<AssetIx, Vec<AssetIx>>,
    /// Index of the last link that merged each cluster: its weakest, since links come strongest first.
    weakest: FxHashMap<AssetIx, usize>,
    bound: FxHashSet<(AssetIx, AssetIx)>,
}

impl Forest {
    fn new(links: &[Link]) -> Forest {
        let mut forest = Forest {
            root: FxHashMap::default(),
            members: FxHashMap::default(),
            weakest: FxHashMap::default(),
            bound: FxHashSet::default(),
        };
        for link in links.iter().filter(|l| l.binds) {
            forest.bound.insert((link.left.min(link.right), link.left.max(link.right)));
            for end in [link.left, link.right] {
                forest.root.insert(end, end);
                forest.members.insert(end, vec![end]);
            }
        }
        forest
    }

    fn root(&self, asset: AssetIx) -> AssetIx {
        self.root[&asset]
    }

    fn members(&self, root: AssetIx) -> &[AssetIx] {
        &self.members[&root]
    }

    fn are_linked(&self, a: AssetIx, b: AssetIx) -> bool {
        self.bound.contains(&(a.min(b), a.max(b)))
    }

    /// Moves the smaller cluster into the larger.
    fn merge(&mut self, a: AssetIx, b: AssetIx, link: usize) {
        let (into, from) = if self.members[&a].len() >= self.members[&b].len() { (a, b) } else { (b, a) };
        let moved = self.members.remove(&from).unwrap_or_default();
        for &asset in &moved {
            self.root.insert(asset, into);
        }
        self.members.entry(into).or_default().extend(moved);
        self.weakest.insert(into, link);
    }

    fn into_clusters(self, features: &Features<'_>, links: &[Link]) -> Vec<Cluster> {
        let mut clusters: FxHashMap<AssetIx, Cluster> = FxHashMap::default();
        for link in links.iter().filter(|l| l.binds) {
            let root = self.root[&link.left];
            if root != self.root[&link.right] {
                continue;
            }
            let cluster = clusters.entry(root).or_insert_with(|| {
                let mut members = self.members[&root].clone();
                members.sort_unstable_by_key(|&m| features.rank(m));
                Cluster {
                    id: format!("c:{}", features.asset(members[0]).id()),
                    survivor: survivor(features, &members),
                    members,
                    relations: Vec::new(),
                    weakest: self.weakest[&root],
                }
            });
            if !cluster.relations.contains(&link.relation) {
                cluster.relations.push(link.relation);
            }
        }
        let mut clusters: Vec<Cluster> = clusters.into_values().collect();
        clusters.sort_unstable_by_key(|c| features.rank(c.members[0]));
        for cluster in &mut clusters {
            cluster.relations.sort_unstable();
        }
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
