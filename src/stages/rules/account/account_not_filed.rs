//! 账号开设、变更、关停未备案: an account that its unit in charge was never told of.

use super::super::case::Case;
use super::super::filing::{Filing, filing};
use super::super::meta::{Example, Row, RuleMeta};
use super::super::nature::{has_no_administrative_functions, is_enterprise};
use super::super::sink::{Draft, Sink};
use crate::model::{Confidence, Field, Kind, Message, Severity, Status};

pub(in super::super) const META: RuleMeta = RuleMeta {
    id: "account-not-filed",
    kinds: &[Kind::Account],
    clauses: &["circular-2018-123/4-1-filing"],
    severity: Severity::Restricted,
    confidence: Confidence::High,
    exemptions: &["filing-under-way", "outside-government"],
    columns: &[Field::FilingStatus],
    since: "0.1.0",
    fires: &[
        Example {
            rows: &[Row {
                cells: &[(Field::Name, "甲县发布"), (Field::FilingStatus, "未备案")],
                ..Row::ACCOUNT
            }],
            ..Example::EMPTY
        },
        Example {
            rows: &[Row { cells: &[(Field::Name, "甲县发布")], ..Row::ACCOUNT }],
            columns: &[Field::FilingStatus],
            ..Example::EMPTY
        },
    ],
    quiet: &[
        Example {
            rows: &[Row {
                cells: &[(Field::Name, "甲县发布"), (Field::FilingStatus, "已备案")],
                ..Row::ACCOUNT
            }],
            ..Example::EMPTY
        },
        Example {
            rows: &[Row {
                cells: &[(Field::Name, "甲县发布"), (Field::FilingStatus, "正在办理")],
                ..Row::ACCOUNT
            }],
            ..Example::EMPTY
        },
        Example {
            rows: &[Row {
                cells: &[
                    (Field::Name, "甲县水务"),
                    (Field::FilingStatus, "未备案"),
                    (Field::UnitNature, "国有企业"),
                ],
                ..Row::ACCOUNT
            }],
            ..Example::EMPTY
        },
        Example {
            rows: &[Row {
                status: Status::Closed,
                cells: &[(Field::Name, "甲县旧号"), (Field::FilingStatus, "未备案")],
                ..Row::ACCOUNT
            }],
            ..Example::EMPTY
        },
    ],
    ..RuleMeta::BASE
};

pub(in super::super) fn check(case: &Case<'_>, sink: &mut Sink) {
    for account in case.live(Kind::Account).filter(|&a| case.asks(a, &[Field::FilingStatus])) {
        // Owners that the circular does not speak of.
        if is_enterprise(account) || has_no_administrative_functions(account) {
            continue;
        }
        let text = account.text(Field::FilingStatus);
        match filing(text) {
            Filing::None => {
                sink.add(Draft::on(account, Field::FilingStatus, Message::new("reason.unfiled.stated")));
            }
            Filing::Unsaid if text.is_empty() => {
                let reason = Message::new("reason.unfiled.blank");
                sink.add(Draft::on(account, Field::FilingStatus, reason).confidence(Confidence::Low));
            }
            _ => {}
        }
    }
}
