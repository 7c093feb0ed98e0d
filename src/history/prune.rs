//! Making room: the content of old scans goes, and nothing else.
//!
//! Invariant: rows of the chain, figures, events, closures, decisions and runs stay; so does what is remembered of
//! items and problems, and the last two scans, which the last report compares.

use super::{Fault, HistoryError, Store, pack, read};
use rusqlite::{Connection, params};

/// What was dropped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pruned {
    /// Scans whose content went.
    pub dropped: u64,
    /// Scans whose content is still there.
    pub kept: u64,
}

/// The fewest scans whose content stays: the last report cites two.
pub const FEWEST: usize = 2;

impl Store {
    /// Drops the content of all scans but the last `keep`, and never of the last two.
    ///
    /// # Errors
    /// When the store cannot be written; nothing is dropped then.
    pub fn prune(&mut self, keep: usize) -> Result<Pruned, HistoryError> {
        self.writable()?;
        let pruned = prune(&mut self.db, keep.max(FEWEST));
        self.at(pruned)
    }

    /// Gives the room of what was dropped back to the disk.
    ///
    /// # Errors
    /// When the store cannot be written, or the disk has no room for the second copy that this needs meanwhile.
    pub fn vacuum(&mut self) -> Result<(), HistoryError> {
        self.writable()?;
        let done = self.db.execute_batch("VACUUM").map_err(Fault::from);
        self.at(done)
    }
}

fn prune(db: &mut Connection, keep: usize) -> Result<Pruned, Fault> {
    let step = db.transaction()?;
    let whole: Vec<i64> =
        read::list(&step, "SELECT id FROM scan WHERE body IS NOT NULL ORDER BY id", |row| row.get(0))?;
    let (drop, stay) = whole.split_at(whole.len().saturating_sub(keep));
    if let (Some(_), Some(&first)) = (drop.first(), stay.first()) {
        // The oldest that stays stands upon what goes: it is written in full. Others stand upon it, byte by byte.
        let text = read::text(&step, first)?;
        step.execute(
            "UPDATE scan SET base = NULL, body = ? WHERE id = ?",
            params![pack::pack(&text, b"")?, first],
        )?;
        let later: Vec<i64> = {
            let mut query = step.prepare("SELECT id FROM scan WHERE id > ?1 AND base < ?1")?;
            let rows = query.query_map([first], |row| row.get(0))?;
            rows.collect::<Result<_, _>>()?
        };
        for id in later {
            let body = pack::pack(&read::text(&step, id)?, b"")?;
            step.execute("UPDATE scan SET base = NULL, body = ? WHERE id = ?", params![body, id])?;
        }
        for id in drop {
            step.execute("UPDATE scan SET base = NULL, body = NULL WHERE id = ?", [id])?;
        }
        // What was remembered at scans that can be compared no more.
        step.execute("DELETE FROM item_before WHERE scan <= ?", [first])?;
        step.execute("DELETE FROM problem_before WHERE scan <= ?", [first])?;
    }
    step.commit()?;
    Ok(Pruned { dropped: drop.len() as u64, kept: stay.len() as u64 })
}
