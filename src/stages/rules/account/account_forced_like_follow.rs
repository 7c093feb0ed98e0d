//! 强制要求下载、关注、点赞、转发: people are made to follow, like and share.

use super::super::case::Case;
use super::super::meta::{RuleMeta, one};
use super::super::practice::{self, Practice};
use super::super::sink::Sink;
use crate::knowledge::detect::Category;
use crate::model::{Field, Kind, Severity};

pub(in super::super) const META: RuleMeta = RuleMeta {
    id: "account-forced-like-follow",
    kinds: &[Kind::Account],
    clauses: &["circular-2018-123/4-4-faking", "opinions-2023/forced-use", "opinions-2023/ranking-abuse"],
    severity: Severity::Forbidden,
    exemptions: &["negated", "voluntary"],
    columns: &[
        Field::ForcedUse,
        Field::Description,
        Field::FunctionDesc,
        Field::Remark,
        Field::ProblemCategory,
    ],
    fires: &[
        one!(ACCOUNT, Name = "甲县发布", ForcedUse = "是"),
        one!(ACCOUNT, Name = "甲县发布", Remark = "要求全体干部职工关注并转发，截图上报"),
    ],
    quiet: &[
        one!(ACCOUNT, Name = "甲县发布", ForcedUse = "否"),
        one!(ACCOUNT, Name = "甲县发布", Description = "欢迎关注、点赞"),
        one!(ACCOUNT, Name = "甲县发布", Remark = "不得强制要求关注、点赞、转发"),
    ],
    ..RuleMeta::BASE
};

const PRACTICE: Practice = Practice {
    kinds: &[Kind::Account],
    categories: &[Category::ForcedEngagement, Category::ForcedInstall],
    flag: Some(Field::ForcedUse),
    texts: &[
        Field::Description,
        Field::FunctionDesc,
        Field::Functions,
        Field::Remark,
        Field::ProblemCategory,
    ],
    ..Practice::BASE
};

pub(in super::super) fn check(case: &Case<'_>, sink: &mut Sink) {
    practice::check(case, sink, &PRACTICE);
}
