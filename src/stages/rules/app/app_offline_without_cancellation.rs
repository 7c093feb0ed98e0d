//! 已下线未办理注销: gone from use, but never deregistered.

use super::super::answers::is_no;
use super::super::case::Case;
use super::super::demand::unmet;
use super::super::meta::{RuleMeta, asks, one};
use super::super::sink::Sink;
use crate::knowledge::text::{fold, words};
use crate::model::{Confidence, Field, Kind, Status};

pub(in super::super) const META: RuleMeta = RuleMeta {
    id: "app-offline-without-cancellation",
    kinds: &[Kind::App],
    clauses: &["measures-2026/shutdown-notice"],
    confidence: Confidence::Medium,
    exemptions: &["being-cancelled"],
    columns: &[Field::CancelRecord],
    fires: &[
        one!(APP, Name = "甲县通", Status = "已下线", CancelRecord = "未注销"; status: Status::Closed),
        asks!([CancelRecord], APP, Name = "甲县通", Status = "停用"; status: Status::Stale),
    ],
    quiet: &[
        one!(APP, Name = "甲县通", Status = "已下线", CancelRecord = "已注销"; status: Status::Closed),
        one!(APP, Name = "甲县通", Status = "已下线"; status: Status::Closed),
        asks!([CancelRecord], APP, Name = "甲县通", Status = "已注销"; status: Status::Closed),
        asks!([CancelRecord], APP, Name = "甲县通", Status = "在用"),
        one!(APP, Name = "甲县通", Status = "已下线", CancelRecord = "注销中"; status: Status::Closed),
    ],
    ..RuleMeta::BASE
};

pub(in super::super) fn check(case: &Case<'_>, sink: &mut Sink) {
    for app in case.all(Kind::App).filter(|&a| case.asks(a, META.columns)) {
        let status = fold(app.text(Field::Status));
        let offline =
            words("app-offline-without-cancellation-offline").iter().any(|word| status.contains(word))
                && !["拟", "待", "未", "计划", "注销", "即将"].iter().any(|word| status.contains(word));
        if offline {
            let record = fold(app.text(Field::CancelRecord));
            let under_way =
                ["中", "正在", "申请", "办理"].iter().any(|w| record.contains(w)) && !is_no(&record);
            let draft = unmet(case, app, Field::CancelRecord).filter(|_| !under_way);
            sink.drafts.extend(draft.map(|d| d.also(app, Field::Status).confidence(Confidence::Medium)));
        }
    }
}
