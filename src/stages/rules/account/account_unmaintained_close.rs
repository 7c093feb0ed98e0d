//! 确属无力维护: nobody can look after it any more.

use super::super::case::Case;
use super::super::meta::{RuleMeta, asks, one};
use super::super::sink::Sink;
use super::super::stated::stated;
use crate::knowledge::detect::Fact;
use crate::model::{Confidence, Field, Kind};

pub(in super::super) const META: RuleMeta = RuleMeta {
    id: "account-unmaintained-close",
    kinds: &[Kind::Account],
    clauses: &["circular-2018-123/4-1-close"],
    confidence: Confidence::Medium,
    exemptions: &["silence"],
    columns: &[Field::Remark, Field::Description, Field::ProblemCategory, Field::Maintainer],
    fires: &[one!(ACCOUNT, Name = "甲县林业", Remark = "人员调整后无人维护")],
    quiet: &[
        one!(ACCOUNT, Name = "甲县林业", Remark = "由办公室专人维护"),
        asks!([Maintainer], ACCOUNT, Name = "甲县林业"),
        one!(ACCOUNT, Name = "甲县林业", Remark = "避免无人维护，已明确责任人"),
    ],
    ..RuleMeta::BASE
};

pub(in super::super) fn check(case: &Case<'_>, sink: &mut Sink) {
    sink.drafts
        .extend(case.live(Kind::Account).filter_map(|account| stated(case, account, Fact::Unmaintained)));
}
