//! A document of one reduction table.
//!
//! For: an attachment that is sent by itself. Not for: the draft of the report. Invariant: the table is whole, its header
//! repeats on every page, and its notes and provenance follow it.

use super::super::{Cause, Options, Out, ReportView};
use super::body::Draft;
use super::page::Page;
use super::sentences::Facts;
use super::tables::Grid;
use super::xml::{WORD, node, part};
use crate::knowledge::messages::Lang;
use crate::views::report::Reduction;

/// Writes the document.
pub(in super::super) fn draw<'a>(
    reduction: &Reduction<'a>,
    view: &ReportView<'a>,
    _: Options<'_>,
    out: &mut Out,
) -> Result<(), Cause> {
    let draft = Draft { facts: Facts(view), chinese: view.names.catalogue.lang() == Lang::Zh };
    let table = &reduction.table;
    let body = part("w:document", WORD, |xml| {
        node(xml, "w:body", &[], |xml| {
            draft.line(xml, "Title", &table.title)?;
            let dated = view.names.fill("reduction.dated", &[("as_of", &view.document.as_of)]);
            draft.line(xml, "Mark", &dated)?;
            let grid = Grid::new(&table.columns, &[], Page::Landscape, draft.chinese);
            grid.table(xml, table.rows.iter().chain(&table.total))?;
            for text in reduction.notes.iter().chain([&view.provenance_short]) {
                draft.line(xml, "Note", text)?;
            }
            Page::Landscape.section(xml)
        })
    })?;
    super::write(body, &table.title, view, "table.docx", out)
}
