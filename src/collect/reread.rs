//! Kept pages, read again by the adapters of today: nothing is fetched.
//!
//! For: `collect reread`, when a source changed its shape and its adapter has followed. Not for: pages whose bytes are gone.
//! Invariants: a record is never changed, what is read anew is a record of its own that names the one before; what a page
//! once told is not lost because an adapter no longer understands it.

use super::adapter::{Adapter, Ask};
use super::import::{self, Form, Format};
use super::reading::{self, Answer, Wanted, decode, overall};
use crate::evidence::{Body, Event, How, Reading, Record, Reread, State, Store, StoreError, verify};
use std::collections::BTreeMap;
use std::path::Path;
use url::Url;

/// What came of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Pages read again.
    pub pages: u64,
    /// Pages that say what they said.
    pub same: u64,
    /// Pages whose bytes are not there any more.
    pub gone: u64,
    /// Pages that nothing reads: pictures, print, sources without an adapter.
    pub unread: u64,
    /// Pages that say something else now.
    pub changed: Vec<Changed>,
}

/// A page that says something else now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// Address.
    pub url: String,
    /// Adapter.
    pub source: String,
    /// State before.
    pub from: String,
    /// State now.
    pub to: String,
}

/// Reads the last page of every address again; `at` is the moment, in UTC to the second.
///
/// # Errors
/// When the folder does not pass its check, is in use, or cannot be written.
pub fn reread(dir: &Path, adapters: &[Adapter], at: &str) -> Result<Outcome, StoreError> {
    let checked = verify(dir)?;
    if !checked.faults.is_empty() {
        return Err(StoreError::Faulty { path: dir.to_owned(), faults: checked.faults });
    }
    let mut last: BTreeMap<(String, String), (String, String)> = BTreeMap::new();
    let mut store = Store::open(dir, |line| {
        let Event::Kept { source, url, record, .. } = &line.event else { return };
        let held = last.entry((source.clone(), url.clone())).or_default();
        // A failure has no page; whether there is one shows below.
        if line.at >= held.0 && source != "robots" {
            *held = (line.at.clone(), record.clone());
        }
    })?;
    let mut outcome = Outcome::default();
    for (_, digest) in last.into_values().filter(|(_, digest)| !digest.is_empty()) {
        let record = store.record(&digest)?;
        let Some(body) = &record.body else { continue };
        if !store.has_body(&body.blake3) {
            outcome.gone += 1;
            continue;
        }
        let bytes = store.body(&body.blake3)?;
        let Some(read) = read(&record, &bytes, adapters) else {
            outcome.unread += 1;
            continue;
        };
        outcome.pages += 1;
        let new = renewed(&record, read, Reread { of: digest, at: at.to_owned() });
        if says(&new) == says(&record) {
            outcome.same += 1;
            continue;
        }
        outcome.changed.push(Changed {
            url: new.url.clone(),
            source: new.source.clone(),
            from: record.state,
            to: new.state.clone(),
        });
        store.keep(&new)?;
    }
    Ok(outcome)
}

/// What an audit would make use of.
fn says(record: &Record) -> Vec<(&str, &str, &BTreeMap<String, String>)> {
    record.readings.iter().map(|r| (r.key.as_str(), r.state.as_str(), &r.fields)).collect()
}

/// A page as the adapters of today read it.
struct Read<'a> {
    adapter: &'a Adapter,
    encoding: Option<String>,
    readings: Vec<Reading>,
}

fn read<'a>(record: &Record, bytes: &[u8], adapters: &'a [Adapter]) -> Option<Read<'a>> {
    if record.how == How::Imported.as_str() {
        return read_imported(record, bytes, adapters);
    }
    let adapter = adapters.iter().find(|adapter| adapter.id == record.source)?;
    let wanted: Vec<Wanted> =
        record.readings.iter().map(|r| Wanted { key: r.key.clone(), assets: r.assets.clone() }).collect();
    let ask = adapter.ask.iter().find(|ask| asked(ask, &wanted, &record.url))?;
    let (text, encoding) = decode(bytes, record.header("content-type"));
    let answer = Answer { status: record.status.unwrap_or(200), text: &text };
    // A page that had not changed answers 304 and stands for the one before it.
    let answer = Answer { status: if record.not_modified { 200 } else { answer.status }, ..answer };
    let readings = reading::read(adapter, ask, answer, &wanted);
    Some(Read { adapter, encoding: Some(encoding.to_owned()), readings })
}

fn read_imported<'a>(record: &Record, bytes: &[u8], adapters: &'a [Adapter]) -> Option<Read<'a>> {
    let first = record.readings.first()?;
    let form = Form {
        url: record.url.clone(),
        taken: record.taken.clone(),
        by: record.by.clone(),
        source: adapters.iter().find(|adapter| adapter.id == record.source).map(|adapter| adapter.id.clone()),
        assets: first.assets.clone(),
        key: Some(first.key.clone()).filter(|key| *key != record.url),
    };
    let adapter = import::adapter(&form, adapters)?;
    let (encoding, readings) = import::read(&form, Format::of(bytes)?, bytes, adapters);
    let is_read = readings.iter().any(|reading| reading.state() != State::Kept);
    is_read.then_some(Read { adapter, encoding, readings })
}

/// Whether this way of asking for these keys gives that address.
fn asked(ask: &Ask, wanted: &[Wanted], url: &str) -> bool {
    let Some(template) = &ask.template else { return true };
    let keys: Vec<&str> = wanted.iter().map(|wanted| wanted.key.as_str()).collect();
    Url::parse(&template.replace("{key}", &keys.join(","))).is_ok_and(|made| made.as_str() == url)
}

/// The record of the same look with what is read of it now.
fn renewed(record: &Record, read: Read<'_>, reread: Reread) -> Record {
    let kept = |new: Reading| {
        let before = record.readings.iter().find(|old| old.key == new.key && old.state().tells());
        before.filter(|_| !new.state().tells()).cloned().unwrap_or(new)
    };
    let readings: Vec<Reading> = read.readings.into_iter().map(kept).collect();
    let body = record.body.clone().map(|body| Body { encoding: read.encoding, ..body });
    Record {
        source: read.adapter.id.clone(),
        adapter: read.adapter.version.clone(),
        state: overall(&readings, record.status.unwrap_or(200)).to_string(),
        readings,
        body,
        reread: Some(reread),
        ..record.clone()
    }
}
