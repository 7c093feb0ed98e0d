//! The stock and how it came about: opening, additions, removals, closing, by kind.

use super::before::actions;
use super::items::Frame;
use super::{Balance, Item};
use crate::model::{Cause, Class};
use crate::scan::document::{Action, Asset};
use rustc_hash::FxHashMap;

/// Kinds that are counted; their sum comes last.
const KINDS: [&str; 3] = ["app", "account", "group"];

/// The balance of every kind, and of all.
pub(super) fn balance(frame: &Frame<'_>, items: &[Item]) -> Vec<Balance> {
    let (before, after) = (actions(frame.earlier.scan), actions(frame.later));
    KINDS
        .iter()
        .map(|kind| Some(*kind))
        .chain([None])
        .map(|kind| of(kind, frame, items, &before, &after))
        .collect()
}

/// The balance of one kind, or of all.
fn of(
    kind: Option<&str>,
    frame: &Frame<'_>,
    items: &[Item],
    before: &FxHashMap<&str, &Action>,
    after: &FxHashMap<&str, &Action>,
) -> Balance {
    let is_of = |asset: &Asset| match kind {
        Some(kind) => asset.kind == kind,
        None => KINDS.contains(&asset.kind.as_str()),
    };
    // As the figures count: what is closed or a second listing has no action.
    let counts = |asset: &Asset, plan: &FxHashMap<&str, &Action>| {
        is_of(asset) && plan.get(asset.id.as_str()).is_some_and(|action| action.action != "none")
    };
    let mut sum = Balance { kind: kind.unwrap_or("all").to_owned(), ..Balance::default() };
    for item in items {
        let old = item.before.and_then(|at| frame.befores.list.get(at)).filter(|b| b.past.is_none());
        let new = item.after.and_then(|at| frame.later.assets.get(at));
        let was = old.is_some_and(|old| counts(old.asset, before));
        let is = new.is_some_and(|new| counts(new, after));
        sum.opening += u64::from(was);
        sum.closing += u64::from(is);
        let stock = match (was, is) {
            (true, false) => match (item.class, new) {
                (Class::NotReported, _) => &mut sum.not_reported,
                (_, None) => &mut sum.removed,
                (_, Some(asset)) if asset.status == "closed" => &mut sum.removed,
                _ => &mut sum.recounted_out,
            },
            (false, true) => match (item.class, item.cause) {
                (_, Cause::Reporting) => &mut sum.first_reported,
                (Class::New | Class::Revived | Class::Rebranded, _) => &mut sum.added,
                _ if old.is_none() => &mut sum.added,
                _ => &mut sum.recounted_in,
            },
            _ => continue,
        };
        *stock += 1;
    }
    sum
}
