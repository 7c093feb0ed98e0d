//! Items across time: one row each, changed only when something happens to it.

use super::{Fault, NewScan, pack, read};
use crate::changes::Item;
use crate::model::Class;
use crate::scan::document::Asset;
use rusqlite::{Connection, params};
use std::collections::BTreeMap;

/// Brings the items up to a scan.
pub(super) fn record(db: &Connection, scan: i64, new: &NewScan<'_>) -> Result<(), Fault> {
    let Some(changes) = new.changes else { return first(db, scan, new) };
    let listed: BTreeMap<String, i64> =
        read::list(db, "SELECT asset, uid FROM item WHERE listed = 1", |row| Ok((row.get(0)?, row.get(1)?)))?
            .into_iter()
            .collect();
    // Positions of a comparison count the earlier scan's items first, then what is remembered in this order.
    let past: Vec<i64> = read::remembered(db)?.into_iter().map(|(uid, _)| uid).collect();
    let own = changes.from.items;
    let book = Book { db, scan, as_of: &new.document.as_of };
    for item in &changes.items {
        let asset = item.after.and_then(|at| new.document.assets.get(at));
        let uid = match item.before {
            _ if is_as_it_was(item, own) => continue,
            None => None,
            Some(at) if at < own => {
                let id = if asset.is_some() { item.was.as_ref().unwrap_or(&item.id) } else { &item.id };
                Some(*listed.get(id).ok_or_else(|| Fault::Damaged(format!("item {id}")))?)
            }
            Some(at) => past.get(at - own).copied(),
        };
        match (asset, uid) {
            (Some(asset), Some(uid)) => book.shown(uid, asset, item)?,
            (Some(asset), None) => {
                let taken = item.was.as_ref().filter(|_| item.class == Class::Rebranded);
                book.added(asset, taken.and_then(|was| listed.get(was).copied()))?;
            }
            (None, Some(uid)) => book.left(uid, item, new)?,
            (None, None) => {}
        }
    }
    Ok(())
}

/// Whether an item was listed then and is now, under the same id and as it was: its row says so already.
fn is_as_it_was(item: &Item, own: usize) -> bool {
    item.class == Class::Kept
        && item.was.is_none()
        && item.after.is_some()
        && item.before.is_some_and(|at| at < own)
}

fn first(db: &Connection, scan: i64, new: &NewScan<'_>) -> Result<(), Fault> {
    let book = Book { db, scan, as_of: &new.document.as_of };
    new.document.assets.iter().try_for_each(|asset| book.added(asset, None))
}

struct Book<'a> {
    db: &'a Connection,
    scan: i64,
    as_of: &'a str,
}

/// The state of a listed item.
fn state(asset: &Asset) -> &'static str {
    if asset.status == "closed" { "closed" } else { "live" }
}

impl Book<'_> {
    /// A new item.
    fn added(&self, asset: &Asset, successor_of: Option<i64>) -> Result<(), Fault> {
        let mut insert = self.db.prepare_cached(
            "INSERT INTO item (asset, first_scan, listed, state, since, since_scan, successor_of) \
             VALUES (?, ?, 1, ?, ?, ?, ?)",
        )?;
        insert.execute(params![asset.id, self.scan, state(asset), self.as_of, self.scan, successor_of])?;
        Ok(())
    }

    /// A known item that is listed; untouched when nothing happened to it.
    fn shown(&self, uid: i64, asset: &Asset, item: &Item) -> Result<(), Fault> {
        if item.class == Class::Kept && item.was.is_none() && item.before.is_some() {
            // It may still have been away.
            let mut back = self.db.prepare_cached(
                "UPDATE item SET listed = 1, body = NULL, planned = '', state = ?, since = ?, since_scan = ? \
                 WHERE uid = ? AND listed = 0",
            )?;
            back.execute(params![state(asset), self.as_of, self.scan, uid])?;
            return Ok(());
        }
        let mut update = self.db.prepare_cached(
            "UPDATE item SET asset = ?1, listed = 1, body = NULL, planned = '', \
             since = CASE state WHEN ?2 THEN since ELSE ?3 END, \
             since_scan = CASE state WHEN ?2 THEN since_scan ELSE ?4 END, state = ?2 WHERE uid = ?5",
        )?;
        update.execute(params![asset.id, state(asset), self.as_of, self.scan, uid])?;
        Ok(())
    }

    /// An item that is listed no more: kept as last seen.
    fn left(&self, uid: i64, item: &Item, new: &NewScan<'_>) -> Result<(), Fault> {
        let Some(last) = item.last.as_ref() else {
            return Err(Fault::Damaged(format!("item {} of the scan of {}", item.id, new.document.as_of)));
        };
        let json = serde_json::to_vec(last).map_err(|error| Fault::Damaged(error.to_string()))?;
        let gone = if item.class == Class::NotReported { "not-reported" } else { "gone" };
        let mut update = self.db.prepare_cached(
            "UPDATE item SET listed = 0, body = ?1, planned = ?2, \
             since = CASE WHEN state = 'closed' AND ?3 = 'gone' THEN since ELSE ?4 END, \
             since_scan = CASE WHEN state = 'closed' AND ?3 = 'gone' THEN since_scan ELSE ?5 END, \
             state = CASE WHEN state = 'closed' AND ?3 = 'gone' THEN 'closed' ELSE ?3 END WHERE uid = ?6",
        )?;
        update.execute(params![pack::squeeze(&json)?, item.planned, gone, self.as_of, self.scan, uid])?;
        Ok(())
    }
}
