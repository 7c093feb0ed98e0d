//! 强制要求定期登录: people must log in every day, week or month.

use super::super::case::Case;
use super::super::meta::{RuleMeta, one};
use super::super::practice::{self, Practice, is_log_in};
use super::super::sink::Sink;
use crate::knowledge::detect::Category;
use crate::model::{Field, Kind, Severity};

pub(in super::super) const META: RuleMeta = RuleMeta {
    id: "app-regular-login-required",
    kinds: &[Kind::App],
    clauses: &["measures-2026/five-bans-3", "opinions-2023/forced-use"],
    severity: Severity::Forbidden,
    exemptions: &["security-emergency", "negated", "voluntary"],
    columns: &[
        Field::LoginRequired,
        Field::FunctionDesc,
        Field::Functions,
        Field::Description,
        Field::Remark,
        Field::MandatoryFeatureNote,
    ],
    fires: &[
        one!(APP, Name = "甲县通", LoginRequired = "每日"),
        one!(APP, Name = "甲县通", Remark = "要求干部每日登录，未登录的通报"),
        one!(APP, Name = "甲县通", LoginRequired = "是"),
    ],
    quiet: &[
        one!(APP, Name = "甲县通", LoginRequired = "无"),
        one!(APP, Name = "甲县通", LoginRequired = "不要求定期登录"),
        one!(
            APP,
            Name = "甲县值守",
            LoginRequired = "每日",
            SpecialScenario = "应急",
            SpecialBasis = "县值班值守制度"
        ),
        one!(APP, Name = "甲县通", Description = "支持统一登录、扫码登录"),
    ],
    ..RuleMeta::BASE
};

const PRACTICE: Practice = Practice {
    categories: &[Category::ForcedInstall],
    counts: |words, _| is_log_in(words),
    flag: Some(Field::LoginRequired),
    says: &[
        "每日",
        "每天",
        "每周",
        "每月",
        "每季",
        "每旬",
        "定期",
        "天天",
        "按时",
        "按期",
        "日登录",
        "周登录",
        "月登录",
    ],
    texts: &[
        Field::FunctionDesc,
        Field::Functions,
        Field::Description,
        Field::MandatoryFeatureNote,
        Field::Remark,
    ],
    exemptible: true,
    ..Practice::BASE
};

pub(in super::super) fn check(case: &Case<'_>, sink: &mut Sink) {
    practice::check(case, sink, &PRACTICE);
}
