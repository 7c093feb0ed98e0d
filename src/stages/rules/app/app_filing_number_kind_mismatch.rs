//! 备案编号填错类别: an ICP or police number where the number of the cyberspace authority belongs.

use super::super::case::Case;
use super::super::meta::{RuleMeta, one};
use super::super::sink::{Draft, Sink};
use crate::knowledge::text::{fold, words};
use crate::model::{Field, Kind, Message, Severity};

pub(in super::super) const META: RuleMeta = RuleMeta {
    id: "app-filing-number-kind-mismatch",
    kinds: &[Kind::App],
    clauses: &["measures-2026/5"],
    severity: Severity::Advisory,
    columns: &[Field::FilingNoCac],
    fires: &[
        one!(APP, Name = "甲县通", FilingNoCac = "示ICP备12345678号-2A"),
        one!(APP, Name = "甲县通", FilingNoCac = "示公网安备 99010002000001号"),
    ],
    quiet: &[
        one!(APP, Name = "甲县通", FilingNoCac = "示政应备2026-00123"),
        one!(APP, Name = "甲县通", FilingNoIcp = "示ICP备12345678号-2A"),
        one!(APP, Name = "甲县通", FilingNoCac = "办理中"),
    ],
    ..RuleMeta::BASE
};

pub(in super::super) fn check(case: &Case<'_>, sink: &mut Sink) {
    for app in case.live(Kind::App) {
        let number = fold(app.text(Field::FilingNoCac));
        if words("app-filing-number-kind-mismatch-others").iter().any(|other| number.contains(other)) {
            sink.add(Draft::on(app, Field::FilingNoCac, Message::new("reason.other-number")));
        }
    }
}
