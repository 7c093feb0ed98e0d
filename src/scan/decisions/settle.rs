//! Which decisions are obeyed: those whose items exist, whose targets stay and that nothing contradicts.
//!
//! For: pins and judgements from entries. Not for: what words mean (`words`, `row`). Invariant: of decisions that
//! contradict each other none is obeyed, whatever their order.

use super::nearest::nearest;
use super::targets::Targets;
use crate::knowledge::policy::Policy;
use crate::model::{
    Action, ActionKind, AssetIx, AssetTable, Code, Decision, DecisionFile, Decisions, Diagnostic, Judgement,
    Location, Outcome, Pin, Plan, Target, Verdict,
};
use std::collections::{BTreeMap, BTreeSet};

/// Unknown ids for which a likely one is looked for; the search reads all ids.
const LOOKED_UP: usize = 200;

/// What came of all decisions.
#[derive(Clone, Default)]
pub(in super::super) struct Settled {
    /// Everything that was read, with what became of it.
    pub(in super::super) decisions: Decisions,
    /// What the plan must do.
    pub(in super::super) pins: Vec<Pin>,
    /// What matching must obey.
    pub(in super::super) judgements: Vec<Judgement>,
    /// What comparing with earlier scans must obey: pairs of which this scan lists one.
    pub(in super::super) across: Vec<Judgement>,
    /// What could not be obeyed, and why.
    pub(in super::super) diagnostics: Vec<Diagnostic>,
}

pub(super) fn settle(
    mut entries: Vec<Decision>,
    files: Vec<DecisionFile>,
    mut diagnostics: Vec<Diagnostic>,
    assets: &AssetTable,
    policy: &Policy,
    known: &BTreeSet<String>,
) -> Settled {
    let targets = Targets::new(assets);
    entries.sort_by(|a, b| {
        let (one, other) = ((&a.asset, &a.other, &a.file), (&b.asset, &b.other, &b.file));
        one.cmp(&other).then_with(|| (&a.sheet, a.row).cmp(&(&b.sheet, b.row)))
    });
    let mut looked_up = 0;
    for entry in &mut entries {
        if !is_across(entry, &targets, known) {
            find(entry, &targets, assets, &mut looked_up, &mut diagnostics);
        }
    }
    items(&mut entries, policy, &mut diagnostics);
    into_what_goes(&mut entries, policy, &mut diagnostics);
    pairs(&mut entries, policy, &mut diagnostics);
    circles(&mut entries, policy, &mut diagnostics);
    twice(&mut entries, policy, &mut diagnostics);
    let (pins, judgements) = obeyed(&entries, policy);
    let is_listed = |id: &String| targets.item(id).is_some();
    let (judgements, across) =
        judgements.into_iter().partition(|j: &Judgement| is_listed(&j.left) && is_listed(&j.right));
    Settled { decisions: Decisions { files, entries }, pins, judgements, across, diagnostics }
}

/// Whether an entry says of an item of this scan and one of an earlier scan that they are one thing, or are not.
fn is_across(entry: &Decision, targets: &Targets<'_>, known: &BTreeSet<String>) -> bool {
    let Some(other) = &entry.other else { return false };
    let is_earlier = |id: &String| targets.item(id).is_none() && known.contains(id);
    let is_one = |was: &String, is: &String| is_earlier(was) && targets.item(is).is_some();
    asks(entry) && (is_one(&entry.asset, other) || is_one(other, &entry.asset))
}

impl Settled {
    /// Whether somebody accepts a proposal that did not stand in the table that came back.
    pub(in super::super) fn leaves_open(&self) -> bool {
        self.decisions.entries.iter().any(is_open)
    }

    /// Takes what the plan without them says for what such decisions accept. Remarks say where that is nothing.
    pub(in super::super) fn take(
        &mut self,
        plan: &Plan,
        assets: &AssetTable,
        policy: &Policy,
    ) -> Vec<Diagnostic> {
        let mut diagnostics = Vec::new();
        let by_id: BTreeMap<&str, &Action> =
            plan.actions.iter().map(|action| (assets.get(action.asset).id(), action)).collect();
        let id = |ix: AssetIx| assets.get(ix).id().to_owned();
        for entry in self.decisions.entries.iter_mut().filter(|entry| is_open(entry)) {
            let proposed =
                by_id.get(entry.asset.as_str()).and_then(|action| match (action.kind, action.proposal) {
                    (ActionKind::Refer, proposal) => proposal.map(|(kind, by)| (kind, by.map(id))),
                    (kind, _) => Some((
                        kind,
                        action.target.as_ref().map(|target| match target {
                            Target::Asset(by) => id(*by),
                            Target::Platform(name) => name.clone(),
                        }),
                    )),
                });
            match proposed {
                Some((ActionKind::None, _)) => entry.outcome = Outcome::Noted,
                Some((kind, target)) => (entry.action, entry.target) = (Some(kind), target),
                None => {
                    entry.outcome = Outcome::Unclear;
                    diagnostics
                        .push(Diagnostic::new(Code::DecisionOpen, at(entry)).with("found", &entry.written));
                }
            }
        }
        into_what_goes(&mut self.decisions.entries, policy, &mut diagnostics);
        self.pins = obeyed(&self.decisions.entries, policy).0;
        diagnostics
    }
}

