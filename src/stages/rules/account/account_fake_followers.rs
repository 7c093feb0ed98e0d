//! 粉丝、数据造假: bought followers and padded figures.

use super::super::case::Case;
use super::super::meta::{RuleMeta, one};
use super::super::sink::Sink;
use super::super::stated::stated;
use crate::knowledge::detect::Fact;
use crate::model::{Confidence, Field, Kind, Severity};

pub(in super::super) const META: RuleMeta = RuleMeta {
    id: "account-fake-followers",
    kinds: &[Kind::Account],
    clauses: &["circular-2018-123/4-4-faking", "indicators-2019-19/veto-interaction"],
    severity: Severity::Forbidden,
    confidence: Confidence::Medium,
    exemptions: &["negated"],
    columns: &[Field::Remark, Field::ProblemCategory, Field::Description, Field::CheckResult],
    fires: &[one!(ACCOUNT, Name = "甲县发布", ProblemCategory = "存在购买粉丝行为")],
    quiet: &[
        one!(ACCOUNT, Name = "甲县发布", Remark = "没有购买粉丝"),
        one!(ACCOUNT, Name = "甲县发布", Remark = "严禁刷粉、数据造假"),
        one!(ACCOUNT, Name = "甲县统计", Description = "查处统计数据造假"),
    ],
    ..RuleMeta::BASE
};

pub(in super::super) fn check(case: &Case<'_>, sink: &mut Sink) {
    sink.drafts
        .extend(case.live(Kind::Account).filter_map(|account| stated(case, account, Fact::FakedFollowers)));
}
