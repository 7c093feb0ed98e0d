//! The review page, served on this machine: who may ask, what is answered, where decisions go.
//!
//! For: `review`. Not for: what the page shows (`views/review`) or what follows from a decision (`scan/decisions`).
//! Invariants: nothing is told to whoever does not know the word in the address; another page in the same browser
//! can neither read nor write; a decision is on the disk before it is called saved.

mod answer;
mod desk;
mod gate;
mod serve;
mod waive;

pub(super) use desk::Desk;
pub(super) use serve::run;
