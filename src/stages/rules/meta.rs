//! What a rule declares about itself, and its examples.

use super::case::Case;
use super::sink::Sink;
use crate::model::{Audience, Confidence, Field, Kind, Level, Relation, Severity, Status};

/// A registered rule.
#[derive(Clone, Copy)]
pub struct Rule {
    /// What it declares.
    pub meta: &'static RuleMeta,
    /// The check itself.
    pub(super) check: fn(&Case<'_>, &mut Sink),
    /// Its file, without extension: the id in snake case.
    pub stem: &'static str,
}

/// What a rule declares. Title, reasons and remedy are in the message catalogue under `rule.<id>`.
pub struct RuleMeta {
    /// Kebab-case, unique: policy key, page, fixture folder and report column.
    pub id: &'static str,
    /// The kinds it applies to; empty when it is about files.
    pub kinds: &'static [Kind],
    /// Clause ids, the deciding one first; empty for data-quality rules.
    pub clauses: &'static [&'static str],
    /// How strongly the clauses speak.
    pub severity: Severity,
    /// The confidence it has at best.
    pub confidence: Confidence,
    /// Exemptions it considers: catalogue keys under `considered`.
    pub exemptions: &'static [&'static str],
    /// Without any of these columns it cannot run; empty when it needs none.
    pub columns: &'static [Field],
    /// Version that introduced it.
    pub since: &'static str,
    /// Inventories in which it fires.
    pub fires: &'static [Example],
    /// Inventories in which it must not.
    pub quiet: &'static [Example],
}

/// A tiny inventory, audited as of 2026-11-20 unless it says otherwise.
#[derive(Clone, Copy)]
pub struct Example {
    /// Its rows.
    pub rows: &'static [Row],
    /// Related rows, by position.
    pub pairs: &'static [(u32, u32, Relation)],
    /// Sums it states: label, stated, actual.
    pub totals: &'static [(&'static str, u64, u64)],
    /// Columns its table has, besides those its cells fill.
    pub columns: &'static [Field],
    /// ISO day it is audited as of; empty for the usual one.
    pub as_of: &'static str,
}

impl Example {
    /// Nothing at all, for struct update.
    pub const EMPTY: Example = Example { rows: &[], pairs: &[], totals: &[], columns: &[], as_of: "" };
}

/// One row: what it was understood to be, and its cells as written.
#[derive(Clone, Copy)]
pub struct Row {
    /// What it is.
    pub kind: Kind,
    /// The kind of table it stands in.
    pub listed_as: Kind,
    /// Where it stands in its life.
    pub status: Status,
    /// Level of its owner.
    pub level: Level,
    /// For whom it is.
    pub audience: Audience,
    /// Owner; empty for unknown.
    pub unit: &'static str,
    /// Platform number; 0 for unknown.
    pub platform: u16,
    /// Cells.
    pub cells: &'static [(Field, &'static str)],
}

impl Row {
    /// An app of a county unit for its staff.
    pub const APP: Row = Row {
        kind: Kind::App,
        listed_as: Kind::App,
        status: Status::Active,
        level: Level::County,
        audience: Audience::Staff,
        unit: "甲县农业农村局",
        platform: 0,
        cells: &[],
    };
    /// A public account of the same unit.
    pub const ACCOUNT: Row = Row {
        kind: Kind::Account,
        listed_as: Kind::Account,
        audience: Audience::Public,
        platform: 1,
        ..Row::APP
    };
    /// A work group of the same unit.
    pub const GROUP: Row = Row { kind: Kind::Group, listed_as: Kind::Group, ..Row::APP };
}

/// Matters that no inventory can decide: for a person. Titles are under `rule.<id>`.
pub const MANUAL: &[&str] = &["app-accessibility", "app-user-feedback-mechanism", "group-message-volume"];
