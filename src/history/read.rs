//! What is in a store: scans, runs, events, and what is remembered for the next comparison.

use super::before::{item, problem};
use super::{Fault, HistoryError, Store, Trend, pack};
use crate::changes::{Memory, PastItem, PastProblem};
use crate::scan::document::ScanDocument;
use rusqlite::{Connection, OptionalExtension as _, Row};

/// A scan as listed.
#[derive(Clone, Debug, PartialEq)]
pub struct ScanRow {
    /// Its number.
    pub id: i64,
    /// The day it was judged by.
    pub as_of: String,
    /// When it was made.
    pub made: String,
    /// Program and version.
    pub tool: String,
    /// Files read.
    pub inputs: u64,
    /// Items.
    pub items: u64,
    /// Problems.
    pub problems: u64,
    /// BLAKE3 of its `scan.json`.
    pub digest: String,
    /// Figures and counts.
    pub trend: Trend,
    /// Its link in the chain.
    pub chain: String,
    /// Whether its content is still there.
    pub whole: bool,
    /// What stands for the evidence folder that it used; empty where it used none.
    pub evidence: String,
    /// Pages of items that it rested on.
    pub pages: u64,
}

/// A run as listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunRow {
    /// Its number.
    pub id: i64,
    /// When it began.
    pub started: String,
    /// When it ended; empty while it runs.
    pub ended: String,
    /// `running`, `done`, `failed` or `interrupted`.
    pub outcome: String,
    /// The scan that it made.
    pub scan: Option<i64>,
    /// Why it failed.
    pub message: String,
}

/// Something that happened, as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventRow {
    /// The scan that showed it.
    pub scan: i64,
    /// `item` or `problem`.
    pub about: String,
    /// Class.
    pub class: String,
    /// Cause.
    pub cause: String,
    /// Item id.
    pub asset: String,
    /// Its name.
    pub name: String,
    /// Its owner.
    pub unit: String,
    /// Rule of a problem.
    pub rule: String,
    /// Earlier id, or the closed item's.
    pub was: String,
}

/// A scan with its content.
#[derive(Clone, Debug)]
pub struct Stored {
    /// Its row.
    pub row: ScanRow,
    /// The bytes of its `scan.json`.
    pub text: Vec<u8>,
    /// The scan, as far as comparing looks at it ([`ScanDocument::parse_to_compare`]).
    pub document: ScanDocument,
}

const SCAN: &str = "SELECT id, as_of, made, tool, inputs, items, problems, digest, trend, chain, body IS NOT NULL, evidence, \
    (SELECT coalesce(sum(2 * used - 1), 0) FROM evidence WHERE evidence.scan <= scan.id) FROM scan";

fn scan_row(row: &Row<'_>) -> rusqlite::Result<ScanRow> {
    let count = |at: usize| row.get::<_, i64>(at).map(|n| u64::try_from(n).unwrap_or(0));
    let trend: String = row.get(8)?;
    Ok(ScanRow {
        id: row.get(0)?,
        as_of: row.get(1)?,
        made: row.get(2)?,
        tool: row.get(3)?,
        inputs: count(4)?,
        items: count(5)?,
        problems: count(6)?,
        digest: row.get(7)?,
        trend: serde_json::from_str(&trend).unwrap_or_default(),
        chain: row.get(9)?,
        whole: row.get(10)?,
        evidence: row.get(11)?,
        pages: count(12)?,
    })
}

