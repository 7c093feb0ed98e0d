//! What people said, sealed: the decisions recorded with a scan, and the waivers of the review page until then.
//!
//! For: telling when somebody rewrote who decided what, or why. Not for: keeping it (`decisions`, `links`, `waivers`).
//! Invariant: a waiver is sealed by the first scan after it, and by every later one.

use super::{Fault, chain, read};
use rusqlite::Connection;

/// The texts of rows, in order.
type Rows = Vec<Vec<String>>;

/// How many waivers there are.
pub(super) fn waivers(db: &Connection) -> Result<i64, Fault> {
    Ok(db.query_row("SELECT count(*) FROM waiver", [], |row| row.get(0))?)
}

/// What stands for the decisions of a scan and for the first `waivers` waivers.
pub(super) fn seal(db: &Connection, scan: i64, waivers: i64) -> Result<String, Fault> {
    // Kinds of value differ; as text, each is what it is.
    let decisions = rows(
        db,
        &format!(
            "SELECT id, made, kind, subject, object, reason, coalesce(retracts, ''), across FROM decision \
             WHERE scan = {scan} ORDER BY id"
        ),
    )?;
    let waivers = rows(
        db,
        &format!(
            "SELECT id, made, rule, asset, reason, who, until, coalesce(retracts, '') FROM waiver \
             ORDER BY id LIMIT {waivers}"
        ),
    )?;
    let count = decisions.len().to_string();
    let parts = decisions.iter().chain(&waivers).flatten().map(String::as_bytes);
    Ok(chain::digest(std::iter::once(count.as_bytes()).chain(parts)))
}

fn rows(db: &Connection, sql: &str) -> Result<Rows, Fault> {
    read::list(db, sql, |row| {
        (0..8)
            .map(|at| {
                Ok(match row.get_ref(at)? {
                    rusqlite::types::ValueRef::Integer(number) => number.to_string(),
                    value => value.as_str().map(str::to_owned).unwrap_or_default(),
                })
            })
            .collect()
    })
}
