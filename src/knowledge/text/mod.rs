//! String tools: folding, script variants, look-alikes; pure functions over tables.
//!
//! For: making two spellings of one thing equal. Not for: knowing what a word means (`lexicon`).
//! Invariant: folding is idempotent.

mod fold;
pub mod mask;

pub use fold::fold;
