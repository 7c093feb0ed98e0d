//! 非工作时间布置工作（地方口径）: work sent to groups outside hours.

use super::super::case::Case;
use super::super::group_text;
use super::super::meta::{Example, Local, RuleMeta, one};
use super::super::sink::Sink;
use crate::knowledge::detect::Category;
use crate::model::{Confidence, Kind, Severity};

pub(in super::super) const META: RuleMeta = RuleMeta {
    id: "group-off-hours",
    kinds: &[Kind::Group],
    local: Some(Local::Plain),
    severity: Severity::Advisory,
    confidence: Confidence::Medium,
    exemptions: &["security-emergency", "negated"],
    fires: &[Example {
        profiles: &["yichang-2019"],
        ..one!(GROUP, GroupName = "包村工作群", GroupRules = "周末布置的任务当晚十点前上报")
    }],
    quiet: &[
        one!(GROUP, GroupName = "包村工作群", GroupRules = "周末布置的任务当晚十点前上报"),
        Example {
            profiles: &["yichang-2019"],
            ..one!(GROUP, GroupName = "包村工作群", GroupRules = "非工作时间不发布工作信息")
        },
        Example {
            profiles: &["yichang-2019"],
            ..one!(GROUP, GroupName = "包村工作群", GroupPurpose = "通知公告")
        },
    ],
    ..RuleMeta::BASE
};

pub(in super::super) fn check(case: &Case<'_>, sink: &mut Sink) {
    for local in case.local(META.id) {
        for group in case.live(Kind::Group) {
            let draft = group_text::judge(case, group, &[Category::OffHours]);
            sink.drafts.extend(draft.map(|d| d.under(local.clause)));
        }
    }
}
