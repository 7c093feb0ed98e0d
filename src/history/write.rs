//! A scan goes in: one transaction, after the outputs are in place.
//!
//! For: runs, scans, and everything that is derived from a scan and its comparison. Not for: working these out.

use super::chain::Sealed;
use super::{
    Decision, Fault, HistoryError, Owner, Store, Trend, chain, decisions, evidence, items, links, pack,
    problems, read, said,
};
use crate::changes::Changes;
use crate::model::{Class, Judgement};
use crate::scan::document::ScanDocument;
use rusqlite::{Connection, OptionalExtension as _, params};
use std::borrow::Cow;

/// Scans that may stand one upon the other before one is written in full: reading any of them stays quick.
const DEPTH: usize = 52;

/// A scan to be kept.
pub struct NewScan<'a> {
    /// The scan.
    pub document: &'a ScanDocument,
    /// The bytes of its `scan.json`.
    pub text: &'a [u8],
    /// Its comparison with the last scan of the store; nothing for the first.
    pub changes: Option<&'a Changes>,
    /// The decisions that it obeyed.
    pub decisions: &'a [Decision],
    /// What people said of an item of this scan and one of an earlier scan.
    pub links: &'a [Judgement],
    /// The last scan's number and bytes, where the caller has them: they are not unpacked again.
    pub upon: Option<(i64, &'a [u8])>,
    /// When, in local time with its offset.
    pub made: &'a str,
}

/// How a run ended without a scan.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// It could not be completed.
    Failed,
    /// Nothing had changed, and it was asked to keep quiet about that.
    Unchanged,
}

/// Marks the runs of a process that died.
pub(super) fn interrupt(db: &Connection, at: &str) -> Result<(), Fault> {
    db.execute("UPDATE run SET outcome = 'interrupted', ended = ? WHERE outcome = 'running'", [at])?;
    Ok(())
}

impl Store {
    /// Records that a run has begun; gives its number.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn begin(&mut self, owner: &Owner) -> Result<i64, HistoryError> {
        self.writable()?;
        let sql = "INSERT INTO run (started, pid, host, outcome) VALUES (?, ?, ?, 'running')";
        let done = self.db.execute(sql, [&owner.since, &owner.pid, &owner.host]).map_err(Fault::from);
        self.at(done)?;
        Ok(self.db.last_insert_rowid())
    }

    /// Records that a run ended without a scan.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn end(&mut self, run: i64, at: &str, outcome: Outcome, message: &str) -> Result<(), HistoryError> {
        self.writable()?;
        let word = if outcome == Outcome::Failed { "failed" } else { "done" };
        let sql = "UPDATE run SET outcome = ?, ended = ?, message = ? WHERE id = ?";
        let done = self.db.execute(sql, params![word, at, message, run]).map_err(Fault::from);
        self.at(done).map(|_| ())
    }

    /// Keeps a scan and ends its run, all in one transaction; gives the scan's number.
    ///
    /// # Errors
    /// When the store cannot be written; nothing is kept then.
    pub fn commit(&mut self, run: i64, new: &NewScan<'_>) -> Result<i64, HistoryError> {
        self.writable()?;
        let kept = keep(&mut self.db, run, new);
        self.at(kept)
    }
}

/// The columns of a scan's row in the order in which they are inserted.
const INSERT: &str = "INSERT INTO scan (id, as_of, made, tool, rule_set, policy, matching, inputs, items, problems, \
    bytes, digest, trend, events, chain, base, body, evidence) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', ?, ?, ?)";

