//! The plan of a stored scan, checked once more from what the file says.
//!
//! For: `plan --verify`, by whoever received a scan and did not make it. Not for: making plans, nor the check before a
//! plan is printed (`stages/plan/check`); it shares no code with either. Invariant: every fault is named with its item.

use super::{Action, Asset, CoveredItem, Objective, ScanDocument};
use crate::model::{ActionKind, Kind, Level, Message, Weights};
use serde_json::Value as Json;
use std::collections::{BTreeMap, BTreeSet};

/// Relations along which an item may go into another.
const WAYS: [&str; 4] = ["overlap", "same-task", "covered-above", "same-platform"];
/// Fields that say how many people use an item, the first that is there counts.
const USERS: [&str; 3] = ["user_count", "followers", "member_count"];

/// Every fault of the plan, in the order of its actions. `is_task` says whether a function is a job of its own, which
/// somebody must go on doing, and not a mere field of work.
pub fn verify(scan: &ScanDocument, is_task: &dyn Fn(&str) -> bool) -> Vec<Message> {
    let mut faults = Vec::new();
    let assets: BTreeMap<&str, &Asset> = scan.assets.iter().map(|a| (a.id.as_str(), a)).collect();
    let mut actions: BTreeMap<&str, &Action> = BTreeMap::new();
    for action in &scan.plan.actions {
        let is_known = assets.contains_key(action.asset.as_str());
        if !is_known || actions.insert(&action.asset, action).is_some() {
            faults.push(fault("verify.strange-action", &action.asset));
        }
    }
    for id in assets.keys().filter(|id| !actions.contains_key(*id)) {
        faults.push(fault("verify.no-action", id));
    }
    let mut links: BTreeSet<(&str, &str, &str)> = BTreeSet::new();
    for pair in &scan.pairs {
        links.insert((&pair.left, &pair.right, &pair.relation));
        links.insert((&pair.right, &pair.left, &pair.relation));
    }
    let listed = scan.reference.iter().flat_map(|reference| &reference.covered);
    let listed = listed.map(|c| ((c.asset.as_str(), c.platform.as_str()), c)).collect();
    let weights = scan.parameters.aims().weights;
    let check = Check { listed, assets: &assets, actions: &actions, links: &links, is_task, weights };
    for action in &scan.plan.actions {
        if let Some(asset) = assets.get(action.asset.as_str()) {
            check.one(asset, action, &mut faults);
        }
    }
    let sum = check.objective();
    if sum != scan.plan.objective {
        faults.push(
            Message::new("verify.objective")
                .with("items", sum.items)
                .with("stated", scan.plan.objective.items),
        );
    }
    faults
}

fn fault(key: &'static str, asset: &str) -> Message {
    Message::new(key).with("asset", asset)
}

/// Whether an item is still there when the action is carried out.
fn stays(action: &Action) -> bool {
    ActionKind::parse(&action.action).is_some_and(ActionKind::leaves)
}

struct Check<'a> {
    /// Platforms of the list above, by the item they cover and name.
    listed: BTreeMap<(&'a str, &'a str), &'a CoveredItem>,
    assets: &'a BTreeMap<&'a str, &'a Asset>,
    actions: &'a BTreeMap<&'a str, &'a Action>,
    links: &'a BTreeSet<(&'a str, &'a str, &'a str)>,
    is_task: &'a dyn Fn(&str) -> bool,
    weights: Weights,
}

