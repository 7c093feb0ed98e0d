//! 无群主或者群主职级不够（地方口径）: nobody of rank answers for the group.

use super::super::case::Case;
use super::super::demand::unmet;
use super::super::meta::{Example, Local, RuleMeta, asks, one};
use super::super::sink::{Draft, Sink};
use crate::knowledge::text::{fold, words};
use crate::model::{Confidence, Field, Kind, Message, Severity};

pub(in super::super) const META: RuleMeta = RuleMeta {
    id: "group-owner-missing-or-junior",
    kinds: &[Kind::Group],
    local: Some(Local::Plain),
    severity: Severity::Advisory,
    confidence: Confidence::Medium,
    exemptions: &["silence"],
    columns: &[Field::GroupOwner, Field::GroupOwnerPost],
    fires: &[
        Example { profiles: &["huangshi-2022"], ..asks!([GroupOwner], GROUP, GroupName = "机关群") },
        Example {
            profiles: &["huangshi-2022"],
            ..one!(GROUP, GroupName = "机关群", GroupOwnerPost = "科员")
        },
    ],
    quiet: &[
        asks!([GroupOwner], GROUP, GroupName = "机关群"),
        Example {
            profiles: &["huangshi-2022"],
            ..one!(GROUP, GroupName = "机关群", GroupOwnerPost = "办公室主任")
        },
        Example { profiles: &["huangshi-2022"], ..one!(GROUP, GroupName = "机关群") },
    ],
    ..RuleMeta::BASE
};

pub(in super::super) fn check(case: &Case<'_>, sink: &mut Sink) {
    for local in case.local(META.id) {
        for group in case.live(Kind::Group) {
            let post = fold(group.text(Field::GroupOwnerPost));
            let draft =
                if words("group-owner-missing-or-junior-junior").iter().any(|junior| post.contains(junior)) {
                    Some(Draft::on(group, Field::GroupOwnerPost, Message::new("reason.junior-owner")))
                } else {
                    unmet(case, group, Field::GroupOwner)
                };
            sink.drafts.extend(draft.map(|d| d.confidence(Confidence::Medium).under(local.clause)));
        }
    }
}
