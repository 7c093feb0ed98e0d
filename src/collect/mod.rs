//! Evidence from public pages: what to ask, whether it may be asked, how slowly, and what an answer says.
//!
//! For: `collect` and `collect import`. Not for: keeping (`evidence`) and judging (`scan`). Invariants: nothing
//! is asked but fixed templates and the inventory's own links, of hosts that a person switched on; every
//! address is checked on every hop; the only part that opens a connection is `fetch`, which a build without
//! the feature `net` does not have.

pub mod adapter;
pub mod import;
pub mod plan;
pub mod reading;
pub mod reread;
pub mod robots;
pub mod safety;

#[cfg(feature = "net")]
pub mod fetch;

mod subject;
mod summary;

pub use subject::Subject;
pub use summary::{HostSummary, Summary, Untold};
