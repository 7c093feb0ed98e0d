//! Assets that are one service of one unit line, with everything redundant to it.
//!
//! For: what the plan keeps one of. Not for: links between clusters (`same-platform`,
//! `cross-unit`, `covered-above`), which stay pairs.

use super::{AssetIx, Relation};

/// Two or more assets bound together.
#[derive(Clone, PartialEq, Debug)]
pub struct Cluster {
    /// `c:` and the smallest asset id in it: stable under re-ordering.
    pub id: String,
    /// Members by ascending asset id.
    pub members: Vec<AssetIx>,
    /// The relations that bind it, in the order of [`Relation`], each once.
    pub relations: Vec<Relation>,
    /// The one the plan would keep, chosen by a written order.
    pub survivor: AssetIx,
    /// Index in the pair list of its weakest binding pair: the first to doubt.
    pub weakest: usize,
}
