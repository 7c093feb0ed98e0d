//! 未标明主办单位及备案编号: the app does not show whose it is and that it is filed.

use super::super::case::Case;
use super::super::filing::{Filing, filing};
use super::super::meta::{RuleMeta, one};
use super::super::sink::Sink;
use super::super::stated::stated;
use crate::knowledge::detect::Fact;
use crate::model::{Confidence, Field, Kind};

pub(in super::super) const META: RuleMeta = RuleMeta {
    id: "app-filing-number-not-shown",
    kinds: &[Kind::App],
    clauses: &["measures-2026/filing-number-shown"],
    confidence: Confidence::Medium,
    exemptions: &["unfiled-elsewhere"],
    columns: &[
        Field::Remark,
        Field::ProblemCategory,
        Field::FunctionDesc,
        Field::Description,
        Field::CheckResult,
    ],
    fires: &[
        one!(APP, Name = "甲县通", Remark = "应用内未标注备案编号"),
        one!(APP, Name = "甲县通", ProblemCategory = "没有标明主办单位和备案编号"),
    ],
    quiet: &[
        one!(APP, Name = "甲县通", Remark = "启动页已标明主办单位和备案编号"),
        one!(APP, Name = "甲县通", FilingStatus = "未备案", Remark = "未标明备案编号"),
        one!(APP, Name = "甲县通"),
    ],
    ..RuleMeta::BASE
};

pub(in super::super) fn check(case: &Case<'_>, sink: &mut Sink) {
    for app in case.live(Kind::App) {
        // What has no number cannot show it: that is another finding.
        if filing(app.text(Field::FilingStatus)) != Filing::None {
            sink.drafts.extend(stated(case, app, Fact::NumberNotShown));
        }
    }
}
