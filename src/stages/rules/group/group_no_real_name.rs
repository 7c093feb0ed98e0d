//! 未实行实名制（地方口径）: members without real names.

use super::super::case::Case;
use super::super::demand::denied;
use super::super::meta::{Example, Local, RuleMeta, asks, one};
use super::super::sink::Sink;
use crate::model::{Field, Kind, Severity};

pub(in super::super) const META: RuleMeta = RuleMeta {
    id: "group-no-real-name",
    kinds: &[Kind::Group],
    local: Some(Local::Plain),
    severity: Severity::Advisory,
    exemptions: &["silence"],
    columns: &[Field::RealName],
    fires: &[Example {
        profiles: &["huangshi-2022"], ..one!(GROUP, GroupName = "机关群", RealName = "否")
    }],
    quiet: &[
        one!(GROUP, GroupName = "机关群", RealName = "否"),
        Example { profiles: &["huangshi-2022"], ..one!(GROUP, GroupName = "机关群", RealName = "是") },
        Example { profiles: &["huangshi-2022"], ..asks!([RealName], GROUP, GroupName = "机关群") },
    ],
    ..RuleMeta::BASE
};

pub(in super::super) fn check(case: &Case<'_>, sink: &mut Sink) {
    for local in case.local(META.id) {
        let drafts = case.live(Kind::Group).filter_map(|group| denied(case, group, Field::RealName));
        sink.drafts.extend(drafts.map(|d| d.under(local.clause)));
    }
}
