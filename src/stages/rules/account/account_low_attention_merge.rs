//! 关注度低: accounts with few followers. There is no national figure.

use super::super::case::Case;
use super::super::meta::{Example, RuleMeta, asks, one};
use super::super::sink::{Draft, Sink};
use crate::model::{Confidence, Exactness, Field, Kind, Message, Value};

pub(in super::super) const META: RuleMeta = RuleMeta {
    id: "account-low-attention-merge",
    kinds: &[Kind::Account],
    clauses: &["circular-2018-123/4-1-close"],
    setting: "low_followers",
    confidence: Confidence::Low,
    exemptions: &["local-figure"],
    columns: &[Field::Followers],
    fires: &[Example {
        set: &[("low_followers", "1000")],
        ..one!(ACCOUNT, Name = "甲县林业", Followers = "320")
    }],
    quiet: &[
        one!(ACCOUNT, Name = "甲县林业", Followers = "320"),
        Example {
            set: &[("low_followers", "1000")], ..one!(ACCOUNT, Name = "甲县林业", Followers = "1000")
        },
        Example { set: &[("low_followers", "1000")], ..asks!([Followers], ACCOUNT, Name = "甲县林业") },
    ],
    ..RuleMeta::BASE
};

pub(in super::super) fn check(case: &Case<'_>, sink: &mut Sink) {
    let Some(limit) = case.ctx.settings.low_followers else { return };
    for account in case.live(Kind::Account) {
        let value = account.value(Field::Followers);
        // "1000以上" may be any number.
        let known = !matches!(value, Value::Count { exactness: Exactness::AtLeast, .. });
        if let Some(count) = value.as_count().filter(|&count| known && count < limit) {
            let reason = Message::new("reason.few-followers").with("count", count).with("limit", limit);
            sink.add(Draft::on(account, Field::Followers, reason).confidence(Confidence::Low));
        }
    }
}
