//! Findings that the review page accepted: append-only, and one that is taken back is a row of its own.
//!
//! For: `review --history`, and the audits that obey it. Not for: the policy file's own waivers, nor for which of two holds
//! (`stages/rules`). Invariant: of one rule and one item at most one is in force.

use super::read::list;
use super::{Fault, HistoryError, Store};
use rusqlite::{Connection, Transaction, params};
use std::collections::BTreeMap;

/// A waiver as the page gives it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Waived {
    /// When the program was told, local time.
    pub made: String,
    /// Rule id.
    pub rule: String,
    /// Item id.
    pub asset: String,
    /// Why.
    pub reason: String,
    /// Who decided: a body or a post.
    pub by: String,
    /// The last day (ISO) on which it holds; empty: without end.
    pub until: String,
}

/// Rule and item → number and waiver.
type InForce = BTreeMap<(String, String), (i64, Waived)>;

fn in_force(db: &Connection) -> Result<InForce, Fault> {
    let sql = "SELECT id, retracts, made, rule, asset, reason, who, until FROM waiver ORDER BY id";
    let rows: Vec<(i64, Option<i64>, Waived)> = list(db, sql, |row| {
        let waived = Waived {
            made: row.get(2)?,
            rule: row.get(3)?,
            asset: row.get(4)?,
            reason: row.get(5)?,
            by: row.get(6)?,
            until: row.get(7)?,
        };
        Ok((row.get(0)?, row.get(1)?, waived))
    })?;
    let mut held = InForce::new();
    for (id, retracts, waived) in rows {
        let key = (waived.rule.clone(), waived.asset.clone());
        match retracts {
            None => held.insert(key, (id, waived)),
            Some(_) => held.remove(&key),
        };
    }
    Ok(held)
}

fn insert(db: &Transaction<'_>, waived: &Waived, retracts: Option<i64>) -> Result<(), Fault> {
    let sql =
        "INSERT INTO waiver (made, rule, asset, reason, who, until, retracts) VALUES (?, ?, ?, ?, ?, ?, ?)";
    let Waived { made, rule, asset, reason, by, until } = waived;
    db.execute(sql, params![made, rule, asset, reason, by, until, retracts])?;
    Ok(())
}

fn decide(db: &mut Connection, waived: &Waived, holds: bool) -> Result<(), Fault> {
    let before = in_force(db)?.remove(&(waived.rule.clone(), waived.asset.clone()));
    let step = db.transaction()?;
    if let Some((id, before)) = before {
        insert(&step, &Waived { made: waived.made.clone(), ..before }, Some(id))?;
    }
    if holds {
        insert(&step, waived, None)?;
    }
    Ok(step.commit()?)
}

impl Store {
    /// Waives a finding; what was waived of it before is taken back.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn waive(&mut self, waived: &Waived) -> Result<(), HistoryError> {
        self.writable()?;
        let done = decide(&mut self.db, waived, true);
        self.at(done)
    }

    /// Takes back what was waived of a rule and an item at the moment that is named.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn take_back(&mut self, rule: &str, asset: &str, made: &str) -> Result<(), HistoryError> {
        self.writable()?;
        let named = |text: &str| text.to_owned();
        let waived =
            Waived { made: named(made), rule: named(rule), asset: named(asset), ..Waived::default() };
        let done = decide(&mut self.db, &waived, false);
        self.at(done)
    }

    /// The waivers in force, by rule and item; those past their day too.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn waivers(&self) -> Result<Vec<Waived>, HistoryError> {
        Ok(self.at(in_force(&self.db))?.into_values().map(|(_, waived)| waived).collect())
    }
}
