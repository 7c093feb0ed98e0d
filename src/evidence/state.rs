//! What a look at a page came to, each outcome kept apart from every other.
//!
//! For: never calling a failed connection "taken down". Not for: words, which are `collect.state.<name>`
//! in the catalogue.

use crate::model::vocabulary;

vocabulary! {
    /// What a look at a page came to.
    State {
        /// The item is there.
        Listed = "listed",
        /// The store or site answered, and says that it has no such item there.
        NotListed = "not-listed",
        /// The page says that its content was deleted.
        Deleted = "deleted",
        /// The page says that the account has moved.
        Migrated = "migrated",
        /// The page says that it was closed for a violation.
        Violated = "violated",
        /// The server wants a login, a captcha or no machines, or said that it had enough.
        Blocked = "blocked",
        /// No answer, a broken answer or a fault of the server: says nothing about the item.
        #[default]
        Unreachable = "unreachable",
        /// An answer whose form is not the one that the adapter knows.
        ChangedShape = "changed-shape",
        /// The server speaks no version of TLS that is spoken here.
        TlsUnsupported = "tls-unsupported",
        /// The server's certificate is not to be trusted.
        TlsUntrusted = "tls-untrusted",
        /// The host's robots.txt does not want it.
        RobotsRefused = "robots-refused",
        /// The address, or one that it led to, is not one to be asked.
        Unsafe = "unsafe",
        /// More than the limits of body, headers, time or redirects.
        OverLimit = "over-limit",
        /// Asked, but the run ended before the answer was kept.
        Interrupted = "interrupted",
        /// Kept by hand in a form that nothing is read from.
        Kept = "kept",
    }
}

impl State {
    /// Whether the page itself says that the item is not there any more, or never was.
    pub fn is_gone(self) -> bool {
        matches!(self, State::NotListed | State::Deleted | State::Migrated | State::Violated)
    }

    /// Whether it says anything about the item at all.
    pub fn tells(self) -> bool {
        self == State::Listed || self.is_gone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_is_never_taken_for_an_absence() {
        let failures = [
            State::Blocked,
            State::Unreachable,
            State::ChangedShape,
            State::TlsUnsupported,
            State::TlsUntrusted,
            State::RobotsRefused,
            State::Unsafe,
            State::OverLimit,
            State::Interrupted,
            State::Kept,
        ];
        assert!(failures.iter().all(|state| !state.is_gone() && !state.tells()));
    }
}
