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
mod notice;
mod package;
mod page;
mod paragraph;
mod sentences;
mod single;
mod styles;
mod tables;
mod xml;

pub(super) use notice::draw as notice;
pub(super) use single::draw as single;

use super::{Cause, Options, Out, ReportView};
use package::About;
use std::io;

/// Writes the draft.
pub(super) fn draw(view: &ReportView<'_>, _: Options<'_>, out: &mut Out) -> Result<(), Cause> {
    write(body::document(view)?, &view.title, view, "report.docx", out)
}

/// A whole document around its main part.
fn write(
    body: Vec<u8>,
    title: &str,
    view: &ReportView<'_>,
    what: &'static str,
    out: &mut Out,
) -> Result<(), Cause> {
    let about = About { title, tool: &view.document.tool, day: &view.document.as_of, what };
    package::write(&about, &body, out)
}

/// The parts that no document has otherwise.
fn fixed() -> io::Result<[(&'static str, Vec<u8>); 4]> {
    Ok([
        ("word/styles.xml", styles::styles()?),
        ("word/fontTable.xml", fonts::fonts()?),
        ("word/footer-odd.xml", page::footer("FootOdd")?),
        ("word/footer-even.xml", page::footer("FootEven")?),
    ])
}
