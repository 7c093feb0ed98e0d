//! What the policy decided that the plan obeys, in stored form.
//!
//! For: planning a stored scan again without the policy file. Not for: decisions that came back in ledgers (`decision`), nor
//! settings with a place of their own (`Parameters`). Free words are masked like all others.

use super::ScanDocument;
use crate::knowledge::text::mask;
use crate::model::{self, Audience, LocalFunction};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Everything that the policy decided about items.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Rulings {
    /// Pairs that are, or are not, one thing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub judgements: Vec<JudgementGiven>,
    /// Actions that are fixed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pins: Vec<PinGiven>,
    /// Findings that are accepted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub waivers: Vec<WaiverGiven>,
    /// Functions that only the policy knows.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub functions: Vec<FunctionWords>,
}

/// A pair that is, or is not, one thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct JudgementGiven {
    /// Asset id.
    pub left: String,
    /// Asset id.
    pub right: String,
    /// `same` or `different`.
    pub verdict: String,
    /// Why.
    pub reason: String,
}

/// An action that is fixed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PinGiven {
    /// Asset id.
    pub asset: String,
    /// The action.
    pub action: String,
    /// Why.
    pub reason: String,
}

/// A finding that is accepted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct WaiverGiven {
    /// Rule id.
    pub rule: String,
    /// Asset id, or a pattern with `*`.
    pub asset: String,
    /// Why.
    pub reason: String,
    /// Who decided.
    pub by: String,
    /// ISO day on which it ends; absent for no end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
}

/// A function that the policy adds, or adds words to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FunctionWords {
    /// Its id.
    pub id: String,
    /// Words that show it.
    pub words: Vec<String>,
    /// Whom it serves.
    pub audience: String,
}

impl Rulings {
    /// What a policy decided.
    pub(super) fn of(policy: &model::Rulings) -> Rulings {
        let masked = |text: &str| mask::free(text).into_owned();
        let judgement = |given: &model::Judgement| JudgementGiven {
            left: given.left.clone(),
            right: given.right.clone(),
            verdict: if given.same { "same" } else { "different" }.to_owned(),
            reason: masked(&given.reason),
        };
        let pin = |given: &model::Pin| PinGiven {
            asset: given.asset.clone(),
            action: given.action.to_string(),
            reason: masked(&given.reason),
        };
        let waiver = |given: &model::Waiver| WaiverGiven {
            rule: given.rule.clone(),
            asset: given.asset.clone(),
            reason: masked(&given.reason),
            by: masked(&given.by),
            until: given.until.map(|day| day.to_string()),
        };
        let function = |given: &LocalFunction| FunctionWords {
            id: given.id.clone(),
            words: given.words.clone(),
            audience: given.audience.to_string(),
        };
        Rulings {
            judgements: policy.judgements.iter().map(judgement).collect(),
            pins: policy.pins.iter().map(pin).collect(),
            waivers: policy.waivers.iter().map(waiver).collect(),
            functions: policy.functions.iter().map(function).collect(),
        }
    }

    /// Whether nothing was decided.
    pub fn is_empty(&self) -> bool {
        *self == Rulings::default()
    }
}

impl ScanDocument {
    /// Functions that only the policy of the scan knows, for a lexicon that has them too.
    pub fn local_functions(&self) -> Vec<LocalFunction> {
        let function = |given: &FunctionWords| LocalFunction {
            id: given.id.clone(),
            words: given.words.clone(),
            audience: Audience::parse(&given.audience).unwrap_or_default(),
        };
        self.rulings.functions.iter().map(function).collect()
    }
}