/// Whether an entry accepts what the plan says, which nobody knows before there is one.
fn is_open(entry: &Decision) -> bool {
    asks(entry) && entry.other.is_none() && entry.action.is_none() && entry.verdict == Some(Verdict::Accept)
}

fn at(entry: &Decision) -> Location {
    Location::sheet(&entry.file, &entry.sheet).at_row(entry.row)
}

/// Whether an entry still asks for something.
fn asks(entry: &Decision) -> bool {
    entry.outcome == Outcome::Applied
}

/// Finds the item, the other item and the target of an entry.
fn find(
    entry: &mut Decision,
    targets: &Targets<'_>,
    assets: &AssetTable,
    looked_up: &mut usize,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let item = targets.item(&entry.asset);
    let is_known = |id: &String| targets.item(id).is_some();
    let unknown = [Some(&entry.asset), entry.other.as_ref()].into_iter().flatten().find(|id| !is_known(id));
    if let Some(id) = unknown {
        // What was to go and is no longer listed has gone.
        if entry.other.is_none() && entry.action.is_some_and(|kind| !kind.leaves()) {
            entry.outcome = Outcome::Gone;
            diagnostics.push(Diagnostic::new(Code::DecisionGone, at(entry)).with("asset", id));
            return;
        }
        *looked_up += 1;
        let near = if *looked_up <= LOOKED_UP { nearest(id, assets) } else { None };
        let remark = Diagnostic::new(Code::DecisionUnknown, at(entry)).with("asset", id);
        diagnostics.push(remark.with("nearest", near.unwrap_or("–")));
        entry.outcome = Outcome::Unknown;
        return;
    }
    if entry.outcome == Outcome::Unclear {
        let proposes_nothing = entry.verdict == Some(Verdict::Accept);
        let code = if proposes_nothing { Code::DecisionOpen } else { Code::DecisionUnclear };
        diagnostics.push(Diagnostic::new(code, at(entry)).with("found", &entry.written));
        return;
    }
    let Some((item, action)) = item.zip(entry.action).filter(|_| asks(entry)) else { return };
    let action = targets.fitting(item, action);
    entry.action = Some(action);
    // Only what takes an item in can be its target; a group may be named that goes on without it.
    let takes = action.has_target() || action == ActionKind::Dissolve;
    let wanted = entry.target.take().filter(|_| takes);
    entry.target = wanted.as_ref().and_then(|target| targets.resolve(item, action, target));
    if entry.target.is_none() && (action.has_target() || wanted.is_some()) {
        let remark = Diagnostic::new(Code::DecisionTarget, at(entry));
        diagnostics.push(remark.with("target", wanted.unwrap_or_else(|| "–".to_owned())));
        entry.outcome = Outcome::Unclear;
    }
}

/// Action, target, and whether it refuses or puts off.
type Effect<'a> = (Option<ActionKind>, Option<&'a str>, Option<Verdict>);

/// What an entry about an item asks for, to be compared: nothing where it only puts off.
fn effect(entry: &Decision) -> Option<Effect<'_>> {
    let says = entry.verdict.filter(|verdict| matches!(verdict, Verdict::Reject | Verdict::Defer));
    match entry.outcome {
        Outcome::Applied => Some((entry.action, entry.target.as_deref(), says)),
        Outcome::Noted if entry.verdict == Some(Verdict::Defer) => Some((None, None, says)),
        _ => None,
    }
}

