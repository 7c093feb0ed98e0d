//! 同一工作重复建群: several groups for one task in one unit line.

use super::super::case::Case;
use super::super::meta::{Example, Row, RuleMeta};
use super::super::related;
use super::super::sink::Sink;
use crate::model::{Confidence, Field, Kind, Relation, Severity, Status};

pub(in super::super) const META: RuleMeta = RuleMeta {
    id: "group-duplicate-same-task",
    kinds: &[Kind::Group],
    clauses: &["opinions-2023/multiple-reporting"],
    severity: Severity::Restricted,
    confidence: Confidence::Medium,
    exemptions: &["secrecy-levels"],
    columns: &[],
    since: "0.1.0",
    fires: &[Example {
        rows: &[
            Row { cells: &[(Field::Name, "创文工作群")], ..Row::GROUP },
            Row { cells: &[(Field::Name, "创文工作联络群")], ..Row::GROUP },
        ],
        pairs: &[(0, 1, Relation::SameTask)],
        ..Example::EMPTY
    }],
    quiet: &[
        // One service on several ends is no duplicate.
        Example {
            rows: &[
                Row { cells: &[(Field::Name, "创文工作群")], ..Row::GROUP },
                Row { cells: &[(Field::Name, "创文工作群")], ..Row::GROUP },
            ],
            pairs: &[(0, 1, Relation::Family)],
            ..Example::EMPTY
        },
        // What is closed already duplicates nothing.
        Example {
            rows: &[
                Row { cells: &[(Field::Name, "创文工作群")], ..Row::GROUP },
                Row {
                    cells: &[(Field::Name, "创文工作联络群")], status: Status::Closed, ..Row::GROUP
                },
            ],
            pairs: &[(0, 1, Relation::SameTask)],
            ..Example::EMPTY
        },
    ],
    ..RuleMeta::BASE
};

pub(in super::super) fn check(case: &Case<'_>, sink: &mut Sink) {
    related::check(case, sink, Relation::SameTask, Kind::Group, "reason.duplicate.group");
}
