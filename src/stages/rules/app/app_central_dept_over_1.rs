//! 中央和国家机关部门面向基层的应用超过1个: one app for the grassroots per central department.

use super::super::cap;
use super::super::case::Case;
use super::super::meta::{Example, RuleMeta, one, row};
use super::super::nature::is_for_grassroots;
use super::super::sink::Sink;
use crate::model::{AssetRef, Confidence, Field, Kind, Level, Relation};

pub(in super::super) const META: RuleMeta = RuleMeta {
    id: "app-central-dept-over-1",
    kinds: &[Kind::App],
    clauses: &["provisions-2024/part-5-cap"],
    confidence: Confidence::Medium,
    exemptions: &["principle", "several-ends"],
    columns: &[Field::Audience, Field::ReachLevel],
    fires: &[Example {
        rows: &[
            row!(APP, Name = "基层填报", Audience = "面向基层"; level: Level::Central, unit: "某部"),
            row!(APP, Name = "基层学习", ReachLevel = "县、乡镇、村"; level: Level::Central, unit: "某部"),
        ],
        ..Example::EMPTY
    }],
    quiet: &[
        one!(APP, Name = "基层填报", Audience = "面向基层"; level: Level::Central, unit: "某部"),
        Example {
            rows: &[
                row!(APP, Name = "基层填报", Audience = "面向基层"; level: Level::Province, unit: "某厅"),
                row!(APP, Name = "基层学习", Audience = "面向基层"; level: Level::Province, unit: "某厅"),
            ],
            ..Example::EMPTY
        },
        Example {
            rows: &[
                row!(APP, Name = "基层填报", Audience = "面向基层"; level: Level::Central, unit: "某部"),
                row!(APP, Name = "基层填报小程序", Audience = "面向基层"; level: Level::Central, unit: "某部"),
            ],
            pairs: &[(0, 1, Relation::Family)],
            ..Example::EMPTY
        },
    ],
    ..RuleMeta::BASE
};

/// The most that a central department keeps, by Part 5 of the 2024 Provisions (secondary source).
const LIMIT: u64 = 1;

pub(in super::super) fn check(case: &Case<'_>, sink: &mut Sink) {
    let counts = |a: AssetRef<'_>| a.meaning().level == Level::Central && is_for_grassroots(a);
    sink.drafts.extend(
        cap::over(case, Kind::App, LIMIT, counts).into_iter().map(|d| d.confidence(Confidence::Medium)),
    );
}