/// Items about which two decisions differ, or a decision and the policy.
fn items(entries: &mut [Decision], policy: &Policy, diagnostics: &mut Vec<Diagnostic>) {
    let pinned: BTreeMap<&str, &Pin> = policy.pins.iter().map(|pin| (pin.asset.as_str(), pin)).collect();
    let mut from = 0;
    while from < entries.len() {
        let same =
            |entry: &Decision| entry.asset == entries[from].asset && entry.other == entries[from].other;
        let to = from + entries[from..].iter().take_while(|entry| same(entry)).count();
        let group = &mut entries[from..to];
        from = to;
        if group[0].other.is_some() {
            continue;
        }
        let effects: BTreeSet<_> = group.iter().filter_map(effect).collect();
        let pin = pinned.get(group[0].asset.as_str());
        // What the plan says of an item with a pin is the pin.
        let differs = |(action, _, says): &Effect<'_>| {
            pin.is_some_and(|pin| Some(pin.action) != *action && (action.is_some() || says.is_some()))
        };
        if effects.len() < 2 && !effects.iter().any(differs) {
            continue;
        }
        let places: Vec<Location> = group.iter().filter(|e| effect(e).is_some()).map(at).collect();
        for entry in group.iter_mut().filter(|entry| effect(entry).is_some()) {
            let here = at(entry);
            let other = places.iter().find(|place| **place != here).map(ToString::to_string);
            let other = other.unwrap_or_else(|| policy.file_name());
            contradict(entry, &other, diagnostics);
        }
    }
}

fn contradict(entry: &mut Decision, other: &str, diagnostics: &mut Vec<Diagnostic>) {
    let subject = match &entry.other {
        Some(second) => format!("{} ↔ {second}", entry.asset),
        None => entry.asset.clone(),
    };
    let remark = Diagnostic::new(Code::DecisionContradicted, at(entry)).with("asset", subject);
    diagnostics.push(remark.with("found", &entry.written).with("other", other));
    entry.outcome = Outcome::Contradicted;
}

/// Items that are sent into one that itself has to go.
fn into_what_goes(entries: &mut [Decision], policy: &Policy, diagnostics: &mut Vec<Diagnostic>) {
    let goes = |kind: Option<ActionKind>| kind.is_some_and(|kind| !kind.leaves());
    let gone =
        entries.iter().filter(|e| asks(e) && goes(e.action)).map(|e| (e.asset.clone(), at(e).to_string()));
    let pinned = policy.pins.iter().filter(|pin| goes(Some(pin.action)));
    let gone: BTreeMap<String, String> =
        pinned.map(|pin| (pin.asset.clone(), policy.file_name())).chain(gone).collect();
    let sent: BTreeMap<String, String> = entries
        .iter()
        .filter(|entry| asks(entry))
        .filter_map(|entry| Some((entry.target.clone()?, at(entry).to_string())))
        .filter(|(target, _)| gone.contains_key(target))
        .collect();
    for entry in entries.iter_mut().filter(|entry| asks(entry)) {
        let other = entry.target.as_ref().and_then(|target| gone.get(target));
        let other = other.or_else(|| sent.get(&entry.asset).filter(|_| goes(entry.action)));
        if let Some(other) = other {
            contradict(entry, &other.clone(), diagnostics);
        }
    }
}

/// The two ids of a pair, the smaller first.
fn ends(entry: &Decision) -> Option<(String, String)> {
    let (a, b) = (entry.asset.clone(), entry.other.clone()?);
    Some(if a <= b { (a, b) } else { (b, a) })
}

/// Pairs that one person calls the same and another different.
fn pairs(entries: &mut [Decision], policy: &Policy, diagnostics: &mut Vec<Diagnostic>) {
    let mut said: BTreeMap<(String, String), Vec<(bool, String)>> = BTreeMap::new();
    for judgement in &policy.judgements {
        let (a, b) = (judgement.left.clone(), judgement.right.clone());
        let pair = if a <= b { (a, b) } else { (b, a) };
        said.entry(pair).or_default().push((judgement.same, policy.file_name()));
    }
    for entry in entries.iter().filter(|entry| asks(entry)) {
        let Some(pair) = ends(entry) else { continue };
        said.entry(pair).or_default().push((entry.verdict == Some(Verdict::Same), at(entry).to_string()));
    }
    for entry in entries.iter_mut().filter(|entry| asks(entry)) {
        let Some(pair) = ends(entry) else { continue };
        let same = entry.verdict == Some(Verdict::Same);
        if let Some((_, other)) = said[&pair].iter().find(|(other, _)| *other != same) {
            contradict(entry, other, diagnostics);
        }
    }
}

