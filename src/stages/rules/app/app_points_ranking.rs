//! 设置积分排名强制性功能: the app gives points and ranks people.

use super::super::case::Case;
use super::super::meta::{Example, Row, RuleMeta};
use super::super::practice::{self, Practice};
use super::super::sink::Sink;
use crate::knowledge::detect::Category;
use crate::model::{Confidence, Field, Kind, Severity};

pub(in super::super) const META: RuleMeta = RuleMeta {
    id: "app-points-ranking",
    kinds: &[Kind::App],
    clauses: &["measures-2026/five-bans-2", "opinions-2023/forced-features", "opinions-2023/ranking-abuse"],
    severity: Severity::Forbidden,
    confidence: Confidence::High,
    exemptions: &["security-emergency", "negated", "voluntary"],
    columns: &[
        Field::HasPointsRanking,
        Field::FunctionDesc,
        Field::Functions,
        Field::Description,
        Field::MandatoryFeatureNote,
    ],
    since: "0.1.0",
    fires: &[
        Example {
            rows: &[Row {
                cells: &[(Field::Name, "学习通"), (Field::HasPointsRanking, "是")], ..Row::APP
            }],
            ..Example::EMPTY
        },
        Example {
            rows: &[Row {
                cells: &[(Field::Name, "先锋在线"), (Field::Functions, "新闻资讯；学习积分；积分排行榜")],
                ..Row::APP
            }],
            ..Example::EMPTY
        },
    ],
    quiet: &[
        Example {
            rows: &[Row {
                cells: &[
                    (Field::Name, "学习通"),
                    (Field::HasPointsRanking, "否"),
                    (Field::FunctionDesc, "不设置积分排名和学习排行"),
                ],
                ..Row::APP
            }],
            ..Example::EMPTY
        },
        Example {
            rows: &[Row {
                cells: &[(Field::Name, "生态云"), (Field::Description, "发布空气质量排名")],
                ..Row::APP
            }],
            ..Example::EMPTY
        },
        Example {
            rows: &[Row {
                cells: &[(Field::Name, "落户通"), (Field::Description, "积分落户申请与查询")],
                ..Row::APP
            }],
            ..Example::EMPTY
        },
    ],
    ..RuleMeta::BASE
};

const PRACTICE: Practice = Practice {
    categories: &[Category::PointsRanking],
    flag: Some(Field::HasPointsRanking),
    exemptible: true,
    ..Practice::BASE
};

pub(in super::super) fn check(case: &Case<'_>, sink: &mut Sink) {
    practice::check(case, sink, &PRACTICE);
}
