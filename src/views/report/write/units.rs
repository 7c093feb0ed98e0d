//! One workbook and one notice for each unit, and the list of them.
//!
//! For: `report --split-by owner_unit`. Not for: what belongs to whom (`views::report::units`). Invariant: a unit's files
//! hold only what concerns it, and are called the same in every run.

use super::super::{UnitPart, split};
use super::atomic::{Written, ready, settle};
use super::{Cause, Options, ReportView, WriteError, csv, docx, make, replace, xlsx};
use rayon::prelude::*;
use std::path::{Path, PathBuf};

/// The list of the files.
const LIST: &str = "units.csv";

/// Units whose files are put in their places together.
const TURN: usize = 512;

/// A file that is written, with its path.
type Ready = (PathBuf, Written);

/// A unit with the names of its workbook and its notice.
type Part<'a> = (UnitPart<'a>, [String; 2]);

/// Writes every unit's files into `dir`, which is made if need be. Gives the paths, the list last.
///
/// # Errors
/// When a file cannot be written.
pub fn write_units<'a>(
    dir: &Path,
    view: &ReportView<'a>,
    options: Options<'_>,
) -> Result<Vec<PathBuf>, WriteError> {
    make(dir)?;
    let options = Options { scratch: Some(dir), ..options };
    let mut parts: Vec<Part<'a>> = Vec::new();
    for part in split(view) {
        let file = |key| view.names.fill(key, &[("unit", &part.stem)]);
        let notice = if part.is_unit { file("notice.notice-file") } else { String::new() };
        let files = [file("notice.workbook-file"), notice];
        parts.push((part, files));
    }
    let mut paths = Vec::with_capacity(parts.len() * 2 + 1);
    for parts in parts.chunks(TURN) {
        let write = |part: &Part<'a>| write_unit(dir, part, view, options);
        let written: Vec<Vec<Ready>> = parts.par_iter().map(write).collect::<Result<_, _>>()?;
        settle(dir).map_err(failed(dir))?;
        for (path, file) in written.into_iter().flatten() {
            file.place().map_err(failed(&path))?;
            paths.push(path);
        }
    }
    let list = dir.join(LIST);
    replace(&list, |out| csv::units(&parts, options, out))
        .map_err(|cause| WriteError { path: list.clone(), cause })?;
    paths.push(list);
    Ok(paths)
}

/// Says of which file an error is.
fn failed(path: &Path) -> impl FnOnce(Cause) -> WriteError {
    let path = path.to_owned();
    move |cause| WriteError { path, cause }
}

/// Writes the files of one unit. Gives them with their paths.
fn write_unit<'a>(
    dir: &Path,
    (part, files): &Part<'a>,
    view: &ReportView<'a>,
    options: Options<'_>,
) -> Result<Vec<Ready>, WriteError> {
    let [workbook, notice] = [dir.join(&files[0]), dir.join(&files[1])];
    let book = ready(&workbook, |out| xlsx::unit(part, view, options, out)).map_err(failed(&workbook))?;
    let mut files = vec![(workbook, book)];
    if part.is_unit {
        let letter = ready(&notice, |out| docx::notice(part, view, out)).map_err(failed(&notice))?;
        files.push((notice, letter));
    }
    Ok(files)
}
