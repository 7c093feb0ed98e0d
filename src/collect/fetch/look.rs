//! One look at one page: robots.txt, spacing, attempts, redirects, and the record of it.

use super::FetchError;
use super::client::{Answer, Failure};
use super::host::{Host, SILENT_LOOKS, Stop};
use super::run::{Worker, stamp};
use crate::collect::plan::Request;
use crate::collect::reading::{self, Wanted, decode, leads_to_login, overall};
use crate::collect::robots::{self, Robots};
use crate::collect::safety::{Allow, Target, check};
use crate::evidence::{Body, Hop, How, Reading, Record, State};
use jiff::Timestamp;
use std::time::Duration;

/// Attempts at one page when the server has a fault or does not answer.
const ATTEMPTS: u32 = 3;
/// The longest wait that a busy server gets; one that wants more is asked on another day.
const LONGEST_WAIT: u64 = 60;
/// The source under which later hops are written down.
const REDIRECT: &str = "redirect";

/// What became of a look.
pub(super) enum Outcome {
    /// There is a record.
    Kept(Box<Record>),
    /// The host is not asked any more, and nothing was asked.
    Left,
}

/// One answer, or why there is none, with the attempts it took.
enum Got {
    Answer(Answer),
    Failed(Failure),
    Stopped,
}

impl Worker {
    /// Looks at a page, hop by hop.
    pub(super) async fn look(&self, request: &Request, allow: &Allow) -> Result<Outcome, FetchError> {
        let adapter = self.adapter(&request.source);
        let mut record = Record {
            how: How::Fetched.to_string(),
            source: request.source.clone(),
            adapter: adapter.map(|a| a.version.clone()).unwrap_or_default(),
            url: request.url.clone(),
            final_url: request.url.clone(),
            host: request.host.clone(),
            by: request.by.clone(),
            ..Record::default()
        };
        let mut target = match check(&request.url, allow) {
            Ok(target) => target,
            Err(why) => return Ok(failed(record, request, State::Unsafe, &why.to_string())),
        };
        loop {
            let host = self.host(&target);
            let mut host = host.lock().await;
            record.host = target.origin();
            record.final_url = target.url.to_string();
            if host.stop.is_none() && host.robots.is_none() {
                self.robots(&mut host, &target).await?;
            }
            if host.stop.is_some() {
                host.left += 1;
                // A page that led here was asked already; what it led to is not known.
                return Ok(if record.hops.is_empty() {
                    Outcome::Left
                } else {
                    failed(record, request, State::Unreachable, "redirect: host left alone")
                });
            }
            if let Some(failure) = &host.failure {
                let detail = format!("robots.txt: {}", failure.detail);
                return Ok(failed(record, request, failure.state, &detail));
            }
            let path = target.url[url::Position::BeforePath..].to_owned();
            let verdict = host.robots.as_ref().map(|robots| robots.verdict(&path));
            if let Some(verdict) = verdict {
                record.robots = Some(verdict.rule.clone());
                if !verdict.allowed {
                    return Ok(failed(record, request, State::RobotsRefused, &verdict.rule));
                }
            }
            let first = record.hops.is_empty();
            let source = if first { request.source.as_str() } else { REDIRECT };
            let conditions = if first { self.conditions(request) } else { Vec::new() };
            let got = self.attempts(&mut host, &target, source, &conditions, &mut record.attempts).await?;
            let answer = match got {
                Got::Stopped => {
                    host.left += 1;
                    return Ok(match record.attempts {
                        0 => Outcome::Left,
                        _ => failed(record, request, State::Unreachable, "budget"),
                    });
                }
                Got::Failed(failure) => {
                    count_silence(&mut host, failure.state);
                    return Ok(failed(record, request, failure.state, &failure.detail));
                }
                Got::Answer(answer) => answer,
            };
            host.silent = 0;
            record.hops.push(Hop {
                url: target.url.to_string(),
                address: answer.address.clone(),
                status: answer.status,
            });
            record.status = Some(answer.status);
            record.headers.clone_from(&answer.headers);
            record.retry_after = retry_after(&record.headers, self.now());
            if !matches!(answer.status, 301 | 302 | 303 | 307 | 308) {
                let record = self.answered(record, request, answer)?;
                if record.state() == State::Blocked {
                    host.stop = Some(Stop::Refused);
                } else if record.state() == State::Unreachable && record.retry_after.is_some() {
                    host.stop = Some(Stop::Later);
                }
                return Ok(Outcome::Kept(Box::new(record)));
            }
            match self.redirected(&record, &target, allow) {
                Ok(next) => target = next,
                Err(failure) => {
                    if failure.state == State::Blocked {
                        host.stop = Some(Stop::Refused);
                    }
                    return Ok(failed(record, request, failure.state, &failure.detail));
                }
            }
        }
    }

