//! One look at one address, as it is kept.
//!
//! For: the file `records/…json`. Not for: the bytes of the page, which lie beside it and are named by
//! digest. Names here only ever gain optional fields.

use super::State;
use crate::model::vocabulary;
use serde::{Deserialize, Serialize};
use sm3::{Digest as _, Sm3};
use std::collections::BTreeMap;

vocabulary! {
    /// How a page came here.
    How {
        /// Fetched by `collect`.
        #[default]
        Fetched = "fetched",
        /// Saved by a person and taken in by `collect import`.
        Imported = "imported",
    }
}

/// One look at one address.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// `fetched` or `imported`.
    pub how: String,
    /// The adapter; `robots` for robots.txt.
    pub source: String,
    /// Version of the adapter.
    pub adapter: String,
    /// Host that answered, or that was asked last.
    pub host: String,
    /// Address that was asked.
    pub url: String,
    /// Address that answered.
    pub final_url: String,
    /// When, in UTC to the second (RFC 3339).
    pub taken: String,
    /// Who switched the source on, or who saved the page: a body or a post.
    pub by: String,
    /// Status of the last answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// Answers on the way, redirects first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hops: Vec<Hop>,
    /// Requests made for it.
    #[serde(default)]
    pub attempts: u32,
    /// The rule of robots.txt that decided, as written; empty when none matched.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub robots: Option<String>,
    /// Headers of the last answer, in its order; cookies are left out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub headers: Vec<(String, String)>,
    /// The page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<Body>,
    /// Whether the server said that nothing had changed; the page is then the earlier one.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub not_modified: bool,
    /// Seconds after which the server wants to be asked again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u64>,
    /// What was read of it, one for each item asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub readings: Vec<Reading>,
    /// Where the page was read again later: the record that it was read for before, and when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reread: Option<Reread>,
    /// What went wrong, in the words of the system.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// What the look came to.
    pub state: String,
}

/// A page that was read again without being fetched again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reread {
    /// BLAKE3 digest of the record before.
    pub of: String,
    /// When, in UTC to the second.
    pub at: String,
}

/// One answer on the way.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hop {
    /// Address.
    pub url: String,
    /// The network address that was checked and asked.
    pub address: String,
    /// Status.
    pub status: u16,
}

/// The bytes of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Body {
    /// BLAKE3 digest, hex; also the name of its file.
    pub blake3: String,
    /// SM3 digest, hex.
    pub sm3: String,
    /// Length.
    pub bytes: u64,
    /// What it is: `html`, `json`, `mhtml`, `pdf`, `png`, `text`.
    pub format: String,
    /// Character encoding that it was read with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
}

/// What a page says of one item.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// What was asked for: a package name, a number, an address.
    pub key: String,
    /// Ids of the items that it was asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub assets: Vec<String>,
    /// What the page says of it.
    pub state: String,
    /// What was read, by field; dates in ISO form, counts as digits beside their text.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<String, String>,
    /// Selectors that matched nothing: `field: selector`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unmatched: Vec<String>,
}

impl Record {
    /// What the look came to.
    pub fn state(&self) -> State {
        State::parse(&self.state).unwrap_or_default()
    }

    /// A header of the last answer.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(held, _)| held.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }
}

impl Reading {
    /// What the page says of the item.
    pub fn state(&self) -> State {
        State::parse(&self.state).unwrap_or_default()
    }
}

/// BLAKE3 and SM3 of some bytes, lower-case hex.
pub fn digests(bytes: &[u8]) -> (String, String) {
    let sm3 = Sm3::digest(bytes);
    let hex = sm3.iter().fold(String::with_capacity(64), |mut out, byte| {
        out.push(char::from_digit(u32::from(byte >> 4), 16).unwrap_or('0'));
        out.push(char::from_digit(u32::from(byte & 15), 16).unwrap_or('0'));
        out
    });
    (blake3::hash(bytes).to_hex().to_string(), hex)
}
