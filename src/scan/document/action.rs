//! What to do with one asset, in stored form.
//!
//! For: the edge. Not for: deciding (`stages/plan`).

use super::{Clause, Proposed, Stays};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What to do with an asset.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Action {
    /// Asset id.
    pub asset: String,
    /// `keep`, `keep-fix`, `merge`, `migrate`, `close`, `dissolve`, `refer` or `none`.
    pub action: String,
    /// Asset id or platform name.
    pub target: Option<String>,
    /// Asset ids or platform names that go on with what the target does not do.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<String>,
    /// One sentence.
    pub reason: String,
    /// For `refer`: what a person must answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub question: Option<String>,
    /// For `refer`: what follows from yes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposed: Option<Proposed>,
    /// For `refer`: what yes and what no would change.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<Answer>,
    /// Clauses it rests on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub clause: Vec<Clause>,
    /// Step ids in order.
    pub steps: Vec<String>,
    /// The unit that carries it out; absent where nothing is to be done or no owner is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub responsible: Option<String>,
    /// By when; absent where neither the inventory, nor a clause, nor the policy says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadline: Option<Deadline>,
    /// For what stays: why, and which needs force it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stays: Option<Stays>,
    /// Asset ids whose own actions must be settled before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub waits_for: Vec<String>,
    /// Whether a person fixed it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub pinned: bool,
}

/// By when an action is to be carried out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Deadline {
    /// ISO day.
    pub day: String,
    /// What says so: `inventory`, `policy`, or a clause id.
    pub from: String,
}

/// What one answer to the question of a referred item leads to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Answer {
    /// `yes` or `no`.
    pub answer: String,
    /// The action.
    pub action: String,
    /// Asset id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
    /// What that adds to the staff burden.
    pub staff_burden: i64,
    /// What that adds to the items that stay.
    pub items: i64,
    /// What that adds to the users who must move.
    pub users_moved: i64,
    /// What that adds to the repairs.
    pub repairs: i64,
}
