//! 县以下单位自建: units below county level shall in principle not build apps. Counties may.

use super::super::case::{Case, is_stated};
use super::super::meta::{Example, Row, RuleMeta};
use super::super::nature::is_built_above;
use super::super::sink::{Draft, Sink};
use crate::model::{Confidence, Field, Kind, Level, Message, Severity, Status};

pub(in super::super) const META: RuleMeta = RuleMeta {
    id: "app-township-self-built",
    kinds: &[Kind::App],
    clauses: &["measures-2026/2-1"],
    severity: Severity::Restricted,
    confidence: Confidence::High,
    exemptions: &["principle-approved", "built-above"],
    columns: &[],
    since: "0.1.0",
    fires: &[
        Example {
            rows: &[Row {
                level: Level::Township,
                unit: "甲县乙镇人民政府",
                cells: &[(Field::Name, "智慧乙镇")],
                ..Row::APP
            }],
            ..Example::EMPTY
        },
        Example {
            rows: &[Row {
                level: Level::Village,
                unit: "乙镇丙村村民委员会",
                cells: &[(Field::Name, "丙村通"), (Field::AppForm, "小程序")],
                ..Row::APP
            }],
            ..Example::EMPTY
        },
    ],
    quiet: &[
        Example { rows: &[Row { cells: &[(Field::Name, "甲县通")], ..Row::APP }], ..Example::EMPTY },
        Example {
            rows: &[Row {
                level: Level::Township,
                cells: &[(Field::Name, "浙政钉"), (Field::BuildType, "上级统建")],
                ..Row::APP
            }],
            ..Example::EMPTY
        },
        Example {
            rows: &[Row {
                level: Level::Township,
                status: Status::Closed,
                cells: &[(Field::Name, "智慧乙镇")],
                ..Row::APP
            }],
            ..Example::EMPTY
        },
        // Townships may run accounts under this clause: it binds apps only.
        Example {
            rows: &[Row { level: Level::Township, cells: &[(Field::Name, "乙镇发布")], ..Row::ACCOUNT }],
            ..Example::EMPTY
        },
    ],
    ..RuleMeta::BASE
};

pub(in super::super) fn check(case: &Case<'_>, sink: &mut Sink) {
    for app in case.live(Kind::App).filter(|a| matches!(a.meaning().level, Level::Township | Level::Village))
    {
        if is_built_above(app) {
            continue;
        }
        let approved = is_stated(app.text(Field::ProjectApproval));
        let key = if approved { "reason.township.approved" } else { "reason.township.plain" };
        let reason = Message::new(key).with("level", format!("@level.{}", app.meaning().level));
        let field =
            if app.text(Field::OwnerUnit).is_empty() { app.record().name_field() } else { Field::OwnerUnit };
        let draft = Draft::on(app, field, reason);
        let draft = if approved {
            draft.also(app, Field::ProjectApproval).confidence(Confidence::Low)
        } else {
            draft
        };
        sink.add(draft);
    }
}
