//! What is known of a host during a run: when it was last asked, what it allows, whether it wants to be left alone.

use super::client::Failure;
use crate::collect::robots::Robots;
use std::time::Duration;
use tokio::time::Instant;

/// One host. Whoever holds it is the only one who asks it.
#[derive(Default)]
pub(super) struct Host {
    /// When the last answer was there, or given up.
    pub(super) last: Option<Instant>,
    /// What robots.txt says, once it was asked for.
    pub(super) robots: Option<Robots>,
    /// What kept robots.txt from being had, where it was not the server's own word: then it keeps the pages too.
    pub(super) failure: Option<Failure>,
    /// Requests within the last day, this run included.
    pub(super) asked: u32,
    /// Requests of this run.
    pub(super) now: u64,
    /// Bytes of this run.
    pub(super) bytes: u64,
    /// Looks in a row that found nobody.
    pub(super) silent: u32,
    /// Why it is not asked any more.
    pub(super) stop: Option<Stop>,
    /// Looks that were not made because of that.
    pub(super) left: u64,
}

/// Why a host is not asked any more in this run.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Stop {
    /// It refused: 401, 403, 429 and the like, a captcha, a login.
    Refused,
    /// It wants to be asked later.
    Later,
    /// The budget of the day is used up.
    Budget,
    /// Several looks in a row found nobody.
    Silent,
}

impl Stop {
    /// The last part of its catalogue key.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Stop::Refused => "refused",
            Stop::Later => "later",
            Stop::Budget => "budget",
            Stop::Silent => "silent",
        }
    }
}

/// Looks in a row that find nobody before a host is given up.
pub(super) const SILENT_LOOKS: u32 = 3;

impl Host {
    /// Waits until it may be asked again: our own spacing, and what its robots.txt asks for on top.
    pub(super) async fn wait(&self, spacing: Duration) {
        let delay = self.robots.as_ref().and_then(|robots| robots.crawl_delay).unwrap_or(0);
        let spacing = spacing + Duration::from_secs(u64::from(delay));
        if let Some(last) = self.last {
            tokio::time::sleep_until(last + spacing).await;
        }
    }
}
