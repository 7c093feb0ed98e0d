//! 小程序、快应用填进公众账号表: an app listed as an account escapes the filing duty.

use super::super::case::Case;
use super::super::meta::{Example, Row, RuleMeta};
use super::super::sink::{Draft, Sink};
use crate::model::{Confidence, Field, Kind, Message, Severity, Status};

pub(in super::super) const META: RuleMeta = RuleMeta {
    id: "app-miniprogram-classified-as-account",
    kinds: &[Kind::App],
    clauses: &["measures-2026/2-1"],
    severity: Severity::Advisory,
    confidence: Confidence::High,
    exemptions: &[],
    columns: &[],
    since: "0.1.0",
    fires: &[Example {
        rows: &[Row {
            listed_as: Kind::Account,
            cells: &[(Field::Name, "甲县办事小程序"), (Field::Platform, "微信小程序")],
            ..Row::APP
        }],
        ..Example::EMPTY
    }],
    quiet: &[
        Example {
            rows: &[Row {
                cells: &[(Field::Name, "甲县发布"), (Field::Platform, "微信公众号")],
                ..Row::ACCOUNT
            }],
            ..Example::EMPTY
        },
        Example {
            rows: &[Row { cells: &[(Field::Name, "甲县办事小程序")], ..Row::APP }], ..Example::EMPTY
        },
        Example {
            rows: &[Row {
                listed_as: Kind::Account,
                status: Status::Closed,
                cells: &[(Field::Name, "旧小程序")],
                ..Row::APP
            }],
            ..Example::EMPTY
        },
    ],
    ..RuleMeta::BASE
};

pub(in super::super) fn check(case: &Case<'_>, sink: &mut Sink) {
    for app in case.live(Kind::App).filter(|a| a.meaning().listed_as == Kind::Account) {
        // The platform tells better than the name, where it is written.
        let telling = [Field::AppForm, Field::Platform].into_iter().find(|&f| !app.text(f).is_empty());
        let field = telling.unwrap_or(app.record().name_field());
        sink.add(Draft::on(app, field, Message::new("reason.listed-as-account")));
    }
}
