//! Whether everything that was kept is still what it was.
//!
//! For: `collect verify`, and `audit --evidence`, which relies on nothing else. Invariant: reads only.

use super::record::digests;
use super::store::{Event, INDEX, Line, OBJECTS, RECORDS, START, StoreError, place, read_record};
use crate::model::vocabulary;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

vocabulary! {
    /// What is wrong.
    Wrong {
        /// A line of the index is none.
        #[default]
        NotALine = "not-a-line",
        /// A line does not follow the one before it.
        BrokenChain = "broken-chain",
        /// A file is not there.
        Missing = "missing",
        /// A file is not what its digest says.
        Altered = "altered",
    }
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What.
    pub what: Wrong,
    /// 1-based line of the index.
    pub line: u64,
    /// The file it is about, relative to the folder.
    pub path: String,
}

/// What a check found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verified {
    /// Lines of the index.
    pub lines: u64,
    /// Records that it names.
    pub records: u64,
    /// Different pages that are to be there.
    pub pages: u64,
    /// Pages that were removed because their time was over.
    pub removed: u64,
    /// Files that no line names: what a run that was killed left.
    pub strays: u64,
    /// BLAKE3 digest of the last line: it stands for the whole folder.
    pub head: String,
    /// Pages by the last day on which they were taken (ISO, UTC).
    pub days: BTreeMap<String, u64>,
    /// What is wrong, in the order of the index.
    pub faults: Vec<Fault>,
}

impl Verified {
    /// Pages of before a day (ISO): those whose time is over, when that is the first day to be kept.
    pub fn before(&self, day: &str) -> u64 {
        self.days.range(..day.to_owned()).map(|(_, count)| count).sum()
    }
}

/// What the index says of a page.
#[derive(Default)]
struct Page {
    /// The first line that names it.
    line: u64,
    sm3: String,
    /// The last day on which it was taken.
    day: String,
    removed: bool,
}

