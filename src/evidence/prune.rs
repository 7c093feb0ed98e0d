//! Pages whose time is over: their bytes go, what is known of them stays.
//!
//! For: `collect prune`. Not for: deciding how long pages are kept (the policy, or a flag). Invariants: a folder that does
//! not pass its check is left as it is; a page goes only when every record of it is too old; the index says so first.

use super::store::{Event, Store, StoreError};
use super::verify::verify;
use std::collections::BTreeMap;
use std::path::Path;

/// What went and what stayed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pruned {
    /// Pages that went.
    pub pages: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Pages that stayed.
    pub kept: u64,
}

/// Removes the bytes of pages that were last taken before `first` (ISO day); `at` is the moment, in UTC to the second.
///
/// # Errors
/// When the folder does not pass its check, is in use, or cannot be written.
pub fn prune(dir: &Path, first: &str, at: &str) -> Result<Pruned, StoreError> {
    let checked = verify(dir)?;
    if !checked.faults.is_empty() {
        return Err(StoreError::Faulty { path: dir.to_owned(), faults: checked.faults });
    }
    let mut records = Vec::new();
    let mut store = Store::open(dir, |line| {
        if let Event::Kept { record, .. } = &line.event {
            records.push(record.clone());
        }
    })?;
    let mut last: BTreeMap<String, String> = BTreeMap::new();
    for digest in records {
        let record = store.record(&digest)?;
        let Some(body) = record.body else { continue };
        let day: String = record.taken.chars().take(10).collect();
        let held = last.entry(body.blake3).or_default();
        *held = day.max(std::mem::take(held));
    }
    let mut pruned = Pruned::default();
    for (body, day) in last {
        if !store.has_body(&body) {
            continue;
        }
        if day.as_str() < first {
            pruned.bytes += store.remove_body(at, &body, first)?;
            pruned.pages += 1;
        } else {
            pruned.kept += 1;
        }
    }
    Ok(pruned)
}

#[cfg(test)]
mod tests {
    use super::super::{Body, Record};
    use super::*;

    fn keep(store: &mut Store, page: &str, taken: &str) {
        let (blake3, sm3) = store.put_body(page.as_bytes()).unwrap();
        let body = Body { blake3, sm3, bytes: 3, format: "html".to_owned(), encoding: None };
        let (url, taken) = (format!("https://a.example/{page}"), taken.to_owned());
        store.keep(&Record { url, taken, body: Some(body), ..Record::default() }).unwrap();
    }

    #[test]
    fn old_pages_go_their_records_stay_and_the_folder_still_holds() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open(folder.path(), |_| {}).unwrap();
        keep(&mut store, "old", "2026-01-01T00:00:00Z");
        keep(&mut store, "both", "2026-01-01T00:00:00Z");
        keep(&mut store, "both", "2026-11-01T00:00:00Z");
        drop(store);
        let at = "2026-11-22T00:00:00Z";
        assert_eq!(prune(folder.path(), "2026-01-01", at).unwrap().pages, 0, "the first day is kept");
        let pruned = prune(folder.path(), "2026-06-01", at).unwrap();
        assert_eq!(pruned, Pruned { pages: 1, bytes: 3, kept: 1 });
        let checked = verify(folder.path()).unwrap();
        assert!(checked.faults.is_empty(), "{:?}", checked.faults);
        assert_eq!((checked.records, checked.pages, checked.removed, checked.strays), (3, 1, 1, 0));
        assert_eq!(checked.before("2026-06-01"), 0);
        // The same page seen again is to be there again.
        let mut store = Store::open(folder.path(), |_| {}).unwrap();
        keep(&mut store, "old", "2026-11-20T00:00:00Z");
        drop(store);
        let path = walkdir::WalkDir::new(folder.path().join("objects")).into_iter().flatten();
        let path = path.into_iter().find(|e| std::fs::read(e.path()).is_ok_and(|b| b == b"old")).unwrap();
        std::fs::remove_file(path.path()).unwrap();
        let faults = verify(folder.path()).unwrap().faults;
        assert_eq!(faults.len(), 1, "{faults:?}");
        assert!(matches!(prune(folder.path(), "2026-06-01", at), Err(StoreError::Faulty { .. })));
    }
}
