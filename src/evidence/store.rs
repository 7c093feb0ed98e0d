//! The folder: pages and records by digest, and an index in which every line names the one before.
//!
//! For: putting a record in, and knowing what is there. Not for: looking whether it is still whole
//! (`verify`). Invariants: a file is there whole or not at all; a line is written after what it names; a
//! request is written down before it is made, so that a run that was killed makes none of them twice.

use super::record::{Record, digests};
use serde::{Deserialize, Serialize};
use std::fs::{File, OpenOptions};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Name of the index.
pub(super) const INDEX: &str = "index.jsonl";
/// Folder of the pages.
pub(super) const OBJECTS: &str = "objects";
/// Folder of the records.
pub(super) const RECORDS: &str = "records";
/// What the first line of an index follows.
pub(super) const START: &str = "";

/// How often the lock is tried.
const LOCK_TRIES: u32 = 20;
/// How long it waits in between.
const LOCK_PAUSE: Duration = Duration::from_millis(50);

/// What a line of the index tells.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub enum Event {
    /// A request is about to be made.
    Asked {
        /// Adapter, or `robots`.
        source: String,
        /// Host.
        host: String,
        /// Address.
        url: String,
    },
    /// A record was kept.
    Kept {
        /// Adapter, or `robots`.
        source: String,
        /// Host.
        host: String,
        /// Address that was asked first.
        url: String,
        /// What the look came to.
        state: String,
        /// BLAKE3 digest of the record.
        record: String,
        /// SM3 digest of the record.
        sm3: String,
    },
    /// The bytes of a page are removed because their time is over; its records stay.
    Removed {
        /// BLAKE3 digest of the page.
        body: String,
        /// The first day (ISO) of which pages were kept.
        before: String,
    },
}

/// One line of the index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Its number, from 1.
    pub n: u64,
    /// When, in UTC (RFC 3339).
    pub at: String,
    /// What happened.
    #[serde(flatten)]
    pub event: Event,
    /// BLAKE3 digest of the line before; empty for the first.
    pub previous: String,
}

/// Why a folder cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The disk.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A line of the index that is none, or does not follow the one before.
    #[error("{}: line {line} is not a line of an index, or does not follow the one before", path.display())]
    Line {
        /// The index.
        path: PathBuf,
        /// 1-based.
        line: u64,
    },
    /// Another run has it open.
    #[error("{} is in use", path.display())]
    Busy {
        /// The folder.
        path: PathBuf,
    },
    /// There is no index.
    #[error("{} is not an evidence folder", path.display())]
    NoIndex {
        /// The folder.
        path: PathBuf,
    },
    /// Something that was kept is not what it was.
    #[error("{} does not pass its own check", path.display())]
    Faulty {
        /// The folder.
        path: PathBuf,
        /// What is wrong.
        faults: Vec<super::Fault>,
    },
}

impl StoreError {
    /// For mapping what the system says about a path.
    pub(super) fn io(path: &Path) -> impl FnOnce(io::Error) -> StoreError + '_ {
        move |source| StoreError::Io { path: path.to_owned(), source }
    }
}

/// An evidence folder that is open for writing.
pub struct Store {
    dir: PathBuf,
    index: File,
    next: u64,
    last: String,
}