impl Store {
    /// Every scan, the oldest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn scans(&self) -> Result<Vec<ScanRow>, HistoryError> {
        self.at(list(&self.db, &format!("{SCAN} ORDER BY id"), scan_row))
    }

    /// Every run, the oldest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn runs(&self) -> Result<Vec<RunRow>, HistoryError> {
        let sql = "SELECT id, started, ended, outcome, scan, message FROM run ORDER BY id";
        self.at(list(&self.db, sql, |row| {
            Ok(RunRow {
                id: row.get(0)?,
                started: row.get(1)?,
                ended: row.get::<_, Option<String>>(2)?.unwrap_or_default(),
                outcome: row.get(3)?,
                scan: row.get(4)?,
                message: row.get(5)?,
            })
        }))
    }

    /// What happened, in the order of scans.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn events(&self) -> Result<Vec<EventRow>, HistoryError> {
        let sql =
            "SELECT scan, about, class, cause, asset, name, unit, rule, was FROM event ORDER BY scan, number";
        self.at(list(&self.db, sql, |row| {
            Ok(EventRow {
                scan: row.get(0)?,
                about: row.get(1)?,
                class: row.get(2)?,
                cause: row.get(3)?,
                asset: row.get(4)?,
                name: row.get(5)?,
                unit: row.get(6)?,
                rule: row.get(7)?,
                was: row.get(8)?,
            })
        }))
    }

    /// The scan that was kept last. `known` may have its bytes, given how many they are: what it gives counts only if it
    /// has the digest of the scan, and then up to 52 scans need not be unpacked one upon the other.
    ///
    /// # Errors
    /// When the store cannot be read or its content is damaged.
    pub fn latest(&self, known: impl FnOnce(u64) -> Option<Vec<u8>>) -> Result<Option<Stored>, HistoryError> {
        let row = self.db.query_row(&format!("{SCAN} ORDER BY id DESC LIMIT 1"), [], scan_row).optional();
        let row = self.at(row.map_err(Fault::from))?;
        let Some(row) = row else { return Ok(None) };
        let sql = "SELECT bytes FROM scan WHERE id = ?";
        let bytes = self.db.query_row(sql, [row.id], |row| row.get::<_, i64>(0)).map_err(Fault::from);
        let known = known(u64::try_from(self.at(bytes)?).unwrap_or(0));
        self.stored(row, known).map(Some)
    }

    /// A scan by its number, or by the beginning of its digest; `-1` is the last, `-2` the one before.
    ///
    /// # Errors
    /// When there is none, or several have this beginning, or its content was pruned or is damaged.
    pub fn scan(&self, which: &str) -> Result<Stored, HistoryError> {
        self.stored(self.row(which)?, None)
    }

    /// The row of a scan, whose content may have been pruned; named as for [`Self::scan`].
    ///
    /// # Errors
    /// When there is none, or several have this beginning.
    pub fn row(&self, which: &str) -> Result<ScanRow, HistoryError> {
        let scans = self.scans()?;
        let found: Vec<&ScanRow> = match which.parse::<i64>() {
            Ok(number) if number < 0 => {
                let back = usize::try_from(number.unsigned_abs()).unwrap_or(usize::MAX);
                scans.len().checked_sub(back).and_then(|at| scans.get(at)).into_iter().collect()
            }
            Ok(number) if which.len() < 8 => scans.iter().filter(|scan| scan.id == number).collect(),
            _ => scans.iter().filter(|scan| scan.digest.starts_with(which)).collect(),
        };
        let [row] = found.as_slice() else {
            return self.at(Err(Fault::NoScan(which.to_owned())));
        };
        Ok((*row).clone())
    }

    fn stored(&self, row: ScanRow, known: Option<Vec<u8>>) -> Result<Stored, HistoryError> {
        let is_it = |text: &Vec<u8>| blake3::hash(text).to_hex().as_str() == row.digest;
        let text = match known.filter(is_it) {
            Some(text) => text,
            None => self.at(text(&self.db, row.id))?,
        };
        let document =
            ScanDocument::parse_to_compare(&text).map_err(|error| Fault::Damaged(error.to_string()));
        Ok(Stored { document: self.at(document)?, text, row })
    }

    /// What is remembered for the next comparison: items that are listed no more, problems that were put right.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn memory(&self) -> Result<Memory, HistoryError> {
        let items = self.at(remembered(&self.db))?.into_iter().map(|(_, item)| item).collect();
        let in_state = |state: &str| {
            let sql = "SELECT rule, fingerprint, asset, since FROM problem";
            let sql = format!("{sql} WHERE state = '{state}' ORDER BY rule, fingerprint");
            self.at(list(&self.db, &sql, problem))
        };
        let problems: Vec<PastProblem> = in_state("fixed")?;
        let silent = in_state("unknown")?;
        let sql = "SELECT asset, since FROM item WHERE listed = 1 AND state = 'closed'";
        let closed: Vec<(String, String)> =
            self.at(list(&self.db, sql, |row| Ok((row.get(0)?, row.get(1)?))))?;
        Ok(Memory { items, problems, silent, closed: closed.into_iter().collect() })
    }

    /// What was remembered once a scan had been kept: the memory with which the one after it was compared. Nothing
    /// where a later scan was kept by a program that did not set aside what it changed.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn memory_at(&self, scan: i64) -> Result<Option<Memory>, HistoryError> {
        self.at(memory_at(&self.db, scan))
    }
}

/// Rows of `item` and of `problem` as they stood after a scan: the first that a later one set aside, or those of now.
const ITEMS_AT: &str = "SELECT uid, asset, listed, state, since, planned, body FROM item WHERE first_scan <= ?1 \
    AND uid NOT IN (SELECT uid FROM item_before WHERE scan > ?1) \
    UNION ALL SELECT b.uid, b.asset, b.listed, b.state, b.since, b.planned, b.body \
    FROM item_before b JOIN item USING (uid) WHERE item.first_scan <= ?1 \
    AND b.scan = (SELECT min(scan) FROM item_before c WHERE c.uid = b.uid AND c.scan > ?1)";
const PROBLEMS_AT: &str = "SELECT rule, fingerprint, asset, state, since FROM problem p WHERE first_scan <= ?1 \
    AND NOT EXISTS (SELECT 1 FROM problem_before b WHERE b.rule = p.rule AND b.fingerprint = p.fingerprint AND b.scan > ?1) \
    UNION ALL SELECT rule, fingerprint, asset, state, since FROM problem_before b WHERE first_scan <= ?1 \
    AND scan = (SELECT min(scan) FROM problem_before c WHERE c.rule = b.rule AND c.fingerprint = b.fingerprint AND c.scan > ?1)";

