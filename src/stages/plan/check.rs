//! The independent verifier: re-derives every constraint from the inputs alone.
//!
//! For: refusing a plan that breaks a promise, whoever made it. Not for: making one; it shares no code
//! with `decide`. A plan that passes may still not be the best.

use super::Inputs;
use crate::model::{Action, ActionKind, AssetIx, AssetRef, Audience, Field, Kind, Relation, Status, Target};
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
}

/// Checks a plan. Returns every violation, in table order.
pub fn verify<'a>(
    inputs: &Inputs<'_>,
    actions: impl Iterator<Item = &'a Action>,
) -> Result<(), Vec<Violation>> {
    let actions: Vec<&Action> = actions.collect();
    let mut neighbours = vec![Vec::new(); inputs.assets.len()];
    for pair in inputs.pairs {
        neighbours[pair.left.index()].push((pair.right, pair.relation));
        neighbours[pair.right.index()].push((pair.left, pair.relation));
    }
    let ended = inputs.findings.iter().filter(|f| f.rule == "group-task-ended-not-dissolved");
    let over = ended.filter_map(|f| f.asset).collect();
    let check = Check { inputs, actions: &actions, neighbours, over };
    let mut faults = Vec::new();
    if actions.len() != inputs.assets.len() {
        return Err(vec![Violation::Missing(format!("{} of {}", actions.len(), inputs.assets.len()))]);
    }
    for (index, asset) in inputs.assets.iter().enumerate() {
        if actions[index].asset == asset.ix {
            check.one(asset, actions[index], &mut faults);
        } else {
            faults.push(Violation::Missing(asset.id().to_owned()));
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(faults) }
}

struct Check<'a> {
    inputs: &'a Inputs<'a>,
    actions: &'a [&'a Action],
    neighbours: Vec<Vec<(AssetIx, Relation)>>,
    /// Groups whose task is over.
    over: BTreeSet<AssetIx>,
}

impl Check<'_> {
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
        if !self.state_fits(asset, action) {
            faults.push(Violation::WrongState(id(), action.kind));
        }
        let needs_target = action.kind.has_target() || action.target.is_some();
        if needs_target && pin.is_none() && !self.target_fits(asset, action) {
            faults.push(Violation::Target(id(), self.target_name(action)));
        }
        let goes = !action.kind.leaves() && action.kind != ActionKind::None;
        if goes && pin.is_none() {
            if self.is_special(asset) {
                faults.push(Violation::Protected(id()));
            }
            faults.extend(self.lost(asset).into_iter().map(|f| Violation::Lost(id(), f)));
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

    fn target_fits(&self, asset: AssetRef<'_>, action: &Action) -> bool {
        let target = match &action.target {
            Some(Target::Asset(target)) => *target,
            Some(Target::Platform(name)) => {
                return action.kind == ActionKind::Migrate && self.is_listed(asset, name);
            }
            None => return false,
        };
        let table = self.inputs.assets;
        let allowed: &[Relation] = match action.kind {
            ActionKind::Migrate => &[Relation::CoveredAbove],
            _ => &[Relation::Overlap, Relation::SameTask, Relation::SamePlatform],
        };
        let neighbours = &self.neighbours[asset.ix.index()];
        let related =
            neighbours.iter().any(|(other, relation)| *other == target && allowed.contains(relation));
        let stays = self.actions[target.index()].kind.leaves();
        let (own, other) = (asset.meaning(), table.get(target).meaning());
        let (place, wider) = (own.place.region, other.place.region);
        let pair = (asset.ix.min(target), asset.ix.max(target));
        related
            && !self.inputs.apart.contains(&pair)
            && stays
            && other.kind == own.kind
            && (place == wider || table.regions.covers(wider, place))
            && reaches(other.audience, own.audience)
    }

    /// Whether a platform of the list above covers the item for its people.
    fn is_listed(&self, asset: AssetRef<'_>, platform: &str) -> bool {
        let mut listed = self.inputs.covered.iter().filter(|c| c.asset == asset.ix && c.platform == platform);
        listed.any(|covered| reaches(covered.audience, asset.meaning().audience))
    }

    fn target_name(&self, action: &Action) -> String {
        match &action.target {
            Some(Target::Asset(ix)) => self.inputs.assets.get(*ix).id().to_owned(),
            Some(Target::Platform(name)) => name.clone(),
            None => String::from("—"),
        }
    }

    /// Functions of a working asset that no kept asset of its kind serves for its place and audience.
    fn lost(&self, asset: AssetRef<'_>) -> Vec<String> {
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
        let table = self.inputs.assets;
        let serves = |other: AssetRef<'_>| {
            let (place, other_place) = (meaning.place.region, other.meaning().place.region);
            other.ix != asset.ix
                && self.actions[other.ix.index()].kind.leaves()
                && other.meaning().kind == meaning.kind
                && (place == other_place || table.regions.covers(other_place, place))
                && reaches(other.meaning().audience, meaning.audience)
        };
        let functions = asset.functions().iter().map(|f| (f.0, self.inputs.lexicon.functions.get(*f)));
        let tasks = functions.filter(|(_, function)| function.is_task);
        let mut missing: BTreeMap<u16, String> =
            tasks.map(|(at, function)| (at, function.id.clone())).collect();
        if let Some(Target::Platform(name)) = &self.actions[asset.ix.index()].target {
            let listed = self.inputs.covered.iter().filter(|c| c.asset == asset.ix && c.platform == *name);
            listed.flat_map(|c| &c.functions).for_each(|f| drop(missing.remove(&f.0)));
        }
        let neighbours = self.neighbours[asset.ix.index()].iter();
        for other in neighbours.map(|&(ix, _)| table.get(ix)).filter(|&o| serves(o)) {
            other.functions().iter().for_each(|f| drop(missing.remove(&f.0)));
        }
        missing.into_values().collect()
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

fn in_scope(asset: AssetRef<'_>) -> bool {
    matches!(asset.meaning().kind, Kind::App | Kind::Account | Kind::Group)
}

/// Whether an audience includes another. An unknown audience is served by any.
fn reaches(kept: Audience, needed: Audience) -> bool {
    kept == needed || kept == Audience::Both || needed == Audience::Unknown || kept == Audience::Unknown
}
