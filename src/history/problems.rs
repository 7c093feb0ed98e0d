//! Problems across time: one row each, changed only when something happens to it.

use super::{Fault, NewScan};
use crate::model::Class;
use rusqlite::{Connection, params};

/// Brings the problems up to a scan.
pub(super) fn record(db: &Connection, scan: i64, new: &NewScan<'_>) -> Result<(), Fault> {
    let as_of = &new.document.as_of;
    let mut open = db.prepare(
        "INSERT INTO problem (rule, fingerprint, asset, state, first_scan, since) VALUES (?1, ?2, ?3, 'open', ?4, ?5) \
         ON CONFLICT (rule, fingerprint) DO UPDATE SET \
         since = CASE state WHEN 'open' THEN since ELSE excluded.since END, state = 'open', asset = excluded.asset",
    )?;
    let Some(changes) = new.changes else {
        for finding in &new.document.findings {
            let asset = finding.asset.as_deref().unwrap_or("");
            open.execute(params![finding.rule, finding.fingerprint, asset, scan, as_of])?;
        }
        return Ok(());
    };
    let mut close =
        db.prepare("UPDATE problem SET state = ?3, since = ?4 WHERE rule = ?1 AND fingerprint = ?2")?;
    let mut forget = db.prepare("DELETE FROM problem WHERE rule = ?1 AND fingerprint = ?2")?;
    for problem in &changes.problems {
        let moved = problem.was.as_ref().filter(|was| **was != problem.fingerprint);
        match problem.class {
            Class::Fixed => close.execute(params![problem.rule, problem.fingerprint, "fixed", as_of])?,
            Class::Gone => close.execute(params![problem.rule, problem.fingerprint, "gone", as_of])?,
            Class::NotReported => {
                close.execute(params![problem.rule, problem.fingerprint, "unknown", as_of])?
            }
            // Of one that is known again after its list was not sent, the row says otherwise.
            Class::Kept | Class::Changed if moved.is_none() && problem.was.is_some() => continue,
            _ => {
                // Under another fingerprint since its item has another id.
                if let Some(was) = moved {
                    forget.execute(params![problem.rule, was])?;
                }
                open.execute(params![problem.rule, problem.fingerprint, problem.asset, scan, as_of])?
            }
        };
    }
    Ok(())
}
