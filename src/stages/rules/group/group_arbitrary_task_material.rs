//! 群内随意摊派任务、索要材料: tasks handed out and materials demanded in a chat.

use super::super::case::Case;
use super::super::group_text;
use super::super::meta::{RuleMeta, one};
use super::super::sink::Sink;
use crate::knowledge::detect::Category;
use crate::model::{Confidence, Kind, Review, Severity};

pub(in super::super) const META: RuleMeta = RuleMeta {
    id: "group-arbitrary-task-material",
    kinds: &[Kind::Group],
    clauses: &["opinions-2023/groups-forced"],
    review: Review::Necessity,
    severity: Severity::Forbidden,
    confidence: Confidence::Medium,
    exemptions: &["security-emergency", "negated"],
    fires: &[one!(GROUP, GroupName = "包村工作群", GroupRules = "随时摊派任务、索要材料，当天报送")],
    quiet: &[
        one!(GROUP, GroupName = "包村工作群", GroupRules = "不得随意摊派任务、索要材料"),
        one!(GROUP, GroupName = "包村工作群", GroupPurpose = "通知公告、政策解读"),
        one!(GROUP, GroupName = "工单派单群", GroupPurpose = "12345热线工单派单"),
    ],
    ..RuleMeta::BASE
};

pub(in super::super) fn check(case: &Case<'_>, sink: &mut Sink) {
    group_text::check(case, sink, &[Category::TaskDumping]);
}
