//! 把点赞、转发、学习时长等作为考评依据: likes, votes, shares and study time as grounds of assessment.

use super::super::case::Case;
use super::super::meta::{RuleMeta, one};
use super::super::practice::{self, Practice};
use super::super::sink::Sink;
use crate::knowledge::detect::Category;
use crate::knowledge::text::words as listed;
use crate::model::{Field, Kind, Severity};

pub(in super::super) const META: RuleMeta = RuleMeta {
    id: "app-vanity-metric-assessment",
    kinds: &[Kind::App, Kind::Account, Kind::Group],
    clauses: &["measures-2026/five-bans-4", "opinions-2023/ranking-abuse"],
    severity: Severity::Forbidden,
    exemptions: &["negated", "voluntary"],
    columns: &[
        Field::UsageAssessed,
        Field::FunctionDesc,
        Field::Description,
        Field::Remark,
        Field::GroupRules,
    ],
    fires: &[
        one!(APP, Name = "甲县先锋", UsageAssessed = "学习时长、点赞量"),
        one!(ACCOUNT, Name = "甲县发布", Remark = "转发量、点赞量纳入各单位年度考核"),
        one!(GROUP, GroupName = "宣传工作群", GroupRules = "转发量计入考核，每周通报排名"),
    ],
    quiet: &[
        one!(APP, Name = "甲县先锋", UsageAssessed = "否"),
        one!(APP, Name = "甲县先锋", UsageAssessed = "安装率"),
        one!(ACCOUNT, Name = "甲县发布", Remark = "点赞量不纳入考核"),
        one!(ACCOUNT, Name = "甲县发布", Description = "为好人好事点赞"),
    ],
    ..RuleMeta::BASE
};

const PRACTICE: Practice = Practice {
    kinds: META.kinds,
    categories: &[Category::UsageAssessed, Category::ForcedEngagement],
    counts: is_vanity,
    flag: Some(Field::UsageAssessed),
    bare_yes: false,
    texts: &[
        Field::FunctionDesc,
        Field::Functions,
        Field::Description,
        Field::GroupRules,
        Field::GroupPurpose,
        Field::Remark,
    ],
    ..Practice::BASE
};

fn is_vanity(words: &str, text: &str) -> bool {
    let any = |list: &[&str]| list.iter().any(|word| text.contains(word));
    let after = text.split_once(words).map_or(text, |(_, after)| after);
    let sentence = after.split(['。', '；', ';']).next().unwrap_or("");
    let denied = listed("app-vanity-metric-assessment-denied").iter().any(|word| sentence.contains(word));
    any(listed("app-vanity-metric-assessment-figures"))
        && any(listed("app-vanity-metric-assessment-assessed"))
        && !denied
}

pub(in super::super) fn check(case: &Case<'_>, sink: &mut Sink) {
    practice::check(
        case,
        sink,
        &Practice { says: listed("app-vanity-metric-assessment-figures"), ..PRACTICE },
    );
}
