//! Arguments → the files to read, each with the path it is known by.
//!
//! For: walking folders, leaving out what is no inventory, and naming files the same whatever the
//! order of the arguments. Not for: opening them. Invariant: paths are unique, and sorted.

use super::Error;
use super::formats::Unreadable;
use crate::model::{Code, Diagnostic, Location};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// Extensions read inside folders. A file named on the command line is read whatever its extension.
const INVENTORIES: [&str; 17] = [
    "csv", "docm", "docx", "et", "ett", "json", "jsonl", "ndjson", "ods", "tsv", "txt", "xls", "xlsb",
    "xlsm", "xlsx", "xlt", "xltx",
];

/// The argument that stands for standard input.
pub(super) const INPUT: &str = "-";
/// The path under which it is known.
const INPUT_PATH: &str = "stdin";

/// A file to read.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Found {
    /// Path relative to its argument, with `/`; longer where two arguments give the same.
    pub path: String,
    /// Where it is.
    pub place: Place,
}

/// Where bytes come from.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    /// Standard input.
    Input,
    /// Bytes that are there already.
    Memory(Vec<u8>),
    /// A file.
    File(PathBuf),
}

impl Found {
    /// Bytes of the file, as far as is known before it is read.
    pub(super) fn size(&self) -> u64 {
        match &self.place {
            Place::Input => u64::MAX,
            Place::Memory(bytes) => bytes.len() as u64,
            Place::File(path) => std::fs::metadata(path).map_or(0, |meta| meta.len()),
        }
    }
}

/// A file and the names it can go by: components from the root of the file system down, and how
/// many of the last ones are needed.
struct Entry {
    place: PathBuf,
    parts: Vec<String>,
    shown: usize,
}

/// Lists the files of the arguments. Skipped ones are said in `remarks`.
pub(super) fn find(
    paths: &[PathBuf],
    not_inventories: &[PathBuf],
    remarks: &mut Vec<Diagnostic>,
) -> Result<Vec<Found>, Error> {
    let excluded: BTreeSet<PathBuf> = not_inventories.iter().map(|p| canonical(p)).collect();
    let mut entries: BTreeMap<PathBuf, Entry> = BTreeMap::new();
    let mut skipped: BTreeMap<String, &'static str> = BTreeMap::new();
    let mut input = None;
    for path in paths {
        if path.as_os_str() == INPUT {
            input = Some(Found { path: INPUT_PATH.to_owned(), place: Place::Input });
            continue;
        }
        let meta = std::fs::metadata(path).map_err(|_| Error::MissingPath(path.clone()))?;
        if meta.is_dir() {
            walk(path, &excluded, &mut entries, &mut skipped, remarks);
        } else {
            add(&mut entries, path, 1);
        }
    }
    let named: BTreeSet<String> =
        entries.values().map(|e| e.parts[e.parts.len() - e.shown..].join("/")).collect();
    for (path, reason) in skipped.into_iter().filter(|(path, _)| !named.contains(path)) {
        remarks.push(Diagnostic::new(Code::SkippedFile, Location::file(&path)).with("reason", reason));
    }
    let mut found = name(entries.into_values().collect());
    found.extend(input);
    found.sort();
    Ok(found)
}

fn walk(
    root: &Path,
    excluded: &BTreeSet<PathBuf>,
    entries: &mut BTreeMap<PathBuf, Entry>,
    skipped: &mut BTreeMap<String, &'static str>,
    remarks: &mut Vec<Diagnostic>,
) {
    // Hidden folders (.git) are not inventories and not worth a remark per file.
    let visible = |e: &walkdir::DirEntry| e.depth() == 0 || !(e.file_type().is_dir() && is_hidden(e.path()));
    for entry in WalkDir::new(root).follow_links(false).into_iter().filter_entry(visible) {
        let entry = match entry {
            Ok(entry) => entry,
            Err(e) => {
                let at = Location::file(&relative(root, e.path().unwrap_or(root)));
                let fault = match e.io_error() {
                    Some(error) => Unreadable::from(error),
                    None => Unreadable::new("@ingest.reason.io").because(&e),
                };
                let remark = Diagnostic::new(Code::UnreadableFile, at).with("reason", fault.reason);
                remarks.push(remark.with("detail", fault.detail));
                continue;
            }
        };
        if entry.file_type().is_dir() {
            continue;
        }
        match reason_to_skip(&entry, excluded) {
            Some(reason) => {
                skipped.entry(relative(root, entry.path())).or_insert(reason);
            }
            None => add(entries, entry.path(), entry.depth()),
        }
    }
}

fn reason_to_skip(entry: &walkdir::DirEntry, excluded: &BTreeSet<PathBuf>) -> Option<&'static str> {
    let path = entry.path();
    let name = entry.file_name().to_string_lossy();
    let extension = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    if name.starts_with("~$") || name.starts_with(".~") {
        Some("@ingest.reason.lock-file")
    } else if is_hidden(path) {
        Some("@ingest.reason.hidden")
    } else if !entry.file_type().is_file() {
        Some("@ingest.reason.link")
    } else if excluded.contains(&canonical(path)) {
        Some("@ingest.reason.given-otherwise")
    } else if !INVENTORIES.contains(&extension.as_str()) {
        Some("@ingest.reason.other-format")
    } else {
        None
    }
}

/// Adds a file; given twice, the longer of the paths relative to its arguments stands.
fn add(entries: &mut BTreeMap<PathBuf, Entry>, place: &Path, shown: usize) {
    let key = canonical(place);
    let parts = key.iter().map(|part| part.to_string_lossy().into_owned()).collect::<Vec<_>>();
    let shown = shown.min(parts.len());
    let entry = entries.entry(key).or_insert_with(|| Entry { place: place.to_owned(), parts, shown });
    entry.shown = entry.shown.max(shown);
}

/// Gives each file the shortest path that no other has, starting from its relative one.
fn name(mut entries: Vec<Entry>) -> Vec<Found> {
    let path = |e: &Entry| e.parts[e.parts.len() - e.shown..].join("/");
    loop {
        let mut counts = BTreeMap::<String, usize>::new();
        for entry in &entries {
            *counts.entry(path(entry)).or_default() += 1;
        }
        let mut changed = false;
        for entry in &mut entries {
            if counts[&path(entry)] > 1 && entry.shown < entry.parts.len() {
                entry.shown += 1;
                changed = true;
            }
        }
        if !changed {
            break;
        }
    }
    entries.into_iter().map(|e| Found { path: path(&e), place: Place::File(e.place) }).collect()
}

fn canonical(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))
}

fn relative(root: &Path, path: &Path) -> String {
    let inner = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = inner.iter().map(|p| p.to_string_lossy()).collect();
    // The folder itself, by its own name: where it lies is nobody's business.
    let own = || canonical(root).file_name().unwrap_or(root.as_os_str()).to_string_lossy().into_owned();
    if parts.is_empty() { own() } else { parts.join("/") }
}
