//! The main job: ingest → normalise → match → rules → plan → figures.

use super::unused::unused;
use super::{Knowledge, decisions, pages, reference, roster};
use crate::evidence::Seen;
use crate::knowledge::policy::Policy;
use crate::model::{
    Asked, AssetTable, Cluster, Code, Coverage, Deadlines, Diagnostic, InputFile, Judgement, Location, Page,
    Pair, Pin, Provenance, Recurrence, RejectedRow, RosterEntry, Rulings, Scan,
};
use crate::stages::ingest::Naming;
use crate::stages::matching::{Parameters, Reused};
use crate::stages::rules::Checked;
use crate::stages::{ingest, matching, normalise, plan, rules};
use jiff::civil::Date;
use std::collections::BTreeSet;
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
    /// Platforms above that are in nobody's inventory.
    pub reference: Option<&'a Path>,
    /// Files and folders with what people decided about an earlier scan.
    pub decisions: &'a [PathBuf],
    /// What kept public pages say of items.
    pub evidence: Option<&'a Seen>,
    /// Files of the program's own that may lie among the inventories and are none.
    pub beside: &'a [PathBuf],
    /// Readings of earlier runs; results are the same without them.
    pub kept: Option<&'a ingest::Kept<'a>>,
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
    /// What people sent back.
    returned: decisions::Read,
}

/// Reads and understands the inputs: the first two stages, as `inspect` and `match` use them.
pub fn read(request: &Request<'_>) -> Result<Read, Error> {
    let returned = decisions::read(request.decisions)?;
    let not_inventories = not_inventories(request, &returned);
    let options = ingest::Options {
        fields: &request.knowledge.fields,
        naming: Naming::Items,
        overrides: &request.policy.columns,
        as_of: request.as_of,
        with_sm3: request.with_sm3,
        not_inventories: &not_inventories,
        kept: request.kept,
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
        returned,
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
        kept: None,
        progress: &|_, _| {},
    };
    let ingested = ingest::ingest_bytes(vec![("-".to_owned(), bytes)], &options);
    let (assets, remarks) = normalise::normalise(ingested.records, &knowledge.lexicon, &ingested.inputs);
    // What was said of the columns is about those that were made here.
    let of_row = ingested.diagnostics.into_iter().filter(|remark| remark.at.row.is_some());
    (assets, of_row.chain(remarks).collect())
}

/// Everything that was given for another purpose may lie among the inventories.
fn not_inventories(request: &Request<'_>, returned: &decisions::Read) -> Vec<PathBuf> {
    let mut paths = policy_files(request.policy);
    paths.extend(request.roster.into_iter().chain(request.reference).map(Path::to_owned));
    paths.extend(returned.places());
    paths.extend_from_slice(request.beside);
    paths
}

impl Read {
    /// Files of the folders that are no inventories.
    pub(super) fn not_inventories(&self, request: &Request<'_>) -> Vec<PathBuf> {
        let list = request.reference.map(Path::to_owned);
        let mut paths = not_inventories(request, &self.returned);
        paths.retain(|path| Some(path) != list.as_ref());
        paths
    }
}

/// The policy file and what it names may lie among the inventories and are none.
fn policy_files(policy: &Policy) -> Vec<PathBuf> {
    policy.path.iter().chain(&policy.extra_regions).cloned().collect()
}

/// Everything that is known before rules are asked.
pub struct Gathered {
    read: Read,
    pages: Vec<Page>,
    settled: decisions::Settled,
    above: reference::Reference,
    judgements: Vec<Judgement>,
    pairs: Vec<Pair>,
    clusters: Vec<Cluster>,
    asked: Vec<Asked>,
    reused: Option<Reused>,
}

impl Gathered {
    /// What was read.
    pub fn read(&self) -> &Read {
        &self.read
    }

    /// How many pairs the last run had compared already; nothing where nothing is kept.
    pub fn reused(&self) -> Option<Reused> {
        self.reused
    }

    /// What judging a second time needs besides the scan of the first: little, where the tables themselves would be
    /// most of the memory of a run.
    pub fn rest(&self) -> Rest {
        Rest {
            diagnostics: self.read.diagnostics.clone(),
            settled: self.settled.clone(),
            above: self.above.clone(),
            judgements: self.judgements.clone(),
        }
    }

    /// What people sent back about an item of this scan and one of an earlier scan.
    pub fn across(&self) -> &[Judgement] {
        &self.settled.across
    }
}

/// What a scan does not hold of what it was made from.
pub struct Rest {
    diagnostics: Vec<Diagnostic>,
    settled: decisions::Settled,
    above: reference::Reference,
    judgements: Vec<Judgement>,
}

