//! `scan.json` version 1: the stored form of a scan, which other programs may rely on.
//!
//! For: the boundary. Every report is drawn from a [`ScanDocument`], so a stored scan renders to
//! any format without a re-scan. Not for: computing. The form is frozen: names here are binding, and another form is a
//! version of its own with a reader beside this one (`tests/it/frozen.rs`). Personal data are masked before they get here.

mod action;
mod aims;
mod anonymise;
mod asked;
mod build;
mod clue;
mod compared;
mod decision;
mod letter;
mod lines;
mod page;
mod part;
mod restore;
mod rows;
mod rulings;
mod said;
mod verify;

pub use action::{Action, Answer, Deadline};
pub use anonymise::anonymise;
pub use asked::{Asked, Forced, Stays};
pub(super) use build::{action, components, objective};
pub use build::{build, draft, inputs, pair, redraft, rejected, remarks, roster, sum_up};
pub use clue::{Clue, ClueItem};
pub use decision::{CoveredItem, Decision, DecisionFile, Decisions, Proposed, Reference};
pub use letter::Letter;
pub use page::{Citation, Contradiction, Lead, Page};
pub use part::{Load, Loaded, Part};
pub use restore::{Restored, Unknown};
pub use rows::rows;
pub use rulings::{FunctionWords, JudgementGiven, PinGiven, Rulings, WaiverGiven};
pub use said::{Evidence, Said};
pub use verify::verify;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use std::collections::BTreeMap;

/// A stored scan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ScanDocument {
    /// Always 1.
    pub schema_version: u32,
    /// Program and version.
    pub tool: String,
    /// ISO day on which clauses and deadlines were judged.
    pub as_of: String,
    /// Language of the sentences in here: `zh` or `en`.
    pub lang: String,
    /// What else the result depends on.
    pub parameters: Parameters,
    /// Files read.
    pub inputs: Vec<Input>,
    /// Every asset.
    pub assets: Vec<Asset>,
    /// Related pairs.
    pub pairs: Vec<Pair>,
    /// Groups of assets that are one service with everything redundant to it.
    pub clusters: Vec<Cluster>,
    /// Forms and data items that several apps ask for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub asked: Vec<Asked>,
    /// What people wrote about items; not there without clues.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub clues: Vec<Clue>,
    /// Public pages of items; not there without evidence.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pages: Vec<Page>,
    /// What people decided about an earlier scan; absent when nobody did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decisions: Option<Decisions>,
    /// What the policy decided: judgements, pins, waivers, functions of its own; absent where it decided nothing.
    #[serde(default, skip_serializing_if = "Rulings::is_empty")]
    pub rulings: Rulings,
    /// Platforms above that are in nobody's inventory; absent without such a list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<Reference>,
    /// What rules say.
    pub findings: Vec<Finding>,
    /// What to do.
    pub plan: Plan,
    /// Figures, each with its fraction and formula.
    pub figures: Vec<Figure>,
    /// What becomes of the items by level, place, unit, platform and domain of function, for each kind.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Part>,
    /// How many staff-facing items a worker must deal with, unit by unit.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub loads: Vec<Load>,
    /// What was not checked.
    pub coverage: Coverage,
    /// Rows that could not become records.
    pub rejected: Vec<Rejected>,
    /// Remarks about the inputs and the policy.
    pub diagnostics: Vec<Remark>,
}

/// Why a file is no stored scan.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    /// A version that this program does not read.
    #[error("scan of version {0}")]
    Version(u64),
    /// Not JSON, or not of the form expected.
    #[error(transparent)]
    Syntax(#[from] serde_json::Error),
}

impl ScanDocument {
    /// Reads a stored scan. A version that is not read is named as such, whatever else is wrong with the file.
    ///
    /// # Errors
    /// When it is of another version, or no scan.
    pub fn parse(bytes: &[u8]) -> Result<ScanDocument, DocumentError> {
        #[derive(Deserialize)]
        struct Version {
            schema_version: u64,
        }
        let read = serde_json::from_slice::<ScanDocument>(bytes);
        if let Ok(scan) = read
            && scan.schema_version == 1
        {
            return Ok(scan);
        }
        let Version { schema_version } = serde_json::from_slice(bytes)?;
        if schema_version != 1 {
            return Err(DocumentError::Version(schema_version));
        }
        Ok(serde_json::from_slice(bytes)?)
    }
}

