//! 设置强制功能或特殊场景未单独说明: no reason and no grounds are on file.

use super::super::case::{Case, is_stated};
use super::super::claim::{Claim, claim, exempt_sentence};
use super::super::meta::{Example, Row, RuleMeta};
use super::super::practice::mention;
use super::super::sink::{Draft, Sink};
use crate::knowledge::detect::{Category, Modality, snippet};
use crate::model::{AssetRef, Confidence, Field, Kind, Message, Severity};

pub(in super::super) const META: RuleMeta = RuleMeta {
    id: "app-separate-declaration-missing",
    kinds: &[Kind::App],
    clauses: &["measures-2026/filing-declaration"],
    severity: Severity::Restricted,
    confidence: Confidence::High,
    exemptions: &["grounds-stated"],
    columns: NOTES,
    since: "0.1.0",
    fires: &[
        Example {
            rows: &[Row {
                cells: &[(Field::Name, "防汛值守"), (Field::SpecialScenario, "应急")],
                ..Row::APP
            }],
            columns: &[Field::SpecialBasis],
            ..Example::EMPTY
        },
        Example {
            rows: &[Row {
                cells: &[
                    (Field::Name, "学习通"),
                    (Field::HasPointsRanking, "是"),
                    (Field::MandatoryFeatureNote, "无"),
                ],
                ..Row::APP
            }],
            ..Example::EMPTY
        },
        // A text that makes it compulsory is as good as a yes.
        Example {
            rows: &[Row {
                cells: &[(Field::Name, "应急点名"), (Field::FunctionDesc, "值班人员必须签到打卡")],
                ..Row::APP
            }],
            columns: &[Field::MandatoryFeatureNote],
            ..Example::EMPTY
        },
    ],
    quiet: &[
        Example {
            rows: &[Row {
                cells: &[
                    (Field::Name, "防火巡护"),
                    (Field::FunctionDesc, "依据《森林防火应急预案》，应急值守人员须签到打卡"),
                ],
                ..Row::APP
            }],
            columns: &[Field::MandatoryFeatureNote],
            ..Example::EMPTY
        },
        Example {
            rows: &[Row {
                cells: &[
                    (Field::Name, "防汛值守"),
                    (Field::SpecialScenario, "应急"),
                    (Field::SpecialBasis, "县防汛应急预案"),
                ],
                ..Row::APP
            }],
            ..Example::EMPTY
        },
        Example {
            rows: &[Row {
                cells: &[(Field::Name, "学习通"), (Field::HasPointsRanking, "否")], ..Row::APP
            }],
            columns: NOTES,
            ..Example::EMPTY
        },
        // The table never asked for a note: nothing can be said.
        Example {
            rows: &[Row { cells: &[(Field::Name, "学习通"), (Field::HasCheckin, "是")], ..Row::APP }],
            ..Example::EMPTY
        },
        Example {
            rows: &[Row {
                cells: &[
                    (Field::Name, "护林助手"),
                    (Field::HasCheckin, "是"),
                    (Field::MandatoryFeatureNote, "已在备案材料第五项单独说明"),
                ],
                ..Row::APP
            }],
            ..Example::EMPTY
        },
    ],
    ..RuleMeta::BASE
};

/// The practices that are such functions.
const CATEGORIES: [Category; 3] = [Category::Checkin, Category::PointsRanking, Category::OnlineTime];
/// Where a declaration would stand.
const NOTES: &[Field] = &[Field::MandatoryFeatureNote, Field::SpecialBasis];
/// The functions that need one.
const FEATURES: [Field; 3] = [Field::HasCheckin, Field::HasPointsRanking, Field::HasOnlineTime];

pub(in super::super) fn check(case: &Case<'_>, sink: &mut Sink) {
    for app in case.live(Kind::App).filter(|&a| case.asks(a, NOTES)) {
        sink.drafts.extend(judge(case, app));
    }
}

fn judge(case: &Case<'_>, app: AssetRef<'_>) -> Option<Draft> {
    if claim(case, app, None) == Claim::Ungrounded {
        let draft = Draft::on(app, Field::SpecialScenario, Message::new("reason.declaration.no-grounds"));
        return Some(draft.also(app, Field::SpecialBasis).claimed());
    }
    if NOTES.iter().any(|&note| is_stated(app.text(note))) {
        return None;
    }
    let note = NOTES.iter().copied().find(|&note| case.asks(app, &[note]))?;
    let reason = || Message::new("reason.declaration.no-note");
    if let Some(set) = FEATURES.into_iter().find(|&f| app.value(f).as_flag() == Some(true)) {
        return Some(Draft::on(app, set, reason()).also(app, note));
    }
    // Only what a text makes compulsory needs one, and a column that denies it is another rule's matter.
    let texts = [Field::FunctionDesc, Field::Functions, Field::Description];
    let (field, label) = mention(case, app, &texts, &CATEGORIES)?;
    let denied = FEATURES.into_iter().any(|f| app.value(f).as_flag() == Some(false));
    let cited = || {
        exempt_sentence(app.text(field), label)
            .is_some_and(|said| claim(case, app, Some(said)) == Claim::Grounded)
    };
    if denied || label.modality != Modality::Must || cited() {
        return None;
    }
    let words = snippet(app.text(field), &label.words());
    let draft = Draft::on(app, field, reason()).also(app, note).words(words);
    Some(draft.confidence(Confidence::Medium))
}
