//! Where rules put what they found, before clauses are added.

use super::case::{cell_text, place};
use crate::model::{AssetIx, AssetRef, Confidence, Exemption, Field, Message, Review, RowRef, Where};

/// A finding before clauses, severity, fingerprint and waivers are added.
pub(super) struct Draft {
    pub(super) asset: Option<AssetIx>,
    pub(super) at: Vec<Where>,
    pub(super) words: String,
    pub(super) reason: Message,
    pub(super) confidence: Confidence,
    pub(super) exemption: Exemption,
    /// Why a person must decide, beyond what the rule and its clauses say.
    pub(super) review: Review,
    /// The clause of a profile that it rests on; `None` for the national clauses of the rule.
    pub(super) clause: Option<&'static str>,
    pub(super) related: Vec<AssetIx>,
    pub(super) feature: String,
}

impl Draft {
    /// A finding that rests on one cell of an asset; its words are the cell's.
    pub(super) fn on(asset: AssetRef<'_>, field: Field, reason: Message) -> Draft {
        Draft {
            asset: Some(asset.ix),
            at: vec![place(asset, field)],
            words: cell_text(asset, field),
            reason,
            confidence: Confidence::High,
            exemption: Exemption::None,
            review: Review::None,
            clause: None,
            related: Vec::new(),
            feature: String::new(),
        }
    }

    /// A finding about a row that is no asset.
    pub(super) fn on_row(row: RowRef, words: String, reason: Message, feature: String) -> Draft {
        Draft {
            asset: None,
            at: vec![Where { row, field: None }],
            words,
            reason,
            confidence: Confidence::High,
            exemption: Exemption::None,
            review: Review::None,
            clause: None,
            related: Vec::new(),
            feature,
        }
    }

    /// How sure it is.
    pub(super) fn confidence(mut self, confidence: Confidence) -> Draft {
        self.confidence = confidence;
        self
    }

    /// A further cell it rests on; said once.
    pub(super) fn also(mut self, asset: AssetRef<'_>, field: Field) -> Draft {
        let cell = place(asset, field);
        if !self.at.contains(&cell) {
            self.at.push(cell);
        }
        self
    }

    /// Names assets it also speaks of, with one more place for the reader to look.
    pub(super) fn related(mut self, related: impl IntoIterator<Item = AssetIx>) -> Draft {
        self.related = related.into_iter().collect();
        self
    }

    /// Rests it on a clause of a profile. Two profiles give two findings.
    pub(super) fn under(mut self, clause: &'static str) -> Draft {
        clause.clone_into(&mut self.feature);
        self.clause = Some(clause);
        self
    }

    /// Security or emergency use is claimed without grounds: a person asks for them.
    pub(super) fn claimed(mut self) -> Draft {
        self.exemption = Exemption::ClaimedWithoutGrounds;
        self.review = Review::SpecialUse;
        self
    }

    /// Its words, instead of the whole cell.
    pub(super) fn words(mut self, words: String) -> Draft {
        self.words = words;
        self
    }
}

/// The findings of one rule.
#[derive(Default)]
pub(super) struct Sink {
    pub(super) drafts: Vec<Draft>,
}

impl Sink {
    pub(super) fn add(&mut self, draft: Draft) {
        self.drafts.push(draft);
    }
}
