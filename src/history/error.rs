//! What can be wrong with a store, so that each fault gets words and advice of its own.
//!
//! Not for: the words, which are the catalogue's.

use std::io;
use std::path::{Path, PathBuf};

/// A fault and the file it is about.
#[derive(Debug, thiserror::Error)]
#[error("{}: {fault}", path.display())]
pub struct HistoryError {
    /// The store.
    pub path: PathBuf,
    /// What is wrong.
    #[source]
    pub fault: Fault,
}

impl HistoryError {
    pub(super) fn at(path: &Path, fault: impl Into<Fault>) -> HistoryError {
        HistoryError { path: path.to_owned(), fault: fault.into() }
    }
}

/// What is wrong.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// There is no such file.
    #[error("there is no store")]
    Missing,
    /// The file is something else.
    #[error("not a store of this program")]
    NotAStore,
    /// A newer program made it.
    #[error("version {found} of the store; {known} is known")]
    Newer {
        /// Its version.
        found: u32,
        /// The newest that this program knows.
        known: u32,
    },
    /// Another run holds it.
    #[error("held by process {pid} since {since}")]
    Held {
        /// Process id of the other run; empty when it did not say.
        pid: String,
        /// Its computer.
        host: String,
        /// When it began.
        since: String,
    },
    /// The drive offers no locks.
    #[error("the drive offers no locks")]
    NoLocks,
    /// The disk is full.
    #[error("the disk is full")]
    Full,
    /// The file or its folder must not be written to.
    #[error("read-only")]
    ReadOnly,
    /// What is in it does not fit together.
    #[error("damaged: {0}")]
    Damaged(String),
    /// There is no such scan.
    #[error("no scan {0}")]
    NoScan(String),
    /// A scan whose content was pruned.
    #[error("scan {0} was pruned")]
    Pruned(i64),
    /// What the system says.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// What the database says, where it is none of the above.
    #[error("{0}")]
    Database(String),
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Fault {
        use rusqlite::ErrorCode::{
            CannotOpen, DatabaseBusy, DatabaseCorrupt, DatabaseLocked, DiskFull, NotADatabase,
            PermissionDenied, ReadOnly, SystemIoFailure,
        };
        match error.sqlite_error_code() {
            Some(DiskFull) => Fault::Full,
            Some(ReadOnly | PermissionDenied | CannotOpen) => Fault::ReadOnly,
            Some(DatabaseBusy | DatabaseLocked) => {
                Fault::Held { pid: String::new(), host: String::new(), since: String::new() }
            }
            // What the system refused says nothing about what is stored.
            Some(SystemIoFailure) => Fault::Io(io::Error::other(error.to_string())),
            Some(NotADatabase) => Fault::NotAStore,
            Some(DatabaseCorrupt) => Fault::Damaged(error.to_string()),
            _ => Fault::Database(error.to_string()),
        }
    }
}