impl Rest {
    /// What the scan was made from, and what its rules said, to be judged again.
    fn with(self, scan: Scan) -> (Gathered, Checked) {
        let Rest { diagnostics, settled, above, judgements } = self;
        let Scan { inputs, assets, pairs, clusters, asked, pages, rejected, coverage, findings, .. } = scan;
        let Coverage { unread, roster, rules_not_run } = coverage;
        let returned = decisions::Read::default();
        let read = Read { inputs, assets, rejected, diagnostics, unread, roster, returned };
        let checked = Checked { findings, not_run: rules_not_run, diagnostics: Vec::new() };
        let reused = None;
        (Gathered { read, pages, settled, above, judgements, pairs, clusters, asked, reused }, checked)
    }
}

/// Runs the whole audit.
pub fn audit(request: &Request<'_>) -> Result<Scan, Error> {
    conclude(request, gather(request)?, None)
}

/// Reads, understands, fills in and matches: all of the audit that no rule and no earlier scan has a part in.
pub fn gather(request: &Request<'_>) -> Result<Gathered, Error> {
    gather_after(request, &BTreeSet::new())
}

/// The same after earlier scans: `known` are the ids of the items that they listed, since what people send back may be
/// about one of these and an item of now.
pub fn gather_after(request: &Request<'_>, known: &BTreeSet<String>) -> Result<Gathered, Error> {
    let mut read = read(request)?;
    let (knowledge, policy) = (request.knowledge, request.policy);
    let mut pages = Vec::new();
    if let Some(seen) = request.evidence {
        let (found, unlinked) = pages::read(&read.assets, seen, &knowledge.detector);
        pages = found;
        pages::fill(&mut read.assets, &mut pages, request.as_of);
        for (code, count) in [(Code::LaterEvidence, seen.later), (Code::UnlinkedEvidence, unlinked)] {
            if count > 0 {
                read.diagnostics.push(Diagnostic::new(code, Location::default()).with("count", count));
            }
        }
        tracing::info!(pages = pages.len(), "evidence done");
    }

    let parameters = parameters(policy);
    let mut settled = read.returned.clone().settle(&read.assets, policy, known);
    let judgements = [&policy.judgements[..], &settled.judgements].concat();
    let mut above = match request.reference {
        Some(path) => reference::read(path, request, &read, &judgements)?,
        None => reference::Reference::default(),
    };
    let (matched, reused) = matched(request, &read.assets, &parameters, &judgements);
    let (pairs, clusters) = (matched.pairs(), matched.clusters.clone());
    let remarks = matched.diagnostics.clone();
    drop(matched);
    let asked = matching::asked(&read.assets, &pairs, &knowledge.lexicon);
    let told = [&mut settled.diagnostics, &mut above.diagnostics];
    read.diagnostics.extend(told.into_iter().flat_map(std::mem::take).chain(remarks));
    Ok(Gathered { read, pages, settled, above, judgements, pairs, clusters, asked, reused })
}

/// The name under which what was compared is kept.
const COMPARED: &str = "pairs";

/// Matches; where readings are kept, pairs of items that are as they were for the last run are not compared again.
fn matched<'a>(
    request: &Request<'a>,
    assets: &'a AssetTable,
    parameters: &'a Parameters,
    judgements: &[Judgement],
) -> (matching::Matched<'a>, Option<Reused>) {
    let lexicon = &request.knowledge.lexicon;
    // Words of the policy file are part of its digest; a table of regions that it names is not.
    let Some(kept) = request.kept.filter(|_| request.policy.extra_regions.is_none()) else {
        return (matching::run(assets, lexicon, parameters, judgements), None);
    };
    let key = format!("{} {}", kept.program, request.policy.digest);
    let before = kept.shelf.take(COMPARED).and_then(|bytes| matching::Memory::open(&bytes, &key));
    let before = before.unwrap_or_default();
    let (matched, memory, reused) = matching::run_again(assets, lexicon, parameters, judgements, &before);
    tracing::info!(candidates = reused.candidates, taken_over = reused.taken_over, "compared");
    kept.shelf.put(COMPARED, &memory.seal(&key));
    (matched, Some(reused))
}

/// Judges and plans. `recurrences` is what came back since earlier scans; `None` when nothing is compared.
pub fn conclude(
    request: &Request<'_>,
    gathered: Gathered,
    recurrences: Option<&[Recurrence]>,
) -> Result<Scan, Error> {
    judge(request, gathered, recurrences, None)
}

