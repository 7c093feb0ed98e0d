//! What people decided: judgements on pairs and pins on assets. Suggestions never overwrite them.

use super::ActionKind;

/// A person's word on two assets.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Judgement {
    /// Asset id.
    pub left: String,
    /// Asset id.
    pub right: String,
    /// The same thing (must be in one cluster), or different things (must not be).
    pub same: bool,
    /// Why.
    pub reason: String,
}

/// A person's word on what happens to an asset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pin {
    /// Asset id.
    pub asset: String,
    /// What must happen to it.
    pub action: ActionKind,
    /// Why.
    pub reason: String,
    /// Line of the policy file.
    pub line: u32,
}
