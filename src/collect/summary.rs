//! What a run came to, as the impact page and the terminal tell it. Plain data.

use std::collections::{BTreeMap, BTreeSet};

/// What a host got and gave.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HostSummary {
    /// Requests, robots.txt and repetitions included.
    pub requests: u64,
    /// Bytes of bodies.
    pub bytes: u64,
    /// Why it was left alone in the end: `refused`, `later`, `budget`, `silent`.
    pub stopped: Option<&'static str>,
    /// Looks that were not made because of that.
    pub left: u64,
}

/// A page that told nothing of its item, and why.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Untold {
    /// Address.
    pub url: String,
    /// What the look came to.
    pub state: String,
    /// Why, in the words of the system or of the host; may be empty.
    pub detail: String,
}

/// What a run came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Looks with a record of this run, by state.
    pub states: BTreeMap<String, u64>,
    /// Pages that told nothing, by address.
    pub untold: BTreeSet<Untold>,
    /// Looks whose record of the last day holds.
    pub cached: u64,
    /// Traffic by host.
    pub hosts: BTreeMap<String, HostSummary>,
    /// Selectors that matched nothing: source and selector, with how many pages.
    pub unmatched: BTreeMap<(String, String), u64>,
}
