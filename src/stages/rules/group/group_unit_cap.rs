//! 单位工作群数量超限（地方口径）: more standing groups than the local limit.

use super::super::cap;
use super::super::case::Case;
use super::super::meta::{Example, Local, RuleMeta, row};
use super::super::sink::Sink;
use crate::knowledge::text::{fold, words};
use crate::model::{AssetRef, Confidence, Field, Kind, Severity};

pub(in super::super) const META: RuleMeta = RuleMeta {
    id: "group-unit-cap",
    kinds: &[Kind::Group],
    local: Some(Local::Limit),
    severity: Severity::Advisory,
    confidence: Confidence::Medium,
    exemptions: &["principle", "temporary-group"],
    fires: &[Example {
        profiles: &["yichang-2019"],
        rows: &[row!(GROUP, GroupName = "机关群"), row!(GROUP, GroupName = "业务群")],
        ..Example::EMPTY
    }],
    quiet: &[
        Example {
            rows: &[row!(GROUP, GroupName = "机关群"), row!(GROUP, GroupName = "业务群")],
            ..Example::EMPTY
        },
        Example {
            profiles: &["qichun-2019"],
            rows: &[row!(GROUP, GroupName = "党建群"), row!(GROUP, GroupName = "机关群")],
            ..Example::EMPTY
        },
        Example {
            profiles: &["yichang-2019"],
            rows: &[row!(GROUP, GroupName = "机关群"), row!(GROUP, GroupName = "普查群", GroupKind = "临时")],
            ..Example::EMPTY
        },
    ],
    ..RuleMeta::BASE
};

pub(in super::super) fn check(case: &Case<'_>, sink: &mut Sink) {
    let standing = |group: AssetRef<'_>| {
        let kind = fold(group.text(Field::GroupKind));
        !words("group-unit-cap-temporary").iter().any(|temporary| kind.contains(temporary))
    };
    for local in case.local(META.id) {
        let drafts = cap::over_local(case, Kind::Group, local, standing);
        sink.drafts.extend(drafts.into_iter().map(|d| d.confidence(Confidence::Medium)));
    }
}
