//! What must happen for an action, in order.

use crate::model::{ActionKind, Kind, Step};

/// The steps of an action on an item of a kind. Nothing for items that simply stay.
///
/// A public face is announced before it goes and kept up until it is deregistered, so that nobody is sent
/// to a dead page; a group is told and archived.
pub(super) fn steps(action: ActionKind, kind: Kind) -> Vec<Step> {
    use Step::{
        Announce, AskForAccess, Confirm, Deregister, DissolveGroup, KeepUpdating, MoveUsers, Repair, Report,
    };
    match (action, kind) {
        (ActionKind::KeepFix, _) => vec![Repair, Report, Confirm],
        (ActionKind::Merge | ActionKind::Dissolve | ActionKind::Close, Kind::Group) => {
            vec![DissolveGroup, Report, Confirm]
        }
        (ActionKind::Migrate, _) => {
            vec![AskForAccess, Announce, MoveUsers, KeepUpdating, Deregister, Report, Confirm]
        }
        (ActionKind::Merge, _) => vec![Announce, MoveUsers, KeepUpdating, Deregister, Report, Confirm],
        (ActionKind::Close | ActionKind::Dissolve, _) => {
            vec![Announce, KeepUpdating, Deregister, Report, Confirm]
        }
        (ActionKind::Keep | ActionKind::Refer | ActionKind::None, _) => vec![],
    }
}