/// What a result depends on besides the input files.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Parameters {
    /// Digest of rules, clauses and severities.
    pub rule_set: String,
    /// Digest of the policy file; empty when none was given.
    pub policy: String,
    /// Digest that stands for the evidence folder; absent without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<String>,
    /// Name and version of the matching parameter set.
    pub matching: String,
    /// Local profiles in use.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub profiles: Vec<ProfileUsed>,
    /// Whether limits worded 原则上 were enforced.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub enforce_caps: bool,
    /// The aims of the plan, most important first, where their order is not the usual one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub objective: Vec<String>,
    /// How much a staff-facing item of each level weighs, where a weight is not the usual one.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub burden: BTreeMap<String, u32>,
    /// ISO day by which the plan is to be carried out, where the policy sets one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadline: Option<String>,
    /// ISO day by which older apps are to be filed, where the policy sets one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filing_deadline: Option<String>,
    /// What was asked for when the plan was made again from the stored scan: pins, caps, another order of aims.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub wishes: Vec<String>,
    /// Words around the official draft.
    #[serde(default, skip_serializing_if = "Letter::is_empty")]
    pub letter: Letter,
    /// The scan that this one was compared with; absent when nothing was compared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub earlier: Option<EarlierScan>,
}

/// A scan of the history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EarlierScan {
    /// ISO day on which it was judged.
    pub as_of: String,
    /// BLAKE3 digest of its `scan.json`, hex.
    pub blake3: String,
}

/// A local profile that the findings also rest on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ProfileUsed {
    /// Its name.
    pub name: String,
    /// The document it rests on.
    pub title: String,
    /// The date of that document, as far as it is known.
    pub date: String,
    /// How well its clauses are known, the least first: `text-seen`, `quoted`, `secondary`, `inferred`.
    pub sourced: String,
    /// BLAKE3 digest of the profile, hex.
    pub blake3: String,
}

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Relative to the argument, with `/`.
    pub path: String,
    /// Size.
    pub bytes: u64,
    /// BLAKE3 digest, hex.
    pub blake3: String,
    /// SM3 digest, hex.
    pub sm3: String,
    /// `csv`, `xlsx` or `json`.
    pub format: String,
    /// Text encoding of text formats.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
    /// Its tables.
    pub sheets: Vec<Sheet>,
}

/// A table of a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Sheet {
    /// Its name; empty for formats without sheets.
    pub name: String,
    /// 1-based row of the header.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub header_row: Option<u32>,
    /// Title above the header.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// The kind its title and headers speak of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// `form` for filing forms, `turned` for a table on its side; absent for ordinary tables.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub layout: Option<String>,
    /// Columns of the sheet that the table takes, such as `A–D`, where another stands beside it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub range: Option<String>,
    /// Values stated above the table, by canonical field; they hold for all of its rows.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub stated: BTreeMap<String, String>,
    /// Units that say here that they have nothing to report.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub zero_reports: Vec<ZeroReport>,
    /// Where every row went.
    pub row_account: RowAccount,
    /// How each column was understood.
    pub columns: Vec<Column>,
}

/// A unit that has nothing to report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ZeroReport {
    /// 1-based row.
    pub row: u32,
    /// The unit as written, empty where neither the row nor the sheet names it.
    pub unit: String,
}

/// Where every row of a table went: `rows_read` is the sum of the others.
#[derive(Clone, Copy, Debug, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct RowAccount {
    /// All rows of the used range.
    pub rows_read: u64,
    /// Became records.
    pub records: u64,
    /// Titles and headers.
    pub headings: u64,
    /// Nothing in them.
    pub blank: u64,
    /// Sums, signatures, remarks.
    pub notes: u64,
    /// Could not be read.
    pub rejected: u64,
}

