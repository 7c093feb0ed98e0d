//! What the program knows before it reads a file: words, places, clauses, sentences, policy.
//!
//! For: lookups over data in `src/data/`. Not for: deciding anything about an asset (stages do).
//! Invariant: nothing in here reads an inventory; only `policy` and extra regions read a file, and
//! only when the caller names it.

pub mod clause;
pub mod detect;
pub mod lexicon;
pub mod messages;
pub mod policy;
pub mod text;
