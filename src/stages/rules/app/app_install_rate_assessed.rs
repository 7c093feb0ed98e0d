//! 考核通报安装使用率: rates of installing and using are assessed or publicised.

use super::super::case::Case;
use super::super::meta::{RuleMeta, one};
use super::super::practice::{self, Practice};
use super::super::sink::{Draft, Sink};
use crate::knowledge::detect::Category;
use crate::model::{Confidence, Field, Kind, Message, Severity};

pub(in super::super) const META: RuleMeta = RuleMeta {
    id: "app-install-rate-assessed",
    kinds: &[Kind::App],
    clauses: &["measures-2026/five-bans-3", "opinions-2023/forced-use"],
    severity: Severity::Forbidden,
    exemptions: &["negated", "voluntary"],
    columns: &[
        Field::UsageAssessed,
        Field::FunctionDesc,
        Field::Description,
        Field::Remark,
        Field::MandatoryFeatureNote,
    ],
    fires: &[
        one!(APP, Name = "甲县通", UsageAssessed = "安装率、活跃率"),
        one!(APP, Name = "甲县通", Remark = "每周通报各单位注册率，排名靠后的扣分"),
        one!(APP, Name = "甲县通", UsageAssessed = "是"),
    ],
    quiet: &[
        one!(APP, Name = "甲县通", UsageAssessed = "无"),
        one!(APP, Name = "甲县通", UsageAssessed = "未纳入考核"),
        one!(APP, Name = "甲县通", UsageAssessed = "点赞量"),
        one!(APP, Name = "甲县医保", Description = "公布医保覆盖率"),
    ],
    ..RuleMeta::BASE
};

const PRACTICE: Practice = Practice {
    categories: &[Category::UsageAssessed],
    counts: is_about_use,
    flag: Some(Field::UsageAssessed),
    says: &[
        "安装率",
        "使用率",
        "注册率",
        "活跃率",
        "覆盖率",
        "登录率",
        "下载率",
        "激活率",
        "上线率",
        "日活",
        "月活",
        "下载量",
        "注册量",
        "安装量",
        "使用情况",
        "登录次数",
        "打卡率",
        "参学率",
    ],
    texts: &[
        Field::FunctionDesc,
        Field::Functions,
        Field::Description,
        Field::Remark,
        Field::MandatoryFeatureNote,
    ],
    ..Practice::BASE
};

/// Whether an assessment is about how many install and use it; likes and study time have a rule of their own.
fn is_about_use(words: &str, text: &str) -> bool {
    let any = |list: &[&str]| list.iter().any(|word| text.contains(word));
    words.contains('率') || any(&["使用情况", "下载", "安装", "注册", "登录", "登陆", "活跃"])
}

pub(in super::super) fn check(case: &Case<'_>, sink: &mut Sink) {
    for app in case.live(Kind::App) {
        let Some(draft) = practice::judge(case, app, &PRACTICE) else { continue };
        // A bare yes to "is it assessed" does not say what is.
        let said = app.text(Field::UsageAssessed);
        let asked = draft.at.first().is_some_and(|at| at.field == Some(Field::UsageAssessed));
        let bare = asked && !PRACTICE.says.iter().any(|word| said.contains(word));
        sink.add(if bare {
            Draft { reason: Message::new("reason.assessed-bare"), ..draft.confidence(Confidence::Medium) }
        } else {
            draft
        });
    }
}
