//! Blank inventories (台账模板) for units to fill.
//!
//! For: workbooks with instructions, drop-downs and checks, one for each kind of object. Not for: reading them back, which
//! goes the way of every inventory. Invariant: which columns there are is data (`templates.toml`), every heading is one that
//! reading knows, and equal languages give equal bytes.

mod books;
mod draw;

pub use books::{Book, Column, ColumnKind, books};

use crate::knowledge::messages::Catalogue;
use crate::views::report::WriteError;
use crate::views::report::write::replace;
use std::path::{Path, PathBuf};

/// Writes the books into `dir`, which must be there. Gives the paths.
///
/// # Errors
/// When a file cannot be written.
pub fn write(dir: &Path, books: &[&Book], catalogue: &Catalogue) -> Result<Vec<PathBuf>, WriteError> {
    let mut paths = Vec::with_capacity(books.len());
    for book in books {
        let path = dir.join(&book.file);
        replace(&path, |out| draw::draw(book, catalogue, dir, out))
            .map_err(|cause| WriteError { path: path.clone(), cause })?;
        paths.push(path);
    }
    Ok(paths)
}
