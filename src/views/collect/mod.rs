//! What collecting would ask and what it came to: the terminal's text and the impact page.
//!
//! For: `collect`, `collect --plan`, `collect import`, `collect verify`. Not for: the evidence inside an audit, which
//! is part of the report. Invariant: both are drawn from the same [`Impact`], so they never differ.

mod impact;
mod page;
mod text;

pub use impact::{Impact, Row};
pub use page::page;
pub use text::{kept, plan, summary, verified};
