//! One request to one checked address, within limits.
//!
//! Invariants: the client resolves no name; it only knows the addresses that were checked for this request. It
//! follows nothing, unpacks nothing and keeps no cookie; bodies are read piece by piece up to their limit.

use super::{FetchError, held};
use crate::collect::safety::{Refusal, Target};
use crate::evidence::State;
use flate2::read::{MultiGzDecoder, ZlibDecoder};
use reqwest::header::{ACCEPT, ACCEPT_ENCODING, ACCEPT_LANGUAGE, HeaderMap, HeaderValue};
use std::collections::BTreeMap;
use std::future::Future;
use std::io::Read as _;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// How much an answer may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a body, before and after unpacking.
    pub body: usize,
    /// Bytes of all headers.
    pub headers: usize,
    /// From the first byte asked to the last byte answered.
    pub time: Duration,
    /// Redirects of one look.
    pub redirects: usize,
}

impl Default for Limits {
    /// 4 MiB, 64 KiB, 15 s, 3: manners that are always kept.
    fn default() -> Self {
        Limits { body: 4 << 20, headers: 64 << 10, time: Duration::from_secs(15), redirects: 3 }
    }
}

/// Addresses of a name, found elsewhere.
type Found = Pin<Box<dyn Future<Output = std::io::Result<Vec<IpAddr>>> + Send>>;

/// Finds the addresses of a name.
pub type Names = Arc<dyn Fn(String) -> Found + Send + Sync>;

/// Asks the system.
pub fn system_names() -> Names {
    Arc::new(|host| {
        Box::pin(async move {
            let found = tokio::net::lookup_host((host, 0)).await?;
            Ok(found.map(|address| address.ip()).collect())
        })
    })
}

/// An answer within its limits.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) headers: Vec<(String, String)>,
    pub(super) address: String,
    pub(super) body: Vec<u8>,
    /// Bytes that came over the wire as body.
    pub(super) bytes: u64,
}

/// Why there is none.
#[derive(Clone)]
pub(super) struct Failure {
    pub(super) state: State,
    pub(super) detail: String,
}

impl Failure {
    pub(super) fn new(state: State, detail: impl Into<String>) -> Failure {
        Failure { state, detail: detail.into() }
    }
}

/// The addresses that were checked, by name: all that the client ever connects to.
#[derive(Clone, Default)]
struct Pinned(Arc<Mutex<BTreeMap<String, Vec<IpAddr>>>>);

impl reqwest::dns::Resolve for Pinned {
    fn resolve(&self, name: reqwest::dns::Name) -> reqwest::dns::Resolving {
        let host = name.as_str().trim_end_matches('.').to_owned();
        let known = held(&self.0).get(&host).cloned();
        Box::pin(async move {
            let addresses = known.ok_or_else(|| format!("{host}: no checked address"))?;
            let addresses: reqwest::dns::Addrs =
                Box::new(addresses.into_iter().map(|address| SocketAddr::new(address, 0)));
            Ok(addresses)
        })
    }
}

/// Makes requests.
pub(super) struct Client {
    inner: reqwest::Client,
    pinned: Pinned,
    names: Names,
    limits: Limits,
    /// The proxy finds the addresses of names by itself.
    proxied: bool,
}

