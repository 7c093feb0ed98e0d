//! The decision: one pass per reason, from the most certain to the least.
//!
//! Order: out of scope or closed → pinned → listed twice → not kept up or finished → redundant, solved to the
//! optimum (`substitution`) → redundant but for something that would be lost → too many on one platform → same job
//! across units → to repair → keep.
//! An asset decided by one pass is not looked at by the next.

use super::evidence::{Known, users};
use super::protect::is_protected;
use super::steps::steps;
use super::{Inputs, carry};
use crate::model::{
    Action, ActionKind, AssetIx, Audience, Components, Field, FunctionId, Kind, Message, Relation, Review,
    Status, Target,
};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Rule whose finding means that a group's task is over.
const TASK_ENDED: &str = "group-task-ended-not-dissolved";
/// Rule whose finding means that an account is not kept up.
const NOT_UPDATED: &str = "account-no-update-14d";
/// Rule whose finding means that a township built its own app.
const TOWNSHIP_BUILT: &str = "app-township-self-built";

/// One action per asset, in table order.
pub(super) fn decide(inputs: &Inputs<'_>) -> (Vec<Action>, Components) {
    let count = inputs.assets.len();
    let mut plan = Draft {
        inputs,
        known: Known::new(inputs),
        actions: vec![None; count],
        hosts: vec![false; count],
        chosen: vec![false; count],
    };
    plan.settle_out_of_scope();
    plan.settle_pins();
    plan.settle_listed_twice();
    plan.settle_finished();
    let components = plan.settle_redundant();
    plan.settle_partly_covered_above();
    plan.settle_partly_redundant();
    plan.settle_same_platform();
    plan.settle_cross_unit();
    plan.settle_the_rest();
    plan.settle_caps();
    let mut actions: Vec<Action> = plan.actions.into_iter().flatten().collect();
    carry::complete(inputs, &plan.known, &mut actions);
    (actions, components)
}

pub(super) struct Draft<'a> {
    pub(super) inputs: &'a Inputs<'a>,
    pub(super) known: Known<'a>,
    actions: Vec<Option<Action>>,
    /// Assets that others go into: they must stay.
    pub(super) hosts: Vec<bool>,
    /// Assets that could go and are better kept.
    pub(super) chosen: Vec<bool>,
}

