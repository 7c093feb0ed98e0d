//! Runs the built program the way a user's shell would, with nothing of this machine in it.

use assert_cmd::Command;
use std::path::Path;

/// What a run left behind.
pub(crate) struct Ran {
    /// Exit status.
    pub(crate) status: i32,
    /// Standard output.
    pub(crate) out: String,
    /// Standard error.
    pub(crate) err: String,
}

/// Where the built program is.
pub(crate) fn binary() -> std::path::PathBuf {
    assert_cmd::cargo::cargo_bin!("zhijian").to_path_buf()
}

/// The program in `folder`, with an environment that holds nothing it could react to.
pub(crate) fn program(folder: &Path) -> Command {
    let mut command = Command::cargo_bin("zhijian").expect("the program is built with the tests");
    command.current_dir(folder).env_clear();
    // Windows cannot start a process without these.
    for name in ["SystemRoot", "PATH", "TEMP", "TMP"] {
        if let Some(value) = std::env::var_os(name) {
            command.env(name, value);
        }
    }
    command
}

/// Runs the program in `folder` with these arguments.
pub(crate) fn run_in(folder: &Path, arguments: &[&str]) -> Ran {
    ran(program(folder).args(arguments))
}

/// Runs the program in an empty folder of its own.
pub(crate) fn run(arguments: &[&str]) -> Ran {
    let folder = tempfile::tempdir().expect("a temporary folder");
    run_in(folder.path(), arguments)
}

/// Runs a prepared command.
pub(crate) fn ran(command: &mut Command) -> Ran {
    let output = command.output().expect("the program starts");
    Ran {
        status: output.status.code().expect("it ends by itself"),
        out: String::from_utf8(output.stdout).expect("output is UTF-8"),
        err: String::from_utf8(output.stderr).expect("output is UTF-8"),
    }
}

/// A folder with these files, by path and text.
pub(crate) fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    folder
}
