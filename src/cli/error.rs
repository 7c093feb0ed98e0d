//! Why a run was not completed, as a person reads it: what, why, what to do.

use crate::evidence::StoreError;
use crate::history::{Fault, HistoryError};
use crate::knowledge::lexicon::LexiconError;
use crate::knowledge::messages::Catalogue;
use crate::knowledge::policy::PolicyError;
use crate::model::Message;
use crate::scan;
use crate::screen::{NoColumn, Unfit};
use crate::views::explain::NotFound;
use crate::views::report::write::Cause;
use crate::views::report::{Unfillable, WriteError};
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
    #[error("{path}: {source}")]
    Regions {
        /// As the policy names it.
        path: PathBuf,
        /// Where and what.
        source: LexiconError,
    },
    /// The user's regions are no UTF-8 text.
    #[error("{path} is not UTF-8")]
    RegionsNotUtf8 {
        /// As the policy names it.
        path: PathBuf,
        /// The first line that is not, 1-based.
        line: usize,
    },
    /// A result would replace a file that was read for it.
    #[error("{path} was an input")]
    Overwrite {
        /// The file.
        path: PathBuf,
    },
    /// A file that may hold somebody's work would be replaced.
    #[error("{path} is there already")]
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// Two results would go into one file.
    #[error("{path} is named twice")]
    SameOutput {
        /// The file.
        path: PathBuf,
    },
    /// The lexicons shipped with the program do not fit together: a fault of the program.
    #[error(transparent)]
    Lexicon(#[from] LexiconError),
    /// A file of texts cannot be screened.
    #[error("{path} cannot be screened")]
    Unfit {
        /// As the user named it.
        path: PathBuf,
        /// Why.
        fault: Unfit,
    },
    /// No column of texts could be chosen.
    #[error("{path} has no such column")]
    NoColumn {
        /// As the user named it.
        path: PathBuf,
        /// What was asked for, and what there is.
        missing: NoColumn,
    },
    /// The evidence folder cannot be used.
    #[error(transparent)]
    Evidence(#[from] StoreError),
    /// An address cannot be listened on.
    #[error("cannot listen on {address}: {reason}")]
    Listen {
        /// As asked for.
        address: String,
        /// What the system says.
        reason: String,
    },
    /// A file that is none of decisions.
    #[error("{path} is no file of decisions (line {line})")]
    NoDecisions {
        /// The file.
        path: PathBuf,
        /// 1-based.
        line: u64,
    },
    /// A build without the review page.
    #[error("this build has no review page")]
    NoReview,
    /// A saved page without anybody who saved it.
    #[error("nobody is stated who saved the page")]
    NoWitness,
    /// A saved page of a moment that is still to come.
    #[error("{taken} is in the future")]
    NotYet {
        /// The moment.
        taken: String,
    },
    /// Nobody said how long evidence is kept.
    #[error("no days are stated for which evidence is kept")]
    NoKeeping,
    /// An adapter file is at fault.
    #[error("{path} is no adapter: {fault}")]
    Adapter {
        /// As the policy names it.
        path: PathBuf,
        /// What is wrong.
        fault: String,
    },
    /// No source of this name.
    #[error("no source {name}")]
    NoSource {
        /// As written.
        name: String,
        /// Those there are.
        known: Vec<String>,
    },
    /// A saved page that is none.
    #[error("{path} is no saved page")]
    NoPage {
        /// As the user named it.
        path: PathBuf,
    },
    /// An address that is none.
    #[error("{text} is no address")]
    NoAddress {
        /// As typed.
        text: String,
    },
    /// Nobody could be reached about what is fetched.
    #[error("no contact is stated")]
    NoContact,
    /// No connection can be made at all.
    #[error("no connection: {0}")]
    Connection(String),
    /// The program was built without the part that fetches.
    #[error("built without network")]
    NoNetwork,
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
    /// A plan that breaks its own limits.
    #[error("the plan of {path} has {count} faults", path = path.display())]
    PlanFaults {
        /// As the user named it.
        path: PathBuf,
        /// How many faults there are.
        count: usize,
    },
    /// Two pins that decide about one item.
    #[error("{one} and {other}")]
    TwoPins {
        /// As typed.
        one: String,
        /// As typed.
        other: String,
    },
    /// A cap on what nothing in the scan is.
    #[error("nothing is {part}")]
    NothingCapped {
        /// What of the scope, as typed.
        part: String,
        /// What there is instead.
        there: Vec<String>,
    },
    /// The plan of a stored scan could not be made again.
    #[error(transparent)]
    Replan(#[from] scan::ReplanError),
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
    /// No local profile of this name.
    #[error("no profile {name}")]
    NoProfile {
        /// As typed.
        name: String,
        /// Those there are.
        known: Vec<String>,
    },
    /// A profile of the user's own is at fault.
    #[error("profile {path}: {fault}")]
    ProfileFault {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        fault: String,
    },
    /// A reduction table has no such format.
    #[error("no table in the format {format}")]
    TableFormat {
        /// As typed.
        format: String,
        /// Those there are.
        known: String,
    },
    /// A superior's form cannot be filled.
    #[error("{path} cannot be filled: {fault}")]
    Unfillable {
        /// As the user named it.
        path: PathBuf,
        /// Why.
        fault: Unfillable,
    },
    /// A report could not be written.
    #[error(transparent)]
    Report(#[from] WriteError),
    /// The store of scans cannot be used.
    #[error(transparent)]
    History(#[from] HistoryError),
    /// A link of the store does not hold.
    #[error("{path} does not hold from scan {scan} on")]
    HistoryBroken {
        /// The store.
        path: PathBuf,
        /// The first scan that is not what was written.
        scan: i64,
        /// What of it: `order`, `row`, `said`, `content` or `events`.
        part: &'static str,
    },
    /// A comparison of which nothing says with what.
    #[error("nothing to compare with")]
    NothingToCompare,
    /// A run by itself must keep its scans.
    #[error("--scheduled without a history")]
    ScheduledWithoutHistory,
    /// Only scans that are compared can tell what `--fail-on` was given.
    #[error("--fail-on {what} without a history")]
    FailOnWithoutHistory {
        /// Its name on the command line.
        what: &'static str,
    },
    /// The file that says where notices go is at fault.
    #[error("{path}: {said}")]
    NotifyFaulty {
        /// As the user named it.
        path: PathBuf,
        /// The line and what is wrong.
        said: String,
    },
    /// More times a day than the system takes.
    #[error("too many times a day")]
    TooOften,
    /// A path that cannot stand in a text file.
    #[error("{path} cannot stand in such a file")]
    PathUnfit {
        /// As the user named it.
        path: PathBuf,
    },
    /// A program of the system refused.
    #[error("{command}: {said}")]
    Called {
        /// What was called.
        command: String,
        /// What it said.
        said: String,
    },
    /// Anything else, with its chain of causes.
    #[error(transparent)]
    Other(#[from] anyhow::Error),
}

/// Inputs that cannot be read at all.
fn of_ingest(message: &Message, catalogue: &Catalogue) -> String {
    let help = catalogue.text("cli.error.path-help").into_owned();
    said(catalogue, &catalogue.render(message), None, &help)
}

impl CliError {
    /// For people: `错误：…`, the cause, what to do.
    #[expect(clippy::too_many_lines, reason = "one arm for each error")]
    pub fn render(&self, catalogue: &Catalogue, colour: bool) -> String {
        match self {
            CliError::Policy(error) => of_policy(error, catalogue, colour),
            CliError::Read { path, source } => of_file("read", path, source, catalogue),
            CliError::Write { path, source } => of_file("write", path, source, catalogue),
            CliError::Output(source) => of_file("output", Path::new(""), source, catalogue),
            CliError::Audit(scan::Error::Ingest(error)) => of_ingest(&error.message(), catalogue),
            CliError::Audit(scan::Error::Roster(error)) => {
                let reason = catalogue.render(&error.reason);
                plain("roster", &[("path", shown(&error.path)), ("reason", reason)], catalogue)
            }
            CliError::Audit(scan::Error::Plan(faults))
            | CliError::Replan(scan::ReplanError::Plan(faults)) => {
                let args = [("count", faults.len().to_string()), ("first", faults[0].to_string())];
                plain("plan", &args, catalogue)
            }
            CliError::Regions { path, source } => {
                let reason = catalogue.render(&source.message());
                plain("regions", &[("path", shown(path)), ("reason", reason)], catalogue)
            }
            CliError::RegionsNotUtf8 { path, line } => {
                plain("regions-not-utf8", &[("path", shown(path)), ("line", line.to_string())], catalogue)
            }
            CliError::Overwrite { path } => plain("overwrite", &[("path", shown(path))], catalogue),
            CliError::Exists { path } => plain("exists", &[("path", shown(path))], catalogue),
            CliError::SameOutput { path } => plain("same-output", &[("path", shown(path))], catalogue),
            CliError::Lexicon(error) => said(
                catalogue,
                &catalogue.render(&error.message()),
                None,
                &catalogue.text("cli.error.other-help"),
            ),
            CliError::Unfit { path, fault } => of_texts(path, fault, catalogue),
            CliError::NoColumn { path, missing } => of_column(path, missing, catalogue),
            CliError::Evidence(error) => of_evidence(error, catalogue),
            CliError::Adapter { .. }
            | CliError::NoSource { .. }
            | CliError::NoPage { .. }
            | CliError::NoAddress { .. }
            | CliError::NoContact
            | CliError::NoKeeping
            | CliError::NoWitness
            | CliError::NotYet { .. }
            | CliError::Listen { .. }
            | CliError::NoDecisions { .. }
            | CliError::NoReview
            | CliError::Connection(_)
            | CliError::NoNetwork => of_collect(self, catalogue),
            CliError::NothingRead => plain("nothing-read", NONE, catalogue),
            CliError::ScanUnreadable { path, source } => of_file("scan-unreadable", path, source, catalogue),
            CliError::ScanFaulty { path, reason } => {
                plain("scan-faulty", &[("path", shown(path)), ("reason", reason.clone())], catalogue)
            }
            CliError::PlanFaults { path, count } => {
                plain("plan-faults", &[("path", shown(path)), ("count", count.to_string())], catalogue)
            }
            CliError::TwoPins { one, other } => {
                plain("two-pins", &[("one", one.clone()), ("other", other.clone())], catalogue)
            }
            CliError::NothingCapped { part, there } => {
                let what = if there.is_empty() { "nothing-capped-at-all" } else { "nothing-capped" };
                plain(what, &[("part", part.clone()), ("there", there.join("、"))], catalogue)
            }
            CliError::Replan(scan::ReplanError::Unknown(unknown)) => {
                plain("unknown-function", &[("id", unknown.0.clone())], catalogue)
            }
            CliError::ScanVersion { path, version } => {
                plain("scan-version", &[("path", shown(path)), ("version", version.to_string())], catalogue)
            }
            CliError::NotFound(error) => {
                let what = match (error.ambiguous, error.suggestions.is_empty()) {
                    (true, _) => "ambiguous",
                    (false, false) => "not-found",
                    (false, true) => "not-found-at-all",
                };
                let args = [("query", error.query.clone()), ("list", error.suggestions.join("\n        "))];
                plain(what, &args, catalogue)
            }
            CliError::NoRule { id, nearest } => {
                let what = if nearest.is_some() { "no-rule" } else { "no-rule-at-all" };
                plain(what, &[("id", id.clone()), ("nearest", nearest.unwrap_or("").to_owned())], catalogue)
            }
            CliError::NoProfile { name, known } => {
                plain("no-profile", &[("name", name.clone()), ("known", known.join("、"))], catalogue)
            }
            CliError::ProfileFault { path, fault } => {
                plain("profile", &[("path", shown(path)), ("fault", fault.clone())], catalogue)
            }
            CliError::TableFormat { .. } | CliError::Unfillable { .. } => self.of_form(catalogue),
            CliError::Report(WriteError { path, cause: Cause::Io(source) }) => {
                of_file("write", path, source, catalogue)
            }
            CliError::Report(WriteError { path, cause }) => {
                plain("report", &[("path", shown(path)), ("reason", cause.to_string())], catalogue)
            }
            CliError::History(HistoryError { path, fault }) => of_history(path, fault, catalogue),
            CliError::HistoryBroken { .. }
            | CliError::ScheduledWithoutHistory
            | CliError::FailOnWithoutHistory { .. }
            | CliError::TooOften
            | CliError::NotifyFaulty { .. }
            | CliError::PathUnfit { .. }
            | CliError::Called { .. }
            | CliError::NothingToCompare => of_unattended(self, catalogue),
            CliError::Other(error) => of_anything(error, catalogue),
        }
    }

    /// What was asked of a table or a form, and what it can be.
    fn of_form(&self, catalogue: &Catalogue) -> String {
        match self {
            CliError::TableFormat { format, known } => {
                plain("table-format", &[("format", format.clone()), ("known", known.clone())], catalogue)
            }
            CliError::Unfillable { path, fault: Unfillable::NoWorkbook(reason) } => {
                plain("form-unreadable", &[("path", shown(path)), ("reason", reason.clone())], catalogue)
            }
            CliError::Unfillable { path, .. } => plain("form-no-table", &[("path", shown(path))], catalogue),
            _ => String::new(),
        }
    }
}

/// Anything else, with its chain of causes.
fn of_anything(error: &anyhow::Error, catalogue: &Catalogue) -> String {
    let causes: Vec<String> = error.chain().skip(1).map(ToString::to_string).collect();
    let cause = (!causes.is_empty()).then(|| causes.join(": "));
    let help = catalogue.text("cli.error.other-help").into_owned();
    said(catalogue, &error.to_string(), cause.as_deref(), &help)
}

/// No values for a sentence.
const NONE: &[(&str, String)] = &[];

/// The sentence `cli.error.<what>` and its `-help`, both with the values.
fn plain(what: &str, args: &[(&str, String)], catalogue: &Catalogue) -> String {
    let text = catalogue.fill(&format!("cli.error.{what}"), args);
    said(catalogue, &text, None, &catalogue.fill(&format!("cli.error.{what}-help"), args))
}

/// Why nothing could be collected.
fn of_collect(error: &CliError, catalogue: &Catalogue) -> String {
    match error {
        CliError::Adapter { path, fault } => {
            plain("adapter", &[("path", shown(path)), ("fault", fault.clone())], catalogue)
        }
        CliError::NoSource { name, known } => {
            plain("no-source", &[("name", name.clone()), ("known", known.join("、"))], catalogue)
        }
        CliError::NoPage { path } => plain("no-page", &[("path", shown(path))], catalogue),
        CliError::NoAddress { text } => plain("no-address", &[("text", text.clone())], catalogue),
        CliError::NoContact => plain("no-contact", NONE, catalogue),
        CliError::NoKeeping => plain("no-keeping", NONE, catalogue),
        CliError::NoWitness => plain("no-witness", NONE, catalogue),
        CliError::NotYet { taken } => plain("not-yet", &[("taken", taken.clone())], catalogue),
        CliError::Listen { address, reason } => {
            plain("listen", &[("address", address.clone()), ("reason", reason.clone())], catalogue)
        }
        CliError::NoDecisions { path, line } => {
            plain("no-decisions", &[("path", shown(path)), ("line", line.to_string())], catalogue)
        }
        CliError::NoReview => plain("no-review", NONE, catalogue),
        CliError::Connection(reason) => plain("connection", &[("reason", reason.clone())], catalogue),
        CliError::NoNetwork => plain("no-network", NONE, catalogue),
        other => other.to_string(),
    }
}

/// Why an evidence folder cannot be used.
fn of_evidence(error: &StoreError, catalogue: &Catalogue) -> String {
    match error {
        StoreError::Io { path, source } => of_file("evidence-io", path, source, catalogue),
        StoreError::Line { path, line } => {
            plain("evidence-line", &[("path", shown(path)), ("line", line.to_string())], catalogue)
        }
        StoreError::Busy { path } => plain("evidence-busy", &[("path", shown(path))], catalogue),
        StoreError::NoIndex { path } => plain("evidence-none", &[("path", shown(path))], catalogue),
        StoreError::Faulty { path, faults } => {
            let first = faults.first().map(|fault| {
                let what = catalogue.text(&format!("collect.wrong.{}", fault.what)).into_owned();
                let args = [("line", fault.line.to_string()), ("path", fault.path.clone()), ("what", what)];
                catalogue.fill("collect.verified.fault", &args).trim().to_owned()
            });
            let first = first.unwrap_or_default();
            let args = [("path", shown(path)), ("count", faults.len().to_string()), ("first", first)];
            plain("evidence-faulty", &args, catalogue)
        }
    }
}

#[cfg(feature = "net")]
impl From<crate::collect::fetch::FetchError> for CliError {
    fn from(error: crate::collect::fetch::FetchError) -> Self {
        match error {
            crate::collect::fetch::FetchError::Store(error) => CliError::Evidence(error),
            crate::collect::fetch::FetchError::Client(reason) => CliError::Connection(reason),
        }
    }
}

/// What is wrong with a policy file.
fn of_policy(error: &PolicyError, catalogue: &Catalogue, colour: bool) -> String {
    match error {
        PolicyError::Faulty(faults) => {
            let count = faults.list.len().to_string();
            let args = [("path", faults.path.as_str()), ("count", &count)];
            let summary = catalogue.fill("cli.error.policy-faulty", &args);
            let help = catalogue.text("cli.error.policy-faulty-help").into_owned();
            format!("{}\n\n{}", faults.render(catalogue, colour), said(catalogue, &summary, None, &help))
        }
        PolicyError::Unreadable { path, source } => of_file("policy-unreadable", path, source, catalogue),
        PolicyError::NotUtf8 { path, line } => {
            let line = line.to_string();
            let args = [("path", shown(path)), ("line", line)];
            let help = catalogue.text("cli.error.policy-not-utf8-help").into_owned();
            said(catalogue, &catalogue.fill("cli.error.policy-not-utf8", &args), None, &help)
        }
    }
}

/// What stands in the way of comparing scans and of running by itself.
fn of_unattended(error: &CliError, catalogue: &Catalogue) -> String {
    match error {
        CliError::HistoryBroken { path, scan, part } => {
            let part = catalogue.text(&format!("history.part.{part}")).into_owned();
            let args = [("path", shown(path)), ("scan", scan.to_string()), ("part", part)];
            plain("history-broken", &args, catalogue)
        }
        CliError::FailOnWithoutHistory { what } => {
            plain("fail-on-without-history", &[("what", (*what).to_owned())], catalogue)
        }
        CliError::ScheduledWithoutHistory => plain("scheduled-without-history", NONE, catalogue),
        CliError::NotifyFaulty { path, said } => {
            plain("notify-faulty", &[("path", shown(path)), ("said", said.clone())], catalogue)
        }
        CliError::TooOften => plain("too-often", NONE, catalogue),
        CliError::PathUnfit { path } => plain("path-unfit", &[("path", shown(path))], catalogue),
        CliError::Called { command, said } => {
            plain("called", &[("command", command.clone()), ("said", said.clone())], catalogue)
        }
        CliError::NothingToCompare => plain("nothing-to-compare", NONE, catalogue),
        other => other.to_string(),
    }
}

/// What is wrong with a store.
fn of_history(path: &Path, fault: &Fault, catalogue: &Catalogue) -> String {
    let path_arg = ("path", shown(path));
    match fault {
        Fault::Missing => plain("history-missing", &[path_arg], catalogue),
        Fault::NotAStore => plain("history-foreign", &[path_arg], catalogue),
        Fault::Newer { found, known } => {
            let args = [path_arg, ("found", found.to_string()), ("known", known.to_string())];
            plain("history-newer", &args, catalogue)
        }
        Fault::Held { pid, host, since } => {
            let or = |text: &str| if text.is_empty() { "?".to_owned() } else { text.to_owned() };
            let args = [path_arg, ("pid", or(pid)), ("host", or(host)), ("since", or(since))];
            plain("history-held", &args, catalogue)
        }
        Fault::NoLocks => plain("history-no-locks", &[path_arg], catalogue),
        Fault::Full => plain("history-full", &[path_arg], catalogue),
        Fault::ReadOnly => plain("history-read-only", &[path_arg], catalogue),
        Fault::Damaged(what) | Fault::Database(what) => {
            plain("history-damaged", &[path_arg, ("what", what.clone())], catalogue)
        }
        Fault::NoScan(which) => plain("history-no-scan", &[path_arg, ("which", which.clone())], catalogue),
        Fault::Pruned(scan) => plain("history-pruned", &[path_arg, ("scan", scan.to_string())], catalogue),
        Fault::Io(source) => of_file("history-io", path, source, catalogue),
    }
}

/// Why a file of texts cannot be screened.
fn of_texts(path: &Path, fault: &Unfit, catalogue: &Catalogue) -> String {
    match fault {
        Unfit::Read(source) => of_file("read", path, source, catalogue),
        Unfit::Empty => plain("screen-empty", &[("path", shown(path))], catalogue),
        Unfit::Workbook(reason) => {
            plain("screen-workbook", &[("path", shown(path)), ("reason", reason.clone())], catalogue)
        }
    }
}

/// Which column was looked for, and what there is.
fn of_column(path: &Path, missing: &NoColumn, catalogue: &Catalogue) -> String {
    let what = match (missing.asked.is_empty(), &missing.nearest) {
        (true, _) => "screen-which-column",
        (false, Some(_)) => "screen-near-column",
        (false, None) => "screen-column",
    };
    let args = [
        ("path", shown(path)),
        ("asked", missing.asked.clone()),
        ("nearest", missing.nearest.clone().unwrap_or_default()),
        ("columns", missing.columns.join("、")),
    ];
    plain(what, &args, catalogue)
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
        ErrorKind::AlreadyExists => "cli.cause.already-exists",
        ErrorKind::InvalidFilename => "cli.cause.invalid-filename",
        ErrorKind::ResourceBusy => "cli.cause.busy",
        _ => return error.to_string(),
    };
    catalogue.text(key).into_owned()
}
