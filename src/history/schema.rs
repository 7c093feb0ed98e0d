//! The tables, and which version of them a file has.
//!
//! Invariants: the version stands in the first hundred bytes of the file and is read from there before the database
//! is opened; a migration is one transaction, after a copy of the file.

use super::{Fault, HistoryError};
use rusqlite::{Connection, OpenFlags};
use std::fs::File;
use std::io::{ErrorKind, Read as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The version that this program reads and writes.
pub(super) const VERSION: u32 = MIGRATIONS.len() as u32;

/// `ZHJN`: says that a database is a store of this program.
const APPLICATION: u32 = 0x5a48_4a4e;

/// What brings a file from each version to the next; the first makes an empty file a store.
pub(super) const MIGRATIONS: &[&str] = &[
    include_str!("../data/history/1.sql"),
    include_str!("../data/history/2.sql"),
    include_str!("../data/history/3.sql"),
    include_str!("../data/history/4.sql"),
];

/// How long a single statement waits for another process, such as a backup program.
const PATIENCE: Duration = Duration::from_secs(10);

/// Looks at the head of a file: whether it is a store, and of a version that can be read.
pub(super) fn check(path: &Path, must_exist: bool) -> Result<(), HistoryError> {
    let fail = |fault| Err(HistoryError { path: path.to_owned(), fault });
    let mut head = Vec::new();
    match File::open(path).and_then(|file| file.take(100).read_to_end(&mut head)) {
        Ok(_) => {}
        Err(error) if error.kind() == ErrorKind::NotFound => {
            return if must_exist { fail(Fault::Missing) } else { Ok(()) };
        }
        Err(error) if error.kind() == ErrorKind::PermissionDenied => return fail(Fault::ReadOnly),
        Err(error) => return fail(Fault::Io(error)),
    }
    // A run that died before its first commit leaves an empty file.
    if head.is_empty() {
        return if must_exist { fail(Fault::Missing) } else { Ok(()) };
    }
    if head.len() < 100 || !head.starts_with(b"SQLite format 3\0") {
        return fail(Fault::NotAStore);
    }
    let number = |at: usize| u32::from_be_bytes([head[at], head[at + 1], head[at + 2], head[at + 3]]);
    let (found, application) = (number(60), number(68));
    if application != APPLICATION && (application != 0 || found != 0) {
        return fail(Fault::NotAStore);
    }
    if found > VERSION {
        return fail(Fault::Newer { found, known: VERSION });
    }
    Ok(())
}

/// Opens the database. The journal is rolled back here when a run died.
pub(super) fn connect(path: &Path, make: bool) -> Result<Connection, Fault> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let flags = if make { flags | OpenFlags::SQLITE_OPEN_CREATE } else { flags };
    let read_only = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let db = match Connection::open_with_flags(path, flags) {
        Err(_) if !make => Connection::open_with_flags(path, read_only)?,
        other => other?,
    };
    db.busy_timeout(PATIENCE)?;
    // Everything in one file when nobody writes; every commit reaches the disk.
    db.execute_batch("PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;")?;
    Ok(db)
}

/// The version of an open store; 0 of an empty one.
pub(super) fn version(db: &Connection) -> Result<u32, Fault> {
    Ok(db.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

/// Brings a store forward, one transaction in all. Gives the copy that was made first of a store that had content.
pub(super) fn bring_up(
    db: &mut Connection,
    path: &Path,
    migrations: &[&str],
) -> Result<Option<PathBuf>, HistoryError> {
    let fail = |fault: Fault| HistoryError { path: path.to_owned(), fault };
    let found = version(db).map_err(fail)?;
    let known = migrations.len() as u32;
    if found > known {
        return Err(fail(Fault::Newer { found, known }));
    }
    if found == known {
        return Ok(None);
    }
    let mut copy = None;
    if found > 0 {
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(format!(".v{found}"));
        let to = path.with_file_name(name);
        std::fs::copy(path, &to).map_err(|error| HistoryError::at(&to, error))?;
        copy = Some(to);
    }
    let run = |db: &mut Connection| -> Result<(), Fault> {
        let step = db.transaction()?;
        for sql in &migrations[found as usize..] {
            step.execute_batch(sql)?;
        }
        step.pragma_update(None, "application_id", APPLICATION)?;
        step.pragma_update(None, "user_version", known)?;
        Ok(step.commit()?)
    };
    run(db).map_err(fail)?;
    Ok(copy)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_migration_is_whole_or_not_at_all_and_after_a_copy() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("h.db");
        let mut db = connect(&path, true).unwrap();
        assert_eq!(bring_up(&mut db, &path, MIGRATIONS).unwrap(), None, "an empty file needs no copy");
        let next = "CREATE TABLE later (a INTEGER);";
        let broken: Vec<&str> = MIGRATIONS.iter().copied().chain([next, "CREATE TABLE oops (;"]).collect();
        assert!(bring_up(&mut db, &path, &broken).is_err());
        assert_eq!(version(&db).unwrap(), VERSION);
        assert!(db.prepare("SELECT * FROM later").is_err(), "half a migration stayed");
        let good: Vec<&str> = MIGRATIONS.iter().copied().chain([next]).collect();
        let copy = bring_up(&mut db, &path, &good).unwrap().unwrap();
        assert_eq!(version(&db).unwrap(), VERSION + 1);
        assert_eq!(version(&connect(&copy, false).unwrap()).unwrap(), VERSION);
        drop(db);
        let refused = check(&path, true).unwrap_err();
        assert!(matches!(refused.fault, Fault::Newer { found, known } if found == known + 1), "{refused}");
    }

    #[test]
    fn other_files_are_left_alone() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("x");
        std::fs::write(&path, "a letter").unwrap();
        assert!(matches!(check(&path, true).unwrap_err().fault, Fault::NotAStore));
        std::fs::remove_file(&path).unwrap();
        let foreign = Connection::open(&path).unwrap();
        foreign.execute_batch("CREATE TABLE t (a); PRAGMA user_version = 3;").unwrap();
        drop(foreign);
        assert!(matches!(check(&path, false).unwrap_err().fault, Fault::NotAStore));
        assert!(matches!(check(&dir.path().join("none"), true).unwrap_err().fault, Fault::Missing));
    }
}
