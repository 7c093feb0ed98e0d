//! 上线前未验收: in use without having been accepted.

use super::super::case::Case;
use super::super::demand::unmet;
use super::super::meta::{RuleMeta, asks, one};
use super::super::nature::is_built_above;
use super::super::sink::Sink;
use crate::model::{Field, Kind, Status};

pub(in super::super) const META: RuleMeta = RuleMeta {
    id: "app-no-acceptance",
    kinds: &[Kind::App],
    clauses: &["measures-2026/acceptance"],
    exemptions: &["built-above-too"],
    columns: &[Field::Acceptance],
    fires: &[
        one!(APP, Name = "甲县通", Acceptance = "未验收"),
        one!(APP, Name = "甲县通", Acceptance = "否"),
        asks!([Acceptance], APP, Name = "甲县通"),
    ],
    quiet: &[
        one!(APP, Name = "甲县通", Acceptance = "2025年3月通过验收"),
        one!(APP, Name = "甲县通", Acceptance = "合格"),
        one!(APP, Name = "甲县通"),
        asks!([Acceptance], APP, Name = "甲县通", BuildType = "上级统建"),
    ],
    ..RuleMeta::BASE
};

pub(in super::super) fn check(case: &Case<'_>, sink: &mut Sink) {
    for app in case.live(Kind::App) {
        let in_use = matches!(app.meaning().status, Status::Active | Status::Unknown);
        if in_use && !is_built_above(app) {
            sink.drafts.extend(unmet(case, app, Field::Acceptance));
        }
    }
}
