//! 未提供有效互动功能: an account to which nobody can write, as its own column says.

use super::super::case::Case;
use super::super::demand::denied;
use super::super::meta::{RuleMeta, asks, one};
use super::super::sink::Sink;
use crate::model::{Field, Kind};

pub(in super::super) const META: RuleMeta = RuleMeta {
    id: "account-no-interaction",
    kinds: &[Kind::Account],
    clauses: &["indicators-2019-19/veto-interaction"],
    exemptions: &["silence"],
    columns: &[Field::Interaction],
    fires: &[one!(ACCOUNT, Name = "甲县发布", Interaction = "否")],
    quiet: &[
        one!(ACCOUNT, Name = "甲县发布", Interaction = "是"),
        asks!([Interaction], ACCOUNT, Name = "甲县发布"),
        one!(APP, Name = "甲县通", Interaction = "否"),
    ],
    ..RuleMeta::BASE
};

pub(in super::super) fn check(case: &Case<'_>, sink: &mut Sink) {
    sink.drafts
        .extend(case.live(Kind::Account).filter_map(|account| denied(case, account, Field::Interaction)));
}
