//! 群内强制打卡接龙、即时响应: the group makes people check in, chain their names, answer at once.

use super::super::case::Case;
use super::super::claim::{Claim, claim};
use super::super::meta::{Example, Row, RuleMeta};
use super::super::practice::{mention, on_text};
use super::super::sink::{Draft, Sink};
use crate::knowledge::detect::{Category, Modality};
use crate::model::{Confidence, Exemption, Field, Kind, Severity};

pub(in super::super) const META: RuleMeta = RuleMeta {
    id: "group-forced-checkin-relay",
    kinds: &[Kind::Group],
    clauses: &["opinions-2023/groups-forced"],
    severity: Severity::Forbidden,
    confidence: Confidence::Medium,
    exemptions: &["security-emergency", "negated", "free-choice"],
    columns: &[],
    since: "0.1.0",
    fires: &[
        Example {
            rows: &[Row {
                cells: &[(Field::GroupName, "包村工作群"), (Field::GroupRules, "每日打卡接龙，收到请回复")],
                ..Row::GROUP
            }],
            ..Example::EMPTY
        },
        Example {
            rows: &[Row { cells: &[(Field::GroupName, "教职工打卡签到群")], ..Row::GROUP }],
            ..Example::EMPTY
        },
    ],
    quiet: &[
        Example {
            rows: &[Row {
                cells: &[
                    (Field::GroupName, "包村工作群"),
                    (Field::GroupRules, "通知无需回复，不得要求打卡接龙"),
                ],
                ..Row::GROUP
            }],
            ..Example::EMPTY
        },
        Example {
            rows: &[Row {
                cells: &[
                    (Field::GroupName, "防汛值守群"),
                    (Field::GroupRules, "防汛值守人员每日到岗打卡"),
                    (Field::SpecialBasis, "县防汛应急预案"),
                ],
                ..Row::GROUP
            }],
            ..Example::EMPTY
        },
        Example {
            rows: &[Row {
                cells: &[(Field::GroupName, "志愿者群"), (Field::GroupRules, "活动自愿接龙报名，群内不打卡")],
                ..Row::GROUP
            }],
            ..Example::EMPTY
        },
        Example {
            rows: &[Row {
                cells: &[(Field::GroupName, "文旅宣传群"), (Field::GroupPurpose, "推介网红打卡地")],
                ..Row::GROUP
            }],
            ..Example::EMPTY
        },
    ],
};

const CATEGORIES: &[Category] = &[Category::Checkin, Category::InstantReply];
const TEXTS: &[Field] =
    &[Field::GroupRules, Field::GroupPurpose, Field::Description, Field::FunctionDesc, Field::Remark];

pub(in super::super) fn check(case: &Case<'_>, sink: &mut Sink) {
    for group in case.live(Kind::Group) {
        let in_text = mention(case, group, TEXTS, CATEGORIES);
        // A name shows what the group is for, not what is demanded in it.
        let in_name = || mention(case, group, &[group.record().name_field()], CATEGORIES);
        let (found, named) = match in_text {
            Some(found) => (found, false),
            None => match in_name() {
                Some(found) => (found, true),
                None => continue,
            },
        };
        let (field, label) = found;
        // The clause forbids compulsion; the mention that binds most is voluntary.
        if label.modality == Modality::Voluntary {
            continue;
        }
        let mut draft = on_text(group, field, label);
        if named {
            draft = draft.confidence(Confidence::Low);
        }
        match claim(case, group, label.exempt) {
            Claim::Grounded => {}
            Claim::Ungrounded => sink.add(Draft { exemption: Exemption::ClaimedWithoutGrounds, ..draft }),
            Claim::None => sink.add(draft),
        }
    }
}
