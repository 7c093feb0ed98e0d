//! Whether a store is what was written: every link of the chain, every scan's bytes, every event.

use super::chain::Sealed;
use super::write::{Event, digest_of};
use super::{Fault, HistoryError, Store, evidence, read, said};
use rusqlite::Connection;

/// What was checked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verified {
    /// Rows of the chain.
    pub scans: u64,
    /// Those whose content is there and was compared.
    pub whole: u64,
    /// Digest of the last link; the reports of that scan show the scan's own digest.
    pub last: String,
    /// The first link that does not hold.
    pub broken: Option<Broken>,
}

/// A link that does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// The scan.
    pub scan: i64,
    /// `order` for a row that is missing before it, `row`, `said` for decisions and waivers, `content` or `events`.
    pub part: &'static str,
}

impl Store {
    /// Checks the whole store, up to the first link that does not hold.
    ///
    /// # Errors
    /// When the store cannot be read at all.
    pub fn verify(&self) -> Result<Verified, HistoryError> {
        self.at(verify(&self.db))
    }
}

const SQL: &str = "SELECT id, as_of, made, tool, rule_set, policy, matching, digest, trend, events, inputs, items, \
    problems, bytes, chain, body IS NOT NULL, evidence, said, waivers FROM scan ORDER BY id";

/// A row as it was sealed.
struct Link {
    id: i64,
    texts: [String; 9],
    counts: [i64; 4],
    chain: String,
    whole: bool,
    /// What stands for its evidence folder.
    evidence: String,
    /// What stands for what people said, and how many waivers it covers; of a form before that, no number.
    said: (String, Option<i64>),
}

fn verify(db: &Connection) -> Result<Verified, Fault> {
    let damage: String = db.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if damage != "ok" {
        return Err(Fault::Damaged(damage));
    }
    let links = read::list(db, SQL, |row| {
        let mut texts: [String; 9] = Default::default();
        for (at, text) in texts.iter_mut().enumerate() {
            *text = row.get(at + 1)?;
        }
        let counts = [row.get(10)?, row.get(11)?, row.get(12)?, row.get(13)?];
        let (chain, whole, evidence) = (row.get(14)?, row.get(15)?, row.get(16)?);
        let said = (row.get(17)?, row.get(18)?);
        Ok(Link { id: row.get(0)?, texts, counts, chain, whole, evidence, said })
    })?;
    let mut verified = Verified::default();
    let mut known = None;
    for link in &links {
        if let Some(part) = broken(db, link, &verified, &mut known)? {
            verified.broken = Some(Broken { scan: link.id, part });
            return Ok(verified);
        }
        verified.scans += 1;
        verified.whole += u64::from(link.whole);
        verified.last.clone_from(&link.chain);
    }
    Ok(verified)
}

/// What of a row does not hold.
///
/// `known` is the scan before with its bytes, and then this one.
fn broken(
    db: &Connection,
    link: &Link,
    before: &Verified,
    known: &mut Option<(i64, Vec<u8>)>,
) -> Result<Option<&'static str>, Fault> {
    if u64::try_from(link.id) != Ok(before.scans + 1) {
        return Ok(Some("order"));
    }
    let seal = evidence::seal(&link.evidence, &evidence::kept(db, link.id)?);
    let texts: Vec<&str> = link.texts.iter().map(String::as_str).chain([seal.as_str()]).collect();
    let Ok(texts) = <[&str; 10]>::try_from(texts) else { return Ok(Some("row")) };
    let (said, waivers) = &link.said;
    let sealed = Sealed { id: link.id, texts, counts: link.counts, said: waivers.map(|_| said.as_str()) };
    if sealed.chain(&before.last) != link.chain {
        return Ok(Some("row"));
    }
    if let Some(waivers) = waivers
        && said::seal(db, link.id, *waivers)? != *said
    {
        return Ok(Some("said"));
    }
    if link.whole {
        let same = match read::text_upon(db, link.id, known.as_ref()) {
            Ok(text) => {
                let same = blake3::hash(&text).to_hex().as_str() == link.texts[6];
                *known = Some((link.id, text));
                same
            }
            Err(Fault::Damaged(_) | Fault::Pruned(_)) => false,
            Err(fault) => return Err(fault),
        };
        if !same {
            return Ok(Some("content"));
        }
    }
    let mut query = db.prepare_cached(
        "SELECT about, class, cause, asset, name, unit, rule, was FROM event WHERE scan = ? ORDER BY number",
    )?;
    let events = query.query_map([link.id], |row| {
        let mut event: Event = Default::default();
        for (at, text) in event.iter_mut().enumerate() {
            *text = row.get(at)?;
        }
        Ok(event)
    })?;
    let events: Vec<Event> = events.collect::<Result<_, _>>()?;
    Ok((digest_of(&events) != link.texts[8]).then_some("events"))
}
