//! What several apps ask the same people to fill in (多头填报).
//!
//! For: 最多报一次. Not for: how it is found (`stages/matching/asked`) or counted (`scan::figures`).

use super::{AssetIx, RegionId, kinds::vocabulary};

vocabulary! {
    /// How it is known that the same is asked.
    AskedBy {
        /// The apps list the same form or data item.
        #[default]
        Form = "form",
        /// The apps do the same job, and both have staff fill something in.
        Function = "function",
    }
}

/// One form or data item that several apps ask for in one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// How it is known.
    pub by: AskedBy,
    /// The form as the first app writes it, or the id of the function.
    pub what: String,
    /// The lowest place in which all of them ask.
    pub place: RegionId,
    /// The apps, the highest level first; the first is the one that may go on asking.
    pub assets: Vec<AssetIx>,
}
