//! The main job: ingest → normalise → match → rules → plan → figures.

use super::unused::unused;
use super::{Knowledge, figures, roster};
use crate::knowledge::policy::Policy;
use crate::model::{
    AssetTable, Cluster, Coverage, Diagnostic, InputFile, Pair, Provenance, Recurrence, RejectedRow,
    RosterEntry, Scan,
};
use crate::stages::ingest::Naming;
use crate::stages::matching::Parameters;
use crate::stages::{ingest, matching, normalise, plan, rules};
use jiff::civil::Date;
use std::path::{Path, PathBuf};

/// What an audit is a function of.
pub struct Request<'a> {
    /// Files and folders.
    pub paths: &'a [PathBuf],
    /// What the program knows.
    pub knowledge: &'a Knowledge,
    /// What the user decided.
    pub policy: &'a Policy,
    /// The day to judge by.
    pub as_of: Date,
    /// The units that are expected to report.
    pub roster: Option<&'a Path>,
    /// Files of the program's own that may lie among the inventories and are none.
    pub beside: &'a [PathBuf],
    /// Whether to digest inputs with SM3 as well; only results that name their inputs need it.
    pub with_sm3: bool,
    /// Told of each file and the rows read so far.
    pub progress: &'a (dyn Fn(&str, u64) + Sync),
}

