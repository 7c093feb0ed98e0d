//! 关停注销前未发布公告: closed, or about to be, without a notice beforehand.

use super::super::case::Case;
use super::super::meta::{RuleMeta, asks, one};
use super::super::sink::{Draft, Sink};
use crate::knowledge::text::{fold, words};
use crate::model::{AssetRef, Confidence, Field, Kind, Message, Status, Value};
use jiff::civil::Date;

pub(in super::super) const META: RuleMeta = RuleMeta {
    id: "app-shutdown-without-notice",
    kinds: &[Kind::App],
    clauses: &["measures-2026/shutdown-notice", "opinions-2023/shells-and-zombies"],
    confidence: Confidence::Medium,
    exemptions: &["silence"],
    columns: &[Field::NoticeDate],
    fires: &[
        asks!([NoticeDate], APP, Name = "甲县通", OfflineDate = "2026-09-01"; status: Status::Closed),
        one!(APP, Name = "甲县通", OfflineDate = "2026-09-01", NoticeDate = "2026-09-10"; status: Status::Closed),
        asks!([NoticeDate], APP, Name = "甲县通", Disposal = "关停注销"),
    ],
    quiet: &[
        one!(APP, Name = "甲县通", OfflineDate = "2026-09-01", NoticeDate = "2026-08-01"; status: Status::Closed),
        one!(APP, Name = "甲县通", OfflineDate = "2026-09-01"; status: Status::Closed),
        asks!([NoticeDate], APP, Name = "甲县通", Disposal = "保留"),
        asks!([NoticeDate], APP, Name = "甲县通", OfflineDate = "2020-09-01"; status: Status::Closed),
    ],
    ..RuleMeta::BASE
};

pub(in super::super) fn check(case: &Case<'_>, sink: &mut Sink) {
    // Notices came with the 2023 Opinions: what was closed before then needed none.
    let Some(since) = case.ctx.clauses.get("opinions-2023/shells-and-zombies").map(|c| c.issued) else {
        return;
    };
    for app in case.all(Kind::App).filter(|&a| case.asks(a, META.columns)) {
        let closed = app.value(Field::OfflineDate).as_date();
        if closed.is_none_or(|day| day >= since) {
            sink.drafts.extend(judge(app, closed));
        }
    }
}

fn judge(app: AssetRef<'_>, closed: Option<Date>) -> Option<Draft> {
    let (key, field, confidence) = match (app.value(Field::NoticeDate), closed) {
        (Value::Date { date, .. }, Some(closed)) if date >= closed => {
            ("reason.notice-late", Field::NoticeDate, Confidence::High)
        }
        (Value::Missing, Some(_)) => ("reason.notice-blank", Field::OfflineDate, Confidence::Medium),
        (Value::Missing, None) => {
            let disposal = fold(app.text(Field::Disposal));
            let ends = words("app-shutdown-without-notice-ends").iter().any(|word| disposal.contains(word))
                && !disposal.contains(['不', '未', '暂']);
            if !ends || disposal.starts_with('已') {
                return None;
            }
            ("reason.notice-due", Field::Disposal, Confidence::Low)
        }
        _ => return None,
    };
    Some(Draft::on(app, field, Message::new(key)).also(app, Field::NoticeDate).confidence(confidence))
}
