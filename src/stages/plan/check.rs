//! The independent verifier: re-derives every constraint from the inputs alone.
//!
//! For: refusing a plan that breaks a promise, whoever made it. Not for: making one; it shares no code
//! with `decide`. A plan that passes may still not be the best.

use super::Inputs;
use crate::model::{
    Action, ActionKind, AssetIx, AssetRef, Audience, Field, Kind, Plan, Relation, Status, Target,
};
use std::collections::{BTreeMap, BTreeSet};

/// A broken promise.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Violation {
    /// Not exactly one action for each asset in table order.
    #[error("asset {0} has no action of its own")]
    Missing(String),
    /// An action on an item that is out of scope or closed, or `none` on one that is neither nor a
    /// second listing.
    #[error("{0}: {1} does not fit its state")]
    WrongState(String, ActionKind),
    /// A pin was not obeyed.
    #[error("{0} is pinned to {1}")]
    Pin(String, ActionKind),
    /// A target that does not stay, is of another kind, or that nothing relates to the asset.
    #[error("{0} cannot go into {1}")]
    Target(String, String),
    /// A function that nobody serves any more.
    #[error("{0}: nothing kept serves {1}")]
    Lost(String, String),
    /// A security or emergency system taken out by machine.
    #[error("{0} is protected")]
    Protected(String),
    /// A referral without a question, or a reason without words.
    #[error("{0} has no reason")]
    Unexplained(String),
    /// More stay than a cap allows, or than it was raised to.
    #[error("{0} of cap {1} stay")]
    Cap(usize, usize),
    /// An action that does not wait for what must come before it.
    #[error("{0} does not wait for {1}")]
    Order(String, String),
    /// An action that waits for itself, round the corner.
    #[error("{0} waits for itself")]
    Circle(String),
}

/// Checks a plan. Returns every violation, in table order.
pub fn verify(inputs: &Inputs<'_>, plan: &Plan) -> Result<(), Vec<Violation>> {
    let actions = plan.actions.as_slice();
    let mut neighbours = vec![Vec::new(); inputs.assets.len()];
    for pair in inputs.pairs {
        neighbours[pair.left.index()].push((pair.right, pair.relation));
        neighbours[pair.right.index()].push((pair.left, pair.relation));
    }
    let ended = inputs.findings.iter().filter(|f| f.rule == "group-task-ended-not-dissolved");
    let over = ended.filter_map(|f| f.asset).collect();
    let check = Check { inputs, actions, neighbours, over };
    let mut faults = Vec::new();
    if actions.len() != inputs.assets.len() {
        return Err(vec![Violation::Missing(format!("{} of {}", actions.len(), inputs.assets.len()))]);
    }
    for (index, asset) in inputs.assets.iter().enumerate() {
        if actions[index].asset == asset.ix {
            check.one(asset, &actions[index], &mut faults);
        } else {
            faults.push(Violation::Missing(asset.id().to_owned()));
        }
    }
    check.caps(&plan.caps, &mut faults);
    faults.extend(check.circle().map(|asset| Violation::Circle(inputs.assets.get(asset).id().to_owned())));
    if faults.is_empty() { Ok(()) } else { Err(faults) }
}

struct Check<'a> {
    inputs: &'a Inputs<'a>,
    actions: &'a [Action],
    neighbours: Vec<Vec<(AssetIx, Relation)>>,
    /// Groups whose task is over.
    over: BTreeSet<AssetIx>,
}

