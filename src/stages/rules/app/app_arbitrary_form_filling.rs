//! 随意、重复要求填表报数: the same figures asked for twice, or daily and weekly reports without grounds.

use super::super::case::{Case, cell_text, is_stated};
use super::super::meta::{Example, RuleMeta, one, row};
use super::super::practice::{self, Practice};
use super::super::sink::{Draft, Sink};
use crate::knowledge::detect::Category;
use crate::knowledge::text::{fold, words};
use crate::model::{
    AssetIx, AssetRef, Confidence, Field, Kind, Message, RegionId, Relation, Review, Severity,
};
use std::collections::BTreeMap;

pub(in super::super) const META: RuleMeta = RuleMeta {
    id: "app-arbitrary-form-filling",
    kinds: &[Kind::App],
    clauses: &["measures-2026/five-bans-1", "opinions-2023/multiple-reporting"],
    review: Review::Necessity,
    severity: Severity::Forbidden,
    confidence: Confidence::Medium,
    exemptions: &["grounds-stated", "negated"],
    columns: &[
        Field::HasFormFilling,
        Field::FormsReported,
        Field::FunctionDesc,
        Field::Functions,
        Field::Description,
        Field::Remark,
    ],
    fires: &[
        one!(APP, Name = "甲县报数通", FunctionDesc = "各村重复填报同一数据，多头填报问题突出"),
        one!(APP, Name = "甲县报表", HasFormFilling = "日报"),
        Example {
            rows: &[
                row!(APP, Name = "甲县民情", FormsReported = "困难群众走访台账"),
                row!(APP, Name = "甲县网格", FormsReported = "入户登记；困难群众走访台账"),
            ],
            ..Example::EMPTY
        },
    ],
    quiet: &[
        one!(
            APP,
            Name = "甲县报表",
            HasFormFilling = "日报",
            SpecialBasis = "《统计法》及县统计局统计报表制度"
        ),
        one!(APP, Name = "一张表", HasFormFilling = "是", FunctionDesc = "一次填报、多方共用，避免重复填报"),
        Example {
            rows: &[
                row!(APP, Name = "甲县民情", FormsReported = "困难群众走访台账"),
                row!(APP, Name = "甲县民情小程序", FormsReported = "困难群众走访台账"),
            ],
            pairs: &[(0, 1, Relation::Family)],
            ..Example::EMPTY
        },
    ],
    ..RuleMeta::BASE
};

/// Shorter items (报表, 数据) are no matter of their own.
const LEAST: usize = 4;

pub(in super::super) fn check(case: &Case<'_>, sink: &mut Sink) {
    let practice = Practice { categories: &[Category::DuplicateReporting], texts: TEXTS, ..Practice::BASE };
    let mut asked: BTreeMap<(RegionId, String), Vec<AssetRef<'_>>> = BTreeMap::new();
    for app in case.live(Kind::App) {
        let grounds = [Field::MandatoryFeatureNote, Field::SpecialBasis];
        if grounds.iter().any(|&field| is_stated(app.text(field))) {
            continue;
        }
        for item in
            app.text(Field::FormsReported).split('；').map(fold).filter(|i| i.chars().count() >= LEAST)
        {
            asked.entry((app.meaning().place.region, item)).or_default().push(app);
        }
        match practice::judge(case, app, &practice) {
            Some(draft) => sink.add(draft),
            None => sink.drafts.extend(often(app)),
        }
    }
    let ties = [Relation::Same, Relation::Family].map(|relation| case.partners(relation, Kind::App));
    for ((_, item), apps) in asked.iter().filter(|(_, apps)| apps.len() > 1) {
        for app in apps {
            let is_same = |o: AssetIx| ties.iter().any(|t| t.get(&app.ix).is_some_and(|s| s.contains(&o)));
            let others: Vec<AssetIx> =
                apps.iter().map(|a| a.ix).filter(|&o| o != app.ix && !is_same(o)).collect();
            if !others.is_empty() {
                let reason =
                    Message::new("reason.asked-twice").with("item", item).with("count", others.len());
                let draft = Draft::on(*app, Field::FormsReported, reason).related(others);
                sink.add(Draft { feature: item.clone(), ..draft.confidence(Confidence::Medium) });
            }
        }
    }
}

/// Reports so frequent that grounds are wanted.
fn often(app: AssetRef<'_>) -> Option<Draft> {
    [Field::HasFormFilling, Field::FormsReported].into_iter().find_map(|field| {
        let text = cell_text(app, field);
        let often = words("app-arbitrary-form-filling-often").iter().any(|word| text.contains(word))
            && !text.contains(['不', '无']);
        often.then(|| Draft::on(app, field, Message::new("reason.often")).confidence(Confidence::Medium))
    })
}

const TEXTS: &[Field] =
    &[Field::FunctionDesc, Field::Functions, Field::Description, Field::Remark, Field::ProblemCategory];
