//! Kept pages: what a public page said on a day, with its bytes, so that anyone can look again.
//!
//! For: the folder that `collect` fills and `audit --evidence` reads: records, their states, the chained
//! index, and the check of all digests. Not for: fetching and not for understanding pages (`collect`).
//! Invariant: nothing that was kept is ever changed; a new look at a page is a new record.

mod links;
mod record;
mod state;
mod store;
mod verify;
mod view;

pub use links::links;
pub use record::{Body, Hop, How, Reading, Record, digests};
pub use state::State;
pub use store::{Event, Line, Store, StoreError};
pub use verify::{Fault, Verified, Wrong, verify};
pub use view::{Observation, Seen, load};
