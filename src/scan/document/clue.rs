//! A clue in its stored form.
//!
//! For: `scan.json`. Not for: what a clue comes to (`scan::clues`).

use super::Source;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A clue: what somebody wrote about an item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Clue {
    /// Its text, personal data masked.
    pub text: String,
    /// What it is about, where a column says so.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub subject: String,
    /// Its date as ISO, where a column says so.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub date: String,
    /// Ids of the practices it asserts.
    pub practices: Vec<String>,
    /// Ids of those it only denies or reports as done away with.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub denied: Vec<String>,
    /// The items it is about; none when the text names none of the inventories.
    pub items: Vec<ClueItem>,
    /// Where it stands.
    pub source: Source,
}

/// An item that a clue is about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ClueItem {
    /// Asset id.
    pub asset: String,
    /// `high`, `medium` or `low`.
    pub confidence: String,
}
