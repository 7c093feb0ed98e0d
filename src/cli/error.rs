//! Why a run was not completed, as a person reads it: what, why, what to do.

use crate::knowledge::messages::Catalogue;
use crate::knowledge::policy::PolicyError;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// Why a run was not completed.
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    /// The policy file is absent or at fault.
    #[error(transparent)]
    Policy(#[from] PolicyError),
    /// A named file cannot be read.
    #[error("cannot read {path}")]
    Read {
        /// As the user named it.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A result cannot be written.
    #[error("cannot write {path}")]
    Write {
        /// As the user named it.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// Standard output cannot be written.
    #[error("cannot write to standard output")]
    Output(#[source] std::io::Error),
    /// The audit could not be completed.
    #[error(transparent)]
    Audit(#[from] scan::Error),
    /// The user's regions are at fault.
    #[error(transparent)]
    Lexicon(#[from] LexiconError),
    /// Not one file could be read.
    #[error("nothing could be read")]
    NothingRead,
    /// There is no stored scan where it was looked for.
    #[error("cannot read the scan {path}")]
    ScanUnreadable {
        /// As the user named it.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The file is no scan.
    #[error("{path} is not a scan: {reason}")]
    ScanFaulty {
        /// As the user named it.
        path: PathBuf,
        /// Where and why.
        reason: String,
    },
    /// A scan of a version that this program does not read.
    #[error("{path} is a scan of version {version}")]
    ScanVersion {
        /// As the user named it.
        path: PathBuf,
        /// Its version.
        version: u64,
    },
    /// What was to be explained is not in the scan, or not only once.
    #[error(transparent)]
    NotFound(#[from] NotFound),
    /// No rule of this id.
    #[error("no rule {id}")]
    NoRule {
        /// As typed.
        id: String,
        /// The likeliest one meant.
        nearest: Option<&'static str>,
    },
    /// A report could not be written.
    #[error(transparent)]
    Report(#[from] WriteError),
    /// Anything else, with its chain of causes.
    #[error(transparent)]
    Other(#[from] anyhow::Error),
}

impl CliError {
    /// For people: `错误：…`, the cause, what to do.
    pub fn render(&self, catalogue: &Catalogue, colour: bool) -> String {
        match self {
            CliError::Policy(PolicyError::Faulty(faults)) => {
                let count = faults.list.len().to_string();
                let args = [("path", faults.path.as_str()), ("count", &count)];
                let summary = catalogue.fill("cli.error.policy-faulty", &args);
                let help = catalogue.text("cli.error.policy-faulty-help").into_owned();
                format!("{}\n\n{}", faults.render(catalogue, colour), said(catalogue, &summary, None, &help))
            }
            CliError::Policy(PolicyError::Unreadable { path, source }) => {
                of_file("policy-unreadable", path, source, catalogue)
            }
            CliError::Policy(PolicyError::NotUtf8 { path, line }) => {
                let line = line.to_string();
                let args = [("path", shown(path)), ("line", line)];
                let help = catalogue.text("cli.error.policy-not-utf8-help").into_owned();
                said(catalogue, &catalogue.fill("cli.error.policy-not-utf8", &args), None, &help)
            }
            CliError::Read { path, source } => of_file("read", path, source, catalogue),
            CliError::Write { path, source } => of_file("write", path, source, catalogue),
            CliError::Output(source) => of_file("output", Path::new(""), source, catalogue),
            CliError::Other(error) => {
                let causes: Vec<String> = error.chain().skip(1).map(ToString::to_string).collect();
                let cause = (!causes.is_empty()).then(|| causes.join(": "));
                let help = catalogue.text("cli.error.other-help").into_owned();
                said(catalogue, &error.to_string(), cause.as_deref(), &help)
            }
        }
    }
}

/// The sentences about a file: `cli.error.<what>` and its `-help`.
fn of_file(what: &str, path: &Path, source: &std::io::Error, catalogue: &Catalogue) -> String {
    let text = catalogue.fill(&format!("cli.error.{what}"), &[("path", shown(path))]);
    let help = catalogue.text(&format!("cli.error.{what}-help")).into_owned();
    said(catalogue, &text, Some(&cause(source, catalogue)), &help)
}

fn said(catalogue: &Catalogue, text: &str, cause: Option<&str>, help: &str) -> String {
    let mut out = catalogue.fill("cli.error.line", &[("text", text)]);
    if let Some(cause) = cause {
        out.push('\n');
        out.push_str(&catalogue.fill("cli.error.cause-line", &[("text", cause)]));
    }
    out.push('\n');
    out.push_str(&catalogue.fill("cli.error.help-line", &[("text", help)]));
    out
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

/// The system's reason in the user's language where it is a common one; its own words otherwise.
fn cause(error: &std::io::Error, catalogue: &Catalogue) -> String {
    let key = match error.kind() {
        ErrorKind::NotFound => "cli.cause.not-found",
        ErrorKind::PermissionDenied => "cli.cause.permission-denied",
        ErrorKind::IsADirectory => "cli.cause.is-a-directory",
        ErrorKind::NotADirectory => "cli.cause.not-a-directory",
        ErrorKind::StorageFull => "cli.cause.storage-full",
        ErrorKind::ReadOnlyFilesystem => "cli.cause.read-only",
        ErrorKind::ResourceBusy => "cli.cause.busy",
        _ => return error.to_string(),
    };
    catalogue.text(key).into_owned()
}
