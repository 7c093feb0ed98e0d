//! What people decided about items and pairs, as they wrote it into a table that came back.
//!
//! For: what was written, what it was understood as, and what became of it. Not for: reading tables or applying anything.

use super::{ActionKind, kinds::vocabulary};

vocabulary! {
    /// What a decision says.
    Verdict {
        /// 采纳: as proposed.
        #[default]
        Accept = "accept",
        /// 不采纳: the item stays as it is; of a pair, that it is none.
        Reject = "reject",
        /// 改为…: another action.
        Change = "change",
        /// 暂缓: not yet.
        Defer = "defer",
        /// 同一事项: the two are one thing.
        Same = "same",
        /// 不是同一事项: the two must never be taken for one thing.
        Different = "different",
    }
}

vocabulary! {
    /// What became of a decision.
    Outcome {
        /// The scan obeys it.
        #[default]
        Applied = "applied",
        /// It asks for nothing now: put off, or a pair confirmed as it was found.
        Noted = "noted",
        /// Its item is no longer listed, as it was to be.
        Gone = "gone",
        /// No item has its id.
        Unknown = "unknown",
        /// Another decision says otherwise; neither is obeyed.
        Contradicted = "contradicted",
        /// It could not be understood, or its target is none.
        Unclear = "unclear",
    }
}

/// One decision.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Decision {
    /// Asset id.
    pub asset: String,
    /// Of a pair, the other asset id.
    pub other: Option<String>,
    /// What it says; nothing when it was not understood.
    pub verdict: Option<Verdict>,
    /// As written.
    pub written: String,
    /// The action it fixes.
    pub action: Option<ActionKind>,
    /// Where the item goes: an asset id or the name of a platform.
    pub target: Option<String>,
    /// Why, as written.
    pub reason: String,
    /// Path of the file.
    pub file: String,
    /// Sheet.
    pub sheet: String,
    /// 1-based row.
    pub row: u32,
    /// What became of it.
    pub outcome: Outcome,
}

/// A file with decisions: an input like any other.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DecisionFile {
    /// Relative to the argument, with `/`.
    pub path: String,
    /// Size.
    pub bytes: u64,
    /// BLAKE3 digest, hex.
    pub blake3: String,
    /// SM3 digest, hex.
    pub sm3: String,
}

/// All decisions of an audit.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Decisions {
    /// The files, by path.
    pub files: Vec<DecisionFile>,
    /// Every decision that stands in them, by asset, other, file, sheet, row.
    pub entries: Vec<Decision>,
}