impl Client {
    pub(super) async fn new(
        agent: &str,
        limits: Limits,
        names: Names,
        proxy: Option<&str>,
        certificates: Option<&[u8]>,
    ) -> Result<Client, FetchError> {
        let refused = |error: reqwest::Error| FetchError::Client(told(&error));
        let pinned = Pinned::default();
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static("text/html,application/json;q=0.9,*/*;q=0.1"));
        headers.insert(ACCEPT_LANGUAGE, HeaderValue::from_static("zh-CN"));
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
        let mut builder = reqwest::Client::builder()
            .user_agent(agent)
            .default_headers(headers)
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .no_proxy()
            .dns_resolver(Arc::new(pinned.clone()))
            .pool_max_idle_per_host(1)
            .pool_idle_timeout(Duration::from_secs(30))
            .connect_timeout(limits.time);
        if let Some(address) = proxy {
            let url = url::Url::parse(address).map_err(|error| FetchError::Client(error.to_string()))?;
            let host = url.host_str().unwrap_or_default().to_owned();
            // The user named the proxy; it may well be of the internal network.
            let found = match host.parse() {
                Ok(literal) => vec![literal],
                Err(_) => names(host.clone()).await.map_err(|error| FetchError::Client(error.to_string()))?,
            };
            held(&pinned.0).insert(host, found);
            builder = builder.proxy(reqwest::Proxy::all(address).map_err(refused)?);
        }
        if let Some(bytes) = certificates {
            let own = reqwest::Certificate::from_pem_bundle(bytes).map_err(refused)?;
            builder = builder.tls_certs_merge(own);
        }
        let inner = builder.build().map_err(refused)?;
        Ok(Client { inner, pinned, names, limits, proxied: proxy.is_some() })
    }

    /// Asks for a page. The whole of it, name and body included, is over within the limit of time.
    pub(super) async fn get(&self, target: &Target, headers: &[(&str, String)]) -> Result<Answer, Failure> {
        let answer = tokio::time::timeout(self.limits.time, self.within(target, headers)).await;
        answer.unwrap_or_else(|_| {
            let seconds = self.limits.time.as_secs_f32();
            Err(Failure::new(State::OverLimit, format!("time: {seconds} s")))
        })
    }

    async fn within(&self, target: &Target, headers: &[(&str, String)]) -> Result<Answer, Failure> {
        let checked = self.pin(target).await?;
        let mut request = self.inner.get(target.url.clone());
        for (name, value) in headers {
            request = request.header(*name, value);
        }
        let mut response = request.send().await.map_err(|error| failure(&error))?;
        let address = response.remote_addr().map(|address| address.ip());
        if !self.proxied && !address.is_some_and(|address| checked.contains(&address)) {
            return Err(Failure::new(State::Unsafe, "address: not the one that was checked"));
        }
        let status = response.status().as_u16();
        let headers = self.headers(response.headers())?;
        let of = |name: &str| headers.iter().find(|(held, _)| held == name).map(|(_, value)| value.as_str());
        if let Some(kind) = of("content-type").filter(|kind| is_package(kind)) {
            return Err(Failure::new(State::OverLimit, format!("package: {kind}")));
        }
        if of("content-disposition").is_some_and(|how| how.trim_start().starts_with("attachment")) {
            return Err(Failure::new(State::OverLimit, "package: attachment"));
        }
        let over = || Failure::new(State::OverLimit, format!("body: {} bytes", self.limits.body));
        if of("content-length")
            .and_then(|n| n.parse::<u64>().ok())
            .is_some_and(|n| n > self.limits.body as u64)
        {
            return Err(over());
        }
        let mut body = Vec::new();
        while let Some(piece) = response.chunk().await.map_err(|error| failure(&error))? {
            if body.len() + piece.len() > self.limits.body {
                return Err(over());
            }
            body.extend_from_slice(&piece);
        }
        let bytes = body.len() as u64;
        let body = match of("content-encoding").map(str::to_ascii_lowercase).as_deref() {
            None | Some("" | "identity") => body,
            // Asked for plain, and packed all the same.
            Some("gzip" | "x-gzip") => {
                unpack(MultiGzDecoder::new(body.as_slice()), self.limits.body).ok_or_else(over)?
            }
            Some("deflate") => {
                unpack(ZlibDecoder::new(body.as_slice()), self.limits.body).ok_or_else(over)?
            }
            Some(other) => {
                return Err(Failure::new(State::ChangedShape, format!("content-encoding: {other}")));
            }
        };
        let address = address.map(|address| address.to_string()).unwrap_or_default();
        Ok(Answer { status, headers, address, body, bytes })
    }

    /// Finds and checks every address of the target; these and no others are then asked.
    async fn pin(&self, target: &Target) -> Result<Vec<IpAddr>, Failure> {
        if let Some(literal) = target.literal {
            check(target, literal)?;
            return Ok(vec![literal]);
        }
        if self.proxied {
            return Ok(Vec::new());
        }
        let found = (self.names)(target.host.clone()).await;
        let found = found.map_err(|error| Failure::new(State::Unreachable, format!("name: {error}")))?;
        if found.is_empty() {
            return Err(Failure::new(State::Unreachable, "name: no address"));
        }
        for &address in &found {
            check(target, address)?;
        }
        held(&self.pinned.0).insert(target.host.clone(), found.clone());
        Ok(found)
    }

    /// The headers without cookies.
    fn headers(&self, map: &HeaderMap) -> Result<Vec<(String, String)>, Failure> {
        let size: usize = map.iter().map(|(name, value)| name.as_str().len() + value.len() + 4).sum();
        if size > self.limits.headers {
            return Err(Failure::new(State::OverLimit, format!("headers: {size} bytes")));
        }
        let cookies = ["set-cookie", "set-cookie2"];
        let kept = map.iter().filter(|(name, _)| !cookies.contains(&name.as_str()));
        Ok(kept
            .map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
            .collect())
    }
}

fn check(target: &Target, address: IpAddr) -> Result<(), Failure> {
    target.check_address(address).map_err(|why: Refusal| Failure::new(State::Unsafe, why.to_string()))
}

/// Whether a media type is that of something to install, unpack or watch.
fn is_package(kind: &str) -> bool {
    let kind = kind.to_ascii_lowercase();
    let kinds = [
        "application/vnd.android",
        "application/octet-stream",
        "application/zip",
        "application/x-",
        "video/",
        "audio/",
    ];
    kinds.iter().any(|start| kind.starts_with(start)) && !kind.starts_with("application/x-javascript")
}

/// Unpacks up to a limit; `None` beyond it, or when the packing is broken.
fn unpack(packed: impl std::io::Read, limit: usize) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    packed.take(limit as u64 + 1).read_to_end(&mut out).ok()?;
    (out.len() <= limit).then_some(out)
}

/// All that a chain of errors says.
pub(super) fn told(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        let cause_text = cause.to_string();
        if !text.contains(&cause_text) {
            text.push_str(": ");
            text.push_str(&cause_text);
        }
        next = cause.source();
    }
    text
}

/// What a failed request means. A certificate that does not hold and a version of TLS that is not spoken are no
/// statements about the item, and not the same either.
fn failure(error: &reqwest::Error) -> Failure {
    let text = told(error);
    let says = |words: &[&str]| {
        let plain = text.to_ascii_lowercase();
        words.iter().any(|word| plain.contains(word))
    };
    let state = if says(&["certificate", "unknownissuer", "notvalidforname"]) {
        State::TlsUntrusted
    } else if says(&[
        "protocolversion",
        "protocol version",
        "handshakefailure",
        "handshake failure",
        "peerincompatible",
        "peer is incompatible",
        "insufficientsecurity",
    ]) {
        State::TlsUnsupported
    } else {
        State::Unreachable
    };
    Failure::new(state, text)
}