    /// Where a redirect leads, when it may be followed.
    fn redirected(&self, record: &Record, from: &Target, allow: &Allow) -> Result<Target, Failure> {
        let to = record.header("location").and_then(|to| from.url.join(to).ok());
        let to = to.ok_or_else(|| Failure::new(State::ChangedShape, "redirect: nowhere"))?;
        if leads_to_login(&from.url, &to) {
            return Err(Failure::new(State::Blocked, format!("redirect: {to}")));
        }
        let most = self.settings.limits.redirects;
        if record.hops.len() > most {
            return Err(Failure::new(State::OverLimit, format!("redirects: {most}")));
        }
        check(to.as_str(), allow)
            .map_err(|why| Failure::new(State::Unsafe, format!("redirect to {to}: {why}")))
    }

    /// Asks, and asks again where the server has a fault, each time more slowly.
    async fn attempts(
        &self,
        host: &mut Host,
        target: &Target,
        source: &str,
        conditions: &[(&str, String)],
        made: &mut u32,
    ) -> Result<Got, FetchError> {
        let spacing = self.spacing(target, source);
        for attempt in 0..ATTEMPTS {
            if host.asked >= self.settings.budget {
                host.stop = Some(Stop::Budget);
                return Ok(Got::Stopped);
            }
            host.wait(spacing * 2_u32.pow(attempt)).await;
            // Written down first: a run that is killed now knows later that this was asked.
            self.ask(source, &target.origin(), target.url.as_str())?;
            host.asked += 1;
            host.now += 1;
            *made += 1;
            let got = self.client.get(target, conditions).await;
            host.last = Some(tokio::time::Instant::now());
            let last = attempt + 1 == ATTEMPTS;
            match got {
                Ok(answer) => {
                    host.bytes += answer.bytes;
                    let is_fault = (500..600).contains(&answer.status);
                    let wait = retry_after(&answer.headers, self.now());
                    match wait {
                        Some(seconds) if is_fault && !last && seconds <= LONGEST_WAIT => {
                            tokio::time::sleep(Duration::from_secs(seconds)).await;
                        }
                        None if is_fault && !last => {}
                        _ => return Ok(Got::Answer(answer)),
                    }
                }
                Err(failure) if failure.state == State::Unreachable && !last => {}
                Err(failure) => return Ok(Got::Failed(failure)),
            }
        }
        Ok(Got::Stopped)
    }

    /// Learns what the host's robots.txt says: from the folder, or by asking for it.
    async fn robots(&self, host: &mut Host, target: &Target) -> Result<(), FetchError> {
        let mut at = target.clone();
        at.url.set_path("/robots.txt");
        at.url.set_query(None);
        let url = at.url.to_string();
        if let Some(held) = self.kept_robots(&url) {
            match held {
                Ok(robots) => host.robots = Some(robots),
                Err(failure) => {
                    host.robots = Some(Robots::not_to_be_had());
                    host.failure = Some(failure);
                }
            }
            return Ok(());
        }
        let mut record = Record {
            how: How::Fetched.to_string(),
            source: ROBOTS.to_owned(),
            url: url.clone(),
            final_url: url,
            host: target.origin(),
            ..Record::default()
        };
        let mut robots = None;
        for _ in 0..=self.settings.limits.redirects {
            let source = if record.hops.is_empty() { ROBOTS } else { REDIRECT };
            let answer = match self.attempts(host, &at, source, &[], &mut record.attempts).await? {
                Got::Stopped => return Ok(()),
                Got::Failed(failure) => {
                    count_silence(host, failure.state);
                    record.state = failure.state.to_string();
                    record.detail = Some(failure.detail.clone());
                    host.failure = Some(failure);
                    break;
                }
                Got::Answer(answer) => answer,
            };
            record.final_url = at.url.to_string();
            record.status = Some(answer.status);
            record.hops.push(Hop {
                url: at.url.to_string(),
                address: answer.address.clone(),
                status: answer.status,
            });
            record.headers.clone_from(&answer.headers);
            record.retry_after = retry_after(&record.headers, self.now());
            match answer.status {
                200..=299 => {
                    let start = &answer.body[..answer.body.len().min(robots::MOST_BYTES)];
                    record.body = Some(self.put(&answer.body, "text", None)?);
                    robots = Some(Robots::parse(&String::from_utf8_lossy(start), self.product()));
                    record.state = State::Listed.to_string();
                }
                429 => {
                    host.stop = Some(Stop::Refused);
                    record.state = State::Blocked.to_string();
                }
                400..=499 => {
                    robots = Some(Robots::absent());
                    record.state = State::NotListed.to_string();
                }
                300..=399 => {
                    // Only within the same host: another one's rules are not this one's.
                    let to = record.header("location").and_then(|to| at.url.join(to).ok());
                    let allow =
                        Allow { hosts: vec![target.host.clone()], internal: self.settings.internal.clone() };
                    match to.and_then(|to| check(to.as_str(), &allow).ok()) {
                        Some(next) if next.origin() == target.origin() => {
                            at = next;
                            continue;
                        }
                        _ => record.state = State::Unreachable.to_string(),
                    }
                }
                _ => record.state = State::Unreachable.to_string(),
            }
            break;
        }
        if record.state.is_empty() {
            record.state = State::OverLimit.to_string();
        }
        self.keep(record)?;
        host.robots = Some(robots.unwrap_or_else(Robots::not_to_be_had));
        Ok(())
    }

