//! What a person has decided about a pair or an asset, once and for all later scans.
//!
//! For: decisions that a score or a plan must never overwrite. Not for: how they are stored (the
//! policy file, later the history).

use super::{ActionKind, LocalFunction, Waiver};

/// Everything that the policy decided about items, for the record.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Rulings {
    /// Pairs that are, or are not, one thing.
    pub judgements: Vec<Judgement>,
    /// Actions that are fixed.
    pub pins: Vec<Pin>,
    /// Findings that are accepted.
    pub waivers: Vec<Waiver>,
    /// Functions of its own.
    pub functions: Vec<LocalFunction>,
}

/// Two assets that a person says are, or are not, one thing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Judgement {
    /// Asset id.
    pub left: String,
    /// Asset id.
    pub right: String,
    /// The same thing; when false the two must never be in one cluster.
    pub same: bool,
    /// Why.
    pub reason: String,
}

/// An action that the plan must take for an asset.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Pin {
    /// Asset id.
    pub asset: String,
    /// The action; never [`ActionKind::None`].
    pub action: ActionKind,
    /// For merge and migrate: an asset id or the name of a platform, where the person said it.
    pub target: Option<String>,
    /// Why.
    pub reason: String,
    /// 1-based line of the policy file; 0 when the pin is from elsewhere.
    pub line: u32,
}
