//! Decisions that came back: returned ledgers → pins and judgements that the scan obeys.
//!
//! For: `--decisions`. Not for: reading cells (`stages/ingest`), and not for the policy's own pins, which stand above these.
//! Invariant: a decision is obeyed whole or not at all; what is not obeyed is listed with its reason.

mod nearest;
mod row;
mod settle;
mod targets;
mod words;

pub(super) use settle::Settled;

use crate::knowledge::policy::Policy;
use crate::model::{AssetTable, Code, Decision, DecisionFile, Diagnostic, Location};
use crate::stages::ingest::{self, Returned, ReturnedTable};
use std::collections::BTreeSet;
use std::path::PathBuf;

/// What stands in the files, before anybody knows what it is about.
#[derive(Clone, Default)]
pub(super) struct Read {
    files: Vec<Returned>,
    remarks: Vec<Diagnostic>,
}

/// Reads files and folders of returned tables.
///
/// # Errors
/// When a path does not exist.
pub(super) fn read(paths: &[PathBuf]) -> Result<Read, ingest::Error> {
    if paths.is_empty() {
        return Ok(Read::default());
    }
    let is_header = |cells: &[String]| {
        let has = |name| words::column(cells, name).is_some();
        has("decision") && (has("id") || has("left") && has("right"))
    };
    let (files, mut remarks) = ingest::returned(paths, &is_header)?;
    for file in files.iter().filter(|file| file.tables.is_empty()) {
        remarks.push(Diagnostic::new(Code::NoDecisions, Location::file(&file.path)));
    }
    Ok(Read { files, remarks })
}

impl Read {
    /// Where the files are: they are no inventories.
    pub(super) fn places(&self) -> impl Iterator<Item = PathBuf> + '_ {
        self.files.iter().filter_map(|file| file.place.clone())
    }

    /// Turns what was written into what the scan obeys; `known` are ids of earlier scans.
    pub(super) fn settle(self, assets: &AssetTable, policy: &Policy, known: &BTreeSet<String>) -> Settled {
        let mut entries: Vec<Decision> = Vec::new();
        let mut files = Vec::new();
        for file in self.files {
            for table in &file.tables {
                entries.extend(in_table(&file.path, table));
            }
            let Returned { path, bytes, blake3, sm3, .. } = file;
            files.push(DecisionFile { path, bytes, blake3, sm3 });
        }
        settle::settle(entries, files, self.remarks, assets, policy, known)
    }
}

/// The decisions of one table; rows without one say nothing.
fn in_table<'a>(path: &'a str, table: &'a ReturnedTable) -> impl Iterator<Item = Decision> + 'a {
    let columns = row::Columns::of(&table.header);
    table.rows.iter().filter_map(move |(number, cells)| {
        let decision = columns.read(cells)?;
        Some(Decision { file: path.to_owned(), sheet: table.sheet.clone(), row: *number, ..decision })
    })
}
