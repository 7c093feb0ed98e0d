//! The one checker for local deadlines of updating: a date older than the days of a clause.

use super::case::Case;
use super::sink::Draft;
use crate::model::{AssetRef, Confidence, Field, LocalRule, Message, Value};

/// The finding where the last update is more days ago than the clause allows; without a date, none.
pub(super) fn past(case: &Case<'_>, asset: AssetRef<'_>, local: &LocalRule) -> Option<Draft> {
    let Value::Date { date, inferred } = asset.value(Field::LastUpdate) else { return None };
    let (days, limit) = (case.days_since(date), local.days?);
    let reason =
        Message::new("reason.stale-local").with("date", date).with("days", days).with("limit", limit);
    let draft = Draft::on(asset, Field::LastUpdate, reason).under(local.clause);
    let draft = if inferred { draft.confidence(Confidence::Medium) } else { draft };
    (days > limit).then_some(draft)
}