fn keep(db: &mut Connection, run: i64, new: &NewScan<'_>) -> Result<i64, Fault> {
    let step = db.transaction()?;
    let last: Option<(i64, String)> = step
        .query_row("SELECT id, chain FROM scan ORDER BY id DESC LIMIT 1", [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()?;
    let id = last.as_ref().map_or(1, |last| last.0 + 1);
    let events = events(new.changes);
    let digest_of_events = digest_of(&events);
    let (base, body) = body(&step, last.as_ref().map(|last| last.0), new)?;
    let document = new.document;
    let trend = serde_json::to_string(&Trend::of(document, new.changes))
        .map_err(|e| Fault::Damaged(e.to_string()))?;
    let digest = blake3::hash(new.text).to_hex().to_string();
    let parameters = &document.parameters;
    let folder = parameters.evidence.as_deref().unwrap_or("");
    let steps = evidence::steps(&step, id - 1, document)?;
    let texts = [
        &document.as_of,
        new.made,
        &document.tool,
        &parameters.rule_set,
        &parameters.policy,
        &parameters.matching,
        &digest,
        &trend,
        &digest_of_events,
        &evidence::seal(folder, &steps),
    ];
    let counts = [document.inputs.len(), document.assets.len(), document.findings.len(), new.text.len()];
    let counts = counts.map(|count| i64::try_from(count).unwrap_or(i64::MAX));
    step.execute(
        INSERT,
        params![
            id,
            texts[0],
            texts[1],
            texts[2],
            texts[3],
            texts[4],
            texts[5],
            counts[0],
            counts[1],
            counts[2],
            counts[3],
            digest,
            trend,
            digest_of_events,
            base,
            body,
            folder
        ],
    )?;
    {
        let mut insert = step.prepare(
            "INSERT INTO event (scan, number, about, class, cause, asset, name, unit, rule, was) \
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?;
        for (number, e) in events.iter().enumerate() {
            let number = i64::try_from(number).unwrap_or(i64::MAX);
            insert.execute(params![id, number, e[0], e[1], e[2], e[3], e[4], e[5], e[6], e[7]])?;
        }
    }
    evidence::record(&step, id, &steps)?;
    items::record(&step, id, new)?;
    problems::record(&step, id, new)?;
    decisions::record(&step, id, new.made, new.decisions)?;
    links::record(&step, id, new.made, new.links)?;
    // The seal comes last: it covers what people said by now.
    let waivers = said::waivers(&step)?;
    let said = said::seal(&step, id, waivers)?;
    let chain =
        Sealed { id, texts, counts, said: Some(&said) }.chain(last.as_ref().map_or("", |last| &last.1));
    let sql = "UPDATE scan SET chain = ?, said = ?, waivers = ? WHERE id = ?";
    step.execute(sql, params![chain, said, waivers, id])?;
    step.execute(
        "UPDATE run SET outcome = 'done', ended = ?, scan = ? WHERE id = ?",
        params![new.made, id, run],
    )?;
    step.commit()?;
    Ok(id)
}

/// What a scan is written against, and its body.
fn body(db: &Connection, last: Option<i64>, new: &NewScan<'_>) -> Result<(Option<i64>, Vec<u8>), Fault> {
    let text = new.text;
    if let Some(last) = last
        && read::depth(db, last)?.is_some_and(|depth| depth < DEPTH)
    {
        let base = match new.upon.filter(|(id, _)| *id == last) {
            Some((_, base)) => Cow::Borrowed(base),
            None => Cow::Owned(read::text(db, last)?),
        };
        let body = pack::pack(text, &base)?;
        // What hardly shares anything with the scan before stands better alone.
        if body.len() < text.len() / 16 {
            return Ok((Some(last), body));
        }
    }
    Ok((None, pack::pack(text, b"")?))
}

/// One event: about, class, cause, asset, name, unit, rule, was.
pub(super) type Event = [String; 8];

/// Everything that is not as it was.
fn events(changes: Option<&Changes>) -> Vec<Event> {
    let Some(changes) = changes else { return Vec::new() };
    let text = str::to_owned;
    let items = changes.items.iter().filter(|item| item.class != Class::Kept).map(|item| {
        let was = item.was.clone().unwrap_or_default();
        [
            text("item"),
            item.class.to_string(),
            item.cause.to_string(),
            item.id.clone(),
            item.name.clone(),
            item.unit.clone(),
            String::new(),
            was,
        ]
    });
    let problems = changes.problems.iter().filter(|problem| problem.class != Class::Kept).map(|p| {
        [
            text("problem"),
            p.class.to_string(),
            p.cause.to_string(),
            p.asset.clone(),
            p.name.clone(),
            p.unit.clone(),
            p.rule.clone(),
            String::new(),
        ]
    });
    items.chain(problems).collect()
}

/// The digest of the events of one scan.
pub(super) fn digest_of(events: &[Event]) -> String {
    chain::digest(events.iter().flatten().map(String::as_bytes))
}
