//! Kept pages: what a public page said on a day, with its bytes, so that anyone can look again.
//!
//! For: the folder that `collect` fills and `audit --evidence` reads: records, their states, the chained
//! index, and the check of all digests. Not for: fetching and not for understanding pages (`collect`).
//! Invariant: nothing that was kept is ever changed; a new look at a page is a new record. Only the bytes of pages whose
//! time is over go, when a person says so, and a line of the index says that they went.

mod cited;
mod links;
mod prune;
mod record;
mod state;
mod store;
mod verify;
mod view;

pub use cited::{Named, named};
pub use links::links;
pub use prune::{Pruned, prune};
pub use record::{Body, Hop, How, Reading, Record, Reread, digests};
pub use state::State;
pub use store::{Event, Line, Store, StoreError};
pub use verify::{Fault, Verified, Wrong, verify};
pub use view::{Observation, Seen, load};
