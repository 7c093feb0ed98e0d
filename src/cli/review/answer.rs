//! One request → one answer, with the headers that keep the page to itself.

use super::desk::{Ask, Desk};
use super::gate::{Asked, Gate, Want};
use crate::views::review::{page, policy};
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::header::{self, HeaderMap, HeaderName, HeaderValue};
use hyper::{Request, Response, StatusCode};
use serde_json::json;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Bytes of a decision.
const LARGEST: usize = 64 << 10;
/// How long a decision may take to arrive.
const PATIENCE: Duration = Duration::from_secs(10);

/// What all connections share.
pub(super) struct Shared {
    pub(super) gate: Gate,
    pub(super) desk: Mutex<Desk>,
    pub(super) now: fn() -> String,
}

impl Shared {
    /// Answers, whatever was asked.
    pub(super) async fn answer(&self, request: Request<Incoming>) -> Response<Full<Bytes>> {
        let headers = request.headers();
        let asked = Asked {
            method: request.method().as_str(),
            path: request.uri().path(),
            host: one(headers, &header::HOST).unwrap_or(""),
            origin: one(headers, &header::ORIGIN),
            site: one(headers, &HeaderName::from_static("sec-fetch-site")),
            kind: one(headers, &header::CONTENT_TYPE).unwrap_or(""),
        };
        match self.gate.check(asked) {
            Ok(Want::Page) => {
                reply(200, "text/html; charset=utf-8", page(self.desk(|desk| desk.catalogue())))
            }
            Ok(Want::Data) => reply(200, JSON, self.desk(|desk| desk.data())),
            Ok(Want::Decide) => self.decide(request).await,
            Err(status) => reply(status, "text/plain", String::new()),
        }
    }

    async fn decide(&self, request: Request<Incoming>) -> Response<Full<Bytes>> {
        let body = tokio::time::timeout(PATIENCE, Limited::new(request.into_body(), LARGEST).collect()).await;
        let Ok(Ok(body)) = body else { return reply(413, JSON, json!({ "error": "" }).to_string()) };
        let refused = |key: &str| {
            let text = self.desk(|desk| desk.catalogue()).text(key).into_owned();
            reply(422, JSON, json!({ "error": text }).to_string())
        };
        let Ok(ask) = serde_json::from_slice::<Ask>(&body.to_bytes()) else {
            return refused("review.refused.verdict");
        };
        let done = self.desk(|desk| (desk.decide(ask, &(self.now)()), desk.decided()));
        match done {
            (Ok(entry), count) => {
                let decision = entry.as_ref().map(crate::views::review::entry);
                reply(200, JSON, json!({ "decision": decision, "count": count }).to_string())
            }
            (Err(key), _) => refused(key),
        }
    }

    fn desk<T>(&self, with: impl FnOnce(&mut Desk) -> T) -> T {
        with(&mut self.desk.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

const JSON: &str = "application/json";

/// A header that stands there once; one that is repeated counts as unreadable.
fn one<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    let mut values = headers.get_all(name).iter();
    let first = values.next()?;
    if values.next().is_some() { Some("?") } else { Some(first.to_str().unwrap_or("?")) }
}

fn reply(status: u16, kind: &'static str, body: String) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(Bytes::from(body)));
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    let policy = HeaderValue::from_str(&policy()).unwrap_or(HeaderValue::from_static("default-src 'none'"));
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    for (name, value) in [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "no-referrer"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}
