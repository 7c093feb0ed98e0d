//! What words mean here: places, units, platforms, functions and the closed vocabularies.
//!
//! For: lookups over the tables in `src/data/lexicon/`. Not for: deciding about a record
//! (`normalise` does). Invariant: every table is folded once on loading and queried with folded
//! text, so that width, case, script and punctuation never matter.

pub mod regions;
pub mod units;

mod error;
mod phrases;
mod table;

pub use error::{Fault, LexiconError};
pub use regions::RegionBook;
pub use units::UnitBook;
