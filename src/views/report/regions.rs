//! Items by place, place within place.
//!
//! For: going down from the whole to a county. Not for: deciding where an item is (the scan does). Invariant: the
//! parts of a place add up to it; items of the place itself are a part of their own.

use super::breakdown::counted;
use super::ledger::whole_path;
use super::view::Build;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// A place and what is in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Region {
    /// Its name without the places above it; empty for the whole.
    pub name: String,
    /// The whole path as one name; empty where a search by it would find something else.
    pub path: String,
    /// Items before.
    pub live: u64,
    /// Items after.
    pub after: u64,
    /// Open findings.
    pub findings: u64,
    /// The places in it, the largest first.
    pub parts: Vec<Region>,
}

/// A place while it is being counted; the empty name stands for the place itself.
#[derive(Default)]
struct Node {
    live: u64,
    after: u64,
    findings: u64,
    parts: BTreeMap<String, Node>,
}

/// The whole with its parts.
pub(super) fn tree(build: &Build<'_>) -> Region {
    let mut root = Node::default();
    for (at, asset) in build.document.assets.iter().enumerate() {
        let counts = counted(build, at);
        let findings = build.index.findings(at).filter(|f| f.status != "waived").count() as u64;
        if counts.is_none() && findings == 0 {
            continue;
        }
        let (live, after) = counts.map_or((0, 0), |(_, stays)| (1, u64::from(stays)));
        let whole = [whole_path(asset)];
        let path = if asset.region.path.is_empty() { &whole[..] } else { &asset.region.path[..] };
        let mut node = &mut root;
        node.add(live, after, findings);
        for name in path.iter().filter(|name| !name.is_empty()) {
            node = node.parts.entry(name.clone()).or_default();
            node.add(live, after, findings);
        }
        node.parts.entry(String::new()).or_default().add(live, after, findings);
    }
    root.into_region(build, String::new(), String::new())
}

impl Node {
    fn add(&mut self, live: u64, after: u64, findings: u64) {
        self.live += live;
        self.after += after;
        self.findings += findings;
    }

    fn into_region(mut self, build: &Build<'_>, name: String, path: String) -> Region {
        // A place without places in it is no part of itself.
        if self.parts.len() == 1 && !name.is_empty() {
            self.parts.remove("");
        }
        let mut parts: Vec<Region> = Vec::with_capacity(self.parts.len());
        for (part, node) in self.parts {
            let (title, below) = match (part.is_empty(), path.is_empty()) {
                (true, true) => (build.names.text("report.no-region"), String::new()),
                (true, false) => (build.names.text("report.region-itself"), String::new()),
                (false, _) => (part.clone(), format!("{path}{part}")),
            };
            parts.push(node.into_region(build, title, below));
        }
        parts.sort_by_key(|part| (part.path.is_empty(), Reverse(part.live)));
        Region { name, path, live: self.live, after: self.after, findings: self.findings, parts }
    }
}
