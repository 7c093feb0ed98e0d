//! File formats: bytes → rows.
//!
//! For: one list of formats, chosen by content; a file per format. Not for: what a row means. Invariant:
//! every row of a table reaches the sink exactly once, as a row, as blank rows, or as a broken row.

mod delimited;
mod docx;
mod grid;
mod html;
mod json;
mod merges;
mod ods;
mod package;
mod workbook;
mod xml;
mod xml_sheet;

pub(super) use delimited::{START, Splitter};

use super::content::Content;
use super::rows::RowSink;
use crate::model::Code;

/// A file format.
pub(super) trait Reader: Sync {
    /// Its name in reports: `csv`, `xlsx`, `json`.
    fn recognises(&self, content: &Content<'_>) -> bool;

    /// Hands every table of the file to the sink.
    fn read(&self, content: &Content<'_>, sink: &mut dyn RowSink) -> Result<&'static str, Unreadable>;
}

/// Every format, most distinctive first; the last takes any text.
pub(super) const READERS: &[&dyn Reader] = &[
    &workbook::Workbook,
    &ods::Ods,
    &docx::Docx,
    &html::Page,
    &xml_sheet::XmlSheet,
    &json::Lines,
    &json::Document,
    &delimited::Delimited,
];

/// Why a file could not be read at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unreadable {
    /// Which remark it is.
    pub code: Code,
    /// Key of the reason in the catalogue.
    pub reason: &'static str,
    /// What the system or the library says.
    pub detail: String,
}

impl Unreadable {
    /// A file that cannot be read, with a reason from the catalogue.
    pub(super) fn new(reason: &'static str) -> Self {
        Unreadable { code: Code::UnreadableFile, reason, detail: String::new() }
    }

    /// What the system refuses, in the catalogue's words where it has them.
    pub(super) fn from(error: &std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::PermissionDenied => Unreadable::new("@ingest.reason.denied"),
            std::io::ErrorKind::NotFound => Unreadable::new("@ingest.reason.gone"),
            _ => Unreadable::new("@ingest.reason.io").because(error),
        }
    }

    /// Adds what the system or the library says.
    pub(super) fn because(mut self, detail: impl ToString) -> Self {
        self.detail = detail.to_string();
        self
    }
}
