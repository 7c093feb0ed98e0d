//! What people said of two items of different scans: that they are one thing, or are not.
//!
//! For: links that nobody has to confirm again. Not for: pairs within one scan, which the policy states each time
//! (`decisions`). Invariant: append-only; a word stays in force until the opposite is said, which takes it back.

use super::{Fault, HistoryError, Store, read};
use crate::model::Judgement;
use rusqlite::{Connection, params};
use std::collections::{BTreeMap, BTreeSet};

/// Two ids, the smaller first.
type Pair = (String, String);

fn pair(judgement: &Judgement) -> Pair {
    let (a, b) = (judgement.left.clone(), judgement.right.clone());
    if a <= b { (a, b) } else { (b, a) }
}

/// The words in force with the numbers of their rows, by pair.
fn in_force(db: &Connection) -> Result<BTreeMap<Pair, (i64, Judgement)>, Fault> {
    let sql = "SELECT id, kind, subject, object, reason, retracts FROM decision WHERE across = 1 ORDER BY id";
    let rows = read::list(db, sql, |row| {
        let kind: String = row.get(1)?;
        let judgement =
            Judgement { left: row.get(2)?, right: row.get(3)?, same: kind == "same", reason: row.get(4)? };
        Ok((row.get::<_, i64>(0)?, judgement, row.get::<_, Option<i64>>(5)?))
    })?;
    let mut known = BTreeMap::new();
    for (id, judgement, retracts) in rows {
        match retracts {
            None => drop(known.insert(pair(&judgement), (id, judgement))),
            Some(_) => drop(known.remove(&pair(&judgement))),
        }
    }
    Ok(known)
}

/// Appends what is new, after a retraction of what it contradicts. Of what one run says twice of a pair the first word
/// stands: the policy comes before a returned table.
pub(super) fn record(db: &Connection, scan: i64, made: &str, said: &[Judgement]) -> Result<(), Fault> {
    let mut insert = db.prepare(
        "INSERT INTO decision (scan, made, kind, subject, object, reason, retracts, across) \
         VALUES (?, ?, ?, ?, ?, ?, ?, 1)",
    )?;
    let known = in_force(db)?;
    let mut settled = BTreeSet::new();
    let mut put = |j: &Judgement, retracts: Option<i64>| {
        let kind = if j.same { "same" } else { "different" };
        insert.execute(params![scan, made, kind, j.left, j.right, j.reason, retracts])
    };
    for judgement in said {
        let pair = pair(judgement);
        if !settled.insert(pair.clone()) {
            continue;
        }
        if let Some((id, old)) = known.get(&pair) {
            if old.same == judgement.same {
                continue;
            }
            put(old, Some(*id))?;
        }
        put(judgement, None)?;
    }
    Ok(())
}

impl Store {
    /// What is in force, by the ids of the two items.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn links(&self) -> Result<Vec<Judgement>, HistoryError> {
        Ok(self.at(in_force(&self.db))?.into_values().map(|(_, judgement)| judgement).collect())
    }

    /// The id that every item known here had last.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn ids(&self) -> Result<BTreeSet<String>, HistoryError> {
        let ids = self.at(read::list(&self.db, "SELECT asset FROM item", |row| row.get::<_, String>(0)))?;
        Ok(ids.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::schema::MIGRATIONS;

    #[test]
    fn a_word_stays_until_the_opposite_is_said() {
        let db = Connection::open_in_memory().unwrap();
        for sql in MIGRATIONS {
            db.execute_batch(sql).unwrap();
        }
        db.execute_batch("PRAGMA foreign_keys = OFF; PRAGMA user_version = 2;").unwrap();
        let said = |left: &str, right: &str, same| Judgement {
            left: left.to_owned(),
            right: right.to_owned(),
            same,
            reason: "r".to_owned(),
        };
        let now = || -> Vec<(String, bool)> {
            in_force(&db).unwrap().into_values().map(|(_, j)| (j.left, j.same)).collect()
        };
        let rows = || db.query_row("SELECT count(*) FROM decision", [], |row| row.get::<_, i64>(0)).unwrap();
        record(&db, 1, "", &[said("a", "b", true), said("c", "d", false)]).unwrap();
        record(&db, 2, "", &[]).unwrap();
        record(&db, 3, "", &[said("b", "a", true)]).unwrap();
        assert_eq!((now(), rows()), (vec![("a".to_owned(), true), ("c".to_owned(), false)], 2));
        record(&db, 4, "", &[said("b", "a", false)]).unwrap();
        assert_eq!((now(), rows()), (vec![("b".to_owned(), false), ("c".to_owned(), false)], 4));
        record(&db, 5, "", &[said("a", "b", true), said("b", "a", false)]).unwrap();
        assert_eq!((now()[0].clone(), rows()), (("a".to_owned(), true), 6), "the first word of a run stands");
        assert!(db.execute_batch("DELETE FROM decision").is_err(), "append only");
    }
}
