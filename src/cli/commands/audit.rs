//! `audit`: read, match, check, plan, report.

use crate::cli::diagnostics;
use crate::cli::error::CliError;
use crate::cli::overwrite;
use crate::cli::progress::Progress;
use crate::cli::remembered;
use crate::cli::session::Session;
use crate::cli::status::ExitStatus;
use crate::cli::values::{self, CsvEncoding, Format};
use crate::evidence;
use crate::knowledge::policy::{FailOn, Flags, Policy, is_profile_file};
use crate::model::{Alert, FindingStatus, Scan};
use crate::scan::{self, Request, document};
use crate::stages::ingest::Kept;
use crate::views::report::{ReportView, WRITERS, write_all};
use crate::views::terminal;
use clap::Args;
use jiff::civil::Date;
use std::path::PathBuf;

/// Arguments of `audit`.
#[derive(Debug, Args)]
pub struct AuditArgs {
    /// Files and folders.
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// The folder for everything that is written.
    #[arg(short, long, value_name = "DIR", default_value = "reports")]
    pub out: PathBuf,
    /// The day as of which clauses, deadlines and staleness are judged; today when not stated.
    #[arg(long, value_name = "DATE", value_parser = values::day)]
    pub as_of: Option<Date>,
    /// The policy file.
    #[arg(long, value_name = "FILE")]
    pub policy: Option<PathBuf>,
    /// Local profiles, by name or file.
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub profile: Vec<String>,
    /// The units that are expected to report.
    #[arg(long, value_name = "FILE")]
    pub roster: Option<PathBuf>,
    /// The evidence folder.
    #[arg(long, value_name = "DIR")]
    pub evidence: Option<PathBuf>,
    /// Platforms above that are in nobody's inventory.
    #[arg(long, value_name = "FILE")]
    pub reference: Option<PathBuf>,
    /// Returned tables with what people decided.
    #[arg(long, value_name = "PATH")]
    pub decisions: Vec<PathBuf>,
    /// The kept scans: this one is kept and compared with the last.
    #[arg(long, value_name = "FILE")]
    pub history: Option<PathBuf>,
    /// Run by a timer: dated folders, a pointer to the latest, and silence when nothing changed.
    #[arg(long)]
    pub scheduled: bool,
    /// Dated folders that stay.
    #[arg(long, value_name = "N", default_value_t = remembered::KEPT, value_parser = folders, requires = "scheduled")]
    pub keep: usize,
    /// How the lines after each stage are written.
    #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = values::format(), requires = "scheduled")]
    pub journal: Format,
    /// Where a notice goes.
    #[arg(long, value_name = "FILE", requires = "scheduled")]
    pub notify: Option<PathBuf>,
    /// What makes the status 1, over the policy's list.
    #[arg(long, value_name = "LIST", value_delimiter = ',', value_parser = values::fail_on())]
    pub fail_on: Option<Vec<FailOn>>,
    /// Encoding of the CSV files.
    #[arg(long, value_name = "NAME", default_value = "utf-8", value_parser = values::encoding())]
    pub encoding: CsvEncoding,
}

impl AuditArgs {
    /// The flags that lie over the policy.
    pub fn flags(&self) -> Flags {
        // A file is named from the working folder, not from the policy's.
        let absolute = |entry: &String| match std::path::absolute(entry) {
            Ok(path) if is_profile_file(entry) => path.display().to_string(),
            _ => entry.clone(),
        };
        let profiles = self.profile.iter().map(absolute).collect();
        Flags { fail_on: self.fail_on.clone(), threshold: None, profiles }
    }

    /// The as-of date: stated, or today.
    pub fn as_of(&self) -> Date {
        self.as_of.unwrap_or_else(values::today)
    }
}

/// How many dated folders stay: one at least, the newest.
fn folders(text: &str) -> Result<usize, &'static str> {
    text.parse().ok().filter(|keep| *keep > 0).ok_or("cli.usage.expected-folders")
}

/// Runs the audit, writes every report, prints the summary.
///
/// # Errors
/// When a named path is missing, the policy is at fault, nothing could be read, or a file cannot be written.
pub fn run(args: &AuditArgs, session: &Session) -> Result<ExitStatus, CliError> {
    let mut policy = session.policy(args.policy.as_deref(), &args.flags())?;
    let history = args.history.clone().or_else(|| policy.history.clone());
    let history = history.as_ref();
    if history.is_none() {
        if args.scheduled {
            return Err(CliError::ScheduledWithoutHistory);
        }
        let asked = args.fail_on.iter().flatten().find(|what| what.needs_history());
        if let Some(what) = asked.map(|what| what.as_str()) {
            return Err(CliError::FailOnWithoutHistory { what });
        }
    }
    if let Some(store) = history {
        policy.rules.waivers.extend(remembered::waivers(store)?);
    }
    let knowledge = session.knowledge(&policy)?;
    let progress = Progress::new(session);
    let beside = history.map(|store| remembered::files(store)).unwrap_or_default();
    let readings = history.and_then(|store| remembered::Readings::beside(store));
    let kept = readings.as_ref().map(|readings| Kept { shelf: readings, program: &readings.program });
    let evidence = args.evidence.as_deref().map(|dir| evidence::load(dir, args.as_of())).transpose()?;
    let request = Request {
        paths: &args.paths,
        knowledge: &knowledge,
        policy: &policy,
        as_of: args.as_of(),
        roster: args.roster.as_deref(),
        beside: &beside,
        decisions: &args.decisions,
        reference: args.reference.as_deref(),
        evidence: evidence.as_ref(),
        kept: kept.as_ref(),
        with_sm3: true,
        progress: &|path, rows| progress.rows(path, rows),
    };
    if let Some(store) = history {
        let out =
            if args.scheduled { remembered::folder(&args.out, request.as_of) } else { args.out.clone() };
        let job = remembered::Job {
            args,
            session,
            request: &request,
            progress: &progress,
            store,
            readings: readings.as_ref(),
            out,
        };
        return remembered::run(&job);
    }
    let scan = scan::audit(&request)?;
    if scan.inputs.is_empty() {
        progress.done();
        diagnostics::tell_all(&scan.diagnostics, session);
        return Err(CliError::NothingRead);
    }
    let document = document::build(&scan, &knowledge, session.catalogue);
    let targets: Vec<PathBuf> = WRITERS.iter().map(|w| args.out.join(w.file)).collect();
    overwrite::refuse(&targets, &scan.inputs)?;
    write_all(&args.out, &document, session.catalogue, args.encoding.options())?;
    progress.done();
    let files: Vec<String> = WRITERS.iter().map(|w| args.out.join(w.file).display().to_string()).collect();
    let ledger = args.out.join("ledger.xlsx").display().to_string();
    diagnostics::tell(&scan.diagnostics, session, Some(&ledger));
    let view = ReportView::new(&document, session.catalogue);
    session.out(&terminal::audit(&view, session.screen, &files))?;
    Ok(status(&scan, &policy))
}

/// 1 when something that the policy or `--fail-on` names was found.
pub(in crate::cli) fn status(scan: &Scan, policy: &Policy) -> ExitStatus {
    let open = scan.findings.iter().filter(|f| f.status == FindingStatus::Open);
    let found = open.map(|f| FailOn::of(f.severity)).any(|what| policy.fails_on(what));
    let unread = !scan.coverage.unread.is_empty()
        || !scan.rejected.is_empty()
        || scan.diagnostics.iter().any(|d| d.code.alert() == Alert::Error);
    if found || unread && policy.fails_on(FailOn::Unread) { ExitStatus::Found } else { ExitStatus::Clean }
}
