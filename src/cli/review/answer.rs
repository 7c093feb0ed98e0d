//! One request → one answer, with the headers that keep the page to itself.

use super::desk::{Ask, Desk};
use super::gate::{Asked, Gate, Want};
use super::waive::Waive;
use crate::views::review::{page, policy};
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::header::{self, HeaderMap, HeaderName, HeaderValue};
use hyper::{Request, Response, StatusCode};
use serde::de::DeserializeOwned;
use serde_json::{Value as Json, json};
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
            Ok(Want::Waive) => self.waive(request).await,
            Err(status) => reply(status, "text/plain", String::new()),
        }
    }

    async fn decide(&self, request: Request<Incoming>) -> Response<Full<Bytes>> {
        self.written(request, |desk, ask: Ask| {
            let entry = desk.decide(ask, &(self.now)())?;
            let decision = entry.as_ref().map(crate::views::review::entry);
            Ok(json!({ "decision": decision, "count": desk.decided() }))
        })
        .await
    }

    async fn waive(&self, request: Request<Incoming>) -> Response<Full<Bytes>> {
        self.written(request, |desk, ask: Waive| {
            let waived = desk.waive(&ask, &(self.now)())?;
            Ok(json!({ "waived": waived.as_ref().map(crate::views::review::waived) }))
        })
        .await
    }

    /// Reads what the page sends, has it written, and answers with what stands now or why it does not.
    async fn written<A: DeserializeOwned>(
        &self,
        request: Request<Incoming>,
        write: impl FnOnce(&mut Desk, A) -> Result<Json, &'static str>,
    ) -> Response<Full<Bytes>> {
        let body = tokio::time::timeout(PATIENCE, Limited::new(request.into_body(), LARGEST).collect()).await;
        let Ok(Ok(body)) = body else { return reply(413, JSON, json!({ "error": "" }).to_string()) };
        let asked = serde_json::from_slice::<A>(&body.to_bytes()).map_err(|_| "review.refused.verdict");
        match asked.and_then(|ask| self.desk(|desk| write(desk, ask))) {
            Ok(answer) => reply(200, JSON, answer.to_string()),
            Err(key) => {
                let text = self.desk(|desk| desk.catalogue()).text(key).into_owned();
                reply(422, JSON, json!({ "error": text }).to_string())
            }
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
