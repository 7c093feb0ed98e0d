//! Public pages in the stored scan: by whom and when they were seen, what they say, what they contradict.

use crate::knowledge::messages::Catalogue;
use crate::model;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One public page of one item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Page {
    /// Asset id.
    pub asset: String,
    /// Adapter.
    pub source: String,
    /// `fetched`, or `imported` where a person saved it.
    pub how: String,
    /// Address that answered.
    pub url: String,
    /// When, UTC (RFC 3339).
    pub taken: String,
    /// `listed`, `not-listed`, `deleted`, `migrated`, `violated`, or why nothing is known.
    pub state: String,
    /// Status of the answer; absent for saved pages and where there was none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// BLAKE3 digest of the page, hex; empty where there was none.
    pub blake3: String,
    /// SM3 digest of the page, hex.
    pub sm3: String,
    /// BLAKE3 digest of the record in the evidence folder.
    pub record: String,
    /// What it says, by field.
    pub fields: BTreeMap<String, String>,
    /// Canonical fields of the inventory that were empty and were filled from it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub filled: Vec<String>,
    /// In what it contradicts the inventory.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contradictions: Vec<Contradiction>,
    /// Practices that it speaks of itself: leads, no findings.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub leads: Vec<Lead>,
}

/// A contradiction between inventory and page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Contradiction {
    /// `gone`, `still-there`, `last-update`, `developer` or `name`.
    pub what: String,
    /// As the inventory has it; empty where it says nothing.
    pub stated: String,
    /// As the page has it.
    pub found: String,
    /// For people.
    pub sentence: String,
}

/// A practice that a page speaks of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Lead {
    /// Id of the practice.
    pub practice: String,
    /// The words.
    pub words: String,
}

/// A page as it is cited.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Citation {
    /// Adapter.
    pub source: String,
    /// Address that answered.
    pub url: String,
    /// When, UTC (RFC 3339).
    pub taken: String,
    /// BLAKE3 digest of the page.
    pub blake3: String,
}

/// A page as it is stored, its sentences in the catalogue's language.
pub(super) fn stored(page: &model::Page, asset: &str, catalogue: &Catalogue) -> Page {
    let contradiction = |one: &model::Contradiction| {
        let found = catalogue.word(&one.found);
        let stated = match one.stated.as_str() {
            "" => catalogue.text("collect.contradiction.nothing").into_owned(),
            text => text.to_owned(),
        };
        let args = [("stated", stated), ("found", found.clone())];
        Contradiction {
            what: one.what.to_string(),
            stated: one.stated.clone(),
            found,
            sentence: catalogue.fill(&format!("collect.contradiction.{}", one.what), &args),
        }
    };
    let lead = |lead: &model::Lead| Lead { practice: lead.practice.to_owned(), words: lead.words.clone() };
    Page {
        asset: asset.to_owned(),
        source: page.source.clone(),
        how: page.how.clone(),
        url: page.url.clone(),
        taken: page.taken.clone(),
        state: page.state.clone(),
        status: page.status,
        blake3: page.blake3.clone(),
        sm3: page.sm3.clone(),
        record: page.record.clone(),
        fields: page.fields.iter().cloned().collect(),
        filled: page.filled.iter().map(ToString::to_string).collect(),
        contradictions: page.contradictions.iter().map(contradiction).collect(),
        leads: page.leads.iter().map(lead).collect(),
    }
}

/// A page as it is cited.
pub(super) fn cited(page: &model::Page) -> Citation {
    Citation {
        source: page.source.clone(),
        url: page.url.clone(),
        taken: page.taken.clone(),
        blake3: page.blake3.clone(),
    }
}
