//! One message to an address that a person named.
//!
//! For: the notice of a scheduled run. Not for: pages; nothing is kept of what comes back. Invariants: no redirect is
//! followed; at most [`MOST`] bytes of the answer are read; no error says the address, because part of it is a secret.

use super::client::told;
use std::time::Duration;

/// Bytes of an answer that are read: those of robots are a line.
const MOST: usize = 64 << 10;

/// Sends a JSON text and gives the status and the answer.
///
/// # Errors
/// When the address or the proxy is none, or nobody answers within the time.
pub fn post(
    address: &str,
    body: String,
    proxy: Option<&str>,
    time: Duration,
) -> Result<(u16, Vec<u8>), String> {
    let plain = |error: reqwest::Error| told(&error.without_url());
    let mut builder = reqwest::Client::builder()
        .user_agent(concat!("zhijian/", env!("CARGO_PKG_VERSION")))
        .redirect(reqwest::redirect::Policy::none())
        .referer(false)
        .no_proxy()
        .timeout(time);
    if let Some(proxy) = proxy {
        builder = builder.proxy(reqwest::Proxy::all(proxy).map_err(plain)?);
    }
    let client = builder.build().map_err(plain)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.map_err(|error| error.to_string())?.block_on(async {
        let request =
            client.post(address).header("content-type", "application/json; charset=utf-8").body(body);
        let mut response = request.send().await.map_err(plain)?;
        let status = response.status().as_u16();
        let mut answer = Vec::new();
        while let Some(piece) = response.chunk().await.map_err(plain)? {
            answer.extend_from_slice(&piece);
            if answer.len() > MOST {
                answer.truncate(MOST);
                break;
            }
        }
        Ok((status, answer))
    })
}
