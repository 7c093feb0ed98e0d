//! The stages of an audit, in order: `ingest`, `normalise`, `clues`, `matching`, `rules`, `plan`.
//!
//! For: turning files into a plan, one step each. Not for: running them (`scan`). Invariant: a stage
//! never names another stage; they meet only in `model`.

pub mod clues;
pub mod ingest;
pub mod matching;
pub mod normalise;
pub mod plan;
pub mod rules;
