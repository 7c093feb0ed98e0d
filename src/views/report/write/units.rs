//! One workbook and one notice for each unit, and the list of them.
//!
//! For: `report --split-by owner_unit`. Not for: what belongs to whom (`views::report::units`). Invariant: a unit's files
//! hold only what concerns it, and are called the same in every run.

use super::super::{UnitPart, split};
use super::{Options, ReportView, WriteError, csv, docx, make, replace, xlsx};
use std::path::{Path, PathBuf};

/// The list of the files.
const LIST: &str = "units.csv";

/// Writes every unit's files into `dir`, which is made if need be. Gives the paths, the list last.
///
/// # Errors
/// When a file cannot be written.
pub fn write_units(
    dir: &Path,
    view: &ReportView<'_>,
    options: Options<'_>,
) -> Result<Vec<PathBuf>, WriteError> {
    make(dir)?;
    let options = Options { scratch: Some(dir), ..options };
    let mut parts: Vec<(UnitPart<'_>, [String; 2])> = Vec::new();
    for part in split(view) {
        let file = |key| view.names.fill(key, &[("unit", &part.stem)]);
        let notice = if part.is_unit { file("notice.notice-file") } else { String::new() };
        let files = [file("notice.workbook-file"), notice];
        parts.push((part, files));
    }
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |cause| WriteError { path, cause }
    };
    let mut paths = Vec::with_capacity(parts.len() * 2 + 1);
    for (part, files) in &parts {
        let [workbook, notice] = [dir.join(&files[0]), dir.join(&files[1])];
        replace(&workbook, |out| xlsx::unit(part, view, options, out)).map_err(failed(&workbook))?;
        paths.push(workbook);
        if part.is_unit {
            replace(&notice, |out| docx::notice(part, view, out)).map_err(failed(&notice))?;
            paths.push(notice);
        }
    }
    let list = dir.join(LIST);
    replace(&list, |out| csv::units(&parts, options, out)).map_err(failed(&list))?;
    paths.push(list);
    Ok(paths)
}