impl Store {
    /// Opens the folder, making it if need be, and tells every line that is there. The rest of a line that
    /// was being written when a run was killed is cut off: it never was a line.
    ///
    /// # Errors
    /// When the folder cannot be made or read, its index is broken, or another run has it open.
    pub fn open(dir: &Path, mut tell: impl FnMut(&Line)) -> Result<Store, StoreError> {
        std::fs::create_dir_all(dir).map_err(StoreError::io(dir))?;
        let path = dir.join(INDEX);
        let opened = OpenOptions::new().create(true).read(true).append(true).open(&path);
        let mut index = opened.map_err(StoreError::io(&path))?;
        if !locked(&index) {
            return Err(StoreError::Busy { path: dir.to_owned() });
        }
        let mut text = String::new();
        index.read_to_string(&mut text).map_err(StoreError::io(&path))?;
        let whole = text.rfind('\n').map_or(0, |at| at + 1);
        if whole < text.len() {
            index.set_len(whole as u64).map_err(StoreError::io(&path))?;
            index.seek(SeekFrom::End(0)).map_err(StoreError::io(&path))?;
        }
        let (mut next, mut last) = (1, START.to_owned());
        for written in text[..whole].lines() {
            let line: Line = serde_json::from_str(written)
                .map_err(|_| StoreError::Line { path: path.clone(), line: next })?;
            // What does not follow the line before it was not written here: nothing is added to such a folder.
            if line.n != next || line.previous != last {
                return Err(StoreError::Line { path, line: next });
            }
            tell(&line);
            next += 1;
            last = blake3::hash(written.as_bytes()).to_hex().to_string();
        }
        Ok(Store { dir: dir.to_owned(), index, next, last })
    }

    /// Where it is.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Writes down that a request is about to be made.
    ///
    /// # Errors
    /// When the disk does not take it; the request must then not be made.
    pub fn ask(&mut self, at: &str, source: &str, host: &str, url: &str) -> Result<(), StoreError> {
        let event = Event::Asked { source: source.to_owned(), host: host.to_owned(), url: url.to_owned() };
        self.append(at, event)
    }

    /// Keeps a page. The same bytes are kept once.
    ///
    /// # Errors
    /// When the disk does not take it.
    pub fn put_body(&self, bytes: &[u8]) -> Result<(String, String), StoreError> {
        let (blake3, sm3) = digests(bytes);
        put(&self.dir.join(OBJECTS), &blake3, "", bytes)?;
        Ok((blake3, sm3))
    }

    /// Keeps a record and names it in the index. Gives its BLAKE3 digest.
    ///
    /// # Errors
    /// When the disk does not take it.
    ///
    /// # Panics
    /// Never: a record always has a form in JSON.
    pub fn keep(&mut self, record: &Record) -> Result<String, StoreError> {
        let bytes = serde_json::to_vec_pretty(record).expect("a record is plain data");
        let (blake3, sm3) = digests(&bytes);
        put(&self.dir.join(RECORDS), &blake3, ".json", &bytes)?;
        let event = Event::Kept {
            source: record.source.clone(),
            host: record.host.clone(),
            url: record.url.clone(),
            state: record.state.clone(),
            record: blake3.clone(),
            sm3,
        };
        self.append(&record.taken, event)?;
        Ok(blake3)
    }

    /// A record that the index names.
    ///
    /// # Errors
    /// When it is not there or is none.
    pub fn record(&self, digest: &str) -> Result<Record, StoreError> {
        read_record(&self.dir, digest).map(|(record, _)| record)
    }

    /// A page by its digest.
    ///
    /// # Errors
    /// When it is not there.
    pub fn body(&self, digest: &str) -> Result<Vec<u8>, StoreError> {
        let path = place(&self.dir.join(OBJECTS), digest, "");
        std::fs::read(&path).map_err(StoreError::io(&path))
    }

    /// Whether the bytes of a page are there.
    pub fn has_body(&self, digest: &str) -> bool {
        place(&self.dir.join(OBJECTS), digest, "").is_file()
    }

    /// Writes down that the bytes of a page go, then lets them go. Gives how many there were.
    ///
    /// # Errors
    /// When the disk does not take the line, or does not let the page go.
    pub(super) fn remove_body(&mut self, at: &str, digest: &str, before: &str) -> Result<u64, StoreError> {
        let path = place(&self.dir.join(OBJECTS), digest, "");
        let size = std::fs::metadata(&path).map_err(StoreError::io(&path))?.len();
        let event = Event::Removed { body: digest.to_owned(), before: before.to_owned() };
        self.append(at, event)?;
        std::fs::remove_file(&path).map_err(StoreError::io(&path))?;
        Ok(size)
    }

