//! A statement that a rule speaks to: what, where, which words, which clause.
//!
//! For: everything a person must be able to check. Not for: wording (message catalogue) and not
//! for the law itself (clause book); it points at both.

use super::{AssetIx, Field, Message, Recurrence, RowRef, kinds::vocabulary};

vocabulary! {
    /// How strongly the clause speaks.
    Severity {
        /// 不得、禁止、严禁.
        Forbidden = "forbidden",
        /// 原则上、应、须.
        Restricted = "restricted",
        /// Encouraged, local, or about data quality.
        #[default]
        Advisory = "advisory",
    }
}

vocabulary! {
    /// How sure the tool is.
    Confidence {
        /// A stated yes, a figure, a date.
        High = "high",
        /// Plain words of a description.
        Medium = "medium",
        /// Words that need a person's reading.
        #[default]
        Low = "low",
    }
}

vocabulary! {
    /// Why a person must decide before anything is done: the clause itself leaves room.
    Review {
        /// It does not.
        #[default]
        None = "none",
        /// 原则上, 一般不: exceptions are possible.
        Principle = "principle",
        /// 非必要, 不必要, 随意: whether there was need is no matter of words.
        Necessity = "necessity",
        /// 特殊场景: security or emergency use is claimed.
        SpecialUse = "special-use",
    }
}

vocabulary! {
    /// Whether the clause binds the item itself.
    Basis {
        /// It does.
        #[default]
        Direct = "direct",
        /// 参照: public-facing apps follow the 2026 Measures by reference.
        ByReference = "by-reference",
    }
}

vocabulary! {
    /// What became of a finding.
    FindingStatus {
        /// To be looked at.
        #[default]
        Open = "open",
        /// Waived by the policy, with reason and date; stays visible.
        Waived = "waived",
    }
}

vocabulary! {
    /// The exemption that was considered.
    Exemption {
        /// The rule has none, or nothing suggests one.
        #[default]
        None = "none",
        /// Security or emergency use is claimed, but no grounds are stated: it does not hold.
        ClaimedWithoutGrounds = "claimed-without-grounds",
    }
}

/// The cell that a finding rests on.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Where {
    /// Sheet and row.
    pub row: RowRef,
    /// The field whose cell it is; `None` when the whole row (or sheet) is meant.
    pub field: Option<Field>,
}

/// One finding.
#[derive(Clone, PartialEq, Debug)]
pub struct Finding {
    /// Rule id, kebab-case.
    pub rule: &'static str,
    /// The asset; `None` for findings about a file.
    pub asset: Option<AssetIx>,
    /// How strongly the clause speaks.
    pub severity: Severity,
    /// How sure the tool is.
    pub confidence: Confidence,
    /// Clause ids, the deciding one first; empty for data-quality rules.
    pub clauses: Vec<&'static str>,
    /// Whether the first clause binds the item directly.
    pub basis: Basis,
    /// The deciding cell, then others.
    pub at: Vec<Where>,
    /// The words that triggered it, as found; personal data masked.
    pub words: String,
    /// Why those words count, with values.
    pub reason: Message,
    /// The exemption considered.
    pub exemption: Exemption,
    /// Why a person must decide, where the clause leaves room.
    pub review: Review,
    /// For what came back: when and how it had gone.
    pub recurrence: Option<Recurrence>,
    /// Other assets it speaks of (the duplicate, the sibling account).
    pub related: Vec<AssetIx>,
    /// What distinguishes two findings of one rule on one asset; part of the fingerprint.
    pub feature: String,
    /// BLAKE3 over rule, asset id and feature; survives re-ordering and renaming of files.
    pub fingerprint: String,
    /// Open or waived.
    pub status: FindingStatus,
    /// The waiver's reason, when waived.
    pub waiver: Option<String>,
}
