//! 面向基层的应用或账号超过限额（地方口径）: more than the local limit for the grassroots.

use super::super::cap;
use super::super::case::Case;
use super::super::meta::{Example, Local, RuleMeta, one, row};
use super::super::nature::is_for_grassroots;
use super::super::sink::Sink;
use crate::model::{Confidence, Field, Kind, Level};

pub(in super::super) const META: RuleMeta = RuleMeta {
    id: "app-prov-city-grassroots-over-1",
    kinds: &[Kind::App, Kind::Account],
    local: Some(Local::Limit),
    confidence: Confidence::Medium,
    exemptions: &["principle", "several-ends"],
    columns: &[Field::Audience, Field::ReachLevel],
    fires: &[Example {
        profiles: &["sichuan-2025"],
        rows: &[
            row!(APP, Name = "基层报", Audience = "面向基层"; level: Level::Prefecture, unit: "甲市民政局"),
            row!(APP, Name = "基层学", Audience = "面向基层"; level: Level::Prefecture, unit: "甲市民政局"),
        ],
        ..Example::EMPTY
    }],
    quiet: &[
        Example {
            rows: &[
                row!(APP, Name = "基层报", Audience = "面向基层"; level: Level::Prefecture, unit: "甲市民政局"),
                row!(APP, Name = "基层学", Audience = "面向基层"; level: Level::Prefecture, unit: "甲市民政局"),
            ],
            ..Example::EMPTY
        },
        Example {
            profiles: &["sichuan-2025"],
            ..one!(APP, Name = "基层报", Audience = "面向基层"; level: Level::Prefecture, unit: "甲市民政局")
        },
        Example {
            profiles: &["sichuan-2025"],
            rows: &[
                row!(APP, Name = "甲市报", Audience = "内部工作人员"; level: Level::Prefecture, unit: "甲市民政局"),
                row!(APP, Name = "甲市学", Audience = "内部工作人员"; level: Level::Prefecture, unit: "甲市民政局"),
            ],
            ..Example::EMPTY
        },
    ],
    ..RuleMeta::BASE
};

pub(in super::super) fn check(case: &Case<'_>, sink: &mut Sink) {
    for local in case.local(META.id) {
        for &kind in META.kinds {
            let drafts = cap::over_local(case, kind, local, is_for_grassroots);
            sink.drafts.extend(drafts.into_iter().map(|d| d.confidence(Confidence::Medium)));
        }
    }
}