impl Draft<'_> {
    /// The assets not decided yet, in table order.
    pub(super) fn open(&self) -> Vec<AssetIx> {
        let all = (0..self.actions.len() as u32).map(AssetIx);
        all.filter(|ix| self.actions[ix.index()].is_none()).collect()
    }

    pub(super) fn is_open(&self, asset: AssetIx) -> bool {
        self.actions[asset.index()].is_none()
    }

    /// Whether the asset may still be there when the plan is done.
    pub(super) fn stays(&self, asset: AssetIx) -> bool {
        self.actions[asset.index()].as_ref().is_none_or(|a| a.kind.leaves())
    }

    /// Where an item goes, if it goes into another.
    pub(super) fn target(&self, asset: AssetIx) -> Option<AssetIx> {
        match self.actions[asset.index()].as_ref()?.target {
            Some(Target::Asset(by)) => Some(by),
            _ => None,
        }
    }

    /// Whether a person lets the item go.
    pub(super) fn is_pinned_away(&self, asset: AssetIx) -> bool {
        let action = self.actions[asset.index()].as_ref();
        action.is_some_and(|action| action.reason.key == "reason.pinned" && !action.kind.leaves())
    }

    /// Names those that serve, together with its target, what an item does.
    pub(super) fn set_also(&mut self, asset: AssetIx, others: Vec<(Target, Vec<FunctionId>)>) {
        let others: Vec<Target> = others.into_iter().map(|(target, _)| target).collect();
        for target in &others {
            if let Target::Asset(by) = target {
                self.hosts[by.index()] = true;
            }
        }
        if let Some(action) = self.actions[asset.index()].as_mut().filter(|action| action.target.is_some()) {
            action.also = others;
        }
    }

    pub(super) fn set(&mut self, asset: AssetIx, kind: ActionKind, reason: Message) -> &mut Action {
        let item = self.inputs.assets.get(asset).meaning().kind;
        let steps = steps(kind, item);
        let action = Action {
            asset,
            kind,
            target: None,
            also: vec![],
            reason,
            question: None,
            proposal: None,
            answers: vec![],
            clauses: vec![],
            steps,
            deadline: None,
            waits_for: vec![],
        };
        self.actions[asset.index()].insert(action)
    }

    /// Sends an item to a platform above that is in nobody's inventory.
    pub(super) fn migrate(&mut self, asset: AssetIx) {
        let Some(covered) = self.inputs.platform_above(asset) else { return };
        let reason = Message::new("reason.covered-above").with("target", &covered.platform);
        self.set(asset, ActionKind::Migrate, reason).target =
            Some(Target::Platform(covered.platform.clone()));
    }

    /// Leaves an asset to a person, with the question and what follows from yes. Not where the other is itself in
    /// question because of this one: one answer settles both.
    fn refer(
        &mut self,
        asset: AssetIx,
        reason: Message,
        question: Message,
        yes: (ActionKind, Option<AssetIx>),
    ) -> Option<&mut Action> {
        if yes.1.is_some_and(|by| self.leads_to(by, asset)) {
            return None;
        }
        let action = self.set(asset, ActionKind::Refer, reason);
        (action.question, action.proposal) = (Some(question), Some(yes));
        Some(action)
    }

    /// Whether questions lead from one item to another: it might go into what might go into the other.
    fn leads_to(&self, from: AssetIx, to: AssetIx) -> bool {
        let mut at = from;
        loop {
            if at == to {
                return true;
            }
            let action = self.actions[at.index()].as_ref();
            match action.and_then(|action| action.proposal?.1) {
                Some(next) => at = next,
                None => return false,
            }
        }
    }

    /// Takes an asset out in favour of another, or refers it when that would lose something.
    pub(super) fn replace(&mut self, asset: AssetIx, by: AssetIx, kind: ActionKind, reason: &'static str) {
        let table = self.inputs.assets;
        let lost = self.lost_without(asset, by);
        // It does nothing that could be asked about, but for others than the other does.
        if lost.is_empty() && (self.chosen[asset.index()] || !self.reaches(asset, by)) {
            return;
        }
        if is_protected(table.get(asset), self.inputs.lexicon) {
            let question = Message::new("question.protected").with("target", self.label(by));
            self.refer(asset, Message::new("reason.protected"), question, (kind, Some(by)));
        } else if lost.is_empty() {
            let reason = Message::new(reason).with("target", self.label(by));
            self.set(asset, kind, reason).target = Some(Target::Asset(by));
            self.hosts[by.index()] = true;
        } else {
            let functions = self.function_names(&lost);
            let reason = Message::new("reason.would-lose")
                .with("target", self.label(by))
                .with("functions", &functions);
            let question = Message::new("question.would-lose")
                .with("target", self.label(by))
                .with("functions", functions);
            self.refer(asset, reason, question, (kind, Some(by)));
        }
    }

    /// Functions of `asset` that `by` does not do for its place and audience: they would be lost.
    pub(super) fn lost_without(&self, asset: AssetIx, by: AssetIx) -> Vec<FunctionId> {
        let (gone, kept) = (self.inputs.assets.get(asset), self.inputs.assets.get(by));
        let reaches = self.reaches(asset, by);
        // A group takes in another by its people, not by what is talked about.
        if gone.meaning().kind == Kind::Group && reaches {
            return Vec::new();
        }
        self.tasks(asset).filter(|f| !reaches || !kept.functions().contains(f)).collect()
    }

    /// Whether one asset is there for the place and the people of another.
    pub(super) fn reaches(&self, asset: AssetIx, by: AssetIx) -> bool {
        let table = self.inputs.assets;
        let (gone, kept) = (table.get(asset).meaning(), table.get(by).meaning());
        let (place, wider) = (gone.place.region, kept.place.region);
        (place == wider || table.regions.covers(wider, place))
            && match (gone.audience, kept.audience) {
                (Audience::Unknown, _) | (_, Audience::Unknown | Audience::Both) => true,
                (needed, served) => needed == served,
            }
    }

    /// What an asset does; a mere field of work or feature is not a need of its own.
    pub(super) fn tasks(&self, asset: AssetIx) -> impl Iterator<Item = FunctionId> + use<'_> {
        let functions = self.inputs.assets.get(asset).functions().iter().copied();
        functions.filter(|&f| self.inputs.lexicon.functions.get(f).is_task)
    }

    pub(super) fn function_names(&self, functions: &[FunctionId]) -> String {
        let names = functions.iter().map(|&f| self.inputs.lexicon.functions.get(f).zh.as_str());
        names.collect::<Vec<_>>().join("、")
    }

    /// How an asset is named in a sentence: its name and owner.
    fn label(&self, asset: AssetIx) -> String {
        let asset = self.inputs.assets.get(asset);
        let owner = &asset.unit().canonical;
        if owner.is_empty() { asset.name().to_owned() } else { format!("{}（{owner}）", asset.name()) }
    }

    /// The same for where an item goes.
    pub(super) fn target_label(&self, target: &Target) -> String {
        match target {
            Target::Asset(by) => self.label(*by),
            Target::Platform(name) => name.clone(),
        }
    }

    /// Which of several can take the others in: already a host, kept up, most functions (so that nothing is
    /// lost), within the rules, then as [`standing`](Self::standing).
    pub(super) fn best(&self, assets: impl Iterator<Item = AssetIx>) -> Option<AssetIx> {
        assets.max_by_key(|&ix| self.preference(ix))
    }

    /// The greater, the better an asset can take others in.
    pub(super) fn preference(&self, ix: AssetIx) -> impl Ord + use<'_> {
        let asset = self.inputs.assets.get(ix);
        let is_kept_up = matches!(asset.meaning().status, Status::Active | Status::Unknown);
        let is_lawful = !self.known.is_forbidden(ix);
        // What is talked about in a group is no measure of it.
        let tasks = if asset.meaning().kind == Kind::Group { 0 } else { self.tasks(ix).count() };
        (self.hosts[ix.index()], is_kept_up, tasks, is_lawful, self.standing(ix))
    }

    /// Whether an account is not kept up (确属无力维护).
    pub(super) fn is_neglected(&self, asset: AssetIx) -> bool {
        self.known.finding(asset, NOT_UPDATED).is_some()
    }

    /// Which of several people know best: kept up, more users, named after its owner, then as
    /// [`standing`](Self::standing).
    fn main(&self, assets: impl Iterator<Item = AssetIx>) -> Option<AssetIx> {
        assets.max_by_key(|&ix| {
            let is_kept_up = !self.is_neglected(ix);
            let known = users(self.inputs.assets, ix);
            (self.hosts[ix.index()], is_kept_up, known, self.bears_owners_name(ix), self.standing(ix))
        })
    }

    /// Whether the name says whose it is, and not only what it is for: 人社 of a 人力资源和社会保障局, not 人才.
    fn bears_owners_name(&self, asset: AssetIx) -> bool {
        let asset = self.inputs.assets.get(asset);
        let stem = self.inputs.assets.records.pool.get(asset.meaning().stem);
        let named = self.inputs.lexicon.units.in_front(stem);
        stem.is_empty() || named.is_some_and(|body| body.id == asset.unit().body)
    }

    /// More users, filed, higher level, updated last; ties by smaller id.
    fn standing(&self, ix: AssetIx) -> impl Ord + use<'_> {
        let asset = self.inputs.assets.get(ix);
        (
            users(self.inputs.assets, ix),
            !asset.text(Field::FilingNoCac).is_empty(),
            Reverse(asset.meaning().level),
            asset.value(Field::LastUpdate).as_date(),
            Reverse(asset.id()),
        )
    }

    fn settle_out_of_scope(&mut self) {
        for asset in self.open() {
            let meaning = self.inputs.assets.get(asset).meaning();
            if !matches!(meaning.kind, Kind::App | Kind::Account | Kind::Group) {
                self.set(asset, ActionKind::None, Message::new("reason.out-of-scope"));
            } else if meaning.status == Status::Closed {
                self.set(asset, ActionKind::None, Message::new("reason.already-closed"));
            }
        }
    }

    fn settle_pins(&mut self) {
        if self.inputs.pins.is_empty() {
            return;
        }
        let table = self.inputs.assets;
        let by_id: BTreeMap<&str, AssetIx> = table.iter().map(|asset| (asset.id(), asset.ix)).collect();
        for pin in self.inputs.pins {
            let asset = by_id.get(pin.asset.as_str()).copied();
            let Some(asset) = asset.filter(|&a| self.is_open(a)) else { continue };
            let target = pin.target.as_ref().map(|name| match by_id.get(name.as_str()) {
                Some(&by) => Target::Asset(by),
                None => Target::Platform(name.clone()),
            });
            if let Some(Target::Asset(by)) = target {
                self.hosts[by.index()] = true;
            }
            let reason = Message::new("reason.pinned").with("reason", &pin.reason);
            self.set(asset, pin.action, reason).target = target;
        }
    }

    /// One thing listed several times counts once; it costs nothing and nobody moves.
    fn settle_listed_twice(&mut self) {
        // What another listing is counted with is not itself counted with a third: a person may have said that the two
        // are different.
        let mut counted = vec![false; self.actions.len()];
        for asset in self.open() {
            let listings = self.listings(asset);
            let Some(main) = self.best(listings.iter().copied()) else { continue };
            for listing in listings.into_iter().filter(|&listing| listing != main) {
                if self.is_open(listing) && !counted[listing.index()] {
                    let reason = Message::new("reason.listed-twice").with("target", self.label(main));
                    self.set(listing, ActionKind::None, reason);
                    counted[main.index()] = true;
                }
            }
        }
    }

    /// An undecided asset with all undecided listings of the same thing, near and far.
    fn listings(&self, asset: AssetIx) -> Vec<AssetIx> {
        let mut found = if self.is_open(asset) { vec![asset] } else { vec![] };
        let mut next = 0;
        while let Some(&listing) = found.get(next) {
            for twin in self.known.related(listing, Relation::Same) {
                let are_apart = |&other: &AssetIx| self.inputs.are_apart(twin, other);
                if self.is_open(twin) && !found.contains(&twin) && !found.iter().any(are_apart) {
                    found.push(twin);
                }
            }
            next += 1;
        }
        found
    }

    /// Groups whose task is over, and items that are being closed or no longer kept up.
    fn settle_finished(&mut self) {
        for asset in self.open() {
            let item = self.inputs.assets.get(asset);
            let meaning = item.meaning();
            let going = if meaning.kind == Kind::Group { ActionKind::Dissolve } else { ActionKind::Close };
            let ended = self.known.finding(asset, TASK_ENDED);
            let reason = match meaning.status {
                _ if ended.is_some() => "reason.task-ended",
                Status::Closing => "reason.being-closed",
                Status::Stale => "reason.not-kept-up",
                _ => continue,
            };
            // A person sent another item here: this one must stay.
            if self.hosts[asset.index()] {
                continue;
            }
            if is_protected(item, self.inputs.lexicon) {
                let question = Message::new("question.protected-close");
                self.refer(asset, Message::new("reason.protected"), question, (going, None));
            } else {
                let clauses = ended.map_or(vec![], |f| f.clauses.clone());
                self.set(asset, going, Message::new(reason)).clauses = clauses;
            }
        }
    }

    /// In each cluster, what does the same job as one that stays, and something that would be lost: a question.
    fn settle_partly_redundant(&mut self) {
        for cluster in self.inputs.clusters {
            let mut rest: Vec<AssetIx> = cluster.members.iter().copied().filter(|&m| self.stays(m)).collect();
            let mut kept: Vec<AssetIx> = Vec::new();
            while let Some(next) = self.best(rest.iter().copied()) {
                rest.retain(|&m| m != next);
                let by =
                    |relation| kept.iter().copied().find(|&k| self.known.relation(next, k) == Some(relation));
                let (overlap, task) = (by(Relation::Overlap), by(Relation::SameTask));
                let may_go = self.is_open(next) && !self.hosts[next.index()];
                match (overlap, task) {
                    (Some(by), _) if may_go => {
                        self.replace(next, by, ActionKind::Merge, "reason.overlap");
                    }
                    (_, Some(by)) if may_go => {
                        self.replace(next, by, ActionKind::Dissolve, "reason.same-task");
                    }
                    _ => kept.push(next),
                }
            }
        }
    }

    /// Apps that a platform above replaces for this place but for something that would be lost, from the top down.
    fn settle_partly_covered_above(&mut self) {
        let table = self.inputs.assets;
        let depth = |ix: AssetIx| table.get(ix).meaning().level.depth();
        let mut open = self.open();
        open.sort_by_key(|&ix| depth(ix));
        for asset in open {
            let above = self.known.related(asset, Relation::CoveredAbove);
            let above = above.filter(|&a| depth(a) < depth(asset) && self.stays(a) && self.is_open(a));
            if let Some(by) = self.best(above.collect::<Vec<_>>().into_iter())
                && !self.hosts[asset.index()]
            {
                self.replace(asset, by, ActionKind::Migrate, "reason.covered-above");
            }
        }
    }

    /// One unit, several accounts on one platform: the limit is worded 原则上, so a person decides unless
    /// the policy enforces it or the lesser account is not kept up (确属无力维护).
    fn settle_same_platform(&mut self) {
        for asset in self.open() {
            let siblings: Vec<AssetIx> =
                self.known.related(asset, Relation::SamePlatform).filter(|&s| self.stays(s)).collect();
            let Some(main) = self.main(siblings.into_iter().chain([asset])).filter(|&m| m != asset) else {
                continue;
            };
            if (self.inputs.enforce_caps || self.is_neglected(asset)) && !self.hosts[asset.index()] {
                self.replace(asset, main, ActionKind::Merge, "reason.same-platform");
            } else {
                let target = self.label(main);
                let question = Message::new("question.same-platform").with("target", &target);
                let reason = Message::new("reason.same-platform").with("target", target);
                self.refer(asset, reason, question, (ActionKind::Merge, Some(main)));
            }
        }
    }

    /// Several units, one job: a shared host is proposed, and the units must agree. Not for security and
    /// emergencies, where each unit answers for its own.
    fn settle_cross_unit(&mut self) {
        for asset in self.open() {
            if is_protected(self.inputs.assets.get(asset), self.inputs.lexicon) {
                continue;
            }
            let others: Vec<AssetIx> =
                self.known.related(asset, Relation::CrossUnit).filter(|&o| self.stays(o)).collect();
            let Some(host) = self.main(others.into_iter().chain([asset])).filter(|&h| h != asset) else {
                continue;
            };
            let owner = self.inputs.assets.get(host).unit().canonical.clone();
            let reason = Message::new("reason.cross-unit").with("target", self.label(host));
            let question =
                Message::new("question.cross-unit").with("target", self.label(host)).with("owner", owner);
            self.refer(asset, reason, question, (ActionKind::Merge, Some(host)));
        }
    }

    fn settle_the_rest(&mut self) {
        for asset in self.open() {
            if let Some(finding) = self.known.finding(asset, TOWNSHIP_BUILT) {
                let question = Message::new("question.township-built");
                let reason = Message::new("reason.township-built");
                if let Some(action) = self.refer(asset, reason, question, (ActionKind::Close, None)) {
                    action.clauses.clone_from(&finding.clauses);
                }
                continue;
            }
            let repairs: Vec<_> = self.known.to_repair(asset).collect();
            if repairs.is_empty() {
                let key = if self.is_one_of_a_family(asset) { "reason.keep-family" } else { "reason.keep" };
                self.set(asset, ActionKind::Keep, Message::new(key));
                continue;
            }
            // Where every clause leaves room, whether to repair is itself the question.
            if let Some(first) = repairs.first().filter(|_| repairs.iter().all(|f| f.review != Review::None))
            {
                let rule = format!("@rule.{}.title", first.rule);
                let question = Message::new("question.review")
                    .with("rule", &rule)
                    .with("why", format!("@review.{}", first.review));
                let reason = Message::new("reason.needs-review").with("rule", rule);
                if let Some(action) = self.refer(asset, reason, question, (ActionKind::KeepFix, None)) {
                    action.clauses.clone_from(&first.clauses);
                }
                continue;
            }
            let mut titles: Vec<String> = repairs.iter().map(|f| format!("@rule.{}.title", f.rule)).collect();
            titles.dedup();
            let reason =
                Message::new("reason.keep-fix").with("count", titles.len()).with("first", &titles[0]);
            let mut clauses: Vec<&'static str> =
                repairs.iter().flat_map(|f| f.clauses.iter().copied()).collect();
            clauses.sort_unstable();
            clauses.dedup();
            self.set(asset, ActionKind::KeepFix, reason).clauses = clauses;
        }
    }

    /// Where more than a cap allows still stay, limits worded 原则上 are enforced, the fewest users first.
    fn settle_caps(&mut self) {
        for cap in &self.inputs.wishes.caps {
            let mut referred: Vec<AssetIx> = cap.members.iter().copied().filter(|&m| self.stays(m)).collect();
            let mut left = referred.len();
            referred.sort_by_key(|&asset| users(self.inputs.assets, asset));
            for asset in referred {
                if left <= cap.most {
                    break;
                }
                let by = self.actions[asset.index()].as_ref().and_then(|action| action.proposal?.1);
                let by = by.filter(|&by| self.known.relation(asset, by) == Some(Relation::SamePlatform));
                if let Some(by) = by
                    && !self.hosts[asset.index()]
                    && self.stays(by)
                    && self.lost_without(asset, by).is_empty()
                    && self.reaches(asset, by)
                    && !is_protected(self.inputs.assets.get(asset), self.inputs.lexicon)
                {
                    self.chosen[asset.index()] = false;
                    self.replace(asset, by, ActionKind::Merge, "reason.same-platform");
                    left -= 1;
                }
            }
        }
    }

    fn is_one_of_a_family(&self, asset: AssetIx) -> bool {
        self.known.related(asset, Relation::Family).next().is_some()
    }
}
