//! What a plan achieves, in its strict order of importance.

use super::evidence::users;
use crate::model::{Action, ActionKind, AssetTable, Objective, Weights};

/// Adds up the four aims over all actions, staff burden by `weights`.
pub(super) fn objective(assets: &AssetTable, actions: &[Action], weights: &Weights) -> Objective {
    let mut sum = Objective::default();
    for action in actions {
        let meaning = assets.get(action.asset).meaning();
        if action.kind.leaves() {
            sum.items += 1;
            sum.staff_burden += weights.of(meaning);
            sum.repairs += u64::from(action.kind == ActionKind::KeepFix);
        } else if action.kind.has_target() {
            sum.users_moved += users(assets, action.asset);
        }
    }
    sum
}
