//! A unit's workbook: its items with the columns for its answer, its problems, its duplicates.
//!
//! For: what goes out to a unit and comes back filled in. Not for: the whole ledger. Invariant: the sheet of items has the
//! columns of the ledger, the hidden id too, so that it is read back in the same way.

use super::super::{Cause, Options, Out, ReportView};
use super::book::Book;
use super::links::{Links, To};
use super::overview::{paragraph, title};
use super::sheet::{listing, new};
use super::{LEDGER, PAIRS, PROBLEMS};
use crate::views::report::UnitPart;

/// Columns of the first sheet, and how wide each is.
const GRID: (u16, f64) = (4, 26.0);
/// Terminal columns of a line of it.
const LINE: usize = 100;

/// Writes the workbook.
pub(in super::super) fn draw(
    part: &UnitPart<'_>,
    view: &ReportView<'_>,
    options: Options<'_>,
    out: &mut Out,
) -> Result<(), Cause> {
    let mut book = Book::new(view);
    let names = view.names;
    let (sheet, styles) = new(&mut book, view, &names.text("notice.sheet"))?;
    for column in 0..GRID.0 {
        sheet.set_column_width(column, GRID.1)?;
    }
    let mut row = title(sheet, &names.fill("notice.workbook-title", &[("unit", &part.unit)]), styles)?;
    let counts = [
        ("items", part.counts.items.to_string()),
        ("live", part.counts.before().to_string()),
        ("findings", part.counts.open().to_string()),
        ("proposals", part.counts.proposals().to_string()),
        ("pairs", part.duplicates.len.to_string()),
    ];
    let counts = names.catalogue.fill("notice.workbook-counts", &counts);
    let guide = (1..=5).map(|i| names.text(&format!("notice.guide.{i}")));
    let suspected = names.text("report.note.suspected");
    let lines = [counts].into_iter().chain(guide).chain([suspected, view.provenance_short.clone()]);
    for text in lines {
        row = paragraph(sheet, row, &text, GRID.0 - 1, LINE, styles)?;
    }
    let ways = Links::new(&[
        (To::Ledger, &part.ledger),
        (To::Problems, &part.problems),
        (To::Pairs, &part.duplicates),
    ]);
    listing(&mut book, view, &part.ledger, &LEDGER)?;
    listing(&mut book, view, &part.problems, &PROBLEMS)?;
    if part.duplicates.len > 0 {
        listing(&mut book, view, &part.duplicates, &PAIRS)?;
    }
    book.save(&ways, options, out)
}
