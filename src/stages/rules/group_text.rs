//! The one checker for what a group demands of its members, by its rules or its name.

use super::case::Case;
use super::claim::{Claim, claim, exempt_sentence};
use super::practice::{mention, on_text};
use super::sink::{Draft, Sink};
use crate::knowledge::detect::{Category, Modality};
use crate::model::{AssetRef, Confidence, Field, Kind};

/// Where the demands of a group are written.
const TEXTS: &[Field] =
    &[Field::GroupRules, Field::GroupPurpose, Field::Description, Field::FunctionDesc, Field::Remark];

/// Reports every live group that asserts one of these practices, stated grounds permitting.
pub(super) fn check(case: &Case<'_>, sink: &mut Sink, categories: &[Category]) {
    for group in case.live(Kind::Group) {
        sink.drafts.extend(judge(case, group, categories));
    }
}

/// The finding on one group.
pub(super) fn judge(case: &Case<'_>, group: AssetRef<'_>, categories: &[Category]) -> Option<Draft> {
    let in_text = mention(case, group, TEXTS, categories);
    // A name shows what the group is for, not what is demanded in it.
    let named = in_text.is_none();
    let (field, label) =
        in_text.or_else(|| mention(case, group, &[group.record().name_field()], categories))?;
    // The clauses forbid compulsion; the mention that binds most is voluntary.
    if label.modality == Modality::Voluntary {
        return None;
    }
    let draft = on_text(group, field, label);
    let draft = if named { draft.confidence(Confidence::Low) } else { draft };
    match claim(case, group, exempt_sentence(group.text(field), label)) {
        Claim::Grounded => None,
        Claim::Ungrounded => Some(draft.claimed()),
        Claim::None => Some(draft),
    }
}
