//! The one checker for what a clause demands and a column answers: approval, acceptance, interaction …

use super::answers::is_no;
use super::case::{Case, cell_text};
use super::sink::Draft;
use crate::knowledge::text::{fold, words};
use crate::model::{AssetRef, Confidence, Field, FieldType, Message};

/// What the cell of a demanded thing says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Met {
    /// It is there, or the cell does not tell.
    Yes,
    /// The cell says that it is not.
    No,
    /// The table asks and nothing is written.
    Blank,
    /// The table does not ask.
    Unasked,
}

/// Reads the cell.
pub(super) fn met(case: &Case<'_>, asset: AssetRef<'_>, field: Field) -> Met {
    if let Some(flag) = asset.value(field).as_flag() {
        return if flag { Met::Yes } else { Met::No };
    }
    if asset.value(field).is_missing() {
        return if case.asks(asset, &[field]) { Met::Blank } else { Met::Unasked };
    }
    let folded = fold(&cell_text(asset, field));
    let no = field.field_type() != FieldType::Flag && is_no(&folded);
    let exempt = ["无需", "不需", "不纳入", "不涉及", "不适用"].iter().any(|w| folded.starts_with(w));
    if (no && !exempt) || words("demand-refused").iter().any(|word| folded.contains(word)) {
        Met::No
    } else {
        Met::Yes
    }
}

/// The finding where the demand is not met: sure where the cell says so, less so where it is blank.
pub(super) fn unmet(case: &Case<'_>, asset: AssetRef<'_>, field: Field) -> Option<Draft> {
    match met(case, asset, field) {
        Met::No => Some(Draft::on(asset, field, Message::new("reason.demand.stated"))),
        Met::Blank => {
            let reason = Message::new("reason.demand.blank").with("field", format!("@field.{field}"));
            Some(Draft::on(asset, field, reason).confidence(Confidence::Medium))
        }
        Met::Yes | Met::Unasked => None,
    }
}

/// The same, for what no clause wants in writing: a blank cell says nothing.
pub(super) fn denied(case: &Case<'_>, asset: AssetRef<'_>, field: Field) -> Option<Draft> {
    let denied = met(case, asset, field) == Met::No;
    denied.then(|| Draft::on(asset, field, Message::new("reason.demand.stated")))
}
