//! The only part of the program that opens a connection.
//!
//! For: working through a plan, host by host, and keeping what comes back. Not for: deciding what to ask. Invariants:
//! a request is written down before it is made; one request at a time for a host, spaced; a host that refuses is
//! left alone; no cookie is kept, no browser is played, and no redirect is followed without the whole check.

mod client;
mod host;
mod known;
mod look;
mod post;
mod run;

pub use client::{Limits, Names, system_names};
pub use post::post;
pub use run::{Settings, Worker, run};

use crate::evidence::StoreError;

/// Why a run could not go on.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// The evidence folder.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// No connection can be made at all: the proxy, the certificates, the system.
    #[error("no client: {0}")]
    Client(String),
}

/// A lock that a panic of another task does not close for good.
pub(super) fn held<T>(lock: &std::sync::Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}
