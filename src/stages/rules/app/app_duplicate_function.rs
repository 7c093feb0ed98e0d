//! 功能相近、重复: apps of one unit line in one place that do the same job.

use super::super::case::Case;
use super::super::meta::{Example, Row, RuleMeta};
use super::super::related;
use super::super::sink::Sink;
use crate::model::{Confidence, Field, Kind, Relation, Severity, Status};

pub(in super::super) const META: RuleMeta = RuleMeta {
    id: "app-duplicate-function",
    kinds: &[Kind::App],
    clauses: &["measures-2026/merge-similar", "opinions-2023/project-approval"],
    severity: Severity::Restricted,
    confidence: Confidence::Medium,
    exemptions: &["several-ends"],
    columns: &[],
    since: "0.1.0",
    fires: &[Example {
        rows: &[
            Row { cells: &[(Field::Name, "甲县智慧党建")], ..Row::APP },
            Row { cells: &[(Field::Name, "甲县党建学习平台")], ..Row::APP },
        ],
        pairs: &[(0, 1, Relation::Overlap)],
        ..Example::EMPTY
    }],
    quiet: &[
        // One service on several ends is no duplicate.
        Example {
            rows: &[
                Row { cells: &[(Field::Name, "甲县智慧党建")], ..Row::APP },
                Row { cells: &[(Field::Name, "甲县智慧党建")], ..Row::APP },
            ],
            pairs: &[(0, 1, Relation::Family)],
            ..Example::EMPTY
        },
        // What is closed already duplicates nothing.
        Example {
            rows: &[
                Row { cells: &[(Field::Name, "甲县智慧党建")], ..Row::APP },
                Row {
                    cells: &[(Field::Name, "甲县党建学习平台")], status: Status::Closed, ..Row::APP
                },
            ],
            pairs: &[(0, 1, Relation::Overlap)],
            ..Example::EMPTY
        },
    ],
    ..RuleMeta::BASE
};

pub(in super::super) fn check(case: &Case<'_>, sink: &mut Sink) {
    related::check(case, sink, Relation::Overlap, Kind::App, "reason.duplicate.function");
}
