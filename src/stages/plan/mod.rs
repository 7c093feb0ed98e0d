//! One action for every asset: as little as possible left, nothing lost that people need.
//!
//! For: clusters, links and findings → a plan, checked before anyone sees it. Not for: how assets relate
//! (`matching`) or what the rules say (`rules`). Invariants: nothing is closed, merged or dissolved unless
//! each of its functions stays served for its audience and place; what a person pinned stays pinned;
//! security and emergency systems are never closed by machine; limits worded 原则上 are referred to a
//! person with a proposal.

pub mod check;
mod decide;
mod evidence;
mod objective;
mod protect;
mod steps;
#[cfg(test)]
mod tests;

pub use objective::objective;

use crate::knowledge::lexicon::Lexicon;
use crate::model::{AssetTable, Cluster, Finding, Pair, Pin, Plan};

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
    /// For the domain of each function.
    pub lexicon: &'a Lexicon,
    /// Treat caps worded 原则上 as hard: merge the excess instead of referring it.
    pub enforce_caps: bool,
}

/// Makes a plan: greedy, in a fixed order, so that equal inputs give equal plans.
///
/// The result is not proven to be the best possible (`proven` is false) but every constraint holds;
/// [`check::verify`] re-derives them without sharing code with this.
pub fn make(inputs: &Inputs<'_>) -> Plan {
    let actions = decide::decide(inputs);
    let objective = objective(inputs.assets, &actions);
    Plan { actions, objective, bound: None, proven: false }
}
