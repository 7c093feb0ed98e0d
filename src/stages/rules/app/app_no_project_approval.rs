//! 未经立项审核: built, rebuilt or bought without approval as an IT project.

use super::super::case::Case;
use super::super::demand::{Met, met, unmet};
use super::super::meta::{RuleMeta, asks, one};
use super::super::nature::{is_built_above, is_built_here};
use super::super::sink::{Draft, Sink};
use crate::model::{Confidence, Field, Kind, Message};

pub(in super::super) const META: RuleMeta = RuleMeta {
    id: "app-no-project-approval",
    kinds: &[Kind::App],
    clauses: &["measures-2026/project-approval", "opinions-2023/project-approval"],
    exemptions: &["built-above-too", "before-2023"],
    columns: &[Field::ProjectApproval],
    fires: &[
        one!(APP, Name = "甲县通", BuildType = "新建", ProjectApproval = "未立项"),
        asks!([ProjectApproval], APP, Name = "甲县通", BuildType = "购买服务"),
        one!(APP, Name = "甲县通", ProjectApproval = "否"),
    ],
    quiet: &[
        one!(APP, Name = "甲县通", BuildType = "新建", ProjectApproval = "甲数审〔2025〕12号"),
        asks!([ProjectApproval], APP, Name = "甲县通"),
        asks!([ProjectApproval], APP, Name = "甲县通", BuildType = "上级统建"),
        one!(APP, Name = "甲县通", BuildType = "新建"),
    ],
    ..RuleMeta::BASE
};

pub(in super::super) fn check(case: &Case<'_>, sink: &mut Sink) {
    // Approval as an IT project came with the 2023 Opinions; what is older lacks papers for a reason.
    let since = case.ctx.clauses.get("opinions-2023/project-approval").map(|c| c.issued);
    for app in case.live(Kind::App).filter(|&a| !is_built_above(a)) {
        let said = met(case, app, Field::ProjectApproval);
        // A blank tells something only of what was built here.
        if said == Met::Blank && !is_built_here(app) {
            continue;
        }
        let launched = app.value(Field::LaunchDate).as_date();
        let draft = unmet(case, app, Field::ProjectApproval).map(|draft| {
            match launched.filter(|&day| since.is_some_and(|s| day < s)) {
                Some(day) => {
                    let reason = Message::new("reason.approval-old").with("date", day);
                    Draft { reason, ..draft.also(app, Field::LaunchDate) }.confidence(Confidence::Low)
                }
                None => draft,
            }
        });
        sink.drafts.extend(draft);
    }
}
