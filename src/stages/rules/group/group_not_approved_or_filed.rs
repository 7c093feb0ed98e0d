//! 建群未审批、未备案（地方口径）: groups set up without leave.

use super::super::case::Case;
use super::super::demand::{denied, unmet};
use super::super::filing::{Filing, filing};
use super::super::meta::{Example, Local, RuleMeta, asks, one};
use super::super::sink::{Draft, Sink};
use crate::model::{Field, Kind, Message, Severity};

pub(in super::super) const META: RuleMeta = RuleMeta {
    id: "group-not-approved-or-filed",
    kinds: &[Kind::Group],
    local: Some(Local::Plain),
    severity: Severity::Advisory,
    exemptions: &["filing-under-way"],
    columns: &[Field::FilingStatus, Field::ProjectApproval],
    fires: &[
        Example { profiles: &["campus"], ..one!(GROUP, GroupName = "机关群", FilingStatus = "未备案") },
        Example { profiles: &["campus"], ..asks!([FilingStatus], GROUP, GroupName = "机关群") },
    ],
    quiet: &[
        one!(GROUP, GroupName = "机关群", FilingStatus = "未备案"),
        Example { profiles: &["campus"], ..one!(GROUP, GroupName = "机关群", FilingStatus = "已备案") },
        Example { profiles: &["campus"], ..one!(GROUP, GroupName = "机关群") },
    ],
    ..RuleMeta::BASE
};

pub(in super::super) fn check(case: &Case<'_>, sink: &mut Sink) {
    for local in case.local(META.id) {
        for group in case.live(Kind::Group) {
            let text = group.text(Field::FilingStatus);
            let draft = match filing(text) {
                Filing::None => {
                    Some(Draft::on(group, Field::FilingStatus, Message::new("reason.unfiled.stated")))
                }
                Filing::Unsaid if text.is_empty() => unmet(case, group, Field::FilingStatus),
                _ => denied(case, group, Field::ProjectApproval),
            };
            sink.drafts.extend(draft.map(|d| d.under(local.clause)));
        }
    }
}
