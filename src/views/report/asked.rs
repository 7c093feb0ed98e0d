//! What several apps ask for (最多报一次).
//!
//! For: one row per form or job and place. Not for: finding or counting (`stages/matching`, `scan::figures`).

use super::view::Build;
use super::{Cell, Listing};
use crate::model::ActionKind;

/// One row per form or job that several apps ask for in one place: who asks, how many before and after.
pub(super) fn listing<'a>(build: &Build<'a>) -> Listing<'a> {
    let columns = [
        ("asked-what", 30),
        ("asked-by", 10),
        ("region", 20),
        ("asked-apps", 60),
        ("asking-before", 9),
        ("asking-after", 9),
    ];
    let b = build.clone();
    build.listing("asked", &columns, build.document.asked.len(), move |i| {
        let asked = &b.document.asked[i];
        let names = b.names;
        let what = if asked.by == "function" { names.function(&asked.what) } else { asked.what.clone() };
        let apps: Vec<String> = asked
            .assets
            .iter()
            .map(|id| {
                let owner = b.index.asset(id).map(|asset| names.owner(asset)).unwrap_or_default();
                names.fill("report.asked-app", &[("name", b.index.name(id)), ("unit", &owner)])
            })
            .collect();
        let action = |id: &&String| {
            b.index.position(id).and_then(|at| b.index.action(at)).and_then(|a| ActionKind::parse(&a.action))
        };
        let counted = |is: &dyn Fn(ActionKind) -> bool| {
            asked.assets.iter().filter(|id| action(id).is_some_and(is)).count() as u64
        };
        vec![
            Cell::text(what),
            Cell::text(names.text(&format!("report.asked.{}", asked.by))),
            Cell::text(asked.place.concat()),
            Cell::text(apps.join(names.comma())),
            Cell::Count(counted(&|kind| kind != ActionKind::None)),
            Cell::Count(counted(&ActionKind::leaves)),
        ]
    })
}
