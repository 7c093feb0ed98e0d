//! Carrying the decisions out: who, by when, after what, and what either answer to a question would change; and what is
//! kept because of others.
//!
//! For: what a unit must know beside the action itself. Not for: deciding (`decide`). Invariants: no deadline is made up: it
//! stands in the inventory, follows from a clause, or the policy sets it; what an action waits for never waits for it in
//! turn.

use super::Inputs;
use super::evidence::{Known, calls_for_repair, users};
use crate::model::{
    Action, ActionKind, Answer, AssetIx, Deadline, DeadlineFrom, Field, Message, Relation, Review, Target,
    Value,
};

/// Rule whose finding asks for a filing by a day that the policy states.
const LATE_FILING: &str = "app-legacy-filing-deadline";

/// Completes all actions.
pub(super) fn complete(inputs: &Inputs<'_>, known: &Known<'_>, actions: &mut [Action]) {
    let kinds: Vec<ActionKind> = actions.iter().map(|action| action.kind).collect();
    let guests = guests(inputs, known, actions);
    for action in actions {
        if action.reason.key == "reason.keep" {
            action.reason = kept(guests[action.asset.index()], known.open(action.asset));
        }
        action.waits_for = waits_for(action, &kinds);
        action.deadline = deadline(inputs, known, action);
        action.answers = answers(inputs, known, action);
    }
}

/// What is said of an item that has to do with others.
#[derive(Clone, Copy, Default)]
struct Guests {
    /// Items that go into it.
    taken_in: usize,
    /// Further listings of it.
    listed: usize,
    /// Items of which a question asks whether they go into it.
    proposed: usize,
}

/// What each item is to others, by item.
fn guests(inputs: &Inputs<'_>, known: &Known<'_>, actions: &[Action]) -> Vec<Guests> {
    let mut guests = vec![Guests::default(); inputs.assets.len()];
    for action in actions {
        for target in action.target.iter().chain(&action.also) {
            match target {
                Target::Asset(by) => guests[by.index()].taken_in += 1,
                Target::Platform(_) => {}
            }
        }
        if action.reason.key == "reason.listed-twice" {
            for by in known.related(action.asset, Relation::Same) {
                guests[by.index()].listed += 1;
            }
        }
        if let Some((_, Some(by))) = action.proposal {
            guests[by.index()].proposed += 1;
        }
    }
    guests
}

/// Why an item is kept that has nothing to be repaired: that nothing was found is said only where nothing was.
fn kept(guests: Guests, findings: usize) -> Message {
    let (key, count) = match guests {
        Guests { taken_in: count @ 1.., .. } => ("reason.keep-host", count),
        Guests { listed: count @ 1.., .. } => ("reason.keep-listing", count),
        Guests { proposed: count @ 1.., .. } => ("reason.keep-proposed", count),
        _ if findings > 0 => ("reason.keep-noted", findings),
        _ => return Message::new("reason.keep"),
    };
    Message::new(key).with("count", count)
}

/// What must be settled before: the repair of what an item goes into, and questions about it.
fn waits_for(action: &Action, kinds: &[ActionKind]) -> Vec<AssetIx> {
    let asset = |target: &Target| if let Target::Asset(by) = target { Some(*by) } else { None };
    let goes = action.target.iter().chain(&action.also).filter_map(asset);
    let asked = action.proposal.and_then(|(_, by)| by);
    let mut before: Vec<AssetIx> = goes.chain(asked).collect();
    before.retain(|by| matches!(kinds[by.index()], ActionKind::KeepFix | ActionKind::Refer));
    before.sort_unstable();
    before.dedup();
    before
}

/// The earliest of the days that are stated somewhere.
fn deadline(inputs: &Inputs<'_>, known: &Known<'_>, action: &Action) -> Option<Deadline> {
    if matches!(action.kind, ActionKind::Keep | ActionKind::None) {
        return None;
    }
    let listed = match inputs.assets.get(action.asset).value(Field::RectifyDeadline) {
        Value::Date { date, .. } => Some(Deadline { day: date, from: DeadlineFrom::Inventory }),
        _ => None,
    };
    let filing = known.finding(action.asset, LATE_FILING).and_then(|finding| {
        let from = DeadlineFrom::Clause(finding.clauses.first()?);
        Some(Deadline { day: inputs.deadlines.filing?, from })
    });
    let set = inputs.deadlines.plan.map(|day| Deadline { day, from: DeadlineFrom::Policy });
    [listed, filing, set].into_iter().flatten().min_by_key(|deadline| deadline.day)
}

/// What yes and no to the question of a referred item would change, aim by aim, all else staying as it is.
fn answers(inputs: &Inputs<'_>, known: &Known<'_>, action: &Action) -> Vec<Answer> {
    let Some((kind, by)) = action.proposal.filter(|_| action.kind == ActionKind::Refer) else {
        return Vec::new();
    };
    let weight = inputs.wishes.aims.weights.of(inputs.assets.get(action.asset).meaning());
    let burden = i64::try_from(weight).unwrap_or(i64::MAX);
    let moved = i64::try_from(users(inputs.assets, action.asset)).unwrap_or(i64::MAX);
    let answer = |is_yes: bool, kind: ActionKind, target: Option<AssetIx>| {
        let goes = i64::from(!kind.leaves());
        let change = [
            -burden * goes,
            -goes,
            if kind.has_target() { moved } else { 0 },
            i64::from(kind == ActionKind::KeepFix),
        ];
        Answer { is_yes, kind, target, change }
    };
    // A question whether to repair is answered with no by not repairing.
    let asks_repair = kind == ActionKind::KeepFix;
    let binding = known.to_repair(action.asset).any(|f| calls_for_repair(f) && f.review == Review::None);
    let otherwise = if binding && !asks_repair { ActionKind::KeepFix } else { ActionKind::Keep };
    vec![answer(true, kind, by), answer(false, otherwise, None)]
}
