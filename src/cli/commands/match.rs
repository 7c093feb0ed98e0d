//! `match`: duplicates only, as `id,cluster`.

use crate::cli::diagnostics;
use crate::cli::error::CliError;
use crate::cli::overwrite;
use crate::cli::progress::Progress;
use crate::cli::session::Session;
use crate::cli::status::ExitStatus;
use crate::cli::values;
use crate::knowledge::policy::Flags;
use crate::model::Field;
use crate::scan::{self, Request};
use crate::stages::matching;
use crate::views::matches;
use clap::Args;
use std::path::PathBuf;

/// Arguments of `match`.
#[derive(Debug, Args)]
pub struct MatchArgs {
    /// The inventory.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Where `id,cluster` goes.
    #[arg(short, long, value_name = "FILE")]
    pub out: PathBuf,
    /// Where the related pairs go, when wanted.
    #[arg(long, value_name = "FILE")]
    pub pairs: Option<PathBuf>,
    /// Probability from which a pair counts, over the policy's figure.
    #[arg(long, value_name = "P", value_parser = values::probability)]
    pub threshold: Option<f64>,
    /// The policy file, for its judgements and column meanings.
    #[arg(long, value_name = "FILE")]
    pub policy: Option<PathBuf>,
    /// Say how the candidates were found and how many each key gave.
    #[arg(long)]
    pub explain_blocking: bool,
    /// Estimate the weights anew from this list, within bounds, and say what moved.
    #[arg(long)]
    pub refit: bool,
}

impl MatchArgs {
    /// The flags that lie over the policy.
    pub fn flags(&self) -> Flags {
        Flags { threshold: self.threshold, ..Flags::default() }
    }
}

/// Reads one inventory, matches it, writes `id,cluster` for every row and, on request, the pairs.
///
/// # Errors
/// When the file is missing or nothing in it could be read, the policy is at fault, or a result cannot be
/// written.
pub fn run(args: &MatchArgs, session: &Session) -> Result<ExitStatus, CliError> {
    if args.pairs.as_ref() == Some(&args.out) {
        return Err(CliError::SameOutput { path: args.out.clone() });
    }
    let policy = session.policy(args.policy.as_deref(), &args.flags())?;
    let knowledge = session.knowledge(&policy)?;
    let progress = Progress::new(session);
    let mut read = scan::read(&Request {
        paths: std::slice::from_ref(&args.file),
        knowledge: &knowledge,
        policy: &policy,
        as_of: values::today(),
        roster: None,
        decisions: &[],
        reference: None,
        beside: &[],
        evidence: None,
        kept: None,
        with_sm3: false,
        progress: &|path, rows| progress.rows(path, rows),
    })?;
    if read.inputs.is_empty() {
        progress.done();
        diagnostics::tell_all(&read.diagnostics, session);
        return Err(CliError::NothingRead);
    }
    let targets: Vec<PathBuf> = args.pairs.iter().chain([&args.out]).cloned().collect();
    overwrite::refuse(&targets, &read.inputs)?;
    let needed = [&matching::FIELDS[..], &[Field::Id]].concat();
    read.assets.records.keep_only(&needed);
    let mut parameters = scan::parameters(&policy);
    let refit = args.refit.then(|| matching::refit(&read.assets, &knowledge.lexicon, &parameters));
    if let Some(refit) = &refit {
        parameters = refit.parameters.clone();
    }
    let matched = matching::run(&read.assets, &knowledge.lexicon, &parameters, &policy.judgements);
    let ids = matches::ids(&read.assets, &read.inputs);
    matches::write_clusters(&args.out, &ids.texts, &read.assets, &matched.clusters)?;
    if let Some(path) = &args.pairs {
        matches::write_pairs(path, &ids.texts, &matched.links)?;
    }
    progress.done();
    diagnostics::tell(&read.diagnostics, session, None);
    if ids.made_up {
        session.note(&session.catalogue.text("cli.match.made-up-ids"));
    }
    let members: usize = matched.clusters.iter().map(|c| c.members.len()).sum();
    let figures = [
        ("rows", read.assets.len()),
        ("pairs", matched.links.len()),
        ("clusters", matched.clusters.len()),
        ("members", members),
    ];
    let figures = figures.map(|(name, value)| (name, value.to_string()));
    session.out(&format!("{}\n", session.catalogue.fill("cli.match.done", &figures)))?;
    if let Some(refit) = &refit {
        session.out(&matches::refit(refit, session.catalogue, session.screen))?;
    }
    if args.explain_blocking {
        session.out(&matches::blocking(&matched.blocking, session.catalogue, session.screen))?;
    }
    Ok(ExitStatus::Clean)
}
