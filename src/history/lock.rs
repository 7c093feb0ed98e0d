//! One writer at a time: a lock of the operating system on a file beside the store.
//!
//! For: a second run that waits or leaves with a clear message. The system lets go of the lock when its holder dies,
//! so that a stale one is told by what stands in the file, and nobody has to guess from its age. Not for: the
//! database's own locks, which keep single transactions apart.

use super::{Fault, HistoryError};
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{ErrorKind, Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Who holds a store.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Owner {
    /// Process id.
    pub pid: String,
    /// Computer.
    pub host: String,
    /// When it began, in local time with its offset.
    pub since: String,
}

/// The lock, held until it is dropped.
pub(super) struct Lock {
    file: File,
}

/// How often a held lock is tried again.
const PAUSE: Duration = Duration::from_millis(100);

impl Lock {
    /// Takes the lock; gives the owner that died while holding it, if one did.
    pub(super) fn take(
        store: &Path,
        owner: &Owner,
        wait: Duration,
    ) -> Result<(Lock, Option<Owner>), HistoryError> {
        let path = beside(store);
        let fail = |fault: Fault| HistoryError { path: store.to_owned(), fault };
        let opened = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path);
        let mut file = opened.map_err(|error| fail(refusal(error)))?;
        let began = Instant::now();
        loop {
            match file.try_lock() {
                Ok(()) => break,
                Err(TryLockError::WouldBlock) if began.elapsed() < wait => std::thread::sleep(PAUSE),
                Err(TryLockError::WouldBlock) => {
                    let Owner { pid, host, since } = said(&mut file).unwrap_or_default();
                    return Err(fail(Fault::Held { pid, host, since }));
                }
                Err(TryLockError::Error(error)) => {
                    let fault = match error.kind() {
                        // What network drives without a lock service answer.
                        ErrorKind::Unsupported => Fault::NoLocks,
                        _ if error.raw_os_error() == Some(NO_LOCKS) => Fault::NoLocks,
                        _ => Fault::Io(error),
                    };
                    return Err(fail(fault));
                }
            }
        }
        let left = said(&mut file);
        let text = format!("{}\n{}\n{}\n", owner.pid, owner.host, owner.since);
        let written =
            file.rewind().and_then(|()| file.set_len(0)).and_then(|()| file.write_all(text.as_bytes()));
        written.map_err(|error| fail(refusal(error)))?;
        Ok((Lock { file }, left))
    }
}

/// `ENOLCK` of Linux and of the BSDs.
const NO_LOCKS: i32 = if cfg!(target_os = "linux") { 37 } else { 77 };

impl Drop for Lock {
    /// An empty file says that nobody died; the file stays, because removing it would let two runs in.
    fn drop(&mut self) {
        let _ = self.file.set_len(0);
        let _ = self.file.unlock();
    }
}

/// The file that is locked.
fn beside(store: &Path) -> PathBuf {
    let mut name = store.file_name().unwrap_or_default().to_owned();
    name.push(".lock");
    store.with_file_name(name)
}

/// The owner that stands in the file; nothing when it is empty.
fn said(file: &mut File) -> Option<Owner> {
    let mut text = String::new();
    file.rewind().ok()?;
    file.take(1000).read_to_string(&mut text).ok()?;
    let mut lines = text.lines().map(str::to_owned);
    let owner = Owner { pid: lines.next()?, host: lines.next()?, since: lines.next()? };
    (!owner.pid.is_empty()).then_some(owner)
}

/// Why the file cannot be had.
fn refusal(error: std::io::Error) -> Fault {
    match error.kind() {
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => Fault::ReadOnly,
        ErrorKind::StorageFull => Fault::Full,
        _ => Fault::Io(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owner(pid: &str) -> Owner {
        Owner { pid: pid.to_owned(), host: "here".to_owned(), since: "2026-11-22 08:00".to_owned() }
    }

    #[test]
    fn a_second_run_leaves_and_names_the_first() {
        let dir = tempfile::tempdir().unwrap();
        let store = dir.path().join("h.db");
        let (first, died) = Lock::take(&store, &owner("1"), Duration::ZERO).unwrap();
        assert_eq!(died, None);
        let Err(refused) = Lock::take(&store, &owner("2"), Duration::from_millis(150)) else {
            panic!("two locks")
        };
        assert!(matches!(refused.fault, Fault::Held { ref pid, .. } if pid == "1"), "{refused}");
        drop(first);
        let (_second, died) = Lock::take(&store, &owner("2"), Duration::ZERO).unwrap();
        assert_eq!(died, None, "the first ended in good order");
    }

    #[test]
    fn a_lock_of_the_dead_is_taken_over_and_said() {
        let dir = tempfile::tempdir().unwrap();
        let store = dir.path().join("h.db");
        std::fs::write(beside(&store), "77\nhere\n2026-11-01 08:00\n").unwrap();
        let (_lock, died) = Lock::take(&store, &owner("2"), Duration::ZERO).unwrap();
        assert_eq!(died.map(|owner| owner.pid), Some("77".to_owned()));
    }
}