    /// What a page says that was there: read, and kept with its bytes.
    fn answered(&self, mut record: Record, request: &Request, answer: Answer) -> Result<Record, FetchError> {
        if answer.status == 304
            && let Some(earlier) = self.earlier(request)
        {
            // The page is the one that is held: what was read of it holds on.
            record.not_modified = true;
            record.body = earlier.body;
            record.state = earlier.state;
            record.readings = earlier.readings;
            for reading in &mut record.readings {
                if let Some(wanted) = request.wanted.iter().find(|wanted| wanted.key == reading.key) {
                    reading.assets.clone_from(&wanted.assets);
                }
            }
            return Ok(record);
        }
        let (text, encoding) = decode(&answer.body, record.header("content-type"));
        let is_json = text.trim_start_matches('\u{feff}').trim_start().starts_with(['{', '[']);
        record.body = Some(self.put(&answer.body, if is_json { "json" } else { "html" }, Some(encoding))?);
        let page = reading::Answer { status: answer.status, text: &text };
        if let Some(adapter) = self.adapter(&request.source)
            && let Some(ask) = adapter.ask.get(request.ask)
        {
            record.readings = reading::read(adapter, ask, page, &request.wanted);
        }
        record.state = overall(&record.readings, answer.status).to_string();
        Ok(record)
    }

    /// Headers that ask for a page only if it has changed.
    fn conditions(&self, request: &Request) -> Vec<(&'static str, String)> {
        let Some(earlier) = self.earlier(request).filter(|earlier| earlier.state().tells()) else {
            return Vec::new();
        };
        let pairs = [("if-none-match", "etag"), ("if-modified-since", "last-modified")];
        let value = |(name, from)| Some((name, earlier.header(from)?.to_owned()));
        pairs.into_iter().filter_map(value).collect()
    }

    /// Keeps the bytes of a page.
    fn put(&self, bytes: &[u8], format: &str, encoding: Option<&str>) -> Result<Body, FetchError> {
        let (blake3, sm3) = self.put_body(bytes)?;
        Ok(Body {
            blake3,
            sm3,
            bytes: bytes.len() as u64,
            format: format.to_owned(),
            encoding: encoding.map(str::to_owned),
        })
    }

    /// Keeps a record, with the moment at which it was made.
    pub(super) fn keep(&self, mut record: Record) -> Result<(), FetchError> {
        record.taken = stamp(self.now());
        self.put_record(&record)
    }
}

/// The record of a look that came to nothing: the same for every item that it was for.
fn failed(mut record: Record, request: &Request, state: State, detail: &str) -> Outcome {
    record.state = state.to_string();
    record.detail = Some(detail.to_owned());
    record.readings = nothing(request, state);
    Outcome::Kept(Box::new(record))
}

/// A host that several looks in a row did not find is given up.
fn count_silence(host: &mut Host, state: State) {
    if matches!(state, State::Unreachable | State::OverLimit | State::TlsUnsupported | State::TlsUntrusted) {
        host.silent += 1;
        if host.silent >= SILENT_LOOKS {
            host.stop = Some(Stop::Silent);
        }
    }
}

/// The source under which robots.txt is kept.
pub(super) const ROBOTS: &str = "robots";

/// One reading of this state for each item that was asked for.
pub(super) fn nothing(request: &Request, state: State) -> Vec<Reading> {
    let reading = |wanted: &Wanted| Reading {
        key: wanted.key.clone(),
        assets: wanted.assets.clone(),
        state: state.to_string(),
        ..Reading::default()
    };
    request.wanted.iter().map(reading).collect()
}

/// Seconds after which a host wants to be asked again: as many as it says, or until the moment that it names.
fn retry_after(headers: &[(String, String)], now: Timestamp) -> Option<u64> {
    let (_, value) = headers.iter().find(|(name, _)| name == "retry-after")?;
    let value = value.trim();
    let until =
        |moment: jiff::Zoned| (moment.timestamp().as_second() - now.as_second()).max(0).unsigned_abs();
    let seconds = value.parse().ok().or_else(|| jiff::fmt::rfc2822::parse(value).ok().map(until));
    Some(seconds.unwrap_or(DEFAULT_WAIT))
}

/// For a `Retry-After` that cannot be read.
const DEFAULT_WAIT: u64 = 24 * 60 * 60;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_says_when_in_seconds_or_by_a_moment() {
        let now: Timestamp = "2026-11-28T08:00:00Z".parse().unwrap();
        let says = |text: &str| retry_after(&[("retry-after".to_owned(), text.to_owned())], now);
        assert_eq!(says("120"), Some(120));
        assert_eq!(says(" Mon, 30 Nov 2026 08:00:00 GMT"), Some(2 * DEFAULT_WAIT));
        assert_eq!(says("Fri, 27 Nov 2026 08:00:00 GMT"), Some(0));
        assert_eq!(says("soon"), Some(DEFAULT_WAIT));
        assert_eq!(retry_after(&[], now), None);
    }
}
