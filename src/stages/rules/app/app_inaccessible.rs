//! 无法下载、无法使用: an app that does not work, by its own column or by what texts say of it.

use super::super::case::Case;
use super::super::meta::{RuleMeta, one};
use super::super::sink::{Draft, Sink};
use super::super::stated::stated;
use crate::knowledge::detect::Fact;
use crate::knowledge::text::{fold, words};
use crate::model::{Confidence, Field, Kind, Message, Status};

pub(in super::super) const META: RuleMeta = RuleMeta {
    id: "app-inaccessible",
    kinds: &[Kind::App],
    clauses: &["indicators-2019-19/veto-unusable"],
    exemptions: &["repaired"],
    columns: &[
        Field::Availability,
        Field::Remark,
        Field::ProblemCategory,
        Field::Description,
        Field::CheckResult,
    ],
    fires: &[
        one!(APP, Name = "甲县通", Availability = "无法登录"),
        one!(APP, Name = "甲县通", Availability = "否"),
        one!(APP, Name = "甲县通", ProblemCategory = "经常闪退、白屏"),
    ],
    quiet: &[
        one!(APP, Name = "甲县通", Availability = "正常"),
        one!(APP, Name = "甲县通", Availability = "运行正常，无闪退"),
        one!(APP, Name = "甲县通", Remark = "此前闪退，现已修复"),
        one!(APP, Name = "甲县通"; status: Status::Closed),
    ],
    ..RuleMeta::BASE
};

pub(in super::super) fn check(case: &Case<'_>, sink: &mut Sink) {
    for app in case.live(Kind::App) {
        let answer = fold(app.text(Field::Availability));
        let denied = matches!(answer.as_str(), "否" | "不" | "无" | "n" | "no")
            || words("app-inaccessible-broken").iter().any(|w| answer.starts_with(w));
        let draft = if denied {
            Some(Draft::on(app, Field::Availability, Message::new("reason.broken")))
        } else {
            let asked = |d: &Draft| d.at.first().is_some_and(|at| at.field == Some(Field::Availability));
            stated(case, app, Fact::Unusable)
                .map(|d| if asked(&d) { d.confidence(Confidence::High) } else { d })
        };
        sink.drafts.extend(draft);
    }
}