    fn append(&mut self, at: &str, event: Event) -> Result<(), StoreError> {
        let line = Line { n: self.next, at: at.to_owned(), event, previous: self.last.clone() };
        let mut text = serde_json::to_string(&line).expect("a line is plain data");
        let digest = blake3::hash(text.as_bytes()).to_hex().to_string();
        text.push('\n');
        let path = self.dir.join(INDEX);
        let mut write = || {
            self.index.write_all(text.as_bytes())?;
            self.index.sync_data()
        };
        write().map_err(StoreError::io(&path))?;
        self.next += 1;
        self.last = digest;
        Ok(())
    }
}

/// Takes the lock. A program that somebody starts at this moment may hold what we had for as long as it takes to start, so one
/// failure is not yet another run.
fn locked(index: &File) -> bool {
    (0..LOCK_TRIES).any(|tried| {
        if tried > 0 {
            std::thread::sleep(LOCK_PAUSE);
        }
        index.try_lock().is_ok()
    })
}

/// Where a file with this digest lies; digests of a foreign index may be anything and lead nowhere else.
pub(super) fn place(folder: &Path, digest: &str, ending: &str) -> PathBuf {
    let plain: String = digest.chars().filter(char::is_ascii_hexdigit).collect();
    let shelf = plain.get(..2).unwrap_or("00").to_owned();
    folder.join(shelf).join(plain + ending)
}

/// A record with its bytes.
pub(super) fn read_record(dir: &Path, digest: &str) -> Result<(Record, Vec<u8>), StoreError> {
    let path = place(&dir.join(RECORDS), digest, ".json");
    let bytes = std::fs::read(&path).map_err(StoreError::io(&path))?;
    let record = serde_json::from_slice(&bytes).map_err(|error| StoreError::Io {
        path,
        source: io::Error::new(io::ErrorKind::InvalidData, error),
    })?;
    Ok((record, bytes))
}

fn put(folder: &Path, digest: &str, ending: &str, bytes: &[u8]) -> Result<(), StoreError> {
    let path = place(folder, digest, ending);
    if path.is_file() {
        return Ok(());
    }
    let shelf = path.parent().unwrap_or(folder);
    std::fs::create_dir_all(shelf).map_err(StoreError::io(shelf))?;
    let write = || -> io::Result<()> {
        let mut file = tempfile::Builder::new().prefix(".zhijian-").suffix(".tmp").tempfile_in(shelf)?;
        file.write_all(bytes)?;
        file.as_file().sync_data()?;
        file.persist(&path).map_err(|error| error.error)?;
        Ok(())
    };
    write().map_err(StoreError::io(&path))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(url: &str) -> Record {
        Record { url: url.to_owned(), taken: "2026-11-20T00:00:00Z".to_owned(), ..Record::default() }
    }

    #[test]
    fn a_line_that_was_cut_short_never_was_one() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open(folder.path(), |_| {}).unwrap();
        store.ask("2026-11-20T00:00:00Z", "page", "a.example", "https://a.example/").unwrap();
        store.keep(&look("https://a.example/")).unwrap();
        drop(store);
        let path = folder.path().join(INDEX);
        let whole = std::fs::read(&path).unwrap();
        std::fs::write(&path, [whole.as_slice(), b"{\"n\":3,\"at\""].concat()).unwrap();
        let mut seen = 0;
        let mut store = Store::open(folder.path(), |_| seen += 1).unwrap();
        assert_eq!(seen, 2);
        store.keep(&look("https://a.example/b")).unwrap();
        drop(store);
        assert!(super::super::verify(folder.path()).unwrap().faults.is_empty());
    }

    #[test]
    fn two_runs_do_not_write_into_one_folder() {
        let folder = tempfile::tempdir().unwrap();
        let _first = Store::open(folder.path(), |_| {}).unwrap();
        assert!(matches!(Store::open(folder.path(), |_| {}), Err(StoreError::Busy { .. })));
    }

    #[test]
    fn a_digest_of_a_foreign_index_leads_nowhere_else() {
        let path = place(Path::new("objects"), "../../../etc/passwd", "");
        assert!(path.starts_with("objects") && !path.to_string_lossy().contains(".."));
    }
}
