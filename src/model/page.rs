//! A public page of an item, as far as an audit makes use of it.
//!
//! For: what a kept page adds to an inventory, and where the two contradict each other. Not for: keeping pages
//! (`evidence`). Invariant: nothing here is a finding; a page is cited by address, moment and digest.

use super::{AssetIx, Field, vocabulary};

vocabulary! {
    /// In what inventory and page contradict each other.
    Conflict {
        /// The inventory has it in use; the page says that it is not there.
        #[default]
        Gone = "gone",
        /// The inventory has it closed; the page is there.
        StillThere = "still-there",
        /// The inventory states a later update than the page does.
        LastUpdate = "last-update",
        /// The page names another body than the inventory.
        Developer = "developer",
        /// The page has another name.
        Name = "name",
    }
}

/// One contradiction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contradiction {
    /// In what.
    pub what: Conflict,
    /// As the inventory has it; empty where it says nothing.
    pub stated: String,
    /// As the page has it.
    pub found: String,
}

/// A practice that the page itself speaks of: a lead, never a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lead {
    /// Id of the practice.
    pub practice: &'static str,
    /// The words.
    pub words: String,
}

/// One page of one item.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// The item.
    pub asset: AssetIx,
    /// Adapter.
    pub source: String,
    /// `fetched` or `imported`.
    pub how: String,
    /// Address that answered.
    pub url: String,
    /// When, UTC.
    pub taken: String,
    /// What the look came to, by its name in the evidence folder.
    pub state: String,
    /// Status of the answer.
    pub status: Option<u16>,
    /// BLAKE3 digest of the page; empty where there was none.
    pub blake3: String,
    /// SM3 digest of the page.
    pub sm3: String,
    /// BLAKE3 digest of the record.
    pub record: String,
    /// What was read, by field of the page.
    pub fields: Vec<(String, String)>,
    /// Fields of the inventory that were empty and now have what the page says.
    pub filled: Vec<Field>,
    /// Contradictions.
    pub contradictions: Vec<Contradiction>,
    /// Leads.
    pub leads: Vec<Lead>,
}