/// Why an audit could not be completed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The roster cannot be used.
    #[error(transparent)]
    Roster(#[from] roster::RosterError),
    /// A named path is missing, or the like.
    #[error(transparent)]
    Ingest(#[from] ingest::Error),
    /// The plan breaks a promise: a bug, never shown as a result.
    #[error("the plan breaks {} promise(s), first: {}", .0.len(), .0[0])]
    Plan(Vec<plan::check::Violation>),
}

/// What reading and understanding give, before anything is compared.
#[derive(Clone)]
pub struct Read {
    /// Files.
    pub inputs: Vec<InputFile>,
    /// Assets.
    pub assets: AssetTable,
    /// Rows that could not become records.
    pub rejected: Vec<RejectedRow>,
    /// Remarks.
    pub diagnostics: Vec<Diagnostic>,
    /// Files that could not be read.
    pub unread: Vec<String>,
    /// Expected units; empty without a roster.
    pub roster: Vec<RosterEntry>,
}

/// Reads and understands the inputs: the first two stages, as `inspect` and `match` use them.
pub fn read(request: &Request<'_>) -> Result<Read, Error> {
    let mut not_inventories = policy_files(request.policy);
    not_inventories.extend(request.roster.map(Path::to_owned));
    not_inventories.extend_from_slice(request.beside);
    let options = ingest::Options {
        fields: &request.knowledge.fields,
        naming: Naming::Items,
        overrides: &request.policy.columns,
        as_of: request.as_of,
        with_sm3: request.with_sm3,
        not_inventories: &not_inventories,
        progress: request.progress,
    };
    let ingested = ingest::ingest(request.paths, &options)?;
    tracing::info!(files = ingested.inputs.len(), records = ingested.records.len(), "ingest done");
    let (assets, remarks) =
        normalise::normalise(ingested.records, &request.knowledge.lexicon, &ingested.inputs);
    tracing::info!(assets = assets.len(), "normalise done");
    let mut diagnostics = ingested.diagnostics;
    diagnostics.extend(remarks);
    let mut read = Read {
        inputs: ingested.inputs,
        assets,
        rejected: ingested.rejected,
        diagnostics,
        unread: ingested.unread,
        roster: Vec::new(),
    };
    if let Some(path) = request.roster {
        read.roster = roster::compare(path, request, &read)?;
    }
    Ok(read)
}

/// Understands one item from what its columns would say, as (header, value).
pub fn understand(
    row: &[(&str, &str)],
    knowledge: &Knowledge,
    policy: &Policy,
    as_of: Date,
) -> (AssetTable, Vec<Diagnostic>) {
    let cells = row.iter().map(|&(header, value)| (header.to_owned(), value.into())).collect();
    understand_all(vec![cells], knowledge, policy, as_of)
}

/// Understands items from what their columns would say; a row that says nothing gives no item.
pub fn understand_all(
    rows: Vec<serde_json::Map<String, serde_json::Value>>,
    knowledge: &Knowledge,
    policy: &Policy,
    as_of: Date,
) -> (AssetTable, Vec<Diagnostic>) {
    let rows = rows.into_iter().map(serde_json::Value::Object).collect();
    let bytes = serde_json::Value::Array(rows).to_string().into_bytes();
    let options = ingest::Options {
        fields: &knowledge.fields,
        naming: Naming::Items,
        overrides: &policy.columns,
        as_of,
        with_sm3: false,
        not_inventories: &[],
        progress: &|_, _| {},
    };
    let ingested = ingest::ingest_bytes(vec![("-".to_owned(), bytes)], &options);
    let (assets, remarks) = normalise::normalise(ingested.records, &knowledge.lexicon, &ingested.inputs);
    // What was said of the columns is about those that were made here.
    let of_row = ingested.diagnostics.into_iter().filter(|remark| remark.at.row.is_some());
    (assets, of_row.chain(remarks).collect())
}

/// The policy file and what it names may lie among the inventories and are none.
fn policy_files(policy: &Policy) -> Vec<PathBuf> {
    policy.path.iter().chain(&policy.extra_regions).cloned().collect()
}

/// Everything that is known before rules are asked.
#[derive(Clone)]
pub struct Gathered {
    read: Read,
    pairs: Vec<Pair>,
    clusters: Vec<Cluster>,
}

impl Gathered {
    /// What was read.
    pub fn read(&self) -> &Read {
        &self.read
    }
}

/// Runs the whole audit.
pub fn audit(request: &Request<'_>) -> Result<Scan, Error> {
    conclude(request, gather(request)?, None)
}

/// Reads, understands and matches: all of the audit that no rule and no earlier scan has a part in.
pub fn gather(request: &Request<'_>) -> Result<Gathered, Error> {
    let mut read = read(request)?;
    let parameters = parameters(request.policy);
    let judgements = &request.policy.judgements;
    let matched = matching::run(&read.assets, &request.knowledge.lexicon, &parameters, judgements);
    let (pairs, clusters) = (matched.pairs(), matched.clusters.clone());
    let remarks = matched.diagnostics.clone();
    drop(matched);
    read.diagnostics.extend(remarks);
    Ok(Gathered { read, pairs, clusters })
}

/// Judges and plans. `recurrences` is what came back since earlier scans; `None` when nothing is compared.
pub fn conclude(
    request: &Request<'_>,
    gathered: Gathered,
    recurrences: Option<&[Recurrence]>,
) -> Result<Scan, Error> {
    let Gathered { read, pairs, clusters } = gathered;
    let Read { inputs, assets, rejected, mut diagnostics, unread, roster } = read;
    let (knowledge, policy) = (request.knowledge, request.policy);
    let mut settings = policy.rules.clone();
    for profile in knowledge.profiles.iter().filter_map(|name| knowledge.clauses.profile(name)) {
        profile.apply(&mut settings);
    }
    let checked = rules::check(&rules::Context {
        assets: &assets,
        pairs: &pairs,
        clauses: &knowledge.clauses,
        detector: &knowledge.detector,
        lexicon: &knowledge.lexicon,
        settings: &settings,
        recurrences,
        as_of: request.as_of,
    });
    diagnostics.extend(checked.diagnostics);
    tracing::info!(findings = checked.findings.len(), "rules done");

    let problem = plan::Inputs {
        assets: &assets,
        pairs: &pairs,
        clusters: &clusters,
        findings: &checked.findings,
        pins: &policy.pins,
        lexicon: &knowledge.lexicon,
        enforce_caps: policy.enforce_caps,
    };
    let plan = plan::make(&problem);
    plan::check::verify(&problem, plan.actions.iter()).map_err(Error::Plan)?;
    tracing::info!("plan made and verified");

    diagnostics.extend(unused(policy, &assets));
    Diagnostic::sort(&mut diagnostics);
    let clues = super::clues::read(&assets, &knowledge.detector);
    let mut scan = Scan {
        provenance: Provenance {
            tool: concat!("zhijian ", env!("CARGO_PKG_VERSION")).to_owned(),
            rule_set: rules::digest(&knowledge.clauses, recurrences.is_some()),
            policy: policy.digest.clone(),
            parameters: parameters(policy).label,
            profiles: knowledge.profiles.clone(),
            as_of: request.as_of,
        },
        inputs,
        assets,
        pairs,
        clusters,
        clues,
        findings: checked.findings,
        plan,
        figures: Vec::new(),
        coverage: Coverage { rules_not_run: checked.not_run, unread, roster },
        rejected,
        diagnostics,
    };
    scan.figures = figures(&scan);
    Ok(scan)
}

/// The shipped parameter set with the policy's threshold.
pub fn parameters(policy: &Policy) -> Parameters {
    Parameters::shipped().with_threshold(policy.threshold)
}
