//! 异化为考核、督查的载体: an app whose point is to score and to inspect people.

use super::super::case::Case;
use super::super::meta::{RuleMeta, one};
use super::super::sink::Sink;
use super::super::stated::stated;
use crate::knowledge::detect::Fact;
use crate::model::{Confidence, Field, Kind, Severity};

pub(in super::super) const META: RuleMeta = RuleMeta {
    id: "app-assessment-carrier",
    kinds: &[Kind::App],
    clauses: &["measures-2026/five-bans-4", "opinions-2023/traces"],
    severity: Severity::Forbidden,
    confidence: Confidence::Low,
    exemptions: &["enforcement-records", "negated"],
    columns: &[Field::FunctionDesc, Field::Description, Field::Remark, Field::ProblemCategory],
    fires: &[one!(APP, Name = "甲县督考通", FunctionDesc = "对乡镇干部线上督查检查、考核扣分")],
    quiet: &[
        one!(APP, Name = "信用甲县", FunctionDesc = "企业信用考核扣分查询"),
        one!(APP, Name = "甲县公文", FunctionDesc = "公文流转，不作为考核载体"),
        one!(APP, Name = "执法通", FunctionDesc = "行政执法办案和留痕"),
    ],
    ..RuleMeta::BASE
};

pub(in super::super) fn check(case: &Case<'_>, sink: &mut Sink) {
    for app in case.live(Kind::App) {
        // Whether scoring is what the app is for is more than words can tell.
        let draft = stated(case, app, Fact::AssessmentCarrier);
        sink.drafts.extend(draft.map(|d| d.confidence(Confidence::Low)));
    }
}
