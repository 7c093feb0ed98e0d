//! Who may go into whom, and what keeping each costs: the open items as problems for `solve`.
//!
//! For: redundancy inside clusters, platforms above, and accounts beyond a cap. Not for: questions that people must
//! answer (`decide`). Invariant: an item may go into another only along a relation that was found, where the other does
//! all its tasks for its place and audience; what is protected goes nowhere.

use super::capped::{Part, solve_all};
use super::decide::Draft;
use super::evidence::users;
use super::objective::burden;
use super::protect::is_protected;
use super::solve::{Cost, Problem, sum};
use crate::model::{ActionKind, AssetIx, Components, Kind, Relation, Review};
use std::collections::{BTreeMap, BTreeSet};

/// Relations along which items go, the plainest reason first.
const WAYS: [(Relation, ActionKind, &str); 4] = [
    (Relation::Overlap, ActionKind::Merge, "reason.overlap"),
    (Relation::SameTask, ActionKind::Dissolve, "reason.same-task"),
    (Relation::CoveredAbove, ActionKind::Migrate, "reason.covered-above"),
    (Relation::SamePlatform, ActionKind::Merge, "reason.same-platform"),
];

impl Draft<'_> {
    /// Decides which open items stay and where the others go, part by part.
    pub(super) fn settle_redundant(&mut self) -> Components {
        let open = self.open();
        let ways: Vec<Vec<AssetIx>> = open.iter().map(|&asset| self.ways_out(asset)).collect();
        let above: Vec<bool> = open.iter().map(|&asset| self.is_covered(asset)).collect();
        let groups: Vec<Vec<AssetIx>> = connected(&open, &ways, &above)
            .into_iter()
            .map(|part| self.ranked(part.iter().map(|&at| open[at])))
            .collect();
        let out = |asset: &AssetIx| &ways[open.partition_point(|other| other < asset)];
        let problems: Vec<Part> = groups.iter().map(|items| self.part(items, &out)).collect();
        let (anyway, most) = self.limits(&groups);
        let found = solve_all(&problems, &anyway, &most);
        let (mut parts, mut sent) = (Components::default(), Vec::new());
        for (items, found) in groups.iter().zip(found) {
            parts.count += 1;
            parts.proven += usize::from(found.proven);
            parts.largest = parts.largest.max(items.len());
            let gap = sum(found.cost, found.bound.map(|level| -level));
            parts.gap = sum(parts.gap, self.inputs.wishes.usual(gap));
            let place: BTreeSet<&AssetIx> = items.iter().collect();
            let stays: BTreeSet<AssetIx> =
                items.iter().zip(&found.kept).filter(|(_, kept)| **kept).map(|(asset, _)| *asset).collect();
            for asset in &stays {
                self.chosen[asset.index()] = true;
            }
            for asset in items.iter().filter(|asset| !stays.contains(asset)) {
                let takers = out(asset).iter().copied();
                let takers: Vec<AssetIx> =
                    takers.filter(|by| !place.contains(by) || stays.contains(by)).collect();
                sent.push((*asset, takers));
            }
        }
        for (asset, takers) in sent {
            self.send(asset, &takers);
        }
        parts
    }

    /// Whether a platform above, in nobody's inventory, may take the item in.
    fn is_covered(&self, asset: AssetIx) -> bool {
        !self.hosts[asset.index()]
            && self.inputs.platform_above(asset).is_some()
            && !is_protected(self.inputs.assets.get(asset), self.inputs.lexicon)
    }

    /// A part as a problem to solve.
    fn part<'w>(&self, items: &[AssetIx], out: &impl Fn(&AssetIx) -> &'w Vec<AssetIx>) -> Part {
        let wishes = self.inputs.wishes;
        let place: BTreeMap<AssetIx, usize> =
            items.iter().enumerate().map(|(at, &asset)| (asset, at)).collect();
        let takers = |asset| out(asset).iter().filter_map(|taker| place.get(taker).copied()).collect();
        let costs = items.iter().enumerate().map(|(rank, &asset)| wishes.arranged(self.cost(asset, rank)));
        let is_barred = |asset| wishes.barred.contains(asset);
        let problem = Problem {
            costs: costs.collect(),
            takers: items.iter().map(takers).collect(),
            served: items
                .iter()
                .map(|asset| self.is_covered(*asset) || out(asset).iter().any(|&by| !self.is_open(by)))
                .collect(),
            barred: if items.iter().any(is_barred) { items.iter().map(is_barred).collect() } else { vec![] },
            limits: Vec::new(),
        };
        Part { problem, caps: items.iter().map(|&asset| wishes.caps_of(asset)).collect() }
    }

    /// Of each cap, how many stay whatever the parts decide, and how many may.
    fn limits(&self, groups: &[Vec<AssetIx>]) -> (Vec<usize>, Vec<usize>) {
        let caps = &self.inputs.wishes.caps;
        if caps.is_empty() {
            return (Vec::new(), Vec::new());
        }
        let chosen: BTreeSet<&AssetIx> = groups.iter().flatten().collect();
        let stays = |asset: &&AssetIx| !chosen.contains(asset) && self.stays(**asset);
        let anyway = caps.iter().map(|cap| cap.members.iter().filter(stays).count());
        (anyway.collect(), caps.iter().map(|cap| cap.most).collect())
    }

    /// The items this one may go into.
    fn ways_out(&self, asset: AssetIx) -> Vec<AssetIx> {
        let item = self.inputs.assets.get(asset);
        if self.hosts[asset.index()] || is_protected(item, self.inputs.lexicon) {
            return Vec::new();
        }
        let mut takers: Vec<AssetIx> = WAYS
            .iter()
            .flat_map(|&(relation, _, _)| self.known.related(asset, relation).map(move |by| (relation, by)))
            .filter(|&(relation, by)| self.may_go(asset, by, relation))
            .map(|(_, by)| by)
            .collect();
        takers.sort_unstable();
        takers.dedup();
        takers
    }

    fn may_go(&self, asset: AssetIx, by: AssetIx, relation: Relation) -> bool {
        let depth = |ix: AssetIx| self.inputs.assets.get(ix).meaning().level.depth();
        let fits = match relation {
            Relation::CoveredAbove => depth(by) < depth(asset),
            // The cap is worded 原则上: only the neglected go by themselves, unless the policy enforces it.
            Relation::SamePlatform => self.inputs.enforce_caps || self.is_neglected(asset),
            _ => true,
        };
        fits && self.stays(by) && self.reaches(asset, by) && self.lost_without(asset, by).is_empty()
    }

    /// The items of a part, those that people know best first: the last level of the objective.
    fn ranked(&self, items: impl Iterator<Item = AssetIx>) -> Vec<AssetIx> {
        let mut items: Vec<AssetIx> = items.collect();
        items.sort_by(|&a, &b| self.preference(b).cmp(&self.preference(a)));
        items
    }

    fn cost(&self, asset: AssetIx, rank: usize) -> Cost {
        let meaning = self.inputs.assets.get(asset).meaning();
        let mut repairs = self.known.to_repair(asset).peekable();
        let to_repair = repairs.peek().is_some() && !repairs.all(|finding| finding.review != Review::None);
        // Who is in a group is in its twin as well; nobody moves.
        let users = if meaning.kind == Kind::Group { 0 } else { users(self.inputs.assets, asset) };
        let moved = i64::try_from(users).unwrap_or(i64::MAX);
        let rank = i64::try_from(rank).unwrap_or(i64::MAX);
        [i64::try_from(burden(meaning)).unwrap_or(i64::MAX), 1, -moved, i64::from(to_repair), rank]
    }

    /// Sends an item into the best of those that stay and may take it in.
    fn send(&mut self, asset: AssetIx, takers: &[AssetIx]) {
        for (relation, action, reason) in WAYS {
            let along = takers.iter().copied().filter(|&by| {
                self.known.related(asset, relation).any(|other| other == by)
                    && self.may_go(asset, by, relation)
            });
            if let Some(by) = self.best(along.collect::<Vec<_>>().into_iter()) {
                self.replace(asset, by, action, reason);
                return;
            }
        }
        self.migrate(asset);
    }
}

/// The connected parts in which something may go, as positions in `open`.
fn connected(open: &[AssetIx], ways: &[Vec<AssetIx>], above: &[bool]) -> Vec<Vec<usize>> {
    let mut parent: Vec<usize> = (0..open.len()).collect();
    for (at, takers) in ways.iter().enumerate() {
        for taker in takers {
            let Ok(other) = open.binary_search(taker) else { continue };
            let (a, b) = (root(&mut parent, at), root(&mut parent, other));
            parent[a.max(b)] = a.min(b);
        }
    }
    let mut parts: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for at in 0..open.len() {
        let root = root(&mut parent, at);
        parts.entry(root).or_default().push(at);
    }
    parts.into_values().filter(|part| part.iter().any(|&at| above[at] || !ways[at].is_empty())).collect()
}

fn root(parent: &mut [usize], mut at: usize) -> usize {
    while parent[at] != at {
        parent[at] = parent[parent[at]];
        at = parent[at];
    }
    at
}
