//! The store: one file that remembers every scan, and what was decided.
//!
//! For: keeping scans unchangeably, recognising items across years, and saying so when the file was tampered with. Not
//! for: comparing (`changes`) or wording. Invariants: a scan is in it whole or not at all; nothing that a person
//! decided and no closure is ever dropped; the file grows with what changes, not with what there is; a file of a
//! newer program, or of another program, is refused before any statement is run on it.

mod before;
mod chain;
mod decisions;
mod error;
mod evidence;
mod items;
mod links;
mod lock;
mod pack;
mod problems;
mod prune;
mod read;
mod said;
mod schema;
mod trend;
mod verify;
mod waivers;
mod write;

pub use decisions::{Decision, DecisionRow};
pub use error::{Fault, HistoryError};
pub use evidence::Cited;
pub use lock::Owner;
pub use prune::{FEWEST, Pruned};
pub use read::{EventRow, RunRow, ScanRow, Stored};
pub use trend::Trend;
pub use verify::{Broken, Verified};
pub use waivers::Waived;
pub use write::{NewScan, Outcome};

use lock::Lock;
use rusqlite::Connection;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tempfile::TempDir;

/// A store that is open.
pub struct Store {
    path: PathBuf,
    db: Connection,
    /// Held while writing; the system lets go of it when the process ends, however it ends.
    lock: Option<Lock>,
    /// The copy that is looked at in the place of a file of an older form; it goes with the store.
    copy: Option<TempDir>,
}

/// What opening for writing met with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Met {
    /// Who held the store and died; its run is marked as interrupted.
    pub recovered: Option<Owner>,
    /// Where the store was copied before it was brought to this version.
    pub copy: Option<PathBuf>,
}

impl Store {
    /// Opens a store that is there, to look at it. One of an older form is looked at in a copy that is brought forward: who
    /// only looks changes nothing.
    ///
    /// # Errors
    /// When there is none, it is no store of this program or of a newer one, or the system refuses.
    pub fn open(path: &Path) -> Result<Store, HistoryError> {
        schema::check(path, true)?;
        let db = schema::connect(path, false).map_err(|fault| HistoryError::at(path, fault))?;
        let mut store = Store { path: path.to_owned(), db, lock: None, copy: None };
        let version = store.at(schema::version(&store.db))?;
        if version != schema::VERSION {
            let folder = tempfile::tempdir().map_err(|error| HistoryError::at(path, error))?;
            let copy = folder.path().join("copy.db");
            // By the database itself, so that a journal that somebody left is part of it.
            let into = store.db.execute("VACUUM INTO ?", [copy.to_string_lossy()]);
            store.at(into.map(drop).map_err(Fault::from))?;
            store.db = schema::connect(&copy, false).map_err(|fault| HistoryError::at(path, fault))?;
            schema::bring_up(&mut store.db, &copy, schema::MIGRATIONS)?;
            store.copy = Some(folder);
        }
        Ok(store)
    }

    /// Opens a store to write to it, and makes it if need be. Waits for another run as long as said.
    ///
    /// # Errors
    /// When another run holds it all that time, it is no store of this program, or the system refuses.
    pub fn open_to_write(path: &Path, owner: &Owner, wait: Duration) -> Result<(Store, Met), HistoryError> {
        schema::check(path, false)?;
        let (lock, recovered) = Lock::take(path, owner, wait)?;
        let made = schema::connect(path, true).map_err(|fault| HistoryError::at(path, fault))?;
        let mut store = Store { path: path.to_owned(), db: made, lock: Some(lock), copy: None };
        let copy = schema::bring_up(&mut store.db, path, schema::MIGRATIONS)?;
        if recovered.is_some() {
            let at = owner.since.clone();
            store.at(write::interrupt(&store.db, &at))?;
        }
        Ok((store, Met { recovered, copy }))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether this process may write to it.
    fn writable(&self) -> Result<(), HistoryError> {
        if self.lock.is_some() {
            Ok(())
        } else {
            Err(HistoryError { path: self.path.clone(), fault: Fault::ReadOnly })
        }
    }

    /// Says where a fault happened.
    fn at<T>(&self, result: Result<T, Fault>) -> Result<T, HistoryError> {
        result.map_err(|fault| HistoryError { path: self.path.clone(), fault })
    }
}
