//! 强制推广下载使用: people are made to download, install, register or log in.

use super::super::case::Case;
use super::super::meta::{Example, Row, RuleMeta};
use super::super::practice::{self, Practice, is_log_in};
use super::super::sink::Sink;
use crate::knowledge::detect::Category;
use crate::model::{Confidence, Field, Kind, Severity};

pub(in super::super) const META: RuleMeta = RuleMeta {
    id: "app-forced-install",
    kinds: &[Kind::App],
    clauses: &["measures-2026/five-bans-3", "opinions-2023/forced-use"],
    severity: Severity::Forbidden,
    confidence: Confidence::High,
    exemptions: &["negated", "voluntary"],
    columns: &[Field::ForcedUse, Field::FunctionDesc, Field::Functions, Field::Description, Field::Remark],
    since: "0.1.0",
    fires: &[
        Example {
            rows: &[Row { cells: &[(Field::Name, "平安甲县"), (Field::ForcedUse, "是")], ..Row::APP }],
            ..Example::EMPTY
        },
        Example {
            rows: &[Row {
                cells: &[(Field::Name, "平安甲县"), (Field::ForcedUse, "必须")], ..Row::APP
            }],
            ..Example::EMPTY
        },
        Example {
            rows: &[Row {
                cells: &[
                    (Field::Name, "平安甲县"),
                    (Field::Remark, "要求全体干部下载安装，按单位下达注册任务"),
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
                    (Field::Name, "平安甲县"),
                    (Field::ForcedUse, "否"),
                    (Field::Description, "群众自愿下载使用"),
                ],
                ..Row::APP
            }],
            ..Example::EMPTY
        },
        Example {
            rows: &[Row {
                cells: &[(Field::Name, "政务通"), (Field::Description, "提供办事表格下载")],
                ..Row::APP
            }],
            ..Example::EMPTY
        },
        Example {
            rows: &[Row {
                cells: &[(Field::Name, "政务通"), (Field::Remark, "严禁强制推广、摊派下载任务")],
                ..Row::APP
            }],
            ..Example::EMPTY
        },
    ],
    ..RuleMeta::BASE
};

const PRACTICE: Practice = Practice {
    categories: &[Category::ForcedInstall],
    flag: Some(Field::ForcedUse),
    counts: |words, _| !is_log_in(words),
    texts: TEXTS,
    ..Practice::BASE
};

/// Demands to install stand in remarks more often than in descriptions.
const TEXTS: &[Field] =
    &[Field::FunctionDesc, Field::Functions, Field::Description, Field::MandatoryFeatureNote, Field::Remark];

pub(in super::super) fn check(case: &Case<'_>, sink: &mut Sink) {
    practice::check(case, sink, &PRACTICE);
}
