//! One action for every asset: as little as possible left, nothing lost that people need.
//!
//! For: clusters, links and findings → a plan, checked before anyone sees it. Not for: how assets relate
//! (`matching`) or what the rules say (`rules`). Invariants: nothing is closed, merged or dissolved unless
//! each of its functions stays served for its audience and place; what a person pinned stays pinned;
//! security and emergency systems are never closed by machine; limits worded 原则上 are referred to a
//! person with a proposal.

mod capped;
mod carry;
pub mod check;
mod decide;
mod evidence;
#[cfg(test)]
mod exhaustive;
mod objective;
mod protect;
mod solve;
mod steps;
mod substitution;
#[cfg(test)]
mod tests;
mod ways;
mod wishes;

pub use wishes::{Cap, Wishes};

use crate::knowledge::lexicon::Lexicon;
use crate::model::{
    ActionKind, AssetIx, AssetTable, Cluster, Covered, Deadlines, Finding, FindingStatus, Objective, Pair,
    Pin, Plan,
};
use std::collections::BTreeSet;

/// What a plan is made from.
#[derive(Clone, Copy)]
pub struct Inputs<'a> {
    /// The assets.
    pub assets: &'a AssetTable,
    /// What relates them.
    pub pairs: &'a [Pair],
    /// What is bound together.
    pub clusters: &'a [Cluster],
    /// What the rules say.
    pub findings: &'a [Finding],
    /// What people fixed.
    pub pins: &'a [Pin],
    /// Pairs, the smaller index first, that a person said are different things.
    pub apart: &'a BTreeSet<(AssetIx, AssetIx)>,
    /// Items that a platform above covers which is in nobody's inventory.
    pub covered: &'a [Covered],
    /// For the domain of each function.
    pub lexicon: &'a Lexicon,
    /// Treat caps worded 原则上 as hard: merge the excess instead of referring it.
    pub enforce_caps: bool,
    /// Days that the policy sets.
    pub deadlines: Deadlines,
    /// What is asked for beyond that.
    pub wishes: &'a Wishes,
}

impl Inputs<'_> {
    /// Whether a person said that the two are different things.
    fn are_apart(&self, a: AssetIx, b: AssetIx) -> bool {
        self.apart.contains(&(a.min(b), a.max(b)))
    }
}

/// Pins for items to stay, as what their findings make of that: 不采纳 spares an item from going, not from repair.
pub fn with_repairs(pins: Vec<Pin>, assets: &AssetTable, findings: &[Finding]) -> Vec<Pin> {
    let open = findings.iter().filter(|f| f.status == FindingStatus::Open && evidence::calls_for_repair(f));
    let to_repair: BTreeSet<&str> = open.filter_map(|f| Some(assets.get(f.asset?).id())).collect();
    let kind = |pin: &Pin| match pin.action {
        ActionKind::Keep if to_repair.contains(pin.asset.as_str()) => ActionKind::KeepFix,
        other => other,
    };
    pins.into_iter().map(|pin| Pin { action: kind(&pin), ..pin }).collect()
}

/// Makes a plan. Equal inputs give equal plans.
///
/// What goes into what is solved part by part, each to a proven optimum or, beyond a budget of work, to the best found
/// with a bound: no plan keeps less along the relations that were found. Whatever else is decided follows from the
/// status, the findings and the pins. [`check::verify`] re-derives every constraint without sharing code with this.
pub fn make(inputs: &Inputs<'_>) -> Plan {
    let (actions, components) = decide::decide(inputs);
    let objective = objective::objective(inputs.assets, &actions, &inputs.wishes.aims.weights);
    let proven = components.proven == components.count;
    let less =
        |value: u64, level: usize| value.saturating_sub(u64::try_from(components.gap[level]).unwrap_or(0));
    let bound = Objective {
        staff_burden: less(objective.staff_burden, 0),
        items: less(objective.items, 1),
        ..if proven { objective } else { Objective::default() }
    };
    let left =
        |cap: &Cap| actions.iter().filter(|a| a.kind.leaves() && cap.members.contains(&a.asset)).count();
    let caps = inputs.wishes.caps.iter().map(|cap| cap.most.max(left(cap))).collect();
    Plan { actions, objective, bound: Some(bound), components, proven, caps }
}
