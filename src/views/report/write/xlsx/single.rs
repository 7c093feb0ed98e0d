//! A workbook of one reduction table.
//!
//! For: WPS and Excel. Not for: the ledger, nor how a table looks (`table`).

use super::super::{Cause, Options, Out, ReportView};
use super::book::Book;
use super::links::Links;
use super::table;
use crate::views::report::Reduction;

/// Writes the workbook.
pub(in super::super) fn draw<'a>(
    reduction: &Reduction<'a>,
    view: &ReportView<'a>,
    options: Options<'_>,
    out: &mut Out,
) -> Result<(), Cause> {
    let mut book = Book::new(view);
    let name = view.names.fill("reduction.sheet", &[("title", &reduction.table.title)]);
    table::whole(&mut book, view, &name, &reduction.table, &reduction.notes)?;
    book.save(&Links::new(&[]), options, out)
}
