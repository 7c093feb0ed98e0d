//! The ways out of an item: for each thing it does, who else related to it does that for its place and people.
//!
//! For: needs, one by one, so that several items together may serve what one did. Not for: choosing among them (`solve`).
//! Invariants: only along relations that matching found or a person confirmed; what is protected goes nowhere; an item of
//! which one need has no other server goes nowhere either.

use super::decide::Draft;
use super::protect::is_protected;
use crate::model::{ActionKind, AssetIx, Audience, Covered, FunctionId, Kind, Relation};

/// Relations along which items go, the plainest reason first.
pub(super) const WAYS: [(Relation, ActionKind, &str); 4] = [
    (Relation::Overlap, ActionKind::Merge, "reason.overlap"),
    (Relation::SameTask, ActionKind::Dissolve, "reason.same-task"),
    (Relation::CoveredAbove, ActionKind::Migrate, "reason.covered-above"),
    (Relation::SamePlatform, ActionKind::Merge, "reason.same-platform"),
];

/// One thing that an item does, and who else does it.
pub(super) struct Need {
    /// What; nothing for items that are taken in whole: groups, and those of which no task is known.
    pub(super) function: Option<FunctionId>,
    /// Others that do it, by index.
    pub(super) others: Vec<AssetIx>,
    /// Whether a platform above that is in nobody's inventory does it.
    pub(super) is_above: bool,
}

impl Need {
    /// Whether somebody else can serve it.
    fn has_way(&self) -> bool {
        self.is_above || !self.others.is_empty()
    }
}

impl Draft<'_> {
    /// What an item does, with who else does each; nothing when the item can go nowhere.
    pub(super) fn ways_out(&self, asset: AssetIx) -> Vec<Need> {
        let item = self.inputs.assets.get(asset);
        if self.hosts[asset.index()] || is_protected(item, self.inputs.lexicon) {
            return Vec::new();
        }
        let needs = self.needs(asset);
        if needs.iter().all(Need::has_way) { needs } else { Vec::new() }
    }

    /// What an item does, with who else does each.
    pub(super) fn needs(&self, asset: AssetIx) -> Vec<Need> {
        let item = self.inputs.assets.get(asset);
        let mut others: Vec<AssetIx> = WAYS
            .iter()
            .flat_map(|&(relation, ..)| self.known.related(asset, relation).map(move |by| (relation, by)))
            .filter(|&(relation, by)| self.may_take(asset, by, relation))
            .map(|(_, by)| by)
            .collect();
        others.sort_unstable();
        others.dedup();
        // Groups are taken in by their people, not by what is talked about.
        let tasks: Vec<FunctionId> =
            if item.meaning().kind == Kind::Group { vec![] } else { self.tasks(asset).collect() };
        if tasks.is_empty() {
            let is_above = item.meaning().kind != Kind::Group && self.inputs.platform_above(asset).is_some();
            return vec![Need { function: None, others, is_above }];
        }
        let need = |function: FunctionId| {
            let does = |by: &AssetIx| self.inputs.assets.get(*by).functions().contains(&function);
            Need {
                function: Some(function),
                others: others.iter().copied().filter(does).collect(),
                is_above: self.inputs.above(asset).any(|covered| covered.functions.contains(&function)),
            }
        };
        tasks.into_iter().map(need).collect()
    }

    /// Whether one item may take another in along a relation, or part of it.
    pub(super) fn may_take(&self, asset: AssetIx, by: AssetIx, relation: Relation) -> bool {
        let depth = |ix: AssetIx| self.inputs.assets.get(ix).meaning().level.depth();
        let fits = match relation {
            Relation::CoveredAbove => depth(by) < depth(asset),
            // The cap is worded 原则上: only the neglected go by themselves, unless the policy enforces it.
            Relation::SamePlatform => self.inputs.enforce_caps || self.is_neglected(asset),
            _ => true,
        };
        fits && self.stays(by) && self.reaches(asset, by)
    }
}

impl super::Inputs<'_> {
    /// The platforms of the list above that are there for the people of an item.
    pub(super) fn above(&self, asset: AssetIx) -> impl Iterator<Item = &Covered> {
        let from = self.covered.partition_point(|covered| covered.asset < asset);
        let audience = self.assets.get(asset).meaning().audience;
        let all = self.covered[from..].iter().take_while(move |covered| covered.asset == asset);
        all.filter(move |covered| {
            matches!(covered.audience, Audience::Both | Audience::Unknown)
                || audience == Audience::Unknown
                || audience == covered.audience
        })
    }

    /// A platform above that does all the tasks of an item for its people, if one covers it.
    pub(super) fn platform_above(&self, asset: AssetIx) -> Option<&Covered> {
        let item = self.assets.get(asset);
        let is_done = |covered: &&Covered| {
            let mut tasks = item.functions().iter().filter(|f| self.lexicon.functions.get(**f).is_task);
            tasks.all(|f| covered.functions.contains(f))
        };
        self.above(asset).find(is_done)
    }
}
