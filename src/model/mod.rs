//! Plain data that every stage shares: records, assets, pairs, clusters, findings, plans, scans.
//!
//! For: the types two stages must agree on. Not for: reading files, deciding anything, or
//! serialising; the edge has its own types (`scan::document`). Invariant: nothing in here does
//! input or output, and nothing depends on any other module of the crate.

mod aims;
mod asked;
mod asset;
mod blocks;
mod change;
mod clue;
mod cluster;
mod decision;
mod diagnostic;
mod field;
mod figure;
mod finding;
mod input;
mod judgement;
mod kinds;
mod letter;
mod meaning;
mod message;
mod page;
mod pair;
mod plan;
mod pool;
mod record;
mod region;
mod roster;
mod row;
mod rule_settings;
#[cfg(test)]
pub(crate) mod sample;
mod scan;
mod value;
mod words;

pub use aims::{Aim, Aims, Order, Weights};
pub use asked::{Asked, AskedBy};
pub use asset::{AssetIx, AssetRef, AssetTable};
pub use change::{Cause, Class, LinkedBy, Progress, Recurrence};
pub use clue::Clue;
pub use cluster::Cluster;
pub use decision::{Decision, DecisionFile, Decisions, Outcome, Verdict};
pub use diagnostic::{Alert, Code, Diagnostic, Location};
pub use field::{Field, FieldType};
pub use figure::Figure;
pub use finding::{Basis, Confidence, Exemption, Finding, FindingStatus, Review, Severity, Where};
pub use input::{
    ColumnMap, ColumnOverride, FileId, InputFile, Layout, MappedBy, RejectedRow, RowAccount, Sheet, SheetId,
    StatedTotal,
};
pub use judgement::{Judgement, Pin, Rulings};
pub(crate) use kinds::vocabulary;
pub use kinds::{AppForm, Audience, Kind, Level, Status};
pub use letter::Letter;
pub use meaning::{FunctionId, FunctionSet, Meaning, PlatformId, RegionRef, Unit, UnitId};
pub use message::Message;
pub use page::{Conflict, Contradiction, Lead, Page};
pub use pair::{Evidence, Pair, Relation};
pub use plan::{
    Action, ActionKind, Answer, Components, Covered, Deadline, DeadlineFrom, Deadlines, Objective, Plan,
    Step, Target,
};
pub use pool::{Addition, Pool, Sym};
pub use record::{Elsewhere, Extra, RecordRef, Records};
pub use region::{Region, RegionId, Regions};
pub use roster::{Reporting, RosterEntry};
pub use row::RowRef;
pub use rule_settings::{LocalRule, RuleSettings, Waiver};
pub use scan::{Coverage, Provenance, Scan};
pub use value::{Count48, Exactness, Value};
pub use words::{LocalFunction, LocalPlatform, LocalUnit, LocalWords, WordClass};
