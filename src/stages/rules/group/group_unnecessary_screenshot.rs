//! 群内要求上传截图、视频: proofs of work demanded in a chat.

use super::super::case::Case;
use super::super::group_text;
use super::super::meta::{RuleMeta, one};
use super::super::sink::Sink;
use crate::knowledge::detect::Category;
use crate::model::{Confidence, Kind, Review, Severity};

pub(in super::super) const META: RuleMeta = RuleMeta {
    id: "group-unnecessary-screenshot",
    kinds: &[Kind::Group],
    clauses: &["opinions-2023/traces"],
    review: Review::Necessity,
    severity: Severity::Forbidden,
    confidence: Confidence::Medium,
    exemptions: &["security-emergency", "negated"],
    fires: &[one!(GROUP, GroupName = "包村工作群", GroupRules = "每次走访后在群内上传现场照片、截图留痕")],
    quiet: &[
        one!(GROUP, GroupName = "包村工作群", GroupRules = "不要求上传照片、截图"),
        one!(GROUP, GroupName = "包村工作群", GroupPurpose = "通知公告"),
        one!(
            GROUP,
            GroupName = "防汛巡查群",
            GroupRules = "汛期应急巡查人员上传现场照片",
            SpecialBasis = "县防汛应急预案"
        ),
    ],
    ..RuleMeta::BASE
};

pub(in super::super) fn check(case: &Case<'_>, sink: &mut Sink) {
    group_text::check(case, sink, &[Category::TraceUpload]);
}
