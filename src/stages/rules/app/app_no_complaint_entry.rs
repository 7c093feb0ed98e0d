//! 无投诉建议功能: no way to complain inside the app.

use super::super::case::Case;
use super::super::demand::denied;
use super::super::meta::{RuleMeta, asks, one};
use super::super::sink::Sink;
use super::super::stated::stated;
use crate::knowledge::detect::Fact;
use crate::model::{Field, Kind};

pub(in super::super) const META: RuleMeta = RuleMeta {
    id: "app-no-complaint-entry",
    kinds: &[Kind::App],
    clauses: &["measures-2026/complaints", "opinions-2023/complaints"],
    exemptions: &["silence"],
    columns: &[
        Field::ComplaintEntry,
        Field::FunctionDesc,
        Field::Description,
        Field::Remark,
        Field::ProblemCategory,
    ],
    fires: &[
        one!(APP, Name = "甲县通", ComplaintEntry = "否"),
        one!(APP, Name = "甲县通", ProblemCategory = "未设置投诉建议入口"),
    ],
    quiet: &[
        one!(APP, Name = "甲县通", ComplaintEntry = "是"),
        asks!([ComplaintEntry], APP, Name = "甲县通"),
        one!(APP, Name = "甲县通", FunctionDesc = "设有投诉建议入口"),
    ],
    ..RuleMeta::BASE
};

pub(in super::super) fn check(case: &Case<'_>, sink: &mut Sink) {
    for app in case.live(Kind::App) {
        let answered = denied(case, app, Field::ComplaintEntry);
        // A yes in the column outweighs a text.
        let has = app.value(Field::ComplaintEntry).as_flag() == Some(true);
        let draft = answered.or_else(|| stated(case, app, Fact::NoComplaints).filter(|_| !has));
        sink.drafts.extend(draft);
    }
}
