//! Links and findings by asset, for quick lookup while deciding.

use super::Inputs;
use crate::model::{AssetIx, AssetTable, Field, Finding, FindingStatus, Relation, Severity};

/// What is known about each asset beyond itself.
pub(super) struct Known<'a> {
    /// Neighbours by asset, in the order of the pairs.
    links: Vec<Vec<(AssetIx, Relation)>>,
    /// Open findings by asset.
    findings: Vec<Vec<&'a Finding>>,
}

impl<'a> Known<'a> {
    /// Sorts pairs and findings by asset.
    pub(super) fn new(inputs: &Inputs<'a>) -> Self {
        let mut links = vec![Vec::new(); inputs.assets.len()];
        for pair in inputs.pairs {
            links[pair.left.index()].push((pair.right, pair.relation));
            links[pair.right.index()].push((pair.left, pair.relation));
        }
        let mut findings = vec![Vec::new(); inputs.assets.len()];
        for finding in inputs.findings.iter().filter(|f| f.status == FindingStatus::Open) {
            if let Some(asset) = finding.asset {
                findings[asset.index()].push(finding);
            }
        }
        Known { links, findings }
    }

    /// Assets related to this one by a relation.
    pub(super) fn related(&self, asset: AssetIx, relation: Relation) -> impl Iterator<Item = AssetIx> {
        self.links[asset.index()].iter().filter(move |(_, r)| *r == relation).map(|(other, _)| *other)
    }

    /// The relation of two assets, if any.
    pub(super) fn relation(&self, a: AssetIx, b: AssetIx) -> Option<Relation> {
        self.links[a.index()].iter().find(|(other, _)| *other == b).map(|(_, relation)| *relation)
    }

    /// Open findings that call for a repair of the item itself: binding ones that do not speak of
    /// another asset (those are answered by merging).
    pub(super) fn to_repair(&self, asset: AssetIx) -> impl Iterator<Item = &'a Finding> {
        let findings = self.findings[asset.index()].iter().copied();
        findings.filter(|f| calls_for_repair(f))
    }

    /// Whether an open finding says that the item does something forbidden.
    pub(super) fn is_forbidden(&self, asset: AssetIx) -> bool {
        self.findings[asset.index()].iter().any(|f| f.severity == Severity::Forbidden)
    }

    /// How many open findings an asset has, of whatever weight.
    pub(super) fn open(&self, asset: AssetIx) -> usize {
        self.findings[asset.index()].len()
    }

    /// An open finding of a rule on an asset.
    pub(super) fn finding(&self, asset: AssetIx, rule: &str) -> Option<&'a Finding> {
        self.findings[asset.index()].iter().copied().find(|f| f.rule == rule)
    }
}

/// Whether a finding binds and does not speak of another asset.
pub(super) fn calls_for_repair(finding: &Finding) -> bool {
    finding.severity != Severity::Advisory && finding.related.is_empty()
}

/// Users, followers or members: how many people would have to move.
pub(super) fn users(assets: &AssetTable, asset: AssetIx) -> u64 {
    let fields = [Field::UserCount, Field::Followers, Field::MemberCount];
    fields.into_iter().find_map(|f| assets.get(asset).value(f).as_count()).unwrap_or(0)
}
