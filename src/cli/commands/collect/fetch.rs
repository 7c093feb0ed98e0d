//! `collect` itself: plan, tell, and fetch when that was asked for.

use super::{CollectArgs, setting, subjects};
use crate::cli::error::CliError;
use crate::cli::session::Session;
use crate::cli::status::ExitStatus;
use crate::collect::adapter::Adapter;
use crate::collect::plan::{Plan, Switches, plan};
use crate::knowledge::messages::Lang;
use crate::knowledge::policy::{Flags, Policy};
use crate::views::collect::{self as view, Impact};
use crate::views::report::WriteError;
use crate::views::report::write::replace;
use std::io::Write as _;
use std::path::Path;

/// The scan whose items are looked up when neither files nor a scan are named.
const NEWEST: &str = "reports/scan.json";
/// Name of the impact page in the evidence folder.
const PAGE: &str = "impact.html";

/// Plans; fetches unless only the plan was asked for.
pub(super) fn run(args: &CollectArgs, session: &Session) -> Result<ExitStatus, CliError> {
    let policy = session.policy(args.policy.as_deref(), &Flags::default())?;
    let adapters = setting::adapters(&policy)?;
    let switches = setting::switches(&policy, &adapters, &args.source, &args.allow_host)?;
    let items = match (&args.scan, args.paths.is_empty()) {
        (Some(scan), _) => subjects::of_scan(scan)?,
        (None, true) => subjects::of_scan(Path::new(NEWEST))?,
        (None, false) => subjects::of_paths(&args.paths, &policy, session)?,
    };
    let planned = plan(&items, &adapters, &switches);
    let mut impact = Impact {
        plan: &planned,
        summary: None,
        agent: agent(&policy),
        spacing: policy.collect.spacing_seconds,
        internal_spacing: policy.collect.internal_spacing_ms,
        budget: policy.collect.host_budget,
        at: jiff::Zoned::now().strftime("%Y-%m-%d %H:%M %:z").to_string(),
        lang: if session.catalogue.lang() == Lang::Zh { "zh" } else { "en" },
        adapters: &adapters,
        switches: &switches,
    };
    if args.plan || planned.requests.is_empty() {
        session.out(&view::plan(&impact, session.catalogue, session.screen))?;
        if args.plan {
            write(&args.out, &impact, session)?;
        }
        return Ok(ExitStatus::Clean);
    }
    if contact(&policy).is_empty() {
        return Err(CliError::NoContact);
    }
    let done = fetch(args, &planned, &adapters, &switches, &policy, session)?;
    impact.summary = Some(&done);
    session.out(&view::summary(&impact, &done, session.catalogue, session.screen))?;
    write(&args.out, &impact, session)?;
    Ok(ExitStatus::Clean)
}

fn write(out: &Path, impact: &Impact<'_>, session: &Session) -> Result<(), CliError> {
    let fault = |path: &Path| {
        let path = path.to_owned();
        move |source| CliError::Write { path, source }
    };
    std::fs::create_dir_all(out).map_err(fault(out))?;
    let path = out.join(PAGE);
    let text = view::page(impact, session.catalogue);
    replace(&path, |file| Ok(file.write_all(text.as_bytes())?))
        .map_err(|cause| WriteError { path: path.clone(), cause })?;
    session
        .out(&(session.catalogue.fill("collect.plan.page", &[("path", path.display().to_string())]) + "\n"))
}

/// `zhijian/0.1.0 (+contact)`: in plain characters, as a header wants it.
fn agent(policy: &Policy) -> String {
    format!("zhijian/{} (+{})", env!("CARGO_PKG_VERSION"), contact(policy))
}

/// What of the contact a header can hold.
fn contact(policy: &Policy) -> String {
    let plain = policy.collect.contact.chars().filter(|c| c.is_ascii_graphic() || *c == ' ');
    plain.collect::<String>().trim().to_owned()
}

#[cfg(feature = "net")]
fn fetch(
    args: &CollectArgs,
    planned: &Plan,
    adapters: &[Adapter],
    switches: &Switches,
    policy: &Policy,
    session: &Session,
) -> Result<crate::collect::Summary, CliError> {
    use crate::cli::progress::Progress;
    use crate::collect::fetch::{Limits, Settings, run, system_names};
    use std::time::Duration;

    let certificates = match &policy.collect.certificates {
        Some(path) => {
            Some(std::fs::read(path).map_err(|source| CliError::Read { path: path.clone(), source })?)
        }
        None => None,
    };
    let settings = Settings {
        agent: agent(policy),
        spacing: Duration::from_secs(u64::from(policy.collect.spacing_seconds)),
        internal_spacing: Duration::from_millis(u64::from(policy.collect.internal_spacing_ms)),
        budget: policy.collect.host_budget,
        hosts: 64,
        limits: Limits::default(),
        proxy: policy.collect.proxy.clone(),
        certificates,
        internal: args.allow_host.clone(),
        names: system_names(),
        now: jiff::Timestamp::now,
    };
    let progress = Progress::new(session);
    let tell = move |host: &str, done: u64, all: u64| progress.say(format!("{done}/{all}  {host}"));
    Ok(run(planned, adapters, switches, settings, &args.out, tell)?)
}

#[cfg(not(feature = "net"))]
fn fetch(
    _: &CollectArgs,
    _: &Plan,
    _: &[Adapter],
    _: &Switches,
    _: &Policy,
    _: &Session,
) -> Result<crate::collect::Summary, CliError> {
    Err(CliError::NoNetwork)
}
