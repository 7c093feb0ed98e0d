//! 超过本地更新期限（地方口径）: not updated within the days of a local document.

use super::super::case::Case;
use super::super::meta::{Example, Local, RuleMeta, asks, one};
use super::super::sink::Sink;
use super::super::stale;
use crate::model::{Field, Kind, Severity};

pub(in super::super) const META: RuleMeta = RuleMeta {
    id: "account-stale-local-profile",
    kinds: &[Kind::Account],
    local: Some(Local::Days),
    severity: Severity::Advisory,
    exemptions: &["local-figure"],
    columns: &[Field::LastUpdate],
    fires: &[
        Example {
            profiles: &["minhou-2025"], ..one!(ACCOUNT, Name = "甲县发布", LastUpdate = "2026-11-09")
        },
        Example {
            profiles: &["guizhou-2025"],
            ..one!(ACCOUNT, Name = "甲县发布", LastUpdate = "2026-06-01")
        },
    ],
    quiet: &[
        one!(ACCOUNT, Name = "甲县发布", LastUpdate = "2026-11-09"),
        Example {
            profiles: &["minhou-2025"], ..one!(ACCOUNT, Name = "甲县发布", LastUpdate = "2026-11-10")
        },
        Example { profiles: &["gaotai-2025"], ..asks!([LastUpdate], ACCOUNT, Name = "甲县发布") },
    ],
    ..RuleMeta::BASE
};

pub(in super::super) fn check(case: &Case<'_>, sink: &mut Sink) {
    for local in case.local(META.id) {
        sink.drafts.extend(case.live(Kind::Account).filter_map(|account| stale::past(case, account, local)));
    }
}