/// Judges and plans once more with what came back; equal to [`conclude`] with it, though no text is judged again.
///
/// # Errors
/// As [`conclude`].
pub fn conclude_again(
    request: &Request<'_>,
    rest: Rest,
    scan: Scan,
    recurrences: &[Recurrence],
) -> Result<Scan, Error> {
    let (gathered, checked) = rest.with(scan);
    judge(request, gathered, Some(recurrences), Some(checked))
}

/// Judges, or adds what came back to what was judged without it, and plans.
fn judge(
    request: &Request<'_>,
    gathered: Gathered,
    recurrences: Option<&[Recurrence]>,
    checked: Option<Checked>,
) -> Result<Scan, Error> {
    let Gathered { read, pages, mut settled, above, judgements, pairs, clusters, asked, .. } = gathered;
    let Read { inputs, assets, rejected, mut diagnostics, unread, roster, .. } = read;
    let (knowledge, policy) = (request.knowledge, request.policy);
    let mut settings = policy.rules.clone();
    for profile in knowledge.profiles.iter().filter_map(|name| knowledge.clauses.profile(name)) {
        profile.apply(&mut settings);
    }
    let context = rules::Context {
        assets: &assets,
        pairs: &pairs,
        clauses: &knowledge.clauses,
        detector: &knowledge.detector,
        lexicon: &knowledge.lexicon,
        settings: &settings,
        recurrences,
        as_of: request.as_of,
    };
    let mut checked = match checked {
        Some(checked) => rules::check_again(&context, checked),
        None => rules::check(&context),
    };
    pages::soften(&mut checked.findings, &pages);
    diagnostics.extend(std::mem::take(&mut checked.diagnostics));
    tracing::info!(findings = checked.findings.len(), "rules done");

    let pins = |settled: &decisions::Settled| {
        let repaired = plan::with_repairs(settled.pins.clone(), &assets, &checked.findings);
        policy.pins.iter().cloned().chain(repaired).collect::<Vec<Pin>>()
    };
    let wishes = plan::Wishes { aims: policy.aims, ..plan::Wishes::default() };
    let apart = matching::apart(&assets, &judgements);
    let deadlines = Deadlines { plan: policy.plan_deadline, filing: policy.rules.legacy_filing_deadline };
    let known = pins(&settled);
    let problem = plan::Inputs {
        assets: &assets,
        pairs: &pairs,
        clusters: &clusters,
        findings: &checked.findings,
        pins: &known,
        apart: &apart,
        covered: &above.covered,
        lexicon: &knowledge.lexicon,
        enforce_caps: policy.enforce_caps,
        deadlines,
        wishes: &wishes,
    };
    if settled.leaves_open() {
        let before = plan::make(&problem);
        diagnostics.extend(settled.take(&before, &assets, policy));
    }
    let pins = pins(&settled);
    let problem = plan::Inputs { pins: &pins, ..problem };
    let plan = plan::make(&problem);
    plan::check::verify(&problem, &plan).map_err(Error::Plan)?;
    tracing::info!("plan made and verified");

    diagnostics.extend(unused(policy, &assets));
    Diagnostic::sort(&mut diagnostics);
    let clues = super::clues::read(&assets, &knowledge.detector);
    Ok(Scan {
        provenance: Provenance {
            tool: concat!("zhijian ", env!("CARGO_PKG_VERSION")).to_owned(),
            rule_set: rules::digest(&knowledge.clauses, recurrences.is_some()),
            policy: policy.digest.clone(),
            evidence: request.evidence.map(|seen| seen.head.clone()).unwrap_or_default(),
            parameters: parameters(policy).label,
            enforce_caps: policy.enforce_caps,
            aims: policy.aims,
            deadlines,
            rulings: Rulings {
                judgements: policy.judgements.clone(),
                pins: policy.pins.clone(),
                waivers: policy.rules.waivers.clone(),
                functions: policy.words.functions.clone(),
            },
            profiles: knowledge.profiles.clone(),
            letter: policy.letter.clone(),
            as_of: request.as_of,
        },
        inputs,
        assets,
        pairs,
        clusters,
        decisions: settled.decisions,
        reference: above.file,
        covered: above.covered,
        asked,
        clues,
        pages,
        findings: checked.findings,
        plan,
        coverage: Coverage { rules_not_run: checked.not_run, unread, roster },
        rejected,
        diagnostics,
    })
}

/// The shipped parameter set with the policy's threshold.
pub fn parameters(policy: &Policy) -> Parameters {
    Parameters::shipped().with_threshold(policy.threshold)
}
