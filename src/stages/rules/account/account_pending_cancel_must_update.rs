//! 拟关停账号停更（地方口径）: accounts on their way out that stopped updating too early.

use super::super::case::Case;
use super::super::meta::{Example, Local, RuleMeta, one};
use super::super::sink::Sink;
use super::super::stale;
use crate::model::{Field, Kind, Severity, Status};

pub(in super::super) const META: RuleMeta = RuleMeta {
    id: "account-pending-cancel-must-update",
    kinds: &[Kind::Account],
    local: Some(Local::Days),
    severity: Severity::Advisory,
    columns: &[Field::LastUpdate],
    fires: &[Example {
        profiles: &["yangling-2025"],
        ..one!(ACCOUNT, Name = "甲县林业", LastUpdate = "2026-10-01"; status: Status::Closing)
    }],
    quiet: &[
        one!(ACCOUNT, Name = "甲县林业", LastUpdate = "2026-10-01"; status: Status::Closing),
        Example {
            profiles: &["yangling-2025"],
            ..one!(ACCOUNT, Name = "甲县林业", LastUpdate = "2026-11-10"; status: Status::Closing)
        },
        Example {
            profiles: &["yangling-2025"],
            ..one!(ACCOUNT, Name = "甲县林业", LastUpdate = "2026-10-01")
        },
    ],
    ..RuleMeta::BASE
};

pub(in super::super) fn check(case: &Case<'_>, sink: &mut Sink) {
    for local in case.local(META.id) {
        let closing = case.live(Kind::Account).filter(|a| a.meaning().status == Status::Closing);
        sink.drafts.extend(closing.filter_map(|account| stale::past(case, account, local)));
    }
}
