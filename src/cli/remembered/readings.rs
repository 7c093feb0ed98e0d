//! The shelf of readings beside a store: a hidden folder with a file for each inventory file.
//!
//! For: finding what an earlier run read. Not for: what stands in the files (`stages/ingest/kept`). Invariants: it may be
//! removed at any time and results stay the same; it holds only what the last complete run used.

use super::values;
use crate::stages::ingest::Shelf;
use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// A folder of readings.
pub(crate) struct Readings {
    folder: PathBuf,
    /// Digest of this very program.
    pub(crate) program: String,
    used: Mutex<BTreeSet<String>>,
    found: AtomicUsize,
}

impl Readings {
    /// The one of a store; nothing when the program cannot tell which one it is.
    pub(crate) fn beside(store: &Path) -> Option<Readings> {
        let mut name = OsString::from(".");
        name.push(store.file_name()?);
        name.push(".readings");
        let program = values::program()?;
        let folder = store.with_file_name(name);
        Some(Readings { folder, program, used: Mutex::default(), found: AtomicUsize::new(0) })
    }

    /// How many files were found unchanged.
    pub(super) fn found(&self) -> usize {
        self.found.load(Ordering::Relaxed)
    }

    /// Removes what this run had no use for. What cannot be removed stays until the next.
    pub(super) fn sweep(&self) {
        let used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        for entry in fs::read_dir(&self.folder).into_iter().flatten().flatten() {
            let is_used = entry.file_name().to_str().is_some_and(|name| used.contains(name));
            if !is_used {
                let _ = fs::remove_file(entry.path());
            }
        }
    }

    fn note(&self, name: &str) {
        self.used.lock().unwrap_or_else(PoisonError::into_inner).insert(name.to_owned());
    }
}

impl Shelf for Readings {
    fn take(&self, name: &str) -> Option<Vec<u8>> {
        fs::read(self.folder.join(name)).ok()
    }

    fn served(&self, name: &str) {
        self.note(name);
        self.found.fetch_add(1, Ordering::Relaxed);
    }

    fn put(&self, name: &str, bytes: &[u8]) {
        let put = || {
            fs::create_dir_all(&self.folder)?;
            // Readable by nobody else, as temporary files are.
            let mut file = tempfile::NamedTempFile::new_in(&self.folder)?;
            file.write_all(bytes)?;
            file.persist(self.folder.join(name)).map(drop).map_err(|failed| failed.error)
        };
        match put() {
            Ok(()) => self.note(name),
            // The next run reads the file once more.
            Err(error) => tracing::info!(%error, "a reading was not kept"),
        }
    }
}
