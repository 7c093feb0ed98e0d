//! 移动客户端不支持IPv6: a client without version 6 of the Internet Protocol.

use super::super::case::Case;
use super::super::meta::{RuleMeta, one};
use super::super::sink::Sink;
use super::super::stated::stated;
use crate::knowledge::detect::Fact;
use crate::knowledge::text::fold;
use crate::model::{AppForm, Confidence, Field, Kind, Severity};

pub(in super::super) const META: RuleMeta = RuleMeta {
    id: "app-ipv6-missing",
    kinds: &[Kind::App],
    clauses: &["circular-2018-123/4-1-ipv6", "measures-2026/ipv6"],
    severity: Severity::Advisory,
    confidence: Confidence::Medium,
    exemptions: &["clients-only"],
    columns: &[
        Field::OpsSecurity,
        Field::FunctionDesc,
        Field::Description,
        Field::Remark,
        Field::ProblemCategory,
    ],
    fires: &[one!(APP, Name = "甲县通", OpsSecurity = "等保二级，暂不支持IPv6")],
    quiet: &[
        one!(APP, Name = "甲县通", OpsSecurity = "等保二级，支持IPv6"),
        one!(APP, Name = "甲县通小程序", AppForm = "小程序", Remark = "不支持IPv6"),
        one!(APP, Name = "甲县通"),
    ],
    ..RuleMeta::BASE
};

pub(in super::super) fn check(case: &Case<'_>, sink: &mut Sink) {
    for app in case.live(Kind::App) {
        // Mini-programs and pages use the network of what they run in.
        let form = fold(app.text(Field::AppForm));
        let hosted = ["小程序", "快应用", "h5", "网页"].iter().any(|word| form.contains(word))
            || matches!(app.meaning().form, AppForm::MiniProgram | AppForm::QuickApp | AppForm::Web);
        if !hosted {
            sink.drafts.extend(stated(case, app, Fact::NoIpv6));
        }
    }
}
