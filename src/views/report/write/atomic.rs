//! A file is there whole or not at all.
//!
//! For: every file the program writes. Not for: what is in it. Invariant: the new file replaces the
//! old one in one step after all of it has reached the disk; on failure the old one stays.

use super::Cause;
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;

/// Where writers write.
pub type Out = BufWriter<File>;

/// Writes to a temporary file in the same folder, then puts it in the place of `path`.
pub fn replace(path: &Path, write: impl FnOnce(&mut Out) -> Result<(), Cause>) -> Result<(), Cause> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut builder = tempfile::Builder::new();
    builder.prefix(".zhijian-").suffix(".tmp");
    share(&mut builder);
    let (file, temporary) = builder.tempfile_in(folder)?.into_parts();
    let mut out = BufWriter::new(file);
    write(&mut out)?;
    out.flush()?;
    let file = out.into_inner().map_err(std::io::IntoInnerError::into_error)?;
    file.sync_all()?;
    // Windows does not rename a file that is open.
    drop(file);
    temporary.persist(path).map_err(|e| Cause::Io(e.error))
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
            Err(Cause::Io(std::io::Error::other("disk full")))
        });
        assert!(failed.is_err());
        assert_eq!(std::fs::read(&path).unwrap(), b"old");
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1);
    }
}