/// The item that stands for all that are the same.
fn root(group: &BTreeMap<String, String>, id: &str) -> String {
    let mut id = id;
    while let Some(next) = group.get(id) {
        id = next;
    }
    id.to_owned()
}

/// Chains of "the same" between two items that somebody called different: all of the chain is left out.
fn circles(entries: &mut [Decision], policy: &Policy, diagnostics: &mut Vec<Diagnostic>) {
    let mut group: BTreeMap<String, String> = BTreeMap::new();
    let of_policy =
        policy.judgements.iter().map(|j| (j.same, j.left.clone(), j.right.clone(), policy.file_name()));
    let of_entries = entries.iter().filter(|entry| asks(entry)).filter_map(|entry| {
        let (a, b) = ends(entry)?;
        Some((entry.verdict == Some(Verdict::Same), a, b, at(entry).to_string()))
    });
    let said: Vec<(bool, String, String, String)> = of_policy.chain(of_entries).collect();
    for (_, a, b, _) in said.iter().filter(|(same, ..)| *same) {
        let (a, b) = (root(&group, a), root(&group, b));
        if a != b {
            group.insert(a, b);
        }
    }
    let mut torn: BTreeMap<String, String> = BTreeMap::new();
    for (_, a, b, place) in said.iter().filter(|(same, ..)| !*same) {
        let (a, b) = (root(&group, a), root(&group, b));
        if a == b {
            torn.entry(a).or_insert_with(|| place.clone());
        }
    }
    for entry in entries.iter_mut().filter(|entry| asks(entry)) {
        let Some((a, b)) = ends(entry) else { continue };
        let (a, b) = (root(&group, &a), root(&group, &b));
        if a == b
            && let Some(other) = torn.get(&a)
        {
            contradict(entry, &other.clone(), diagnostics);
        }
    }
}

/// One thing of which both listings are to stay by themselves.
fn twice(entries: &mut [Decision], policy: &Policy, diagnostics: &mut Vec<Diagnostic>) {
    let stays = |kind: Option<ActionKind>| kind.is_some_and(ActionKind::leaves);
    let pinned = policy.pins.iter().filter(|pin| stays(Some(pin.action)));
    let said = entries.iter().filter(|entry| asks(entry) && entry.other.is_none() && stays(entry.action));
    let said = said.map(|entry| (entry.asset.clone(), at(entry).to_string()));
    let stay: BTreeMap<String, String> =
        pinned.map(|pin| (pin.asset.clone(), policy.file_name())).chain(said).collect();
    let mut torn: BTreeMap<String, String> = BTreeMap::new();
    for entry in entries.iter_mut().filter(|e| asks(e) && e.verdict == Some(Verdict::Same)) {
        let Some((a, b)) = ends(entry) else { continue };
        let Some((one, _)) = stay.get(&a).zip(stay.get(&b)) else { continue };
        let here = at(entry).to_string();
        torn.extend([(a, here.clone()), (b, here)]);
        contradict(entry, &one.clone(), diagnostics);
    }
    for entry in entries.iter_mut().filter(|e| asks(e) && e.other.is_none() && stays(e.action)) {
        if let Some(other) = torn.get(&entry.asset) {
            contradict(entry, &other.clone(), diagnostics);
        }
    }
}

/// Pins and judgements of what is left; what the policy says already is not said twice.
fn obeyed(entries: &[Decision], policy: &Policy) -> (Vec<Pin>, Vec<Judgement>) {
    let (mut pins, mut judgements) = (BTreeMap::new(), BTreeMap::new());
    for entry in entries.iter().filter(|entry| asks(entry)) {
        let reason = [entry.written.as_str(), entry.reason.as_str()];
        let reason = reason.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("；");
        if let Some((left, right)) = ends(entry) {
            let same = entry.verdict == Some(Verdict::Same);
            let judgement = Judgement { left: left.clone(), right: right.clone(), same, reason };
            judgements.entry((left, right)).or_insert(judgement);
        } else if let Some(action) = entry.action {
            // Who accepts a repair wants the item to stay; what there is to repair, the next findings say.
            let accepted = entry.verdict == Some(Verdict::Accept) && action == ActionKind::KeepFix;
            let action = if accepted { ActionKind::Keep } else { action };
            let pin =
                Pin { asset: entry.asset.clone(), action, target: entry.target.clone(), reason, line: 0 };
            pins.entry(entry.asset.clone()).or_insert(pin);
        }
    }
    policy.pins.iter().for_each(|pin| drop(pins.remove(&pin.asset)));
    (pins.into_values().collect(), judgements.into_values().collect())
}
