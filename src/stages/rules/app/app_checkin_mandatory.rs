//! 设置打卡签到强制性功能: the app makes people check in.

use super::super::case::Case;
use super::super::meta::{Example, Row, RuleMeta};
use super::super::practice::{self, Practice};
use super::super::sink::Sink;
use crate::knowledge::detect::Category;
use crate::model::{Confidence, Field, Kind, Severity};

pub(in super::super) const META: RuleMeta = RuleMeta {
    id: "app-checkin-mandatory",
    kinds: &[Kind::App],
    clauses: &[
        "measures-2026/five-bans-2",
        "provisions-2024/part-5-features",
        "opinions-2023/forced-features",
    ],
    severity: Severity::Forbidden,
    confidence: Confidence::High,
    exemptions: &["security-emergency", "negated", "voluntary"],
    columns: &[
        Field::HasCheckin,
        Field::FunctionDesc,
        Field::Functions,
        Field::Description,
        Field::MandatoryFeatureNote,
    ],
    since: "0.1.0",
    fires: &[
        Example {
            rows: &[Row {
                cells: &[(Field::Name, "乡村振兴通"), (Field::HasCheckin, "是")], ..Row::APP
            }],
            ..Example::EMPTY
        },
        Example {
            rows: &[Row {
                cells: &[
                    (Field::Name, "护林助手"),
                    (Field::FunctionDesc, "护林员每日定位打卡，后台统计出勤"),
                ],
                ..Row::APP
            }],
            ..Example::EMPTY
        },
        Example {
            rows: &[Row {
                cells: &[
                    (Field::Name, "防汛值守"),
                    (Field::HasCheckin, "是"),
                    (Field::SpecialScenario, "应急"),
                    (Field::SpecialBasis, "无"),
                ],
                ..Row::APP
            }],
            ..Example::EMPTY
        },
        // What is cited elsewhere, and a note that names no emergency, are no grounds.
        Example {
            rows: &[Row {
                cells: &[
                    (Field::Name, "防火巡护"),
                    (Field::FunctionDesc, "学习《森林防火应急预案》。应急值守人员须签到打卡"),
                    (Field::MandatoryFeatureNote, "上级要求"),
                ],
                ..Row::APP
            }],
            ..Example::EMPTY
        },
        Example {
            rows: &[Row {
                cells: &[
                    (Field::Name, "机关掌上通"),
                    (Field::HasCheckin, "否"),
                    (Field::FunctionDesc, "设有会议签到、考勤打卡模块"),
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
                    (Field::Name, "乡村振兴通"),
                    (Field::HasCheckin, "否"),
                    (Field::FunctionDesc, "不涉及打卡签到"),
                ],
                ..Row::APP
            }],
            ..Example::EMPTY
        },
        Example {
            rows: &[Row {
                cells: &[
                    (Field::Name, "防汛值守"),
                    (Field::HasCheckin, "是"),
                    (Field::SpecialScenario, "应急"),
                    (Field::SpecialBasis, "省防汛应急预案第三章"),
                ],
                ..Row::APP
            }],
            ..Example::EMPTY
        },
        // Grounds count in the note and in the text as in their own column.
        Example {
            rows: &[
                Row {
                    cells: &[
                        (Field::Name, "应急调度"),
                        (Field::FunctionDesc, "值班人员必须签到打卡"),
                        (Field::MandatoryFeatureNote, "因应急处突需要，已单独说明"),
                    ],
                    ..Row::APP
                },
                Row {
                    cells: &[
                        (Field::Name, "防火巡护"),
                        (Field::FunctionDesc, "依据《森林防火应急预案》，应急值守人员须签到打卡"),
                    ],
                    ..Row::APP
                },
            ],
            ..Example::EMPTY
        },
        Example {
            rows: &[Row {
                cells: &[(Field::Name, "文旅通"), (Field::Description, "推荐网红打卡地和旅游线路")],
                audience: crate::model::Audience::Public,
                ..Row::APP
            }],
            ..Example::EMPTY
        },
        Example {
            rows: &[Row {
                cells: &[
                    (Field::Name, "市民课堂"),
                    (Field::HasCheckin, "否"),
                    (Field::Description, "选课、课程签到、结业证查询"),
                ],
                audience: crate::model::Audience::Public,
                ..Row::APP
            }],
            ..Example::EMPTY
        },
        Example {
            rows: &[Row {
                cells: &[(Field::Name, "惠农通"), (Field::Description, "查询补贴打卡发放进度")],
                ..Row::APP
            }],
            ..Example::EMPTY
        },
        Example {
            rows: &[Row {
                cells: &[(Field::Name, "旧考勤"), (Field::HasCheckin, "是")],
                status: crate::model::Status::Closed,
                ..Row::APP
            }],
            ..Example::EMPTY
        },
    ],
    ..RuleMeta::BASE
};

const PRACTICE: Practice = Practice {
    categories: &[Category::Checkin],
    flag: Some(Field::HasCheckin),
    exemptible: true,
    ..Practice::BASE
};

pub(in super::super) fn check(case: &Case<'_>, sink: &mut Sink) {
    practice::check(case, sink, &PRACTICE);
}
