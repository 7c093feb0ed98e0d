//! What a plan achieves, in its strict order of importance.

use super::evidence::users;
use crate::model::{Action, ActionKind, AssetTable, Audience, Kind, Meaning, Objective};

/// Adds up the four aims over all actions, staff burden as `burden` has it.
pub fn objective(assets: &AssetTable, actions: &[Action]) -> Objective {
    let mut sum = Objective::default();
    for action in actions {
        let meaning = assets.get(action.asset).meaning();
        if action.kind.leaves() {
            sum.items += 1;
            sum.staff_burden += burden(meaning);
            sum.repairs += u64::from(action.kind == ActionKind::KeepFix);
        } else if action.kind.has_target() {
            sum.users_moved += users(assets, action.asset);
        }
    }
    sum
}

/// How much one kept item burdens staff (基层负担): an item that staff must deal with counts by how far down it reaches,
/// 1 for the central level to 6 for the village; work groups are always staff-facing. An item of unknown
/// level counts as the county's, where most grassroots staff are.
pub(super) fn burden(meaning: &Meaning) -> u64 {
    let for_staff =
        matches!(meaning.audience, Audience::Staff | Audience::Both) || meaning.kind == Kind::Group;
    if for_staff { u64::from(meaning.level.depth().unwrap_or(3)) + 1 } else { 0 }
}
