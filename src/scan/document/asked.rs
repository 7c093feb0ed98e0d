//! What several apps ask for, and why items stay, in stored form.
//!
//! For: the edge. Not for: finding or counting either (`stages/matching/asked`, `scan::figures`).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One form or data item that several apps ask for in one place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Asked {
    /// `form` where the apps list it, `function` where they do one job and both have something filled in.
    pub by: String,
    /// The form as the first app writes it, or a function id.
    pub what: String,
    /// Names from the province down to the lowest place in which all of them ask.
    pub place: Vec<String>,
    /// Asset ids, the highest level first.
    pub assets: Vec<String>,
}

/// Why an item stays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Stays {
    /// `pinned`, `referred`, `host`, `needed`, `shared` or `unstated`: the first that holds.
    pub reason: String,
    /// The needs that nothing else that stays serves; of a host, those of what goes into it as well.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<Forced>,
}

/// A need: what, where and for whom.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Forced {
    /// Function id.
    pub function: String,
    /// The place, in one word.
    pub place: String,
    /// `staff`, `public`, `both` or `unknown`.
    pub audience: String,
}
