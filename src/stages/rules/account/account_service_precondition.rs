//! 以下载、关注为办事前置条件（地方口径）: no service without following.

use super::super::case::Case;
use super::super::meta::{Example, Local, RuleMeta, one};
use super::super::practice::{mention, on_text};
use super::super::sink::Sink;
use crate::knowledge::detect::Category;
use crate::model::{Confidence, Field, Kind, Severity};

pub(in super::super) const META: RuleMeta = RuleMeta {
    id: "account-service-precondition",
    kinds: &[Kind::App, Kind::Account],
    local: Some(Local::Plain),
    severity: Severity::Forbidden,
    confidence: Confidence::Medium,
    exemptions: &["negated", "voluntary"],
    columns: &[Field::Description, Field::FunctionDesc, Field::Remark, Field::ProblemCategory],
    fires: &[Example {
        profiles: &["hubei-2021"],
        ..one!(ACCOUNT, Name = "甲县医保", Description = "须关注公众号后方可办理")
    }],
    quiet: &[
        one!(ACCOUNT, Name = "甲县医保", Description = "须关注公众号后方可办理"),
        Example {
            profiles: &["hubei-2021"],
            ..one!(ACCOUNT, Name = "甲县医保", Description = "关注公众号可查询进度")
        },
        Example {
            profiles: &["hubei-2021"],
            ..one!(ACCOUNT, Name = "甲县医保", Description = "不得要求先关注后办理")
        },
    ],
    ..RuleMeta::BASE
};

const TEXTS: &[Field] =
    &[Field::Description, Field::FunctionDesc, Field::Functions, Field::Remark, Field::ProblemCategory];

pub(in super::super) fn check(case: &Case<'_>, sink: &mut Sink) {
    for local in case.local(META.id) {
        for asset in META.kinds.iter().flat_map(|&kind| case.live(kind)) {
            if let Some((field, label)) = mention(case, asset, TEXTS, &[Category::ServicePrecondition]) {
                sink.add(on_text(asset, field, label).under(local.clause));
            }
        }
    }
}
