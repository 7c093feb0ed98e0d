//! 使用频率低、实用性不强: apps that hardly anybody uses. There is no national figure.

use super::super::case::Case;
use super::super::claim::{Claim, claim};
use super::super::meta::{Example, RuleMeta, one};
use super::super::practice::{mention, on_text};
use super::super::sink::{Draft, Sink};
use crate::knowledge::detect::Category;
use crate::knowledge::text::words;
use crate::model::{AssetRef, Confidence, Exactness, Field, Kind, Message, Value};

pub(in super::super) const META: RuleMeta = RuleMeta {
    id: "app-low-usage-impractical",
    kinds: &[Kind::App],
    clauses: &["measures-2026/low-use", "opinions-2023/shells-and-zombies"],
    confidence: Confidence::Medium,
    exemptions: &["seasonal", "negated"],
    columns: &[
        Field::MonthlyActive,
        Field::Description,
        Field::FunctionDesc,
        Field::Remark,
        Field::ProblemCategory,
    ],
    fires: &[
        one!(APP, Name = "甲县通", Remark = "使用率低，基本不用"),
        one!(APP, Name = "甲县通", UserCount = "1200", MonthlyActive = "0"),
        Example {
            set: &[("low_use_share", "0.1")],
            ..one!(APP, Name = "甲县通", UserCount = "1200", MonthlyActive = "30")
        },
    ],
    quiet: &[
        one!(APP, Name = "甲县通", UserCount = "1200", MonthlyActive = "30"),
        one!(APP, Name = "甲县防汛", UserCount = "1200", MonthlyActive = "0", Remark = "汛期应急备用"),
        one!(APP, Name = "甲县通", Remark = "盘活闲置土地信息"),
        Example {
            set: &[("low_use_share", "0.1")],
            ..one!(APP, Name = "甲县通", UserCount = "1200", MonthlyActive = "900")
        },
    ],
    ..RuleMeta::BASE
};

const TEXTS: &[Field] =
    &[Field::Description, Field::FunctionDesc, Field::Functions, Field::Remark, Field::ProblemCategory];

pub(in super::super) fn check(case: &Case<'_>, sink: &mut Sink) {
    for app in case.live(Kind::App) {
        let standby = TEXTS.iter().any(|&f| {
            words("app-low-usage-impractical-standby").iter().any(|word| app.text(f).contains(word))
        });
        if !standby && claim(case, app, None) == Claim::None {
            sink.drafts.extend(judge(case, app));
        }
    }
}

fn judge(case: &Case<'_>, app: AssetRef<'_>) -> Option<Draft> {
    let active = app.value(Field::MonthlyActive);
    let exact = matches!(active, Value::Count { exactness: Exactness::Exact | Exactness::About, .. });
    if let Some(count) = active.as_count().filter(|_| exact) {
        if count == 0 {
            let reason = Message::new("reason.nobody-active");
            return Some(Draft::on(app, Field::MonthlyActive, reason).confidence(Confidence::Medium));
        }
        let users = app.value(Field::UserCount).as_count().filter(|&users| users > 0);
        if let (Some(limit), Some(users)) = (case.ctx.settings.low_use_share, users) {
            let share = count as f64 / users as f64;
            if share < limit {
                let percent = |share: f64| format!("{:.1}%", share * 100.0);
                let reason = Message::new("reason.low-use")
                    .with("active", count)
                    .with("users", users)
                    .with("share", percent(share))
                    .with("limit", percent(limit));
                return Some(Draft::on(app, Field::MonthlyActive, reason).also(app, Field::UserCount));
            }
        }
    }
    let (field, label) = mention(case, app, TEXTS, &[Category::Zombie])?;
    Some(on_text(app, field, label))
}
