//! 注销后重新上线: recorded as deregistered, and in use again.

use super::super::case::Case;
use super::super::meta::{RuleMeta, one};
use super::super::sink::{Draft, Sink};
use super::super::stated::stated;
use crate::knowledge::detect::Fact;
use crate::knowledge::text::{fold, words};
use crate::model::{AssetRef, Confidence, Field, Kind, Message, Status};

pub(in super::super) const META: RuleMeta = RuleMeta {
    id: "account-revived-after-cancel",
    kinds: &[Kind::Account],
    clauses: &["circular-2018-123/4-1-filing"],
    confidence: Confidence::Medium,
    exemptions: &["filed-anew"],
    columns: &[Field::CancelRecord, Field::OfflineDate, Field::Remark, Field::ProblemCategory],
    fires: &[
        one!(ACCOUNT, Name = "甲县林业", Status = "在用", CancelRecord = "已注销"; status: Status::Closed),
        one!(ACCOUNT, Name = "甲县林业", Remark = "注销后又重新启用"),
        one!(ACCOUNT, Name = "甲县林业", OfflineDate = "2026-03-01", LastUpdate = "2026-11-10"),
    ],
    quiet: &[
        one!(ACCOUNT, Name = "甲县林业", Status = "已注销", CancelRecord = "已注销"; status: Status::Closed),
        one!(ACCOUNT, Name = "甲县林业", Status = "在用", CancelRecord = "未注销"),
        one!(ACCOUNT, Name = "甲县林业", OfflineDate = "2026-03-01", LastUpdate = "2026-02-10"; status: Status::Closed),
        one!(ACCOUNT, Name = "甲县林业", Status = "在用", CancelRecord = "已注销", RefiledDate = "2026-05-01"; status: Status::Closed),
    ],
    ..RuleMeta::BASE
};

pub(in super::super) fn check(case: &Case<'_>, sink: &mut Sink) {
    for account in case.all(Kind::Account).filter(|a| a.value(Field::RefiledDate).is_missing()) {
        sink.drafts.extend(judge(case, account));
    }
}

fn judge(case: &Case<'_>, account: AssetRef<'_>) -> Option<Draft> {
    let any = |field, words: &[&str]| {
        let text = fold(account.text(field));
        words.iter().any(|word| text.contains(word))
            && !["未", "不", "拟"].iter().any(|w| text.starts_with(w))
    };
    if any(Field::CancelRecord, words("account-revived-after-cancel-done"))
        && any(Field::Status, words("account-revived-after-cancel-in-use"))
    {
        let draft = Draft::on(account, Field::CancelRecord, Message::new("reason.revived-status"));
        return Some(draft.also(account, Field::Status).confidence(Confidence::Medium));
    }
    let day = |field| account.value(field).as_date();
    if let (Some(gone), Some(updated)) = (day(Field::OfflineDate), day(Field::LastUpdate))
        && gone < updated
        && updated <= case.ctx.as_of
    {
        let reason = Message::new("reason.revived-dates").with("gone", gone).with("updated", updated);
        let draft = Draft::on(account, Field::LastUpdate, reason);
        return Some(draft.also(account, Field::OfflineDate).confidence(Confidence::Medium));
    }
    stated(case, account, Fact::Revived)
}
