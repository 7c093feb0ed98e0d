//! Two assets and what relates them.
//!
//! For: the result of matching, pair by pair. Not for: how the levels are found (`matching`).

use super::{AssetIx, Message, kinds::vocabulary};

vocabulary! {
    /// What "duplicate" means for a pair; the first that holds, in this order.
    Relation {
        /// 重复登记: one real thing listed twice.
        Same = "same",
        /// 同平台多号: one unit, several accounts on one platform.
        SamePlatform = "same-platform",
        /// 同一服务多端: one service of one unit on several ends or platforms. Not a duplicate.
        Family = "family",
        /// 重复建群: several groups for one task or the same members in one unit line.
        SameTask = "same-task",
        /// 功能重复: different things, same job, audience and unit line in one jurisdiction.
        Overlap = "overlap",
        /// 跨部门同质: same job and audience in one jurisdiction under different units.
        CrossUnit = "cross-unit",
        /// 上级已覆盖: a higher platform already does it for this place.
        CoveredAbove = "covered-above",
        /// None of them.
        #[default]
        Unrelated = "unrelated",
    }
}

impl Relation {
    /// Whether the relation may bind assets into one cluster. The others link clusters.
    pub fn binds(self) -> bool {
        matches!(self, Relation::Same | Relation::Family | Relation::SameTask | Relation::Overlap)
    }

    /// Whether it is reported as duplication. `family` binds but never is.
    pub fn is_duplicate(self) -> bool {
        !matches!(self, Relation::Family | Relation::Unrelated)
    }
}

/// A scored pair. `left` has the smaller asset id.
#[derive(Clone, PartialEq, Debug)]
pub struct Pair {
    /// One asset.
    pub left: AssetIx,
    /// The other.
    pub right: AssetIx,
    /// What relates them.
    pub relation: Relation,
    /// Match weight: prior plus the sum of the evidence, in bits (log₂ of the odds).
    pub weight: f64,
    /// The prior in bits: what is said of any two candidates before looking at them.
    pub prior: f64,
    /// The same as a probability, 0–1.
    pub probability: f64,
    /// Whether the pair may bind the two into one cluster.
    pub binds: bool,
    /// One entry per comparison, in the order of the comparisons.
    pub evidence: Vec<Evidence>,
}

/// What one comparison says about a pair.
#[derive(Clone, PartialEq, Debug)]
pub struct Evidence {
    /// The comparison: `name`, `unit`, `region` …
    pub field: &'static str,
    /// The level reached, such as `exact`, `close`, `missing`, `different`.
    pub level: &'static str,
    /// Its match weight in bits; positive speaks for, negative against.
    pub weight: f64,
    /// The value used of the left asset.
    pub left: String,
    /// The value used of the right asset.
    pub right: String,
    /// The sentence for people.
    pub sentence: Message,
}