/// How a column was understood.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Column {
    /// 1-based position.
    pub column: u32,
    /// As written.
    pub header: String,
    /// Canonical field; absent when not understood.
    pub field: Option<String>,
    /// 0–1.
    pub confidence: f32,
    /// `policy`, `exact`, `folded`, `shared`, `fuzzy`, `table-kind` or `nothing`.
    pub by: String,
    /// Whether another column has the field, and this one speaks only where that one says nothing.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub second: bool,
    /// In a filing form, the cell of the value; `column` is then the label's position.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cell: Option<String>,
}

/// One asset.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Asset {
    /// Unique in the scan.
    pub id: String,
    /// `app`, `account`, `group` or `other`.
    pub kind: String,
    /// What the file listed it as, where that differs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub listed_as: Option<String>,
    /// As the file wrote it.
    pub name: String,
    /// Brand or job part of the name, without region, unit and generic words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub stem: String,
    /// Owner.
    pub owner_unit: Owner,
    /// Level of the owner.
    pub level: String,
    /// Where.
    pub region: Place,
    /// Canonical platform id, or the text as found; empty when not stated.
    pub platform: String,
    /// For whom: `staff`, `public`, `both` or `unknown`.
    pub audience: String,
    /// Function ids.
    pub functions: Vec<String>,
    /// `active`, `stale`, `closing`, `closed` or `unknown`.
    pub status: String,
    /// Every other canonical field it carries.
    pub fields: BTreeMap<String, FieldValue>,
    /// Where it stands.
    pub source: Source,
}

/// An owner as written and as understood.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Owner {
    /// As the file wrote it.
    pub text: String,
    /// Canonical name; empty when unknown.
    pub canonical: String,
}

/// A region, with candidates where it is in doubt.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Place {
    /// Code; empty when unknown.
    pub code: String,
    /// Name; empty when unknown.
    pub name: String,
    /// Names from the province down.
    pub path: Vec<String>,
    /// Codes of the candidates, when the text alone does not decide.
    pub candidates: Vec<String>,
}

/// A cell: ISO dates, counts as numbers, yes/no as booleans, lists as arrays.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FieldValue {
    /// The value; null when it was not understood.
    pub value: Json,
    /// As found, where that differs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub raw: Option<String>,
    /// Part of it was worked out and not written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inferred: Option<bool>,
    /// False for "约300", "2000余".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exact: Option<bool>,
    /// BLAKE3 digest of the public page that it was taken from, where the inventory says nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<String>,
}

/// Where something stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize, JsonSchema)]
pub struct Source {
    /// Path of the file.
    pub file: String,
    /// Sheet name.
    pub sheet: String,
    /// 1-based row.
    pub row: u32,
    /// Spreadsheet column letters, where a cell is meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// Header of that column.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub header: Option<String>,
}

/// Two related assets.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Pair {
    /// Smaller id.
    pub left: String,
    /// Larger id.
    pub right: String,
    /// One relation.
    pub relation: String,
    /// 0–1.
    pub probability: f64,
    /// Match weight in bits.
    pub weight: f64,
    /// Prior in bits: `weight` is the prior plus the evidence.
    pub prior: f64,
    /// Field by field.
    pub evidence: Said,
}

/// Assets that are one service with everything redundant to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Cluster {
    /// Stable id.
    pub id: String,
    /// What binds it.
    pub relations: Vec<String>,
    /// Asset ids.
    pub members: Vec<String>,
    /// The one to keep.
    pub survivor: String,
    /// Left and right id of its weakest binding pair.
    pub weakest: [String; 2],
}

/// What a rule says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Finding {
    /// Rule id.
    pub rule: String,
    /// Asset id; null for a finding about a file.
    pub asset: Option<String>,
    /// `forbidden`, `restricted` or `advisory`.
    pub severity: String,
    /// `high`, `medium` or `low`.
    pub confidence: String,
    /// The clauses, the deciding one first.
    pub clause: Vec<Clause>,
    /// `direct` or `by-reference`.
    pub basis: String,
    /// The deciding cell, then others.
    #[serde(rename = "where")]
    pub at: Vec<Source>,
    /// The words and why they count.
    pub evidence: FindingEvidence,
    /// For what came back: when and how it had gone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recurrence: Option<Recurrence>,
    /// Asset ids it also speaks of.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<String>,
    /// Survives re-ordering of rows and renaming of files.
    pub fingerprint: String,
    /// `open` or `waived`.
    pub status: String,
    /// Reason of the waiver.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waiver: Option<String>,
}

