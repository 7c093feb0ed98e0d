//! `explain`: everything a scan knows about one item, pair or finding, and what the tables make of a name.
//!
//! For: arguing a case. Not for: judging it. Invariant: nothing is said that is not in the document.

mod asset;
mod meaning;
mod pair;
mod query;

pub use meaning::meaning;
pub use query::NotFound;

use super::report::ReportView;
use super::terminal::{self, Screen};
use crate::knowledge::messages::Catalogue;
use crate::scan::Compared;
use crate::scan::document::ScanDocument;
use query::Answer;

/// Explains an asset (by id or by its exact name), a finding (by fingerprint or the beginning of
/// one, at least six digits), or, with `other`, how two assets relate: those that are no pair are `compared`, by position.
pub fn explain(
    document: &ScanDocument,
    query: &str,
    other: Option<&str>,
    catalogue: &Catalogue,
    screen: Screen,
    compared: impl FnOnce(usize, usize) -> Option<Compared>,
) -> Result<String, NotFound> {
    let view = ReportView::new(document, catalogue);
    let first = query::find(&view, query)?;
    let Some(other) = other else {
        return Ok(match first {
            Answer::Asset(at) => asset::explain(&view, screen, at),
            Answer::Finding(i) => terminal::one(&view, screen, &document.findings[i]),
        });
    };
    let left = query::asset(&view, query)?;
    let right = query::asset(&view, other)?;
    Ok(pair::explain(&view, screen, left, right, || compared(left, right)))
}

/// The position of the asset that is meant.
///
/// # Errors
/// When none or several are, with those to try.
pub fn position(view: &ReportView<'_>, query: &str) -> Result<usize, NotFound> {
    query::asset(view, query)
}

/// A labelled line of an explanation.
fn line(out: &mut String, screen: Screen, label: &str, text: &str) {
    /// Fits six Chinese characters, as long as most field names.
    const LABEL: usize = 14;
    terminal::labelled(out, screen, &terminal::Label { margin: "", text: label, width: LABEL }, text);
}