impl Check<'_> {
    /// Whether of each cap no more stay than it allows, or than the plan says could not be avoided.
    fn caps(&self, raised: &[usize], faults: &mut Vec<Violation>) {
        for (at, cap) in self.inputs.wishes.caps.iter().enumerate() {
            let left = cap.members.iter().filter(|ix| self.actions[ix.index()].kind.leaves()).count();
            if left > cap.most && raised.get(at).is_none_or(|most| left > *most) {
                faults.push(Violation::Cap(left, at));
            }
        }
    }

    /// An item whose action waits for itself, if there is one: what waits for nothing is taken away until nothing is left.
    fn circle(&self) -> Option<AssetIx> {
        let mut waiting: Vec<usize> = self.actions.iter().map(|action| action.waits_for.len()).collect();
        let mut followers = vec![Vec::new(); self.actions.len()];
        for action in self.actions {
            action.waits_for.iter().for_each(|before| followers[before.index()].push(action.asset));
        }
        let mut done: Vec<usize> = (0..waiting.len()).filter(|&at| waiting[at] == 0).collect();
        while let Some(at) = done.pop() {
            for follower in &followers[at] {
                waiting[follower.index()] -= 1;
                if waiting[follower.index()] == 0 {
                    done.push(follower.index());
                }
            }
        }
        waiting.iter().position(|&left| left > 0).map(|at| self.actions[at].asset)
    }

    /// Whether an action waits for the repair of whatever it goes into or may go into, and for questions about it.
    fn waits(&self, action: &Action) -> Option<AssetIx> {
        let asset = |target: &Target| if let Target::Asset(by) = target { Some(*by) } else { None };
        let before = targets(action).filter_map(asset).chain(action.proposal.and_then(|(_, by)| by));
        let is_unsettled =
            |by: &AssetIx| matches!(self.actions[by.index()].kind, ActionKind::KeepFix | ActionKind::Refer);
        before.filter(is_unsettled).find(|by| !action.waits_for.contains(by))
    }

    fn one(&self, asset: AssetRef<'_>, action: &Action, faults: &mut Vec<Violation>) {
        let id = || asset.id().to_owned();
        let pin = self.pin(asset);
        if let Some(pinned) = pin
            && pinned != action.kind
        {
            faults.push(Violation::Pin(id(), pinned));
        }
        if self.ignores_target(asset, action) {
            faults.push(Violation::Target(id(), self.target_name(action)));
        }
        if action.reason.key.is_empty()
            || action.kind == ActionKind::Refer && action.question.is_none() && pin.is_none()
        {
            faults.push(Violation::Unexplained(id()));
        }
        if let Some(before) = self.waits(action) {
            faults.push(Violation::Order(id(), self.name(&Target::Asset(before))));
        }
        if !self.state_fits(asset, action) {
            faults.push(Violation::WrongState(id(), action.kind));
        }
        let needs_target = action.kind.has_target() && action.target.is_none();
        let unfit = targets(action).find(|target| !self.target_fits(asset, action, target));
        if pin.is_none() && (needs_target || unfit.is_some()) {
            faults.push(Violation::Target(id(), unfit.map_or(String::from("—"), |t| self.name(t))));
        }
        let goes = !action.kind.leaves() && action.kind != ActionKind::None;
        if goes && pin.is_none() {
            if self.is_special(asset) {
                faults.push(Violation::Protected(id()));
            }
            faults.extend(self.lost(asset, action).into_iter().map(|f| Violation::Lost(id(), f)));
        }
        if goes && pin.is_some() {
            faults.extend(self.wasted(asset, action).into_iter().map(|f| Violation::Lost(id(), f)));
        }
    }

    fn pin(&self, asset: AssetRef<'_>) -> Option<ActionKind> {
        let in_scope = in_scope(asset) && asset.meaning().status != Status::Closed;
        self.inputs.pins.iter().find(|p| in_scope && p.asset == asset.id()).map(|p| p.action)
    }

    /// Whether a person said where the item goes, and it goes elsewhere or to what does not stay.
    fn ignores_target(&self, asset: AssetRef<'_>, action: &Action) -> bool {
        let pin = self.inputs.pins.iter().find(|p| p.asset == asset.id());
        let Some(wanted) = pin.and_then(|p| p.target.as_ref()).filter(|_| self.pin(asset).is_some()) else {
            return false;
        };
        let stays = |ix: AssetIx| self.actions[ix.index()].kind.leaves();
        *wanted != self.target_name(action) || matches!(action.target, Some(Target::Asset(ix)) if !stays(ix))
    }

    fn state_fits(&self, asset: AssetRef<'_>, action: &Action) -> bool {
        let over = !in_scope(asset) || asset.meaning().status == Status::Closed;
        if action.kind == ActionKind::None {
            over || self.pin(asset).is_some() || self.is_counted_elsewhere(asset.ix)
        } else {
            !over
        }
    }

    /// Whether this is one of several listings of a thing, another of which has an action of its own.
    fn is_counted_elsewhere(&self, asset: AssetIx) -> bool {
        let mut seen = BTreeSet::from([asset]);
        let mut open = vec![asset];
        while let Some(listing) = open.pop() {
            for &(other, relation) in &self.neighbours[listing.index()] {
                let pair = (asset.min(other), asset.max(other));
                if relation == Relation::Same && !self.inputs.apart.contains(&pair) && seen.insert(other) {
                    if self.actions[other.index()].kind != ActionKind::None {
                        return true;
                    }
                    open.push(other);
                }
            }
        }
        false
    }

    fn target_fits(&self, asset: AssetRef<'_>, action: &Action, target: &Target) -> bool {
        let target = match target {
            Target::Asset(target) => *target,
            Target::Platform(name) => {
                let is_main = action.target.as_ref() == Some(target);
                return (action.kind == ActionKind::Migrate || !is_main) && self.is_listed(asset, name);
            }
        };
        let is_main = action.target == Some(Target::Asset(target));
        let allowed: &[Relation] = match action.kind {
            ActionKind::Migrate if is_main => &[Relation::CoveredAbove],
            _ if is_main => &[Relation::Overlap, Relation::SameTask, Relation::SamePlatform],
            _ => &JOINT,
        };
        let is_related = self.relations(asset.ix, target).any(|relation| allowed.contains(&relation));
        let stays = self.actions[target.index()].kind.leaves();
        is_related && stays && self.is_there_for(asset, target)
    }

    /// Relations of two items that a person did not call different.
    fn relations(&self, asset: AssetIx, other: AssetIx) -> impl Iterator<Item = Relation> {
        let is_apart = self.inputs.apart.contains(&(asset.min(other), asset.max(other)));
        let links = self.neighbours[asset.index()].iter();
        links.filter(move |(ix, _)| *ix == other && !is_apart).map(|(_, relation)| *relation)
    }

    /// Whether an item is of the kind of another, and there for its place and people.
    fn is_there_for(&self, asset: AssetRef<'_>, other: AssetIx) -> bool {
        let table = self.inputs.assets;
        let (own, other) = (asset.meaning(), table.get(other).meaning());
        let (place, wider) = (own.place.region, other.place.region);
        other.kind == own.kind
            && (place == wider || table.regions.covers(wider, place))
            && reaches(other.audience, own.audience)
    }

    /// Whether a platform of the list above covers the item for its people.
    fn is_listed(&self, asset: AssetRef<'_>, platform: &str) -> bool {
        let mut listed = self.inputs.covered.iter().filter(|c| c.asset == asset.ix && c.platform == platform);
        listed.any(|covered| reaches(covered.audience, asset.meaning().audience))
    }

    fn target_name(&self, action: &Action) -> String {
        action.target.as_ref().map_or(String::from("—"), |target| self.name(target))
    }

    fn name(&self, target: &Target) -> String {
        match target {
            Target::Asset(ix) => self.inputs.assets.get(*ix).id().to_owned(),
            Target::Platform(name) => name.clone(),
        }
    }

    /// Functions of a working asset that the items it goes into, together, do not serve.
    fn lost(&self, asset: AssetRef<'_>, action: &Action) -> Vec<String> {
        let meaning = asset.meaning();
        if matches!(meaning.status, Status::Stale | Status::Closing)
            || meaning.kind == Kind::Group && self.is_over(asset)
        {
            return Vec::new();
        }
        // Groups are taken in by their people: what must be left is one group for the same task.
        if meaning.kind == Kind::Group {
            let mut neighbours = self.neighbours[asset.ix.index()].iter();
            let is_left = neighbours.any(|&(other, relation)| {
                matches!(relation, Relation::SameTask | Relation::Same)
                    && self.actions[other.index()].kind.leaves()
            });
            return if is_left { Vec::new() } else { vec![String::from("group")] };
        }
        self.unserved(asset, action).into_values().collect()
    }

    /// Functions that none of the targets does.
    fn unserved(&self, asset: AssetRef<'_>, action: &Action) -> BTreeMap<u16, String> {
        let functions = asset.functions().iter().map(|f| (f.0, self.inputs.lexicon.functions.get(*f)));
        let tasks = functions.filter(|(_, function)| function.is_task);
        let mut missing: BTreeMap<u16, String> =
            tasks.map(|(at, function)| (at, function.id.clone())).collect();
        for target in targets(action) {
            match target {
                Target::Asset(by) => {
                    let done = self.inputs.assets.get(*by).functions();
                    missing.retain(|function, _| done.iter().all(|f| f.0 != *function));
                }
                Target::Platform(name) => {
                    let listed =
                        self.inputs.covered.iter().filter(|c| c.asset == asset.ix && c.platform == *name);
                    listed.flat_map(|c| &c.functions).for_each(|f| drop(missing.remove(&f.0)));
                }
            }
        }
        missing
    }

    /// Functions of what a person lets go that the plan takes away although something related could go on doing them.
    fn wasted(&self, asset: AssetRef<'_>, action: &Action) -> Vec<String> {
        let works = |ix: AssetIx| {
            matches!(self.inputs.assets.get(ix).meaning().status, Status::Active | Status::Unknown)
        };
        let is_group = asset.meaning().kind == Kind::Group;
        if is_group || !works(asset.ix) || matches!(action.target, Some(Target::Platform(_))) {
            return Vec::new();
        }
        let table = self.inputs.assets;
        let mut missing = self.unserved(asset, action);
        let related: Vec<AssetIx> = self.neighbours[asset.ix.index()]
            .iter()
            .filter(|(other, _)| self.relations(asset.ix, *other).any(|r| JOINT.contains(&r)))
            .map(|(other, _)| *other)
            .filter(|&other| self.is_there_for(asset, other))
            .collect();
        let does = |ix: AssetIx, function: u16| table.get(ix).functions().iter().any(|f| f.0 == function);
        missing.retain(|&function, _| {
            let stays = |ix: &AssetIx| self.actions[ix.index()].kind.leaves();
            let could = |ix: &AssetIx| {
                !stays(ix)
                    && works(*ix)
                    && self.actions[ix.index()].kind != ActionKind::None
                    && self.pin(table.get(*ix)).is_none()
                    && self.may_have_to_stay(asset, *ix)
            };
            let mut doing = related.iter().filter(|&&ix| does(ix, function));
            let is_served = doing.clone().any(stays);
            !is_served && doing.any(could)
        });
        missing.into_values().collect()
    }

    /// Whether going up or into a sibling account is a way between the two at all.
    fn may_have_to_stay(&self, asset: AssetRef<'_>, other: AssetIx) -> bool {
        let depth = |ix: AssetIx| self.inputs.assets.get(ix).meaning().level.depth();
        self.relations(asset.ix, other).any(|relation| match relation {
            Relation::CoveredAbove => depth(other) < depth(asset.ix),
            Relation::SamePlatform => self.inputs.enforce_caps,
            _ => true,
        })
    }

    /// Whether a finding says that the group's task has ended.
    fn is_over(&self, asset: AssetRef<'_>) -> bool {
        self.over.contains(&asset.ix)
    }

    fn is_special(&self, asset: AssetRef<'_>) -> bool {
        let scenario = asset.text(Field::SpecialScenario);
        let domain = |f| self.inputs.lexicon.functions.get(f).domain.as_str();
        let only_emergency = asset.functions().iter().all(|&f| domain(f) == "emergency");
        let is_app = asset.meaning().kind == Kind::App && !asset.functions().is_empty();
        !matches!(scenario, "" | "无" | "否") || is_app && only_emergency
    }
}

/// Relations along which an item may go into several others together.
const JOINT: [Relation; 4] =
    [Relation::Overlap, Relation::SameTask, Relation::CoveredAbove, Relation::SamePlatform];

/// Everything an item goes into.
fn targets(action: &Action) -> impl Iterator<Item = &Target> {
    action.target.iter().chain(&action.also)
}

fn in_scope(asset: AssetRef<'_>) -> bool {
    matches!(asset.meaning().kind, Kind::App | Kind::Account | Kind::Group)
}

/// Whether an audience includes another. An unknown audience is served by any.
fn reaches(kept: Audience, needed: Audience) -> bool {
    kept == needed || kept == Audience::Both || needed == Audience::Unknown || kept == Audience::Unknown
}
