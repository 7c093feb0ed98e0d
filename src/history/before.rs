//! Rows of the store → what a comparison remembers of earlier scans.

use super::pack;
use crate::changes::{PastItem, PastProblem, PastState};
use rusqlite::Row;

/// An item that is listed no more, with its number; nothing when its record is damaged.
pub(super) fn item(row: &Row<'_>) -> rusqlite::Result<(i64, Option<PastItem>)> {
    let uid = row.get(0)?;
    let (state, since, planned): (String, String, String) = (row.get(1)?, row.get(2)?, row.get(3)?);
    let body: Option<Vec<u8>> = row.get(4)?;
    let asset = body.and_then(|body| pack::expand(&body)).and_then(|json| serde_json::from_slice(&json).ok());
    let item =
        PastState::parse(&state).zip(asset).map(|(state, asset)| PastItem { asset, state, since, planned });
    Ok((uid, item))
}

/// A problem that was put right.
pub(super) fn problem(row: &Row<'_>) -> rusqlite::Result<PastProblem> {
    Ok(PastProblem { rule: row.get(0)?, fingerprint: row.get(1)?, asset: row.get(2)?, fixed_on: row.get(3)? })
}
