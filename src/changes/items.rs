//! One entry per item: what happened to it, and why.

use super::absence::Received;
use super::before::{Before, Befores, Earlier, LEAVING, PastState};
use super::identity::Links;
use super::matched::{Successor, closed_on};
use super::{Condition, Item, Origin, cells, conditions};
use crate::model::{Cause, Class, Message};
use crate::scan::document::{Asset, ScanDocument};
use std::collections::BTreeMap;

/// What every part of a comparison looks at.
pub(super) struct Frame<'a> {
    pub(super) earlier: &'a Earlier<'a>,
    pub(super) later: &'a ScanDocument,
    pub(super) befores: &'a Befores<'a>,
    pub(super) links: &'a Links,
    pub(super) conditions: &'a [Condition],
}

/// The entries, first those of the later scan in its order, then what is there no more.
pub(super) fn items(frame: &Frame<'_>, successors: &BTreeMap<usize, Successor>) -> Vec<Item> {
    let (earlier, later) = (frame.earlier.scan, frame.later);
    let came = Received::new(later, earlier, &|at| {
        frame.links.of_after[at].as_ref().is_some_and(|link| frame.befores.list[link.before].past.is_none())
    });
    let went = Received::new(earlier, later, &|at| frame.links.of_before[at].is_some());
    let mut items = Vec::with_capacity(later.assets.len());
    for (at, asset) in later.assets.iter().enumerate() {
        let mut item = match (&frame.links.of_after[at], successors.get(&at)) {
            (Some(link), _) => Item {
                linked: Some(link.by),
                evidence: link.evidence.clone(),
                before: Some(link.before),
                ..known(frame, &frame.befores.list[link.before], asset)
            },
            (None, Some(successor)) => rebranded(frame, successor, asset),
            (None, None) => new(asset, came.missing(asset)),
        };
        item.after = Some(at);
        items.push(item);
    }
    for (at, before) in frame.befores.listed().filter(|(at, _)| frame.links.of_before[*at].is_none()) {
        let missing = went.missing(before.asset);
        let (class, cause, reason) = match missing {
            Some(why) => (Class::NotReported, Cause::Reporting, why),
            None if before.is_closed() => {
                (Class::Gone, Cause::World, Message::new("changes.reason.gone-closed"))
            }
            None if LEAVING.contains(&before.planned) => {
                let action = format!("@action.{}", before.planned);
                (
                    Class::Gone,
                    Cause::World,
                    Message::new("changes.reason.gone-planned").with("action", action),
                )
            }
            None => (Class::Gone, Cause::World, Message::new("changes.reason.gone")),
        };
        items.push(Item {
            class,
            cause,
            reason,
            before: Some(at),
            last: Some(Box::new(before.asset.clone())),
            planned: before.planned.to_owned(),
            ..Item::about(before.asset)
        });
    }
    items
}

/// An item that is known from before.
fn known(frame: &Frame<'_>, before: &Before<'_>, asset: &Asset) -> Item {
    let mut item = Item::about(asset);
    item.was = (before.asset.id != asset.id).then(|| before.asset.id.clone());
    item.cells = cells::differences(before.asset, asset);
    if before.is_closed() && asset.status != "closed" {
        let origin = origin(frame, before);
        item.cells.extend(cells::status(before.asset, asset));
        item.reason =
            Message::new("changes.reason.revived").with("closed", &origin.closed).with("by", by(origin.by));
        return Item { class: Class::Revived, origin: Some(origin), ..item };
    }
    match before.past.map(|past| (past.state, past)) {
        Some((PastState::NotReported, past)) => {
            item.class = if item.cells.is_empty() { Class::Kept } else { Class::Changed };
            item.cause = Cause::Reporting;
            item.reason = Message::new("changes.reason.reported-again").with("since", &past.since);
            return item;
        }
        Some((PastState::Gone, past)) => {
            item.class = Class::Changed;
            item.reason = Message::new("changes.reason.listed-again").with("since", &past.since);
            return item;
        }
        _ => {}
    }
    let was_live = before.asset.status != "closed";
    let is_closed_now = was_live && asset.status == "closed";
    let key = if is_closed_now { "changes.reason.closed" } else { "changes.reason.changed" };
    if !item.cells.is_empty() {
        item.class = Class::Changed;
        item.reason = Message::new(key).with("count", item.cells.len());
        return item;
    }
    // Cells that are stored only as what they were understood to be: a status, a level, a kind.
    item.cells = cells::understood(before.asset, asset);
    item.cells.extend(cells::status(before.asset, asset));
    if item.cells.is_empty() {
        item.class = Class::Kept;
        item.reason = Message::new("changes.reason.kept");
        return item;
    }
    item.class = Class::Changed;
    if let Some(cause) = conditions::ours(frame.conditions) {
        item.cause = cause;
        item.reason =
            Message::new("changes.reason.understood").with("cause", format!("@changes.cause.{cause}"));
    } else {
        item.reason = Message::new(key).with("count", item.cells.len());
    }
    item
}

/// An item that was not known before.
fn new(asset: &Asset, never_sent: Option<Message>) -> Item {
    let (cause, reason) = match never_sent {
        Some(_) => {
            (Cause::Reporting, Message::new("changes.reason.first-report").with("file", &asset.source.file))
        }
        None => (Cause::World, Message::new("changes.reason.new")),
    };
    Item { class: Class::New, cause, reason, ..Item::about(asset) }
}

/// A newly listed item that does what a closed one, or one that is gone, did.
fn rebranded(frame: &Frame<'_>, successor: &Successor, asset: &Asset) -> Item {
    let before = &frame.befores.list[successor.before];
    let origin = origin(frame, before);
    Item {
        class: Class::Rebranded,
        was: Some(before.asset.id.clone()),
        evidence: successor.evidence.clone(),
        reason: Message::new("changes.reason.rebranded")
            .with("name", &origin.name)
            .with("closed", &origin.closed)
            .with("by", by(origin.by)),
        origin: Some(origin),
        ..Item::about(asset)
    }
}

fn by(by: &str) -> String {
    format!("@changes.by.{by}")
}

/// Where the closure of an item stands.
fn origin(frame: &Frame<'_>, before: &Before<'_>) -> Origin {
    let seen = frame.earlier.memory.closed.get(&before.asset.id).filter(|_| before.past.is_none());
    let scan = before.past.map(|past| &past.since).or(seen).unwrap_or(&frame.earlier.scan.as_of);
    let by = match (before.asset.status == "closed", before.is_closed()) {
        (true, _) => "status",
        (false, true) => "plan",
        (false, false) => "list",
    };
    Origin {
        id: before.asset.id.clone(),
        name: before.asset.name.clone(),
        closed: closed_on(before).map_or_else(|| scan.clone(), |day| day.to_string()),
        scan: scan.clone(),
        by,
    }
}
