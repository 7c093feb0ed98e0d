//! Who is who in a scan document: from an asset id to its findings, pairs, cluster and action.
//!
//! For: every view that starts from an asset. Not for: figures. Invariant: positions are those of
//! the document; an id that the document does not have leads nowhere, never to a panic.

use super::called;
use super::decided::Decided;
use super::problems::rank;
use crate::scan::document::{Action, Asset, Cluster, Finding, Pair, ScanDocument};
use std::collections::HashMap;

/// Positions by asset.
pub struct Index<'a> {
    document: &'a ScanDocument,
    by_id: HashMap<&'a str, usize>,
    action: Vec<Option<u32>>,
    cluster: Vec<Option<u32>>,
    findings: Vec<Vec<u32>>,
    pairs: Vec<Vec<u32>>,
    units: HashMap<&'a str, String>,
    /// What was decided about items and pairs.
    pub(super) decided: Decided<'a>,
}

impl<'a> Index<'a> {
    /// Reads the document once.
    pub fn new(document: &'a ScanDocument) -> Index<'a> {
        let n = document.assets.len();
        let mut index = Index {
            document,
            by_id: document.assets.iter().enumerate().map(|(i, a)| (a.id.as_str(), i)).collect(),
            action: vec![None; n],
            cluster: vec![None; n],
            findings: vec![Vec::new(); n],
            pairs: vec![Vec::new(); n],
            units: called::names(document),
            decided: Decided::new(document),
        };
        for (i, action) in document.plan.actions.iter().enumerate() {
            if let Some(&at) = index.by_id.get(action.asset.as_str()) {
                index.action[at] = Some(i as u32);
            }
        }
        for (i, cluster) in document.clusters.iter().enumerate() {
            for member in &cluster.members {
                if let Some(&at) = index.by_id.get(member.as_str()) {
                    index.cluster[at] = Some(i as u32);
                }
            }
        }
        for (i, finding) in document.findings.iter().enumerate() {
            if let Some(&at) = finding.asset.as_deref().and_then(|id| index.by_id.get(id)) {
                index.findings[at].push(i as u32);
            }
        }
        for (i, pair) in document.pairs.iter().enumerate() {
            for side in [&pair.left, &pair.right] {
                if let Some(&at) = index.by_id.get(side.as_str()) {
                    index.pairs[at].push(i as u32);
                }
            }
        }
        index
    }

    /// What the unit with this canonical name is called: the name most often written for it.
    pub fn unit<'b>(&'b self, canonical: &'b str) -> &'b str {
        self.units.get(canonical).map_or(canonical, String::as_str)
    }

    /// Position of an asset.
    pub fn position(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// An asset by id.
    pub fn asset(&self, id: &str) -> Option<&'a Asset> {
        self.position(id).map(|at| &self.document.assets[at])
    }

    /// The name of an asset, or the id when there is no such asset.
    pub fn name<'b>(&self, id: &'b str) -> &'b str
    where
        'a: 'b,
    {
        self.asset(id).map_or(id, |asset| asset.name.as_str())
    }

    /// What the plan does with the asset at a position.
    pub fn action(&self, at: usize) -> Option<&'a Action> {
        self.action[at].map(|i| &self.document.plan.actions[i as usize])
    }

    /// The cluster of the asset at a position.
    pub fn cluster(&self, at: usize) -> Option<&'a Cluster> {
        self.cluster[at].map(|i| &self.document.clusters[i as usize])
    }

    /// The findings of the asset at a position, in document order.
    pub fn findings(&self, at: usize) -> impl Iterator<Item = &'a Finding> + '_ {
        self.findings[at].iter().map(|&i| &self.document.findings[i as usize])
    }

    /// The gravest severity among the open findings of the asset at a position.
    pub fn gravest(&self, at: usize) -> Option<&'a str> {
        let open = self.findings(at).filter(|finding| finding.status != "waived");
        open.map(|finding| finding.severity.as_str()).min_by_key(|severity| rank(severity))
    }

    /// Positions of the findings of the asset at a position, in document order.
    pub(super) fn finding_positions(&self, at: usize) -> &[u32] {
        &self.findings[at]
    }

    /// Positions of the pairs of the asset at a position, in document order.
    pub(super) fn pair_positions(&self, at: usize) -> &[u32] {
        &self.pairs[at]
    }

    /// The pairs of the asset at a position, in document order.
    pub fn pairs(&self, at: usize) -> impl Iterator<Item = &'a Pair> + '_ {
        self.pairs[at].iter().map(|&i| &self.document.pairs[i as usize])
    }
}
