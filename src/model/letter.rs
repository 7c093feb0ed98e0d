//! The words around an official draft: letterhead, number, addressee, closing, signature.
//!
//! For: carrying what the policy says to the documents. Not for: what a draft says by itself.

/// Words of a letter; empty where none are stated, and the draft leaves the place open.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Letter {
    /// Who signs.
    pub organisation: String,
    /// What stands above the title (发文机关标志), in black: a draft has no red head.
    pub letterhead: String,
    /// Document number (发文字号).
    pub number: String,
    /// Whom the report is addressed to (主送机关), without the colon.
    pub addressee: String,
    /// Closing sentences, a paragraph each.
    pub closing: Vec<String>,
}
