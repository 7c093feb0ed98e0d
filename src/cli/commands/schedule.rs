//! `schedule`: prints, or installs on request, what makes the system run the audit by itself.

use crate::cli::error::CliError;
use crate::cli::schedule::{self, Cron, NAME};
use crate::cli::session::Session;
use crate::cli::status::ExitStatus;
use crate::cli::values;
use crate::views::report::WriteError;
use crate::views::report::write::replace;
use clap::Args;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Which system is told.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum System {
    /// A service and a timer.
    Systemd,
    /// A line of a crontab.
    Cron,
    /// A task of the Windows scheduler.
    Windows,
}

/// Arguments of `schedule`.
#[derive(Debug, Args)]
pub struct ScheduleArgs {
    /// Files and folders to audit.
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// When.
    #[arg(long, value_name = "TIME", default_value = "week", value_parser = Cron::parse)]
    pub every: Cron,
    /// The folder for the dated results.
    #[arg(short, long, value_name = "DIR", default_value = "reports")]
    pub out: PathBuf,
    /// The kept scans.
    #[arg(long, value_name = "FILE", default_value = "zhijian-history.db")]
    pub history: PathBuf,
    /// The policy file.
    #[arg(long, value_name = "FILE")]
    pub policy: Option<PathBuf>,
    /// The units that are expected to report.
    #[arg(long, value_name = "FILE")]
    pub roster: Option<PathBuf>,
    /// Where a notice goes.
    #[arg(long, value_name = "FILE")]
    pub notify: Option<PathBuf>,
    /// Which system is told.
    #[arg(long = "for", value_name = "SYSTEM", default_value = DEFAULT, value_parser = values::system())]
    pub system: System,
    /// Put it where the system finds it, and switch it on.
    #[arg(long)]
    pub install: bool,
}

/// The system that is told when nothing is said.
const DEFAULT: &str = if cfg!(windows) { "windows" } else { "systemd" };
/// Times that are shown.
const SHOWN: usize = 5;

/// Prints or installs the timer.
///
/// # Errors
/// When a path is not there or cannot be written in such a file, or installing fails.
pub fn run(args: &ScheduleArgs, session: &Session) -> Result<ExitStatus, CliError> {
    let command = command(args, session)?;
    let (out, history) = (absolute(&args.out)?, absolute(&args.history)?);
    let store = history.parent().unwrap_or(Path::new("/"));
    let writable: &[&Path] = if store == out { &[&out] } else { &[&out, store] };
    let says = |key: &str| session.catalogue.text(key).into_owned();
    let texts: Vec<(String, String)> = match args.system {
        System::Systemd => {
            let user = std::env::var("USER").ok().filter(|user| is_plain(user));
            // A unit of the user's own runs as that user anyway.
            let user = if is_root() || !args.install { user } else { None };
            vec![
                (
                    format!("{NAME}.service"),
                    schedule::service(
                        &says("cli.schedule-files.audit"),
                        &command,
                        writable,
                        user.as_deref(),
                        args.notify.is_some(),
                    ),
                ),
                (format!("{NAME}.timer"), schedule::timer(&says("cli.schedule-files.timer"), &args.every)),
            ]
        }
        System::Cron => vec![(format!("{NAME}.cron"), schedule::line(&args.every, &command))],
        System::Windows => {
            let task =
                schedule::task(&says("cli.schedule-files.audit"), &args.every, &command, values::today())
                    .ok_or(CliError::TooOften)?;
            vec![(format!("{NAME}.xml"), task)]
        }
    };
    if args.install {
        // The service may write to these and to nothing else: they must be there.
        for folder in writable {
            std::fs::create_dir_all(folder)
                .map_err(|source| CliError::Write { path: (*folder).to_owned(), source })?;
        }
        install(args.system, &texts, session)?;
    } else {
        let several = texts.len() > 1;
        let parts: Vec<String> = texts
            .iter()
            .map(|(name, text)| if several { format!("# {name}\n{text}") } else { text.clone() })
            .collect();
        session.out(&parts.join("\n"))?;
    }
    let next = args.every.next(&values::here_and_now(), SHOWN);
    let list: Vec<String> = next.iter().map(|time| time.strftime("%Y-%m-%d %H:%M %Z").to_string()).collect();
    session.note(&session.catalogue.fill("schedule.next", &[("list", list.join("\n  "))]));
    Ok(ExitStatus::Clean)
}

