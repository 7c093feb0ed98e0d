//! Which pages each scan rested on, cited by digest: kept when the content of the scan is pruned.
//!
//! For: `history list` and `show`, and `collect verify --history`. Not for: the pages themselves, which lie in the evidence
//! folder. Invariant: only what is another than at the scan before is written, and the scan's link seals it.

use super::read::list;
use super::{Fault, HistoryError, Store, chain};
use crate::scan::document::ScanDocument;
use rusqlite::{Connection, Row, params};
use std::collections::BTreeSet;

/// A page of an item, as a scan cites it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cited {
    /// Item id.
    pub asset: String,
    /// Adapter.
    pub source: String,
    /// `fetched` or `imported`.
    pub how: String,
    /// Address that answered.
    pub url: String,
    /// When it was seen, UTC.
    pub taken: String,
    /// What the look came to.
    pub state: String,
    /// BLAKE3 digest of the record in the evidence folder.
    pub record: String,
    /// BLAKE3 digest of the page; empty where there was none.
    pub blake3: String,
    /// SM3 digest of the page.
    pub sm3: String,
}

/// What is written with a scan: a page, and whether the scan uses it or does not any more.
pub(super) type Step = (bool, Cited);

impl Cited {
    fn texts(&self) -> [&str; 9] {
        let Cited { asset, source, how, url, taken, state, record, blake3, sm3 } = self;
        [asset, source, how, url, taken, state, record, blake3, sm3]
    }
}

const COLUMNS: &str = "used, asset, source, how, url, taken, state, record, blake3, sm3";

fn step(row: &Row<'_>) -> rusqlite::Result<Step> {
    let text = |at| row.get::<_, String>(at);
    let page = Cited {
        asset: text(1)?,
        source: text(2)?,
        how: text(3)?,
        url: text(4)?,
        taken: text(5)?,
        state: text(6)?,
        record: text(7)?,
        blake3: text(8)?,
        sm3: text(9)?,
    };
    Ok((row.get(0)?, page))
}

/// The pages of a scan: all steps up to it, one after the other.
fn of(db: &Connection, scan: i64) -> Result<BTreeSet<Cited>, Fault> {
    let sql = format!("SELECT {COLUMNS} FROM evidence WHERE scan <= {scan} ORDER BY scan, number");
    let mut pages = BTreeSet::new();
    for (used, page) in list(db, &sql, step)? {
        if used {
            pages.insert(page);
        } else {
            pages.remove(&page);
        }
    }
    Ok(pages)
}

/// What is to be written with a scan that follows `last`.
pub(super) fn steps(db: &Connection, last: i64, document: &ScanDocument) -> Result<Vec<Step>, Fault> {
    let now: BTreeSet<Cited> = document
        .pages
        .iter()
        .map(|page| Cited {
            asset: page.asset.clone(),
            source: page.source.clone(),
            how: page.how.clone(),
            url: page.url.clone(),
            taken: page.taken.clone(),
            state: page.state.clone(),
            record: page.record.clone(),
            blake3: page.blake3.clone(),
            sm3: page.sm3.clone(),
        })
        .collect();
    let before = of(db, last)?;
    let gone = before.difference(&now).map(|page| (false, page.clone()));
    let new = now.difference(&before).map(|page| (true, page.clone()));
    Ok(gone.chain(new).collect())
}

/// Writes the steps of a scan.
pub(super) fn record(db: &Connection, scan: i64, steps: &[Step]) -> Result<(), Fault> {
    let sql =
        format!("INSERT INTO evidence (scan, number, {COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    let mut insert = db.prepare(&sql)?;
    for (number, (used, page)) in steps.iter().enumerate() {
        let number = i64::try_from(number).unwrap_or(i64::MAX);
        let [asset, source, how, url, taken, state, record, blake3, sm3] = page.texts();
        insert.execute(params![
            scan, number, used, asset, source, how, url, taken, state, record, blake3, sm3
        ])?;
    }
    Ok(())
}

/// What the link of a scan seals: the folder and the steps. Empty where there is neither, as in stores of version 1.
pub(super) fn seal(folder: &str, steps: &[Step]) -> String {
    if folder.is_empty() && steps.is_empty() {
        return String::new();
    }
    let sign = |used: bool| if used { "+" } else { "-" };
    let parts = steps.iter().flat_map(|(used, page)| std::iter::once(sign(*used)).chain(page.texts()));
    chain::digest(std::iter::once(folder).chain(parts).map(str::as_bytes))
}

/// The steps of a scan as they stand in the store.
pub(super) fn kept(db: &Connection, scan: i64) -> Result<Vec<Step>, Fault> {
    list(db, &format!("SELECT {COLUMNS} FROM evidence WHERE scan = {scan} ORDER BY number"), step)
}

impl Store {
    /// The pages that a scan rested on, by item and source.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn evidence(&self, scan: i64) -> Result<Vec<Cited>, HistoryError> {
        Ok(self.at(of(&self.db, scan))?.into_iter().collect())
    }
}
