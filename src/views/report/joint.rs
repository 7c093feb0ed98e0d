//! Proposals in which several items together go on with what one did (分别承接).
//!
//! For: the draft, the dashboard. Not for: working them out (`stages/plan/ways`). Invariant: one row per action that names
//! more than one successor, in the order of the plan.

use super::view::Build;
use super::{Cell, Listing};
use crate::scan::document::Action;

/// One row per such proposal.
pub(super) fn listing<'a>(build: &Build<'a>) -> Listing<'a> {
    let columns = [
        ("seq", 5),
        ("name", 18),
        ("kind", 9),
        ("unit", 20),
        ("action", 9),
        ("target", 20),
        ("joint-also", 28),
        ("why", 40),
    ];
    let actions: Vec<&Action> =
        build.document.plan.actions.iter().filter(|action| !action.also.is_empty()).collect();
    let b = build.clone();
    build.listing("joint", &columns, actions.len(), move |i| {
        let (action, names) = (actions[i], b.names);
        let asset = b.index.asset(&action.asset);
        let also: Vec<&str> = action.also.iter().map(|id| b.index.name(id)).collect();
        vec![
            Cell::Count(i as u64 + 1),
            Cell::text(b.index.name(&action.asset)),
            Cell::text(asset.map(|asset| names.kind(&asset.kind)).unwrap_or_default()),
            Cell::text(asset.map(|asset| names.owner(asset)).unwrap_or_default()),
            Cell::text(names.action(&action.action)),
            Cell::text(action.target.as_deref().map_or("", |id| b.index.name(id))),
            Cell::text(also.join(names.enumerated())),
            Cell::text(action.reason.as_str()),
        ]
    })
}