fn memory_at(db: &Connection, scan: i64) -> Result<Option<Memory>, Fault> {
    let older = "SELECT count(*) FROM scan WHERE id > ? AND waivers IS NULL";
    if db.query_row(older, [scan], |row| row.get::<_, i64>(0))? > 0 {
        return Ok(None);
    }
    let mut query = db.prepare(&format!(
        "SELECT uid, state, since, planned, body FROM ({ITEMS_AT}) WHERE listed = 0 ORDER BY uid"
    ))?;
    let items = query.query_map([scan], item)?.collect::<Result<Vec<_>, _>>()?;
    let problems = |state: &str| -> Result<Vec<PastProblem>, Fault> {
        let sql = format!(
            "SELECT rule, fingerprint, asset, since FROM ({PROBLEMS_AT}) WHERE state = '{state}' \
             ORDER BY rule, fingerprint"
        );
        let mut query = db.prepare(&sql)?;
        Ok(query.query_map([scan], problem)?.collect::<Result<_, _>>()?)
    };
    let sql = format!("SELECT asset, since FROM ({ITEMS_AT}) WHERE listed = 1 AND state = 'closed'");
    let mut query = db.prepare(&sql)?;
    let closed = query.query_map([scan], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(Some(Memory {
        items: whole(items)?.into_iter().map(|(_, item)| item).collect(),
        problems: problems("fixed")?,
        silent: problems("unknown")?,
        closed: closed.collect::<Result<_, _>>()?,
    }))
}

/// Items that are listed no more, with their numbers, in a fixed order.
pub(super) fn remembered(db: &Connection) -> Result<Vec<(i64, PastItem)>, Fault> {
    let sql = "SELECT uid, state, since, planned, body FROM item WHERE listed = 0 ORDER BY uid";
    whole(list(db, sql, item)?)
}

/// Rows whose records are whole; a damaged one is told by its number.
fn whole(rows: Vec<(i64, Option<PastItem>)>) -> Result<Vec<(i64, PastItem)>, Fault> {
    let whole = |(uid, item): (i64, Option<PastItem>)| {
        item.map(|item| (uid, item)).ok_or_else(|| Fault::Damaged(format!("item {uid}")))
    };
    rows.into_iter().map(whole).collect()
}

/// How many scans a scan stands upon; nothing when one of them was pruned.
pub(super) fn depth(db: &Connection, mut id: i64) -> Result<Option<usize>, Fault> {
    let mut query = db.prepare_cached("SELECT base, body IS NOT NULL FROM scan WHERE id = ?")?;
    let mut depth = 0;
    loop {
        let (base, whole): (Option<i64>, bool) =
            query.query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))?;
        match base.filter(|base| *base < id) {
            _ if !whole => return Ok(None),
            None => return Ok(Some(depth)),
            Some(base) => id = base,
        }
        depth += 1;
    }
}

/// The bytes of a scan.
pub(super) fn text(db: &Connection, id: i64) -> Result<Vec<u8>, Fault> {
    let mut query = db.prepare_cached("SELECT base, body FROM scan WHERE id = ?")?;
    let mut bodies = Vec::new();
    let mut next = Some(id);
    while let Some(at) = next {
        let row: Option<(Option<i64>, Option<Vec<u8>>)> =
            query.query_row([at], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
        let (base, body) = row.ok_or_else(|| Fault::NoScan(at.to_string()))?;
        bodies.push(body.ok_or(Fault::Pruned(id))?);
        // A base is always older: a file that says otherwise must not send us round in circles.
        if base.is_some_and(|base| base >= at) {
            return Err(Fault::Damaged(format!("scan {at}")));
        }
        next = base;
    }
    let mut text = Vec::new();
    for body in bodies.iter().rev() {
        text = pack::unpack(body, &text).ok_or_else(|| Fault::Damaged(format!("scan {id}")))?;
    }
    Ok(text)
}

/// The bytes of a scan where those of another are at hand: one step, if it stands upon that one.
pub(super) fn text_upon(db: &Connection, id: i64, known: Option<&(i64, Vec<u8>)>) -> Result<Vec<u8>, Fault> {
    let mut query = db.prepare_cached("SELECT base, body FROM scan WHERE id = ?")?;
    let (base, body): (Option<i64>, Option<Vec<u8>>) =
        query.query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))?;
    match (known.filter(|known| Some(known.0) == base), body) {
        (Some((_, base)), Some(body)) => {
            pack::unpack(&body, base).ok_or_else(|| Fault::Damaged(format!("scan {id}")))
        }
        _ => text(db, id),
    }
}

/// All rows of a query.
pub(super) fn list<T>(
    db: &Connection,
    sql: &str,
    read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
) -> Result<Vec<T>, Fault> {
    let mut query = db.prepare(sql)?;
    let rows = query.query_map([], read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}
