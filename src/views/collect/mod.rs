//! What collecting would ask and what it came to: the terminal's text and the impact page.
//!
//! For: `collect`, `collect --plan`, `collect import`, `collect verify`, `collect reread`, `collect prune`. Not for: the evidence inside an audit, which
//! is part of the report. Invariant: both are drawn from the same [`Impact`], so they never differ.

mod impact;
mod page;
mod text;
mod upkeep;

use crate::collect::safety::Refusal;
use crate::knowledge::messages::Catalogue;

pub use impact::{Impact, Row};
pub use page::page;
pub use text::{kept, plan, summary, verified};
pub use upkeep::{against_history, pruned, reread};

/// The manners that are kept, each with its figure.
fn manners(impact: &Impact<'_>, catalogue: &Catalogue) -> Vec<String> {
    let args = [
        ("agent", impact.agent.clone()),
        ("spacing", impact.spacing.to_string()),
        ("budget", impact.budget.to_string()),
    ];
    let manner = |name: &str| catalogue.fill(&format!("collect.impact.{name}"), &args);
    ["only", "agent", "pace", "robots", "again", "stop", "limits", "personal"].map(manner).to_vec()
}

/// Why an address is not asked, in words.
fn refusal(why: &Refusal, catalogue: &Catalogue) -> String {
    let (name, value) = match why {
        Refusal::Address(address, kind) => {
            let key = format!("collect.forbidden.{kind}");
            ("address", catalogue.fill(&key, &[("address", address.to_string())]))
        }
        other => other.told(),
    };
    catalogue.fill(&format!("collect.refusal.{name}"), &[("value", crate::views::visible(&value))])
}
