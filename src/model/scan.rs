//! The one immutable result of an audit.
//!
//! For: everything later views are drawn from. Invariant: a pure function of the inputs, the
//! policy, the knowledge shipped and the as-of date.

use super::{
    Aims, Asked, AssetTable, Clue, Cluster, Covered, Deadlines, DecisionFile, Decisions, Diagnostic, Finding,
    InputFile, Letter, Page, Pair, Plan, RejectedRow, RosterEntry, Rulings,
};
use jiff::civil::Date;

/// What produced a scan.
#[derive(Clone, PartialEq, Debug)]
pub struct Provenance {
    /// Program and version.
    pub tool: String,
    /// Digest of the rule set (ids, clauses, severities).
    pub rule_set: String,
    /// Digest of the policy file's bytes; empty when none was given.
    pub policy: String,
    /// Digest that stands for the evidence folder; empty without one.
    pub evidence: String,
    /// Name of the matching parameter set.
    pub parameters: String,
    /// Whether limits worded 原则上 were enforced.
    pub enforce_caps: bool,
    /// What the plan aims at.
    pub aims: Aims,
    /// Days that the policy sets.
    pub deadlines: Deadlines,
    /// What the policy decided about items.
    pub rulings: Rulings,
    /// Names of the local profiles in use.
    pub profiles: Vec<String>,
    /// Words around the official draft.
    pub letter: Letter,
    /// The day on which clauses, deadlines and staleness are judged.
    pub as_of: Date,
}

/// What was not checked, and why.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Coverage {
    /// Rules that did not run (rule id, reason key in the catalogue).
    pub rules_not_run: Vec<(String, &'static str)>,
    /// Files that could not be read at all, by path.
    pub unread: Vec<String>,
    /// Expected units, in the order of the roster; empty without one.
    pub roster: Vec<RosterEntry>,
}

/// Everything one audit found out.
#[derive(Clone)]
pub struct Scan {
    /// What produced it.
    pub provenance: Provenance,
    /// Files read, by path.
    pub inputs: Vec<InputFile>,
    /// Assets, with every sheet's column map and row account.
    pub assets: AssetTable,
    /// Related pairs, by relation order and then ids.
    pub pairs: Vec<Pair>,
    /// Clusters, by id.
    pub clusters: Vec<Cluster>,
    /// What people decided, with what became of it; empty without `--decisions`.
    pub decisions: Decisions,
    /// The list of platforms above; nothing without `--reference`.
    pub reference: Option<DecisionFile>,
    /// Items that a platform of that list covers, by item and platform.
    pub covered: Vec<Covered>,
    /// Forms and data items that several apps ask for.
    pub asked: Vec<Asked>,
    /// Clues, in the order of the inputs.
    pub clues: Vec<Clue>,
    /// Public pages of the items, by item and source; empty without an evidence folder.
    pub pages: Vec<Page>,
    /// Findings, by severity, rule, asset id, place.
    pub findings: Vec<Finding>,
    /// One action per asset.
    pub plan: Plan,
    /// What was not checked.
    pub coverage: Coverage,
    /// Rows that could not become records.
    pub rejected: Vec<RejectedRow>,
    /// Remarks about the inputs, sorted.
    pub diagnostics: Vec<Diagnostic>,
}
