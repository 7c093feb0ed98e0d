//! 规定期限内不更新: an account without new content for too long. The number of days is a setting.

use super::super::case::Case;
use super::super::meta::{Example, Row, RuleMeta};
use super::super::practice::mention;
use super::super::sink::{Draft, Sink};
use crate::knowledge::detect::Category;
use crate::model::{AssetRef, Confidence, Field, Kind, Message, Severity, Status, Value};

pub(in super::super) const META: RuleMeta = RuleMeta {
    id: "account-no-update-14d",
    kinds: &[Kind::Account],
    clauses: &["indicators-2019-19/veto-no-update"],
    severity: Severity::Restricted,
    confidence: Confidence::High,
    exemptions: &["still-closing"],
    columns: &[Field::LastUpdate, Field::Status],
    since: "0.1.0",
    fires: &[
        Example {
            rows: &[Row {
                cells: &[(Field::Name, "甲县发布"), (Field::LastUpdate, "2026-11-05")],
                ..Row::ACCOUNT
            }],
            ..Example::EMPTY
        },
        Example {
            rows: &[Row {
                status: Status::Closing,
                cells: &[(Field::Name, "甲县农业"), (Field::LastUpdate, "2026-08-01")],
                ..Row::ACCOUNT
            }],
            ..Example::EMPTY
        },
        Example {
            rows: &[Row {
                cells: &[(Field::Name, "甲县水利"), (Field::LastUpdate, "长期未更新")],
                ..Row::ACCOUNT
            }],
            ..Example::EMPTY
        },
        Example {
            rows: &[Row {
                status: Status::Stale,
                cells: &[(Field::Name, "甲县林业"), (Field::Status, "停更")],
                ..Row::ACCOUNT
            }],
            ..Example::EMPTY
        },
    ],
    quiet: &[
        Example {
            rows: &[Row {
                cells: &[(Field::Name, "甲县发布"), (Field::LastUpdate, "2026-11-06")],
                ..Row::ACCOUNT
            }],
            ..Example::EMPTY
        },
        Example {
            rows: &[Row {
                cells: &[(Field::Name, "甲县发布"), (Field::LastUpdate, "2026-12-31")],
                ..Row::ACCOUNT
            }],
            ..Example::EMPTY
        },
        Example {
            rows: &[Row {
                status: Status::Closed,
                cells: &[(Field::Name, "旧号"), (Field::LastUpdate, "2024-01-01")],
                ..Row::ACCOUNT
            }],
            ..Example::EMPTY
        },
        Example {
            rows: &[Row { cells: &[(Field::Name, "甲县发布")], ..Row::ACCOUNT }],
            columns: &[Field::LastUpdate],
            ..Example::EMPTY
        },
    ],
    ..RuleMeta::BASE
};

pub(in super::super) fn check(case: &Case<'_>, sink: &mut Sink) {
    for account in case.live(Kind::Account) {
        sink.drafts.extend(judge(case, account));
    }
}

fn judge(case: &Case<'_>, account: AssetRef<'_>) -> Option<Draft> {
    let limit = case.ctx.settings.stale_days;
    if let Value::Date { date, inferred } = account.value(Field::LastUpdate) {
        let days = case.ctx.as_of.since(date).ok()?.get_days();
        let reason =
            Message::new("reason.no-update.since").with("date", date).with("days", days).with("limit", limit);
        let draft = Draft::on(account, Field::LastUpdate, reason);
        let draft = if inferred { draft.confidence(Confidence::Medium) } else { draft };
        return (days > limit).then_some(draft);
    }
    // "长期未更新" instead of a date: it says so, but not since when.
    if mention(case, account, &[Field::LastUpdate], &[Category::Zombie]).is_some() {
        let reason = Message::new("reason.no-update.stated").with("limit", limit);
        return Some(Draft::on(account, Field::LastUpdate, reason).confidence(Confidence::Medium));
    }
    let stale = account.meaning().status == Status::Stale && !account.value(Field::Status).is_missing();
    let reason = Message::new("reason.no-update.stated").with("limit", limit);
    stale.then(|| Draft::on(account, Field::Status, reason).confidence(Confidence::Low))
}
