//! Everything the stages look up, loaded once.

use crate::knowledge::clause::ClauseBook;
use crate::knowledge::detect::Detector;
use crate::knowledge::lexicon::fields::FieldBook;
use crate::knowledge::lexicon::{Lexicon, LexiconError};
use crate::model::LocalWords;
use std::sync::LazyLock;

/// The knowledge shipped with the program, with the user's own regions and words added.
pub struct Knowledge {
    /// Regions, units, platforms, functions.
    pub lexicon: Lexicon,
    /// Headers and their fields.
    pub fields: FieldBook,
    /// Clauses.
    pub clauses: ClauseBook,
    /// Names of the local profiles in use.
    pub profiles: Vec<String>,
    /// Reader of free text; made when it is first asked, for matching never asks it.
    pub detector: LazyLock<Detector>,
}

impl Knowledge {
    /// Loads everything. `extra_regions` is the text of the user's regions CSV, `local`
    /// the words of the user's policy.
    ///
    /// # Errors
    /// When the extra regions do not parse; shipped data is tested and cannot fail.
    pub fn load(extra_regions: Option<&str>, local: &LocalWords) -> Result<Knowledge, LexiconError> {
        Ok(Knowledge {
            lexicon: Lexicon::load(extra_regions, local)?,
            fields: FieldBook::load(),
            clauses: ClauseBook::load(),
            profiles: Vec::new(),
            detector: LazyLock::new(Detector::load),
        })
    }
}
