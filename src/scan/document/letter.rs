//! The words around the official draft, as a stored scan keeps them.
//!
//! For: drawing the same draft again without the policy file. Not for: what they mean (`model::Letter`).

use crate::model;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Words of the policy's `[report]` section; absent where none are stated.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Letter {
    /// Who signs.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub organisation: String,
    /// What stands above the title.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub letterhead: String,
    /// Document number.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub number: String,
    /// Addressee.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub addressee: String,
    /// Closing sentences.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub closing: Vec<String>,
}

impl Letter {
    /// Whether nothing is stated.
    pub fn is_empty(&self) -> bool {
        *self == Letter::default()
    }
}

impl From<&model::Letter> for Letter {
    fn from(letter: &model::Letter) -> Letter {
        let model::Letter { organisation, letterhead, number, addressee, closing } = letter.clone();
        Letter { organisation, letterhead, number, addressee, closing }
    }
}