/// The audit as the system will start it: every path from the root.
fn command(args: &ScheduleArgs, session: &Session) -> Result<Vec<String>, CliError> {
    let program = std::env::current_exe().map_err(|error| CliError::Other(error.into()))?;
    let mut words = vec![word(&program)?, "audit".to_owned()];
    for path in &args.paths {
        std::fs::metadata(path).map_err(|source| CliError::Read { path: path.clone(), source })?;
        words.push(word(&absolute(path)?)?);
    }
    let files = [("--policy", &args.policy), ("--roster", &args.roster), ("--notify", &args.notify)];
    for (flag, file) in files.into_iter().filter_map(|(flag, file)| Some((flag, file.as_ref()?))) {
        std::fs::metadata(file).map_err(|source| CliError::Read { path: file.clone(), source })?;
        words.extend([flag.to_owned(), word(&absolute(file)?)?]);
    }
    for (flag, path) in [("--out", &args.out), ("--history", &args.history)] {
        words.extend([flag.to_owned(), word(&absolute(path)?)?]);
    }
    words.extend(["--scheduled".to_owned(), "--lang".to_owned(), session.catalogue.lang().to_string()]);
    Ok(words)
}

fn absolute(path: &Path) -> Result<PathBuf, CliError> {
    std::path::absolute(path).map_err(|source| CliError::Read { path: path.to_owned(), source })
}

/// A path as a word of a text file: no line break, and nothing that is no text.
fn word(path: &Path) -> Result<String, CliError> {
    let text = path.to_str().filter(|text| !text.chars().any(char::is_control));
    text.map(str::to_owned).ok_or_else(|| CliError::PathUnfit { path: path.to_owned() })
}

fn is_plain(user: &str) -> bool {
    !user.is_empty() && user.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-.".contains(&b))
}

#[cfg(target_os = "linux")]
fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

#[cfg(not(target_os = "linux"))]
fn is_root() -> bool {
    false
}

/// Puts the texts where the system looks for them, and switches them on.
fn install(system: System, texts: &[(String, String)], session: &Session) -> Result<(), CliError> {
    let told = |path: &Path| {
        session.note(&session.catalogue.fill("schedule.written", &[("path", path.display().to_string())]));
    };
    match system {
        System::Systemd => {
            let home = std::env::var_os("HOME").map(PathBuf::from).unwrap_or_default();
            let (folder, own): (PathBuf, &[&str]) = if is_root() {
                (PathBuf::from("/etc/systemd/system"), &[])
            } else {
                (home.join(".config/systemd/user"), &["--user"])
            };
            std::fs::create_dir_all(&folder)
                .map_err(|source| CliError::Write { path: folder.clone(), source })?;
            for (name, text) in texts {
                let path = folder.join(name);
                write(&path, text)?;
                told(&path);
            }
            let timer = format!("{NAME}.timer");
            call("systemctl", &[own, &["daemon-reload"]].concat())?;
            call("systemctl", &[own, &["enable", "--now", &timer]].concat())
        }
        System::Cron => {
            // The lines that are there stay; an older one of ours goes.
            let listed =
                Command::new("crontab").arg("-l").output().map_err(|error| not_called("crontab", &error))?;
            let there = String::from_utf8_lossy(&listed.stdout).into_owned();
            let mark = format!("# {NAME}");
            let kept = there.lines().filter(|line| !line.ends_with(&mark));
            let kept: Vec<&str> = kept.flat_map(|line| [line, "\n"]).collect();
            let dir = tempfile::tempdir().map_err(|error| CliError::Other(error.into()))?;
            let path = dir.path().join(NAME);
            write(&path, &(kept.concat() + &texts[0].1))?;
            call("crontab", &[&path.display().to_string()])
        }
        System::Windows => {
            let dir = tempfile::tempdir().map_err(|error| CliError::Other(error.into()))?;
            let path = dir.path().join(format!("{NAME}.xml"));
            write(&path, &texts[0].1)?;
            call("schtasks", &["/Create", "/F", "/TN", NAME, "/XML", &path.display().to_string()])
        }
    }
}

fn write(path: &Path, text: &str) -> Result<(), CliError> {
    replace(path, |out| Ok(out.write_all(text.as_bytes())?))
        .map_err(|cause| WriteError { path: path.to_owned(), cause }.into())
}

/// Calls a program of the system.
fn call(program: &str, arguments: &[&str]) -> Result<(), CliError> {
    let output =
        Command::new(program).args(arguments).output().map_err(|error| not_called(program, &error))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    Err(CliError::Called { command: format!("{program} {}", arguments.join(" ")), said })
}

fn not_called(program: &str, error: &std::io::Error) -> CliError {
    CliError::Called { command: program.to_owned(), said: error.to_string() }
}
