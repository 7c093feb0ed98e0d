//! What a rule declares about itself, and its examples.

use super::case::Case;
use super::sink::Sink;
use crate::model::{Audience, Confidence, Field, Kind, Level, Relation, Review, Severity, Status};

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
    /// Ids of national clauses, the deciding one first; empty for data-quality and local rules.
    pub clauses: &'static [&'static str],
    /// Whether it is a local rule: off until a profile in use turns it on, and then resting on the
    /// profile's clause alone.
    pub local: Option<Local>,
    /// Setting of the policy file without which it cannot run; empty when it needs none.
    pub setting: &'static str,
    /// Why a person must decide, where the part of the clause that it checks leaves room.
    pub review: Review,
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

impl RuleMeta {
    /// What most rules have, for struct update.
    pub const BASE: RuleMeta = RuleMeta {
        id: "",
        kinds: &[],
        clauses: &[],
        local: None,
        setting: "",
        review: Review::None,
        severity: Severity::Restricted,
        confidence: Confidence::High,
        exemptions: &[],
        columns: &[],
        since: "0.1.0",
        fires: &[],
        quiet: &[],
    };
}

/// What a local rule needs from the clause that turns it on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Local {
    /// Nothing but the clause.
    Plain,
    /// A number of days.
    Days,
    /// The most there may be.
    Limit,
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
    /// Local profiles in use, of those shipped.
    pub profiles: &'static [&'static str],
    /// Settings of the policy file, by key.
    pub set: &'static [(&'static str, &'static str)],
}

impl Example {
    /// Nothing at all, for struct update.
    pub const EMPTY: Example =
        Example { rows: &[], pairs: &[], totals: &[], columns: &[], as_of: "", profiles: &[], set: &[] };
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

/// A row: `row!(APP, Name = "甲县通", HasCheckin = "是")`, with fields of [`Row`] after a semicolon.
macro_rules! row {
    ($base:ident $(, $field:ident = $text:literal)* $(; $($key:ident: $value:expr),+)?) => {
        $crate::stages::rules::meta::Row {
            cells: &[$(($crate::model::Field::$field, $text)),*],
            $($($key: $value,)+)?
            ..$crate::stages::rules::meta::Row::$base
        }
    };
}
pub(super) use row;

/// An inventory of one [`row!`].
macro_rules! one {
    ($($row:tt)*) => {
        $crate::stages::rules::meta::Example {
            rows: &[$crate::stages::rules::meta::row!($($row)*)],
            ..$crate::stages::rules::meta::Example::EMPTY
        }
    };
}
pub(super) use one;

/// An inventory of one [`row!`] whose table has these columns besides: `asks!([Acceptance], APP, Name = "甲县通")`.
macro_rules! asks {
    ([$($field:ident),+], $($row:tt)*) => {
        $crate::stages::rules::meta::Example {
            rows: &[$crate::stages::rules::meta::row!($($row)*)],
            columns: &[$($crate::model::Field::$field),+],
            ..$crate::stages::rules::meta::Example::EMPTY
        }
    };
}
pub(super) use asks;

/// Matters of the policy material that no inventory can decide: for a person. Titles are under
/// `rule.<id>.title`, reasons under `rule.<id>.manual`.
pub const MANUAL: &[&str] = &[
    "account-omitted-from-report",
    "app-accessibility",
    "app-user-feedback-mechanism",
    "group-message-volume",
];

/// Matters of the policy material that are no finding of their own but part of how all rules work. Titles and
/// reasons as for [`MANUAL`].
pub const BUILT_IN: &[&str] =
    &["app-nonadmin-institution-filing-exempt", "app-scope-public-facing-note", "state-owned-enterprises"];
