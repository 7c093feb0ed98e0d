//! Results of runs by themselves: a folder per day, a pointer to the latest, a sign of life.
//!
//! For: `audit --scheduled`. Invariants: the pointer moves after everything else is in place; only folders that such
//! runs made are ever removed, and never the latest.

use crate::views::report::write::replace;
use jiff::civil::Date;
use serde_json::json;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// Dated folders that stay where nothing is said: half a year of weekly runs.
pub(crate) const KEPT: usize = 26;
/// The pointer.
const LATEST: &str = "latest";
/// The sign of life.
const HEARTBEAT: &str = "heartbeat.json";

/// The folder of a day.
pub(crate) fn folder(out: &Path, day: Date) -> PathBuf {
    out.join(day.to_string())
}

/// Where the last of such runs put its results.
pub(super) fn latest(out: &Path) -> PathBuf {
    out.join(LATEST)
}

/// Moves the pointer to the folder of a day.
pub(super) fn point(out: &Path, day: Date) -> io::Result<()> {
    let name = day.to_string();
    link(out, &name).or_else(|_| {
        // Where links are not allowed, a file says it.
        let path = out.join(format!("{LATEST}.txt"));
        written(&path, &format!("{name}\n"))
    })
}

#[cfg(unix)]
fn link(out: &Path, name: &str) -> io::Result<()> {
    let new = out.join(format!(".{LATEST}-{}", std::process::id()));
    let _ = fs::remove_file(&new);
    std::os::unix::fs::symlink(name, &new)?;
    fs::rename(&new, out.join(LATEST)).inspect_err(|_| _ = fs::remove_file(&new))
}

#[cfg(not(unix))]
fn link(_: &Path, _: &str) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Removes the oldest dated folders, so that `keep` stay.
pub(super) fn retain(out: &Path, keep: usize) -> io::Result<()> {
    let mut days: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(out)? {
        let entry = entry?;
        let name = entry.file_name();
        let is_day = name.to_str().is_some_and(|name| name.len() == 10 && name.parse::<Date>().is_ok());
        if is_day && entry.file_type()?.is_dir() && entry.path().join("scan.json").is_file() {
            days.push(entry.path());
        }
    }
    days.sort();
    let old = days.len().saturating_sub(keep.max(1));
    days[..old].iter().try_for_each(fs::remove_dir_all)
}

/// Writes when the last run ended and how, for whatever watches over the timer.
pub(super) fn heartbeat(out: &Path, ended: &str, status: u8, changed: Option<bool>) -> io::Result<()> {
    fs::create_dir_all(out)?;
    written(
        &out.join(HEARTBEAT),
        &format!("{}\n", json!({"ended": ended, "status": status, "changed": changed})),
    )
}

fn written(path: &Path, text: &str) -> io::Result<()> {
    replace(path, |out| Ok(out.write_all(text.as_bytes())?))
        .map_err(|cause| io::Error::other(cause.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_dated_results_go_and_the_latest_stays() {
        let dir = tempfile::tempdir().unwrap();
        for name in ["2026-10-01", "2026-10-08", "2026-10-15", "notes", "2026-01-01"] {
            fs::create_dir(dir.path().join(name)).unwrap();
            if !name.ends_with("-01-01") {
                fs::write(dir.path().join(name).join("scan.json"), "").unwrap();
            }
        }
        retain(dir.path(), 2).unwrap();
        let mut left: Vec<_> = fs::read_dir(dir.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
        left.sort();
        assert_eq!(left, ["2026-01-01", "2026-10-08", "2026-10-15", "notes"]);
    }
}
