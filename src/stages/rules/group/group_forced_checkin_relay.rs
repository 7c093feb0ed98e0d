//! 群内强制打卡接龙、即时响应: the group makes people check in, chain their names, answer at once.

use super::super::case::Case;
use super::super::group_text;
use super::super::meta::{Example, Row, RuleMeta};
use super::super::sink::Sink;
use crate::knowledge::detect::Category;
use crate::model::{Confidence, Field, Kind, Severity};

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
    ..RuleMeta::BASE
};

pub(in super::super) fn check(case: &Case<'_>, sink: &mut Sink) {
    group_text::check(case, sink, &[Category::Checkin, Category::InstantReply]);
}
