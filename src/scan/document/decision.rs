//! What people decided, in its stored form.
//!
//! For: which files were obeyed, and what became of each decision. Not for: deciding.

use super::{Action, Source};
use crate::model;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The decisions that a scan was told of.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Decisions {
    /// The files they stand in: inputs like any other.
    pub files: Vec<DecisionFile>,
    /// Each decision with what became of it.
    pub entries: Vec<Decision>,
}

/// A file with decisions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
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

/// One decision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Decision {
    /// Asset id.
    pub asset: String,
    /// Of a pair, the other asset id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other: Option<String>,
    /// `accept`, `reject`, `change`, `defer`, `same` or `different`; absent when it was not understood.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verdict: Option<String>,
    /// As written.
    pub written: String,
    /// The action it fixes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub action: Option<String>,
    /// Asset id or platform name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
    /// Why, as written.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// Where it stands.
    pub source: Source,
    /// `applied`, `noted`, `gone`, `unknown`, `contradicted` or `unclear`.
    pub outcome: String,
}

/// The platforms above that are in nobody's inventory, and what they cover.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Reference {
    /// The file they stand in: an input like any other.
    pub file: DecisionFile,
    /// Items that a platform of it covers.
    pub covered: Vec<CoveredItem>,
}

/// An item that such a platform covers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CoveredItem {
    /// Asset id.
    pub asset: String,
    /// The platform with its owner.
    pub platform: String,
    /// Function ids of the platform.
    pub functions: Vec<String>,
    /// For whom: `staff`, `public`, `both` or `unknown`.
    pub audience: String,
}

/// What follows when the question of a referred item is answered with yes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Proposed {
    /// The action.
    pub action: String,
    /// Asset id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
}

impl Action {
    /// What accepting it means, for the program that reads the ledger back: `merge>asset-id`. Of a referred item, what
    /// follows from yes.
    pub fn acceptance(&self) -> String {
        let (kind, target) = match &self.proposed {
            Some(proposed) => (&proposed.action, &proposed.target),
            None => (&self.action, &self.target),
        };
        target.as_ref().map_or_else(|| kind.clone(), |target| format!("{kind}>{target}"))
    }
}

/// A file in its stored form.
pub(super) fn file(file: &model::DecisionFile) -> DecisionFile {
    DecisionFile {
        path: file.path.clone(),
        bytes: file.bytes,
        blake3: file.blake3.clone(),
        sm3: file.sm3.clone(),
    }
}

/// The stored form; nothing when nobody decided anything.
pub(super) fn decisions(decisions: &model::Decisions) -> Option<Decisions> {
    if decisions.files.is_empty() {
        return None;
    }
    let entry = |entry: &model::Decision| Decision {
        asset: entry.asset.clone(),
        other: entry.other.clone(),
        verdict: entry.verdict.map(|verdict| verdict.to_string()),
        written: entry.written.clone(),
        action: entry.action.map(|action| action.to_string()),
        target: entry.target.clone(),
        reason: entry.reason.clone(),
        source: Source {
            file: entry.file.clone(),
            sheet: entry.sheet.clone(),
            row: entry.row,
            ..Source::default()
        },
        outcome: entry.outcome.to_string(),
    };
    Some(Decisions {
        files: decisions.files.iter().map(file).collect(),
        entries: decisions.entries.iter().map(entry).collect(),
    })
}