/// When and how something that came back had gone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Recurrence {
    /// `revived`, `rebranded` or `relapsed`.
    pub class: String,
    /// Id of the closed item.
    pub was: String,
    /// Its name.
    pub name: String,
    /// ISO day of the closure.
    pub closed: String,
    /// ISO day of the scan that shows it.
    pub scan: String,
    /// `status`, `plan` or `list`; empty for a relapse.
    pub by: String,
    /// For a relapse, the rule of the problem.
    pub rule: String,
}

/// What a finding rests on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FindingEvidence {
    /// As found in the cell.
    pub words: String,
    /// Why they count.
    pub reason: String,
    /// The exemption considered: `none` or `claimed-without-grounds`.
    pub exemption: String,
    /// Why a person must decide: `principle`, `necessity`, `special-use`; absent where nobody must.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review: Option<String>,
    /// The public page that the deciding value was taken from; absent where it stands in the inventory.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<Citation>,
    /// What to do.
    pub remedy: String,
}

/// A clause as cited.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Clause {
    /// Clause id.
    pub id: String,
    /// How people cite it; says 条号待核 where the number was not seen.
    pub citation: String,
    /// Our paraphrase.
    pub paraphrase: String,
    /// `text-seen`, `quoted`, `secondary` or `inferred`.
    pub sourced: String,
}

/// The plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Plan {
    /// One per asset.
    pub actions: Vec<Action>,
    /// What it achieves.
    pub objective: Objective,
    /// The best any plan could achieve, when known.
    pub bound: Option<Objective>,
    /// Whether the objective is proven to be the best.
    pub proven: bool,
    /// The connected parts that were solved on their own.
    #[serde(default)]
    pub components: Components,
}

/// How the plan was solved.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Components {
    /// Parts with a choice to make.
    pub count: u64,
    /// Those proven to be the best.
    pub proven: u64,
    /// Items of the largest.
    pub largest: u64,
}

/// Aims in their order of importance.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Objective {
    /// Kept staff-facing items, weighted by how far down they reach.
    pub staff_burden: u64,
    /// Items that stay.
    pub items: u64,
    /// Users who must move.
    pub users_moved: u64,
    /// Kept items that need repair.
    pub repairs: u64,
}

/// One figure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Figure {
    /// Stable id.
    pub id: String,
    /// A count, or a rate in 0–1.
    pub value: f64,
    /// Of a rate.
    pub numerator: Option<u64>,
    /// Of a rate.
    pub denominator: Option<u64>,
    /// In terms of other figure ids.
    pub formula: String,
}

/// What was not checked.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Coverage {
    /// Rules that did not run, with the reason.
    pub rules_not_run: Vec<NotRun>,
    /// Files that could not be read.
    pub unread: Vec<String>,
    /// Expected units that sent nothing; empty without a roster.
    pub not_reported: Vec<String>,
    /// Every expected unit with what it sent, in the order of the roster.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roster: Vec<Expected>,
}

/// An expected unit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Expected {
    /// As the roster writes it.
    pub unit: String,
    /// `reported`, `zero`, `twice` or `not-reported`.
    pub status: String,
    /// Files that it sent, by path.
    pub files: Vec<String>,
    /// Records of which it is the owner.
    pub records: u64,
}

/// A rule that did not run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct NotRun {
    /// Rule id.
    pub rule: String,
    /// Why.
    pub reason: String,
}

/// A row that could not become a record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Rejected {
    /// Where.
    pub source: Source,
    /// Diagnostic code.
    pub code: String,
    /// Why, in a sentence.
    pub reason: String,
    /// Its cells, personal data masked.
    pub text: String,
}

/// A remark about the inputs or the policy.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Remark {
    /// `stage/name`.
    pub code: String,
    /// `error`, `warning` or `note`.
    pub alert: String,
    /// Where, as people read it.
    pub at: String,
    /// What was found.
    pub text: String,
    /// What to do.
    pub help: String,
}
