//! The server: one address, a few connections, until it is told to stop.

use super::answer::Shared;
use super::desk::Desk;
use super::gate::Gate;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::convert::Infallible;
use std::future::{Future, poll_fn};
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::Poll;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;

/// Connections at once: a browser opens six.
const CONNECTIONS: usize = 64;
/// How long a request may take to say what it wants.
const PATIENCE: Duration = Duration::from_secs(10);
/// Bytes of a request's head.
const HEAD: usize = 32 << 10;
/// Bytes of the word in the address: more than anybody guesses.
const WORD: usize = 24;

/// Serves until Ctrl-C. `tell` is given the address once it is bound; gives how many decisions the file has in the end.
///
/// # Errors
/// When the address cannot be bound, or the system gives no randomness.
pub(in crate::cli) fn run(
    desk: Desk,
    listen: SocketAddr,
    now: fn() -> String,
    tell: impl FnOnce(&str, SocketAddr) -> io::Result<()>,
) -> io::Result<usize> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = TcpListener::bind(listen).await?;
        let bound = listener.local_addr()?;
        let word = word()?;
        let shared = Arc::new(Shared { gate: Gate::new(&word, bound), desk: Mutex::new(desk), now });
        // Somebody who reads the address may stop at once.
        let mut stop = pin!(stopped());
        let mut next = async || {
            poll_fn(|context| {
                if stop.as_mut().poll(context).is_ready() {
                    return Poll::Ready(None);
                }
                listener.poll_accept(context).map(Some)
            })
            .await
        };
        tell(&format!("http://{bound}/{word}/"), bound)?;
        let places = Arc::new(Semaphore::new(CONNECTIONS));
        while let Some(accepted) = next().await {
            // A connection that broke before it began.
            let Ok((stream, _)) = accepted else { continue };
            let Ok(place) = places.clone().try_acquire_owned() else { continue };
            let shared = shared.clone();
            tokio::spawn(async move {
                talk(stream, shared).await;
                drop(place);
            });
        }
        let desk = shared.desk.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        Ok(desk.decided())
    })
}

async fn talk(stream: TcpStream, shared: Arc<Shared>) {
    let service = service_fn(move |request| {
        let shared = shared.clone();
        async move { Ok::<_, Infallible>(shared.answer(request).await) }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(PATIENCE)
        .max_buf_size(HEAD)
        .serve_connection(TokioIo::new(stream), service);
    // Whoever goes away in the middle is nobody's fault.
    let _ = connection.await;
}

/// Ends when the user or the system wants the program to end.
async fn stopped() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut ended) = signal(SignalKind::terminate()) {
            let mut typed = pin!(tokio::signal::ctrl_c());
            return poll_fn(|context| {
                if typed.as_mut().poll(context).is_ready() || ended.poll_recv(context).is_ready() {
                    return Poll::Ready(());
                }
                Poll::Pending
            })
            .await;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}

/// A word that nobody knows.
fn word() -> io::Result<String> {
    let mut bytes = [0; WORD];
    getrandom::fill(&mut bytes).map_err(|error| io::Error::other(error.to_string()))?;
    Ok(blake3::hash(&bytes).to_hex().to_string())
}
