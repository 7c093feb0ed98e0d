//! What has become of the actions that the earlier plan proposed, told from the data.

use super::before::LEAVING;
use super::items::Frame;
use super::matched::day;
use super::{Item, Problem};
use crate::model::{Class, Progress};
use crate::scan::document::Asset;
use rustc_hash::FxHashMap;

/// States the progress of every action that asks for something to be done.
pub(super) fn judge(frame: &Frame<'_>, problems: &[Problem], items: &mut [Item]) {
    // Problems by item: how many are fixed, how many are there still.
    let mut repairs: FxHashMap<&str, (u32, u32)> = FxHashMap::default();
    for problem in problems {
        let (fixed, open) = repairs.entry(problem.asset.as_str()).or_default();
        match problem.class {
            Class::Fixed => *fixed += 1,
            Class::Kept | Class::Changed | Class::Relapsed => *open += 1,
            _ => {}
        }
    }
    for item in items {
        let planned = item.before.and_then(|at| frame.befores.list.get(at)).filter(|b| b.past.is_none());
        let Some(planned) = planned.map(|before| before.planned).filter(|action| !action.is_empty()) else {
            continue;
        };
        let asset = item.after.and_then(|at| frame.later.assets.get(at));
        let repairs = repairs.get(item.id.as_str()).copied().unwrap_or_default();
        let progress = match (planned, item.class, asset) {
            (_, Class::NotReported, _) => Some(Progress::Unknown),
            ("keep" | "keep-fix", _, None) => Some(Progress::Contradicted),
            ("keep" | "keep-fix", _, Some(asset)) if asset.status == "closed" => Some(Progress::Contradicted),
            ("keep-fix", _, Some(asset)) => Some(match repairs {
                (_, 0) => Progress::Done,
                (0, _) => waiting(asset, &frame.later.as_of),
                _ => Progress::UnderWay,
            }),
            (action, _, None) if LEAVING.contains(&action) => Some(Progress::Done),
            (action, _, Some(asset)) if LEAVING.contains(&action) => Some(leaving(asset, &frame.later.as_of)),
            _ => None,
        };
        item.plan = progress.map(|progress| (planned.to_owned(), progress));
    }
}

/// How far an item is that is to go and is still listed.
fn leaving(asset: &Asset, as_of: &str) -> Progress {
    let on = |field: &str| asset.fields.get(field).and_then(|f| f.value.as_str()).and_then(day);
    let today = day(as_of);
    let updated_after_closure = match (on("offline_date"), on("last_update")) {
        (Some(gone), Some(updated)) => updated > gone,
        _ => false,
    };
    match asset.status.as_str() {
        "closed" => Progress::Done,
        _ if updated_after_closure => Progress::Contradicted,
        "closing" => Progress::UnderWay,
        // Its own file dates the closure, and it is listed in use all the same.
        _ if on("offline_date").zip(today).is_some_and(|(gone, today)| gone <= today) => {
            Progress::Contradicted
        }
        _ => waiting(asset, as_of),
    }
}

/// Nothing to be seen yet: overdue when the deadline that the file states is over.
fn waiting(asset: &Asset, as_of: &str) -> Progress {
    let deadline = asset.fields.get("rectify_deadline").and_then(|f| f.value.as_str()).and_then(day);
    match deadline.zip(day(as_of)) {
        Some((deadline, today)) if deadline < today => Progress::Overdue,
        _ => Progress::Open,
    }
}
