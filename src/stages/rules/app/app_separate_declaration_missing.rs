//! 设置强制功能或特殊场景未单独说明: no reason and no grounds are on file.

use super::super::case::{Case, is_stated};
use super::super::claim::{Claim, claim};
use super::super::meta::{Example, Row, RuleMeta};
use super::super::sink::{Draft, Sink};
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
    ],
    quiet: &[
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
    if claim(case, app, false) == Claim::Ungrounded {
        let draft = Draft::on(app, Field::SpecialScenario, Message::new("reason.declaration.no-grounds"));
        return Some(draft.also(app, Field::SpecialBasis).claimed());
    }
    if NOTES.iter().any(|&note| is_stated(app.text(note))) {
        return None;
    }
    let set = FEATURES.into_iter().find(|&f| app.value(f).as_flag() == Some(true))?;
    let note = NOTES.iter().copied().find(|&note| case.asks(app, &[note]))?;
    Some(Draft::on(app, set, Message::new("reason.declaration.no-note")).also(app, note))
}
