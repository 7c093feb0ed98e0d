//! A clue (线索): free text about some item, and what it comes to.
//!
//! For: evidence beside findings. Not for: deciding anything; a clue is a claim of whoever wrote it.

use super::{AssetIx, Confidence};

/// What one clue says, and of which items.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Clue {
    /// Its own record.
    pub record: AssetIx,
    /// Ids of the practices it asserts, in the order of the categories.
    pub practices: Vec<&'static str>,
    /// Ids of those it only denies or reports as done away with.
    pub denied: Vec<&'static str>,
    /// The items it is about, by number; several where the text does not tell them apart.
    pub items: Vec<(AssetIx, Confidence)>,
}
