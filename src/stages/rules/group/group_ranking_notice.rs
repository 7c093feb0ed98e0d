//! 群内通报排名: rankings publicised in a chat.

use super::super::case::Case;
use super::super::group_text;
use super::super::meta::{RuleMeta, one};
use super::super::sink::Sink;
use crate::knowledge::detect::Category;
use crate::model::{Confidence, Kind, Severity};

pub(in super::super) const META: RuleMeta = RuleMeta {
    id: "group-ranking-notice",
    kinds: &[Kind::Group],
    clauses: &["opinions-2023/ranking-abuse"],
    severity: Severity::Forbidden,
    confidence: Confidence::Medium,
    exemptions: &["negated"],
    fires: &[one!(GROUP, GroupName = "学习工作群", GroupRules = "每日通报学习积分排名，后三名说明情况")],
    quiet: &[
        one!(GROUP, GroupName = "学习工作群", GroupRules = "不搞积分排名通报"),
        one!(GROUP, GroupName = "环保工作群", GroupPurpose = "空气质量排名会商"),
        one!(GROUP, GroupName = "学习交流群", GroupPurpose = "业务学习"),
    ],
    ..RuleMeta::BASE
};

pub(in super::super) fn check(case: &Case<'_>, sink: &mut Sink) {
    group_text::check(case, sink, &[Category::PointsRanking]);
}
