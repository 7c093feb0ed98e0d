//! A file is there whole or not at all.
//!
//! For: every file the program writes. Not for: what is in it. Invariant: the new file replaces the
//! old one in one step after all of it has reached the disk; on failure the old one stays.

use super::Cause;
use std::fs::File;
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};
use tempfile::TempPath;

/// Where writers write.
pub type Out = BufWriter<File>;

/// Bytes that are handed to the system at a time.
const BUFFER: usize = 1 << 16;

/// Writes to a temporary file in the same folder, then puts it in the place of `path`.
pub fn replace(path: &Path, write: impl FnOnce(&mut Out) -> Result<(), Cause>) -> Result<(), Cause> {
    written(path, true, write)?.place()
}

/// A file that is written and not in its place yet.
pub(super) struct Written {
    temporary: TempPath,
    path: PathBuf,
}

impl Written {
    /// Puts it in its place.
    pub(super) fn place(self) -> Result<(), Cause> {
        self.temporary.persist(&self.path).map_err(|e| Cause::Io(e.error))
    }
}

/// One of very many files: as [`replace`], but neither is it in its place before [`Written::place`], nor must it be on the
/// disk before [`settle`]; waiting for the disk file by file takes longer than drawing small ones.
pub(super) fn ready(
    path: &Path,
    write: impl FnOnce(&mut Out) -> Result<(), Cause>,
) -> Result<Written, Cause> {
    written(path, !cfg!(target_os = "linux"), write)
}

/// Has all files of a folder that are [`ready`] on the disk.
#[cfg(target_os = "linux")]
pub(super) fn settle(folder: &Path) -> Result<(), Cause> {
    Ok(rustix::fs::syncfs(File::open(folder)?).map_err(io::Error::from)?)
}

/// Has all files of a folder that are [`ready`] on the disk: where the system cannot do that at once, each was waited for.
#[cfg(not(target_os = "linux"))]
#[expect(clippy::unnecessary_wraps, reason = "as where there is something to do")]
pub(super) fn settle(_: &Path) -> Result<(), Cause> {
    Ok(())
}

/// Writes to a temporary file in the same folder.
fn written(
    path: &Path,
    on_disk: bool,
    write: impl FnOnce(&mut Out) -> Result<(), Cause>,
) -> Result<Written, Cause> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut builder = tempfile::Builder::new();
    builder.prefix(".zhijian-").suffix(".tmp");
    share(&mut builder);
    let (file, temporary) = builder.tempfile_in(folder)?.into_parts();
    let mut out = BufWriter::with_capacity(BUFFER, file);
    write(&mut out)?;
    out.flush()?;
    let file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
    if on_disk {
        file.sync_all()?;
    }
    // Windows does not rename a file that is open.
    drop(file);
    Ok(Written { temporary, path: path.to_owned() })
}

/// Temporary files are private by default; reports are for colleagues too, as the umask allows.
#[cfg(unix)]
fn share(builder: &mut tempfile::Builder<'_, '_>) {
    use std::os::unix::fs::PermissionsExt as _;
    builder.permissions(std::fs::Permissions::from_mode(0o666));
}

/// Other systems inherit the rights of the folder.
#[cfg(not(unix))]
fn share(_: &mut tempfile::Builder<'_, '_>) {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_write_leaves_the_old_file_and_no_rubbish() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.txt");
        replace(&path, |out| Ok(out.write_all(b"old")?)).unwrap();
        let failed = replace(&path, |out| {
            out.write_all(b"half of the new")?;
            Err(Cause::Io(io::Error::other("disk full")))
        });
        assert!(failed.is_err());
        assert_eq!(std::fs::read(&path).unwrap(), b"old");
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1);
    }
}
