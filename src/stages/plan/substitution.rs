//! Who may go into whom, and what keeping each costs: the open items as problems for `solve`.
//!
//! For: redundancy inside clusters, platforms above, and accounts beyond a cap. Not for: questions that people must
//! answer (`decide`). Invariant: an item goes only where each of its tasks is done by what stays, for its place and
//! audience; the tasks of an item that a person lets go are served as long as anything related can serve them.

use super::capped::{Part, solve_all};
use super::decide::Draft;
use super::evidence::users;
use super::solve::{Cost, Problem, sum};
use super::ways::{Need, WAYS};
use crate::model::{
    ActionKind, AssetIx, Components, FunctionId, Kind, Message, Relation, Review, Status, Target,
};
use std::collections::{BTreeMap, BTreeSet};

/// Needs as the items that can serve each; the first are those of the open items, the others are owed to items that go.
struct Demand {
    needs: Vec<Vec<AssetIx>>,
    /// Items that can go somewhere.
    free: BTreeSet<AssetIx>,
}

impl Draft<'_> {
    /// Decides which open items stay and where the others go, part by part.
    pub(super) fn settle_redundant(&mut self) -> Components {
        let open = self.open();
        let ways: Vec<Vec<Need>> = open.iter().map(|&asset| self.ways_out(asset)).collect();
        let demand = self.demand(&open, &ways);
        let groups: Vec<(Vec<AssetIx>, Vec<Vec<AssetIx>>)> = connected(&open, demand)
            .into_iter()
            .map(|(items, needs)| (self.ranked(items.into_iter()), needs))
            .collect();
        let problems: Vec<Part> = groups.iter().map(|(items, needs)| self.part(items, needs)).collect();
        let (anyway, most) = self.limits(groups.iter().flat_map(|(items, _)| items));
        let found = solve_all(&problems, &anyway, &most);
        let (mut parts, mut gone) = (Components::default(), BTreeSet::new());
        for ((items, _), found) in groups.iter().zip(found) {
            parts.count += 1;
            parts.proven += usize::from(found.proven);
            parts.largest = parts.largest.max(items.len());
            let gap = sum(found.cost, found.bound.map(|level| -level));
            parts.gap = sum(parts.gap, self.inputs.wishes.usual(gap));
            for (asset, kept) in items.iter().zip(&found.kept) {
                if *kept {
                    self.chosen[asset.index()] = true;
                } else {
                    gone.insert(*asset);
                }
            }
        }
        let send: Vec<(AssetIx, Vec<Need>)> =
            open.iter().copied().zip(ways).filter(|(asset, _)| gone.contains(asset)).collect();
        for (asset, mut needs) in send {
            for need in &mut needs {
                need.others.retain(|by| !gone.contains(by));
            }
            self.send(asset, &needs);
        }
        self.settle_owed(&gone);
        parts
    }

    /// The needs that what is open must serve.
    fn demand(&self, open: &[AssetIx], ways: &[Vec<Need>]) -> Demand {
        let mut demand = Demand { needs: Vec::new(), free: BTreeSet::new() };
        let is_settled = |need: &Need| need.is_above || need.others.iter().any(|&by| !self.is_open(by));
        for (&asset, needs) in open.iter().zip(ways) {
            if needs.is_empty() {
                demand.needs.push(vec![asset]);
                continue;
            }
            demand.free.insert(asset);
            for need in needs.iter().filter(|need| !is_settled(need)) {
                demand.needs.push(need.others.iter().copied().chain([asset]).collect());
            }
        }
        for asset in self.let_go() {
            let needs = self.needs(asset);
            let target = self.target(asset);
            let owed = needs.iter().filter(|need| {
                need.function.is_some()
                    && !need.others.is_empty()
                    && !is_settled(need)
                    && !target.is_some_and(|by| self.does(by, need.function))
            });
            demand.needs.extend(owed.map(|need| need.others.clone()));
        }
        demand
    }

    /// Working items that a person lets go: what they do is still needed.
    fn let_go(&self) -> Vec<AssetIx> {
        if self.inputs.pins.is_empty() {
            return Vec::new();
        }
        let works = |ix: &AssetIx| {
            matches!(self.inputs.assets.get(*ix).meaning().status, Status::Active | Status::Unknown)
        };
        let all = (0..self.inputs.assets.len() as u32).map(AssetIx);
        all.filter(|&ix| self.is_pinned_away(ix)).filter(works).collect()
    }

    fn does(&self, by: AssetIx, function: Option<FunctionId>) -> bool {
        function.is_none_or(|function| self.inputs.assets.get(by).functions().contains(&function))
    }

    /// Names those that serve what the target of a person's own choice does not do.
    fn settle_owed(&mut self, gone: &BTreeSet<AssetIx>) {
        for asset in self.let_go() {
            let target = self.target(asset);
            let mut needs = self.needs(asset);
            needs.retain(|need| {
                need.function.is_some() && !target.is_some_and(|by| self.does(by, need.function))
            });
            for need in &mut needs {
                need.others.retain(|by| !gone.contains(by) && self.stays(*by));
            }
            needs.retain(|need| !need.others.is_empty());
            let others = self.together(asset, &needs);
            self.set_also(asset, others);
        }
    }

    /// A part as a problem to solve.
    fn part(&self, items: &[AssetIx], needs: &[Vec<AssetIx>]) -> Part {
        let wishes = self.inputs.wishes;
        let place: BTreeMap<AssetIx, usize> =
            items.iter().enumerate().map(|(at, &asset)| (asset, at)).collect();
        let servers = |need: &Vec<AssetIx>| need.iter().filter_map(|by| place.get(by).copied()).collect();
        let costs = items.iter().enumerate().map(|(rank, &asset)| wishes.arranged(self.cost(asset, rank)));
        let is_barred = |asset| wishes.barred.contains(asset);
        let problem = Problem {
            costs: costs.collect(),
            needs: needs.iter().map(servers).collect(),
            barred: if items.iter().any(is_barred) { items.iter().map(is_barred).collect() } else { vec![] },
            limits: Vec::new(),
        };
        Part { problem, caps: items.iter().map(|&asset| wishes.caps_of(asset)).collect() }
    }

    /// Of each cap, how many stay whatever the parts decide, and how many may.
    fn limits<'i>(&self, chosen: impl Iterator<Item = &'i AssetIx>) -> (Vec<usize>, Vec<usize>) {
        let caps = &self.inputs.wishes.caps;
        if caps.is_empty() {
            return (Vec::new(), Vec::new());
        }
        let chosen: BTreeSet<&AssetIx> = chosen.collect();
        let stays = |asset: &&AssetIx| !chosen.contains(asset) && self.stays(**asset);
        let anyway = caps.iter().map(|cap| cap.members.iter().filter(stays).count());
        (anyway.collect(), caps.iter().map(|cap| cap.most).collect())
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
        let burden = self.inputs.wishes.aims.weights.of(meaning);
        [i64::try_from(burden).unwrap_or(i64::MAX), 1, -moved, i64::from(to_repair), rank]
    }

    /// Sends an item into the best of those that stay and can take all of it in, else into several together.
    fn send(&mut self, asset: AssetIx, needs: &[Need]) {
        for (relation, action, reason) in WAYS {
            let along = self.known.related(asset, relation).filter(|by| {
                needs.iter().all(|need| need.others.contains(by)) && self.may_take(asset, *by, relation)
            });
            if let Some(by) = self.best(along.collect::<Vec<_>>().into_iter()) {
                self.replace(asset, by, action, reason);
                return;
            }
        }
        if self.inputs.platform_above(asset).is_some() {
            self.migrate(asset);
            return;
        }
        let targets = self.together(asset, needs);
        let Some((main, ..)) = targets.first().cloned() else { return };
        let action = match main {
            Target::Asset(by) => self.way(asset, by),
            Target::Platform(_) => ActionKind::Migrate,
        };
        let parts: Vec<String> = targets
            .iter()
            .map(|(target, functions)| {
                format!("{}（{}）", self.target_label(target), self.function_names(functions))
            })
            .collect();
        let reason = Message::new("reason.joint").with("targets", parts.join("、"));
        for (target, _) in &targets {
            if let Target::Asset(by) = target {
                self.hosts[by.index()] = true;
            }
        }
        self.set(asset, action, reason).target = Some(main);
        self.set_also(asset, targets.into_iter().skip(1).collect());
    }

    /// What going into an item is called, by the plainest relation that allows it.
    fn way(&self, asset: AssetIx, by: AssetIx) -> ActionKind {
        let fits = |(relation, ..): &&(Relation, ActionKind, &str)| {
            self.known.related(asset, *relation).any(|other| other == by)
                && self.may_take(asset, by, *relation)
        };
        WAYS.iter().find(fits).map_or(ActionKind::Merge, |(_, action, _)| *action)
    }

    /// Those that serve the needs of an item together, who serves most first, with what each serves.
    fn together(&self, asset: AssetIx, needs: &[Need]) -> Vec<(Target, Vec<FunctionId>)> {
        let mut left: Vec<&Need> = needs.iter().filter(|need| !need.others.is_empty()).collect();
        let mut targets = Vec::new();
        while !left.is_empty() {
            let servers: BTreeSet<AssetIx> =
                left.iter().flat_map(|need| need.others.iter().copied()).collect();
            let served = |by: AssetIx| left.iter().filter(|need| need.others.contains(&by)).count();
            let Some(by) = servers.into_iter().max_by_key(|&by| (served(by), self.preference(by))) else {
                break;
            };
            let (here, rest): (Vec<&Need>, Vec<&Need>) =
                left.into_iter().partition(|need| need.others.contains(&by));
            targets.push((Target::Asset(by), here.iter().filter_map(|need| need.function).collect()));
            left = rest;
        }
        let mut above: Vec<FunctionId> =
            needs.iter().filter(|need| need.others.is_empty()).filter_map(|need| need.function).collect();
        for covered in self.inputs.above(asset) {
            let (here, rest): (Vec<FunctionId>, Vec<FunctionId>) =
                above.into_iter().partition(|function| covered.functions.contains(function));
            if !here.is_empty() {
                targets.push((Target::Platform(covered.platform.clone()), here));
            }
            above = rest;
        }
        targets
    }
}

