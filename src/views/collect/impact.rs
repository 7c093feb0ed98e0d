//! The effect on other people's services, worked out once: a row for each host and source.

use crate::collect::adapter::Adapter;
use crate::collect::plan::{Plan, Switches};
use crate::collect::{HostSummary, Summary};
use std::collections::BTreeMap;

/// What the impact page and the terminal tell.
pub struct Impact<'a> {
    /// What would be asked.
    pub plan: &'a Plan,
    /// What came of it; not there before a run.
    pub summary: Option<&'a Summary>,
    /// The program's name in every request.
    pub agent: String,
    /// Least seconds between two requests to a host.
    pub spacing: u32,
    /// The same in milliseconds for hosts of an internal network.
    pub internal_spacing: u32,
    /// Most requests to a host within a day.
    pub budget: u32,
    /// When this was worked out.
    pub at: String,
    /// Language of names of sources.
    pub lang: &'static str,
    /// All sources there are.
    pub adapters: &'a [Adapter],
    /// Who decided what.
    pub switches: &'a Switches,
}

/// A host and a source.
pub struct Row {
    /// Host.
    pub host: String,
    /// What people call the source.
    pub source: String,
    /// Pages.
    pub requests: u64,
    /// Least seconds between two of them; hosts of an internal network have a setting of their own.
    pub spacing: String,
    /// Least minutes that they take together.
    pub minutes: u64,
    /// Who decided.
    pub by: String,
    /// When.
    pub decided: String,
}

impl Impact<'_> {
    /// A row for each host and source, in that order.
    pub fn rows(&self) -> Vec<Row> {
        let mut counts: BTreeMap<(&str, &str), u64> = BTreeMap::new();
        for request in &self.plan.requests {
            *counts.entry((&request.host, &request.source)).or_default() += 1;
        }
        let row = |((host, source), requests): ((&str, &str), u64)| {
            let adapter = self.adapters.iter().find(|adapter| adapter.id == source);
            let bare = host.rsplit_once(':').map_or(host, |(name, _)| name);
            let internal =
                self.switches.internal.iter().any(|held| format!("{}:{}", held.host, held.port) == host);
            let public = self.spacing.max(adapter.map_or(0, |adapter| adapter.spacing)).saturating_mul(1000);
            let millis = if internal { self.internal_spacing } else { public };
            let decision = self.switches.decision(source, bare);
            Row {
                host: host.to_owned(),
                source: adapter.map_or(source, |adapter| adapter.called(self.lang)).to_owned(),
                requests,
                spacing: (f64::from(millis) / 1000.0).to_string(),
                minutes: ((requests + 1) * u64::from(millis)).div_ceil(60_000),
                by: decision.map(|on| on.by.clone()).unwrap_or_default(),
                decided: decision.map(|on| on.decided.clone()).unwrap_or_default(),
            }
        };
        counts.into_iter().map(row).collect()
    }

    /// What people call a source.
    pub fn called<'b>(&'b self, source: &'b str) -> &'b str {
        let adapter = self.adapters.iter().find(|adapter| adapter.id == source);
        adapter.map_or(source, |adapter| adapter.called(self.lang))
    }

    /// Requests and bytes of all hosts.
    pub fn traffic(&self) -> (u64, u64) {
        let hosts = self.summary.iter().flat_map(|summary| summary.hosts.values());
        hosts.fold((0, 0), |(requests, bytes), host: &HostSummary| {
            (requests + host.requests, bytes + host.bytes)
        })
    }
}
