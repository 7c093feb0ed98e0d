//! `report.docx`: an official draft (代拟稿) in the layout of GB/T 9704.
//!
//! For: Word and WPS; the letter that goes with the ledger. Not for: every item (the ledger has them), nor a
//! finished document: it has no red head, number or seal, and leaves addressee, dates and signature open.
//! Invariant: every number is one of the view, nothing is said to be a violation, and the only date in the
//! file is the as-of date.

mod attachments;
mod body;
mod contents;
mod fonts;
mod package;
mod page;
mod paragraph;
mod sentences;
mod styles;
mod tables;
mod xml;

use super::{Cause, Options, Out, ReportView};

/// Writes the draft.
pub(super) fn draw(view: &ReportView<'_>, _: Options<'_>, out: &mut Out) -> Result<(), Cause> {
    let parts = [
        ("word/document.xml", body::document(view)?),
        ("word/styles.xml", styles::styles()?),
        ("word/fontTable.xml", fonts::fonts()?),
        ("word/footer-odd.xml", page::footer("FootOdd")?),
        ("word/footer-even.xml", page::footer("FootEven")?),
    ];
    package::write(view, &parts, out)
}