/// The connected parts in which something may go: their items and the needs that these must serve.
fn connected(open: &[AssetIx], demand: Demand) -> Vec<(Vec<AssetIx>, Vec<Vec<AssetIx>>)> {
    let mut parent: Vec<usize> = (0..open.len()).collect();
    let place = |asset: &AssetIx| open.binary_search(asset).ok();
    for need in &demand.needs {
        let mut servers = need.iter().filter_map(place);
        let Some(first) = servers.next() else { continue };
        for other in servers {
            let (a, b) = (root(&mut parent, first), root(&mut parent, other));
            parent[a.max(b)] = a.min(b);
        }
    }
    let mut parts: BTreeMap<usize, (Vec<AssetIx>, Vec<Vec<AssetIx>>)> = BTreeMap::new();
    for (at, asset) in open.iter().enumerate() {
        parts.entry(root(&mut parent, at)).or_default().0.push(*asset);
    }
    for need in demand.needs {
        let at = need.first().and_then(place).map(|at| root(&mut parent, at));
        if let Some(part) = at.and_then(|root| parts.get_mut(&root)) {
            part.1.push(need);
        }
    }
    let has_choice = |(items, _): &(Vec<AssetIx>, _)| items.iter().any(|asset| demand.free.contains(asset));
    parts.into_values().filter(has_choice).collect()
}

fn root(parent: &mut [usize], mut at: usize) -> usize {
    while parent[at] != at {
        parent[at] = parent[parent[at]];
        at = parent[at];
    }
    at
}
