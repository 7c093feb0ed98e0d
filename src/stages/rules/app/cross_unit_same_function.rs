//! 跨部门同质: several units of one place run apps for the same job and audience.

use super::super::case::Case;
use super::super::meta::{Example, Row, RuleMeta};
use super::super::related;
use super::super::sink::Sink;
use crate::model::{Confidence, Field, Kind, Relation, Severity, Status};

pub(in super::super) const META: RuleMeta = RuleMeta {
    id: "cross-unit-same-function",
    kinds: &[Kind::App],
    clauses: &["measures-2026/merge-similar", "provisions-2024/part-5-consolidate"],
    severity: Severity::Restricted,
    confidence: Confidence::Medium,
    exemptions: &["several-ends", "data-not-shareable"],
    columns: &[],
    since: "0.1.0",
    fires: &[Example {
        rows: &[
            Row { cells: &[(Field::Name, "甲县政务通")], ..Row::APP },
            Row { cells: &[(Field::Name, "甲县便民宝")], ..Row::APP },
        ],
        pairs: &[(0, 1, Relation::CrossUnit)],
        ..Example::EMPTY
    }],
    quiet: &[
        // One service on several ends is no duplicate.
        Example {
            rows: &[
                Row { cells: &[(Field::Name, "甲县政务通")], ..Row::APP },
                Row { cells: &[(Field::Name, "甲县政务通")], ..Row::APP },
            ],
            pairs: &[(0, 1, Relation::Family)],
            ..Example::EMPTY
        },
        // What is closed already duplicates nothing.
        Example {
            rows: &[
                Row { cells: &[(Field::Name, "甲县政务通")], ..Row::APP },
                Row { cells: &[(Field::Name, "甲县便民宝")], status: Status::Closed, ..Row::APP },
            ],
            pairs: &[(0, 1, Relation::CrossUnit)],
            ..Example::EMPTY
        },
    ],
    ..RuleMeta::BASE
};

pub(in super::super) fn check(case: &Case<'_>, sink: &mut Sink) {
    related::check(case, sink, Relation::CrossUnit, Kind::App, "reason.duplicate.cross-unit");
}
