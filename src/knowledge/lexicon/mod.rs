//! What words mean here: places, units, platforms, functions and the closed vocabularies.
//!
//! For: lookups over the tables in `src/data/lexicon/`. Not for: deciding about a record
//! (`normalise` does). Invariant: every table is folded once on loading and queried with folded
//! text, so that width, case, script and punctuation never matter.

mod counterparts;
pub mod fields;
pub mod functions;
pub mod platforms;
pub mod regions;
pub mod units;
pub mod values;
pub mod words;

mod error;
mod phrases;
mod table;

pub use counterparts::are_counterparts;
pub use error::{Fault, LexiconError};
pub use functions::{Function, FunctionBook};
pub use platforms::{Platform, PlatformBook};
pub use regions::RegionBook;
pub use units::{Body, UnitBook};
pub use values::ValueBook;
pub use words::{FILLERS, NameWords};

use crate::model::LocalWords;

/// Every table, loaded.
pub struct Lexicon {
    /// Administrative divisions.
    pub regions: RegionBook,
    /// Bodies.
    pub units: UnitBook,
    /// Platforms.
    pub platforms: PlatformBook,
    /// Functions.
    pub functions: FunctionBook,
    /// Values of the closed vocabularies.
    pub values: ValueBook,
    /// Words inside names.
    pub words: NameWords,
}

impl Lexicon {
    /// Loads the vendored tables, the user's own divisions (CSV text with the columns `code`, `name`, and
    /// optionally `level` and `parent_code`), and the user's own words.
    ///
    /// # Errors
    /// When the user's divisions do not parse.
    pub fn load(extra_regions: Option<&str>, local: &LocalWords) -> Result<Lexicon, LexiconError> {
        Ok(Lexicon {
            regions: RegionBook::load(extra_regions)?,
            units: UnitBook::load(&local.units),
            platforms: PlatformBook::load(&local.platforms),
            functions: FunctionBook::load(&local.functions),
            values: ValueBook::load(),
            words: NameWords::load(&local.name_words),
        })
    }
}
