//! The files of a report.
//!
//! For: the list of formats, and putting each on disk. Not for: what they say ([`ReportView`]).
//! Adding a format is one file here and one line in [`WRITERS`]. Invariant: equal views give equal
//! bytes, and a file is there whole or not at all.

pub mod atomic;
mod csv;
mod docx;
mod fill;
mod html;
mod json;
mod markdown;
mod sarif;
mod single;
mod units;
mod xlsx;

pub use atomic::{Out, replace};
pub use csv::defuse;
pub use fill::{Filled, Unfillable, fill};
#[cfg(feature = "net")]
pub(in crate::views) use html::digest;
pub(in crate::views) use markdown::escape;
pub use single::{TABLE_FORMATS, write_table};
pub use units::write_units;

use super::ReportView;
use crate::knowledge::messages::Catalogue;
use crate::scan::document::ScanDocument;
use rayon::prelude::*;
use std::io;
use std::path::{Path, PathBuf};

/// Text encoding of CSV files.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Encoding {
    /// UTF-8 with a byte order mark, which spreadsheets recognise.
    #[default]
    Utf8,
    /// GB18030, for older tools.
    Gb18030,
}

impl Encoding {
    /// The encoding with this name: `utf-8` or `gb18030`.
    pub fn parse(name: &str) -> Option<Encoding> {
        match name.to_ascii_lowercase().as_str() {
            "utf-8" | "utf8" => Some(Encoding::Utf8),
            "gb18030" | "gbk" => Some(Encoding::Gb18030),
            _ => None,
        }
    }
}

/// How files are written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Options<'a> {
    /// Of CSV files.
    pub encoding: Encoding,
    /// Where a format may keep what does not fit in memory while it is drawn: the output folder, since the
    /// system's own folder for temporary files may be elsewhere, full or absent.
    pub scratch: Option<&'a Path>,
}

/// Draws a view into a file.
type Draw = fn(&ReportView<'_>, Options<'_>, &mut Out) -> Result<(), Cause>;

/// A file format of the report.
pub struct Writer {
    /// Name used by `report --format`.
    pub name: &'static str,
    /// File name in the output folder.
    pub file: &'static str,
    draw: Draw,
}

/// Every format, in the order in which files are written: the scan itself first.
pub static WRITERS: &[Writer] = &[
    Writer { name: "json", file: "scan.json", draw: json::draw },
    Writer { name: "xlsx", file: "ledger.xlsx", draw: xlsx::draw },
    Writer { name: "docx", file: "report.docx", draw: docx::draw },
    Writer { name: "md", file: "summary.md", draw: markdown::draw },
    Writer { name: "html", file: "report.html", draw: html::draw },
    Writer { name: "assets", file: "assets.csv", draw: csv::assets },
    Writer { name: "clusters", file: "clusters.csv", draw: csv::clusters },
    Writer { name: "pairs", file: "pairs.csv", draw: csv::pairs },
    Writer { name: "findings", file: "findings.csv", draw: csv::findings },
    Writer { name: "plan", file: "plan.csv", draw: csv::plan },
    Writer { name: "rejected", file: "rejected.csv", draw: csv::rejected },
    Writer { name: "sarif", file: "findings.sarif", draw: sarif::draw },
];

impl Writer {
    /// The format of this name.
    pub fn named(name: &str) -> Option<&'static Writer> {
        WRITERS.iter().find(|writer| writer.name == name)
    }

    /// Writes the view to `path`, replacing what is there only once the new file is complete.
    pub fn write(&self, path: &Path, view: &ReportView<'_>, options: Options<'_>) -> Result<(), WriteError> {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let options = Options { scratch: folder, ..options };
        replace(path, |out| (self.draw)(view, options, out))
            .map_err(|cause| WriteError { path: path.to_owned(), cause })
    }
}

/// Why a file could not be written.
#[derive(Debug, thiserror::Error)]
#[error("{}: {cause}", path.display())]
pub struct WriteError {
    /// The file.
    pub path: PathBuf,
    /// What went wrong.
    #[source]
    pub cause: Cause,
}

/// What went wrong while writing.
#[derive(Debug, thiserror::Error)]
pub enum Cause {
    /// The disk or the system.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// The scan has something that JSON has not.
    #[error(transparent)]
    Json(#[from] serde_json::Error),
    /// A table line.
    #[error(transparent)]
    Csv(#[from] ::csv::Error),
    /// The workbook.
    #[error(transparent)]
    Xlsx(#[from] rust_xlsxwriter::XlsxError),
}

/// Makes a folder if need be.
fn make(dir: &Path) -> Result<(), WriteError> {
    std::fs::create_dir_all(dir).map_err(|cause| WriteError { path: dir.to_owned(), cause: Cause::Io(cause) })
}

/// Writes every format of a scan into `dir`, which is made if need be. Gives the paths, in order.
pub fn write_all(
    dir: &Path,
    document: &ScanDocument,
    catalogue: &Catalogue,
    options: Options<'_>,
) -> Result<Vec<PathBuf>, WriteError> {
    write_view(dir, &ReportView::new(document, catalogue), options)
}

/// Writes every format of a view, as [`write_all`].
pub fn write_view(
    dir: &Path,
    view: &ReportView<'_>,
    options: Options<'_>,
) -> Result<Vec<PathBuf>, WriteError> {
    write_some(dir, view, options, |_| true)
}

/// Writes the formats that are wanted into `dir`, which is made if need be. Gives the paths, in order.
pub fn write_some(
    dir: &Path,
    view: &ReportView<'_>,
    options: Options<'_>,
    wanted: impl Fn(&Writer) -> bool,
) -> Result<Vec<PathBuf>, WriteError> {
    make(dir)?;
    let wanted: Vec<&Writer> = WRITERS.iter().filter(|writer| wanted(writer)).collect();
    // Formats take very different times, so each is a task of its own.
    let write = |writer: &Writer| {
        let path = dir.join(writer.file);
        writer.write(&path, view, options).map(|()| path)
    };
    wanted.into_par_iter().with_max_len(1).map(write).collect()
}
