//! 统计在线时长强制性功能: the app counts how long people are logged in or study.

use super::super::case::Case;
use super::super::meta::{Example, Row, RuleMeta};
use super::super::practice::{self, Practice};
use super::super::sink::Sink;
use crate::knowledge::detect::Category;
use crate::model::{Confidence, Field, Kind, Severity};

pub(in super::super) const META: RuleMeta = RuleMeta {
    id: "app-online-duration-stat",
    kinds: &[Kind::App],
    clauses: &["measures-2026/five-bans-2", "opinions-2023/forced-features", "opinions-2023/ranking-abuse"],
    severity: Severity::Forbidden,
    confidence: Confidence::High,
    exemptions: &["security-emergency", "negated", "voluntary"],
    columns: &[
        Field::HasOnlineTime,
        Field::FunctionDesc,
        Field::Functions,
        Field::Description,
        Field::MandatoryFeatureNote,
    ],
    since: "0.1.0",
    fires: &[
        Example {
            rows: &[Row {
                cells: &[(Field::Name, "干部课堂"), (Field::HasOnlineTime, "是")], ..Row::APP
            }],
            ..Example::EMPTY
        },
        Example {
            rows: &[Row {
                cells: &[(Field::Name, "干部课堂"), (Field::FunctionDesc, "统计党员学习时长并按月通报")],
                ..Row::APP
            }],
            ..Example::EMPTY
        },
    ],
    quiet: &[
        Example {
            rows: &[Row {
                cells: &[(Field::Name, "干部课堂"), (Field::HasOnlineTime, "否")], ..Row::APP
            }],
            ..Example::EMPTY
        },
        Example {
            rows: &[Row {
                cells: &[
                    (Field::Name, "干部课堂"),
                    (Field::FunctionDesc, "仅提供课程点播，不涉及积分排名和在线时长统计"),
                ],
                ..Row::APP
            }],
            ..Example::EMPTY
        },
        Example {
            rows: &[Row {
                cells: &[(Field::Name, "停车通"), (Field::Description, "停车时长计费")],
                ..Row::APP
            }],
            ..Example::EMPTY
        },
    ],
    ..RuleMeta::BASE
};

const PRACTICE: Practice = Practice {
    categories: &[Category::OnlineTime],
    flag: Some(Field::HasOnlineTime),
    exemptible: true,
    ..Practice::BASE
};

pub(in super::super) fn check(case: &Case<'_>, sink: &mut Sink) {
    practice::check(case, sink, &PRACTICE);
}