/// Checks a folder: the chain, every record, every page, each by both digests.
///
/// # Errors
/// When there is no index, or it cannot be read.
pub fn verify(dir: &Path) -> Result<Verified, StoreError> {
    let path = dir.join(INDEX);
    if !path.is_file() {
        return Err(StoreError::NoIndex { path: dir.to_owned() });
    }
    let text = std::fs::read(&path).map_err(StoreError::io(&path))?;
    let text = String::from_utf8_lossy(&text);
    let mut found = Verified { head: START.to_owned(), ..Verified::default() };
    let mut named: BTreeSet<PathBuf> = BTreeSet::new();
    let mut pages: BTreeMap<String, Page> = BTreeMap::new();
    for written in text.lines() {
        found.lines += 1;
        let number = found.lines;
        let fault =
            |what, path: &Path| Fault { what, line: number, path: path.to_string_lossy().replace('\\', "/") };
        let previous =
            std::mem::replace(&mut found.head, blake3::hash(written.as_bytes()).to_hex().to_string());
        let Ok(line) = serde_json::from_str::<Line>(written) else {
            found.faults.push(fault(Wrong::NotALine, Path::new(INDEX)));
            continue;
        };
        if line.n != number || line.previous != previous {
            found.faults.push(fault(Wrong::BrokenChain, Path::new(INDEX)));
        }
        let (digest, sm3) = match line.event {
            Event::Kept { record, sm3, .. } => (record, sm3),
            Event::Removed { body, .. } => {
                pages.entry(body).and_modify(|page| page.removed = true);
                continue;
            }
            Event::Asked { .. } => continue,
        };
        found.records += 1;
        let place_of_record = place(Path::new(RECORDS), &digest, ".json");
        let kept = read_record(dir, &digest);
        let Ok((record, bytes)) = kept else {
            let what = if dir.join(&place_of_record).is_file() { Wrong::Altered } else { Wrong::Missing };
            found.faults.push(fault(what, &place_of_record));
            continue;
        };
        if digests(&bytes) != (digest, sm3) {
            found.faults.push(fault(Wrong::Altered, &place_of_record));
        }
        named.insert(place_of_record.clone());
        let Some(body) = record.body else { continue };
        let day: String = record.taken.chars().take(10).collect();
        let page = pages.entry(body.blake3).or_insert_with(|| Page { line: number, ..Page::default() });
        if page.sm3.is_empty() {
            page.sm3 = body.sm3;
        } else if page.sm3 != body.sm3 {
            found.faults.push(fault(Wrong::Altered, &place_of_record));
        }
        page.day = day.max(std::mem::take(&mut page.day));
        page.removed = false;
    }
    for (blake3, page) in pages {
        let path = place(Path::new(OBJECTS), &blake3, "");
        let bytes = std::fs::read(dir.join(&path));
        named.insert(path.clone());
        let what = match bytes {
            Ok(bytes) if digests(&bytes) == (blake3, page.sm3) => None,
            Ok(_) => Some(Wrong::Altered),
            // A run that was killed may have left what it had said to go.
            Err(_) if page.removed => None,
            Err(_) => Some(Wrong::Missing),
        };
        if page.removed {
            found.removed += 1;
        } else {
            found.pages += 1;
            *found.days.entry(page.day).or_default() += 1;
        }
        let path = path.to_string_lossy().replace('\\', "/");
        found.faults.extend(what.map(|what| Fault { what, line: page.line, path }));
    }
    found.faults.sort_by_key(|fault| fault.line);
    for folder in [OBJECTS, RECORDS] {
        let files = walkdir::WalkDir::new(dir.join(folder)).into_iter().filter_map(Result::ok);
        let files = files.filter(|entry| entry.file_type().is_file());
        let stray = |entry: &walkdir::DirEntry| {
            entry.path().strip_prefix(dir).is_ok_and(|path| !named.contains(path))
        };
        found.strays += files.filter(stray).count() as u64;
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::super::{Body, Record, Store};
    use super::*;

    fn folder() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open(folder.path(), |_| {}).unwrap();
        for page in ["one", "two"] {
            let (blake3, sm3) = store.put_body(page.as_bytes()).unwrap();
            let body = Body { blake3, sm3, bytes: 3, format: "html".to_owned(), encoding: None };
            let url = format!("https://a.example/{page}");
            store.ask("2026-11-20T00:00:00Z", "page", "a.example", &url).unwrap();
            let taken = "2026-11-20T00:00:00Z".to_owned();
            store.keep(&Record { url, taken, body: Some(body), ..Record::default() }).unwrap();
        }
        folder
    }

    fn first(folder: &Path, under: &str) -> PathBuf {
        let files = walkdir::WalkDir::new(folder.join(under)).sort_by_file_name().into_iter();
        files.filter_map(Result::ok).find(|e| e.file_type().is_file()).unwrap().into_path()
    }

    #[test]
    fn a_folder_as_it_was_left_passes() {
        let found = verify(folder().path()).unwrap();
        assert_eq!((found.lines, found.records, found.pages, found.strays), (4, 2, 2, 0));
        assert!(found.faults.is_empty(), "{:?}", found.faults);
        assert_eq!((found.before("2026-11-20"), found.before("2026-11-21")), (0, 2));
    }

    #[test]
    fn every_change_is_seen() {
        for under in [OBJECTS, RECORDS] {
            let changed = folder();
            let path = first(changed.path(), under);
            let mut bytes = std::fs::read(&path).unwrap();
            bytes[0] ^= 1;
            std::fs::write(&path, bytes).unwrap();
            assert_eq!(verify(changed.path()).unwrap().faults[0].what, Wrong::Altered, "{under}");
            std::fs::remove_file(path).unwrap();
            assert_eq!(verify(changed.path()).unwrap().faults[0].what, Wrong::Missing, "{under}");
        }
        let changed = folder();
        let index = changed.path().join(INDEX);
        let text = std::fs::read_to_string(&index).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        for cut in 0..3 {
            let kept: Vec<&str> = (0..4).filter(|&i| i != cut).map(|i| lines[i]).collect();
            std::fs::write(&index, kept.join("\n") + "\n").unwrap();
            assert_eq!(verify(changed.path()).unwrap().faults[0].what, Wrong::BrokenChain, "line {cut}");
        }
    }

    #[test]
    fn what_no_line_names_is_counted_and_is_no_fault() {
        let left = folder();
        Store::open(left.path(), |_| {}).unwrap().put_body(b"never kept").unwrap();
        let found = verify(left.path()).unwrap();
        assert_eq!((found.strays, found.faults.len()), (1, 0));
    }
}
