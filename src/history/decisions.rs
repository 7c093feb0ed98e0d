//! What people decided, as it stood at each scan: append-only, and a decision taken back is a row of its own.
//!
//! For: showing later which judgement a result rested on, and since when. Not for: where decisions come from (the
//! policy file, the returned ledger), nor for obeying them.

use super::read::list;
use super::{Fault, Store};
use crate::history::HistoryError;
use rusqlite::{Connection, params};
use std::collections::BTreeMap;

/// A decision in force.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Decision {
    /// `same`, `different`, `pin` or `waiver`.
    pub kind: &'static str,
    /// Asset id, or rule of a waiver.
    pub subject: String,
    /// The other asset, the action of a pin, or the asset of a waiver.
    pub object: String,
    /// Why.
    pub reason: String,
}

/// A row as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecisionRow {
    /// Its number.
    pub id: i64,
    /// The scan that first obeyed it, or first did not any more.
    pub scan: i64,
    /// When the program was told.
    pub made: String,
    /// As in [`Decision::kind`].
    pub kind: String,
    /// As in [`Decision::subject`].
    pub subject: String,
    /// As in [`Decision::object`].
    pub object: String,
    /// Why.
    pub reason: String,
    /// The row it takes back.
    pub retracts: Option<i64>,
    /// Whether it is about items of different scans, and in force until taken back.
    pub across: bool,
}

/// What a decision is known by: kind, subject, object, reason.
type Key = (String, String, String, String);

/// Appends what is new, and a retraction for what is in force no more.
pub(super) fn record(db: &Connection, scan: i64, made: &str, now: &[Decision]) -> Result<(), Fault> {
    let mut insert = db.prepare(
        "INSERT INTO decision (scan, made, kind, subject, object, reason, retracts) VALUES (?, ?, ?, ?, ?, ?, ?)",
    )?;
    let mut before: BTreeMap<Key, i64> = BTreeMap::new();
    // What was said of items of different scans stays in force by itself.
    for row in rows(db)?.into_iter().filter(|row| !row.across) {
        let key = (row.kind, row.subject, row.object, row.reason);
        match row.retracts {
            None => before.insert(key, row.id),
            Some(_) => before.remove(&key),
        };
    }
    let mut sorted = now.to_vec();
    sorted.sort();
    sorted.dedup();
    for d in sorted {
        let key = (d.kind.to_owned(), d.subject.clone(), d.object.clone(), d.reason.clone());
        if before.remove(&key).is_none() {
            insert.execute(params![scan, made, d.kind, d.subject, d.object, d.reason, None::<i64>])?;
        }
    }
    for ((kind, subject, object, reason), id) in before {
        insert.execute(params![scan, made, kind, subject, object, reason, id])?;
    }
    Ok(())
}

fn rows(db: &Connection) -> Result<Vec<DecisionRow>, Fault> {
    let sql =
        "SELECT id, scan, made, kind, subject, object, reason, retracts, across FROM decision ORDER BY id";
    list(db, sql, |row| {
        Ok(DecisionRow {
            id: row.get(0)?,
            scan: row.get(1)?,
            made: row.get(2)?,
            kind: row.get(3)?,
            subject: row.get(4)?,
            object: row.get(5)?,
            reason: row.get(6)?,
            retracts: row.get(7)?,
            across: row.get(8)?,
        })
    })
}

impl Store {
    /// Every decision ever recorded, and every retraction, in order.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn decisions(&self) -> Result<Vec<DecisionRow>, HistoryError> {
        self.at(rows(&self.db))
    }
}
