//! A whole set of files appears at once: the old ones are there, or the new ones, never some of each.
//!
//! For: runs that are compared later and may be killed at any moment. Not for: single files (`views/report/write`).
//! The set is written into a folder beside the one asked for, which then changes places with it in one step of the
//! system. Files of other origin are linked into the new folder first; where other folders stand among the results,
//! files move one by one and a run that was killed meanwhile is completed by the next.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Says that a set is complete and may be moved into place.
const READY: &str = ".zhijian-ready";

/// A folder beside the one asked for, for a set that is not complete yet.
pub(super) struct Staged {
    out: PathBuf,
    folder: PathBuf,
}

impl Staged {
    /// Makes the folder, after what earlier runs left is completed or cleared away.
    ///
    /// # Errors
    /// When the system refuses.
    pub(super) fn beside(out: &Path) -> io::Result<Staged> {
        // A link is kept: what it leads to changes.
        let out = match fs::canonicalize(out) {
            Ok(real) => real,
            Err(_) => std::path::absolute(out)?,
        };
        let parent = out.parent().unwrap_or(Path::new("/")).to_owned();
        fs::create_dir_all(&parent)?;
        recover(&out, &parent)?;
        let mut name = prefix(&out);
        name.push(std::process::id().to_string());
        let folder = parent.join(name);
        fs::create_dir(&folder)?;
        Ok(Staged { out, folder })
    }

    /// Where the set is written to.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Puts the set in the place of the files of these names; whatever else is there stays.
    ///
    /// # Errors
    /// When the system refuses; the old files are there then.
    pub(super) fn place(self, own: &[&str]) -> io::Result<()> {
        if !self.out.exists() {
            return fs::rename(&self.folder, &self.out);
        }
        if !carry(&self.out, &self.folder, own)? {
            fs::write(self.folder.join(READY), "")?;
            return one_by_one(&self.folder, &self.out);
        }
        exchange(&self.folder, &self.out)?;
        // What lies there now is the old set.
        clear(&self.folder);
        Ok(())
    }

    /// Drops a set that is not wanted.
    pub(super) fn discard(self) {
        clear(&self.folder);
    }
}

/// How folders of unfinished sets begin.
fn prefix(out: &Path) -> OsString {
    let mut name = OsString::from(".");
    name.push(out.file_name().unwrap_or_default());
    name.push(".zhijian-");
    name
}

/// Completes a set that was complete, and clears away those that were not.
fn recover(out: &Path, parent: &Path) -> io::Result<()> {
    let prefix = prefix(out);
    for entry in fs::read_dir(parent)? {
        let entry = entry?;
        let is_ours = entry.file_name().as_encoded_bytes().starts_with(prefix.as_encoded_bytes());
        if !is_ours || !entry.file_type()?.is_dir() {
            continue;
        }
        let path = entry.path();
        if path.join(READY).exists() && out.is_dir() {
            one_by_one(&path, out)?;
        } else if !out.exists() && entry.file_name().as_encoded_bytes().ends_with(b"-old") {
            fs::rename(&path, out)?;
        } else {
            clear(&path);
        }
    }
    Ok(())
}

/// Removes a set that nobody needs. One whose rights forbid it gets them back first: results that somebody protected would
/// stand in the way of every later run. What stays all the same does no harm, since the next set has another name.
fn clear(folder: &Path) {
    if fs::remove_dir_all(folder).is_err() {
        make_ours(folder);
        let _ = fs::remove_dir_all(folder);
    }
}

#[cfg(unix)]
fn make_ours(folder: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    let _ = fs::set_permissions(folder, fs::Permissions::from_mode(0o700));
}

#[cfg(not(unix))]
fn make_ours(_: &Path) {}

/// Links the files of other origin into the new folder; `false` when there is a folder among them.
fn carry(from: &Path, to: &Path, own: &[&str]) -> io::Result<bool> {
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let name = entry.file_name();
        if own.iter().any(|own| name == *own) || to.join(&name).exists() {
            continue;
        }
        if !entry.file_type()?.is_file() {
            return Ok(false);
        }
        let target = to.join(&name);
        if fs::hard_link(entry.path(), &target).is_err() {
            fs::copy(entry.path(), &target)?;
        }
    }
    Ok(true)
}

/// Moves each file, the mark last.
fn one_by_one(from: &Path, to: &Path) -> io::Result<()> {
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        if entry.file_name() != READY {
            fs::rename(entry.path(), to.join(entry.file_name()))?;
        }
    }
    fs::remove_dir_all(from)
}

/// Two folders change places.
#[cfg(target_os = "linux")]
fn exchange(new: &Path, old: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    match renameat_with(CWD, new, CWD, old, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(()),
        // A drive that cannot do it.
        Err(_) => in_two_steps(new, old),
    }
}

/// Two folders change places.
#[cfg(not(target_os = "linux"))]
fn exchange(new: &Path, old: &Path) -> io::Result<()> {
    in_two_steps(new, old)
}

/// Where the system has no single step: for a moment the folder is not there, and the next run brings it back.
fn in_two_steps(new: &Path, old: &Path) -> io::Result<()> {
    let mut name = new.file_name().unwrap_or_default().to_owned();
    name.push("-old");
    let aside = new.with_file_name(name);
    fs::rename(old, &aside)?;
    if let Err(error) = fs::rename(new, old) {
        fs::rename(&aside, old)?;
        return Err(error);
    }
    fs::remove_dir_all(&aside)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> =
            fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_set_replaces_a_set_and_leaves_what_is_not_its_own() {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("out");
        for (round, with_folder) in [(0, false), (1, false), (2, true), (3, true)] {
            let staged = Staged::beside(&out).unwrap();
            fs::write(staged.folder().join("scan.json"), format!("{round}")).unwrap();
            staged.place(&["scan.json", "changes.md"]).unwrap();
            assert_eq!(fs::read_to_string(out.join("scan.json")).unwrap(), format!("{round}"));
            fs::write(out.join("note.txt"), "mine").unwrap();
            if with_folder {
                fs::create_dir_all(out.join("letters")).unwrap();
            }
            assert_eq!(names(dir.path()), ["out"], "rubbish beside the results");
        }
        assert_eq!(names(&out), ["letters", "note.txt", "scan.json"]);
    }

    #[test]
    fn what_a_killed_run_left_is_completed_or_cleared() {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("out");
        fs::create_dir(&out).unwrap();
        fs::write(out.join("a"), "old").unwrap();
        let (half, whole) = (dir.path().join(".out.zhijian-1"), dir.path().join(".out.zhijian-2"));
        fs::create_dir(&half).unwrap();
        fs::write(half.join("a"), "half").unwrap();
        Staged::beside(&out).unwrap().discard();
        assert_eq!(fs::read_to_string(out.join("a")).unwrap(), "old");
        fs::create_dir(&whole).unwrap();
        fs::write(whole.join("a"), "new").unwrap();
        fs::write(whole.join(READY), "").unwrap();
        Staged::beside(&out).unwrap().discard();
        assert_eq!(fs::read_to_string(out.join("a")).unwrap(), "new");
        assert_eq!(names(dir.path()), ["out"]);
    }
}
