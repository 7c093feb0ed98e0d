//! One reduction table in a file of its own.
//!
//! For: `report --table NAME --format FORMAT`. Not for: what stands in it (`views::report::reduction`). Adding a format
//! is one function and one line here. Invariant: every format shows every row, the total and the notes; CSV, which has no
//! place for notes, has the formula in every row.

use super::super::{Reduction, ReportView, reduction};
use super::{Cause, Options, Out, WriteError, csv, docx, make, markdown, replace, xlsx};
use std::path::{Path, PathBuf};

/// Draws a table into a file.
type Draw = for<'v, 'a> fn(&'v Reduction<'a>, &'v ReportView<'a>, Options<'_>, &mut Out) -> Result<(), Cause>;

/// Every format by its name, which is its ending too.
const FORMATS: [(&str, Draw); 4] =
    [("xlsx", xlsx::single), ("docx", docx::single), ("md", markdown::single), ("csv", csv::single)];

/// Names of the formats of a reduction table.
pub const TABLE_FORMATS: [&str; FORMATS.len()] = {
    let mut names = [""; FORMATS.len()];
    let mut at = 0;
    while at < FORMATS.len() {
        names[at] = FORMATS[at].0;
        at += 1;
    }
    names
};

/// Writes the table of this name into `dir`, which is made if need be, in each of these formats. Names that there are
/// not are passed over. Gives the paths.
///
/// # Errors
/// When a file cannot be written.
pub fn write_table(
    dir: &Path,
    view: &ReportView<'_>,
    name: &str,
    formats: &[&str],
    options: Options<'_>,
) -> Result<Vec<PathBuf>, WriteError> {
    make(dir)?;
    let options = Options { scratch: Some(dir), ..options };
    let Some(table) = reduction(view, name) else { return Ok(Vec::new()) };
    let mut paths = Vec::new();
    for (format, draw) in FORMATS.iter().filter(|(format, _)| formats.contains(format)) {
        let path = dir.join(format!("{name}.{format}"));
        replace(&path, |out| draw(&table, view, options, out))
            .map_err(|cause| WriteError { path: path.clone(), cause })?;
        paths.push(path);
    }
    Ok(paths)
}
