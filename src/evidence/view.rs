//! What the folder says of items, for an audit: the newest reading of each source up to a day.
//!
//! For: `audit --evidence`. Invariant: a folder that does not pass its check is refused, and the order of
//! the outcome is that of addresses and keys, not of the days on which pages were looked at.

use super::store::{Event, INDEX, Line, StoreError, read_record};
use super::verify::verify;
use super::{Reading, State};
use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};
use std::collections::BTreeMap;
use std::path::Path;

/// One reading with what it is cited by.
#[derive(Clone, Debug, PartialEq)]
pub struct Observation {
    /// Adapter.
    pub source: String,
    /// `fetched` or `imported`.
    pub how: String,
    /// Address that answered.
    pub url: String,
    /// Address that was asked.
    pub asked: String,
    /// When, UTC.
    pub taken: String,
    /// The day, in the time of China.
    pub day: Date,
    /// Status of the answer.
    pub status: Option<u16>,
    /// BLAKE3 digest of the page; empty where there was none.
    pub blake3: String,
    /// SM3 digest of the page.
    pub sm3: String,
    /// BLAKE3 digest of the record.
    pub record: String,
    /// What was read.
    pub reading: Reading,
}

/// All that an audit needs of a folder.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Seen {
    /// Digest that stands for the folder.
    pub head: String,
    /// The newest of each source, address and key.
    pub observations: Vec<Observation>,
    /// Readings after the day, left out.
    pub later: u64,
}

/// Reads a folder as of a day.
///
/// # Errors
/// When it is none, cannot be read, or does not pass its check.
pub fn load(dir: &Path, as_of: Date) -> Result<Seen, StoreError> {
    let checked = verify(dir)?;
    if !checked.faults.is_empty() {
        return Err(StoreError::Faulty { path: dir.to_owned(), faults: checked.faults });
    }
    let path = dir.join(INDEX);
    let text = std::fs::read_to_string(&path).map_err(StoreError::io(&path))?;
    let mut seen = Seen { head: checked.head, ..Seen::default() };
    let mut newest: BTreeMap<(String, String, String), Observation> = BTreeMap::new();
    for (number, written) in (1..).zip(text.lines()) {
        let line: Line = serde_json::from_str(written)
            .map_err(|_| StoreError::Line { path: path.clone(), line: number })?;
        let Event::Kept { source, record: digest, .. } = line.event else { continue };
        if source == "robots" {
            continue;
        }
        let (record, _) = read_record(dir, &digest)?;
        let day = day_of(&record.taken).unwrap_or(as_of);
        for reading in record.readings {
            if day > as_of {
                seen.later += 1;
                continue;
            }
            let key = (record.source.clone(), record.url.clone(), reading.key.clone());
            let body = record.body.clone().unwrap_or_default();
            let observation = Observation {
                source: record.source.clone(),
                how: record.how.clone(),
                url: record.final_url.clone(),
                asked: record.url.clone(),
                taken: record.taken.clone(),
                day,
                status: record.status,
                blake3: body.blake3,
                sm3: body.sm3,
                record: digest.clone(),
                reading,
            };
            // A later failure says nothing and does not take the place of what an earlier look told.
            let tells = |o: &Observation| o.reading.state().tells() || o.reading.state() == State::Kept;
            match newest.get(&key) {
                Some(held) if held.taken > observation.taken || tells(held) && !tells(&observation) => {}
                _ => {
                    newest.insert(key, observation);
                }
            }
        }
    }
    seen.observations = newest.into_values().collect();
    Ok(seen)
}

/// The day of a moment, in the time of China (UTC+8, without summer time since 1991).
fn day_of(taken: &str) -> Option<Date> {
    let moment: jiff::Timestamp = taken.parse().ok()?;
    Some(moment.to_zoned(TimeZone::fixed(Offset::constant(8))).date())
}