impl Check<'_> {
    fn one(&self, asset: &Asset, action: &Action, faults: &mut Vec<Message>) {
        let over = asset.status == "closed" || !matches!(asset.kind.as_str(), "app" | "account" | "group");
        let Some(kind) = ActionKind::parse(&action.action) else {
            faults.push(fault("verify.strange-action", &asset.id));
            return;
        };
        // What a person fixed is that person's answer.
        if action.pinned {
            return;
        }
        if (kind == ActionKind::None) != over
            && !(kind == ActionKind::None && self.is_listed_twice(&asset.id))
        {
            faults.push(fault("verify.state", &asset.id));
        }
        if action.reason.is_empty() || kind == ActionKind::Refer && action.question.is_none() {
            faults.push(fault("verify.unexplained", &asset.id));
        }
        let goes = !kind.leaves() && kind != ActionKind::None;
        if goes && is_special(asset) {
            faults.push(fault("verify.protected", &asset.id));
        }
        if !goes {
            return;
        }
        if action.target.is_none() && kind.has_target() {
            faults.push(fault("verify.target", &asset.id).with("target", "–"));
        }
        let targets: Vec<&str> = action.target.iter().chain(&action.also).map(String::as_str).collect();
        let known = faults.len();
        for &target in &targets {
            self.target(asset, target, faults);
        }
        if let Some(main) = action.target.as_deref().filter(|_| faults.len() == known)
            && asset.kind != Kind::Group.as_str()
            && let Some(lost) =
                asset.functions.iter().find(|function| !self.is_served(asset, function, &targets))
        {
            faults.push(fault("verify.lost", &asset.id).with("target", main).with("function", lost));
        }
    }

    /// Whether a target stays, is related, and is there for the same place and people.
    fn target(&self, asset: &Asset, target: &str, faults: &mut Vec<Message>) {
        let broken = |key| fault(key, &asset.id).with("target", target);
        if self.listed.contains_key(&(asset.id.as_str(), target)) {
            return;
        }
        let stays = self.actions.get(target).is_some_and(|action| stays(action));
        let is_related = WAYS.iter().any(|way| self.links.contains(&(asset.id.as_str(), target, *way)));
        let Some(by) = self.assets.get(target).filter(|_| stays && is_related) else {
            faults.push(broken("verify.target"));
            return;
        };
        let reaches = asset.region.path.starts_with(&by.region.path)
            && (asset.audience == "unknown"
                || matches!(by.audience.as_str(), "unknown" | "both")
                || asset.audience == by.audience);
        if !reaches {
            faults.push(broken("verify.reach"));
        }
    }

    /// Whether one of the targets goes on doing a function, if it is a job of its own.
    fn is_served(&self, asset: &Asset, function: &String, targets: &[&str]) -> bool {
        let does = |target: &&str| match self.listed.get(&(asset.id.as_str(), *target)) {
            Some(listed) => listed.functions.contains(function),
            None => self.assets.get(target).is_some_and(|by| by.functions.contains(function)),
        };
        !(self.is_task)(function) || targets.iter().any(does)
    }

    /// Whether another listing of the same thing has an action of its own.
    fn is_listed_twice(&self, id: &str) -> bool {
        let (mut seen, mut open) = (BTreeSet::from([id]), vec![id]);
        while let Some(listing) = open.pop() {
            let twins = self.links.range((listing, "", "")..).take_while(|link| link.0 == listing);
            for (_, twin, _) in twins.filter(|link| link.2 == "same") {
                if seen.insert(twin) {
                    if self.actions.get(twin).is_some_and(|action| action.action != "none") {
                        return true;
                    }
                    open.push(twin);
                }
            }
        }
        false
    }

    /// The aims, added up from the actions and the fields of their items.
    fn objective(&self) -> Objective {
        let mut sum = Objective { staff_burden: 0, items: 0, users_moved: 0, repairs: 0 };
        for (id, action) in self.actions {
            let Some(asset) = self.assets.get(id) else { continue };
            if stays(action) {
                let for_staff = asset.kind == "group" || matches!(asset.audience.as_str(), "staff" | "both");
                let level = Level::parse(&asset.level).unwrap_or_default();
                sum.items += 1;
                sum.staff_burden += if for_staff { self.weights.at(level) } else { 0 };
                sum.repairs += u64::from(action.action == "keep-fix");
            } else if matches!(action.action.as_str(), "merge" | "migrate") {
                let count = |field: &&str| asset.fields.get(*field).and_then(|value| value.value.as_u64());
                sum.users_moved += USERS.iter().find_map(count).unwrap_or(0);
            }
        }
        sum
    }
}

/// Whether the item is stated to be for security, emergencies or duty (特殊场景).
fn is_special(asset: &Asset) -> bool {
    let stated = asset.fields.get("special_scenario").map(|field| &field.value);
    match stated {
        None | Some(Json::Null) => false,
        Some(Json::String(text)) => !matches!(text.as_str(), "" | "无" | "否"),
        Some(_) => true,
    }
}
