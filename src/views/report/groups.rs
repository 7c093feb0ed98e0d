//! The largest clusters, with what ties their members.
//!
//! For: small graphs of who repeats whom and why. Not for: every cluster (`clusters.csv` has them). Invariant: an edge
//! is a pair of the scan between two members that are shown; what is not shown is counted.

use super::duplicates::counting;
use super::view::Build;
use crate::scan::document::{Cluster, Evidence};
use std::cmp::Reverse;

/// Clusters that are worked out.
const GROUPS: usize = 50;
/// Members shown of each.
const MEMBERS: usize = 12;
/// Pairs shown of each.
const EDGES: usize = 24;

/// A cluster.
#[derive(Clone, Debug, PartialEq)]
pub struct Group<'a> {
    /// Its relations in words.
    pub relations: String,
    /// How many members it has.
    pub size: usize,
    /// The survivor first, then the others in the order of the scan.
    pub members: Vec<Member<'a>>,
    /// The pairs among the members shown, the surest first.
    pub edges: Vec<Edge<'a>>,
    /// Pairs among them that are not shown.
    pub more_edges: usize,
}

/// A member of a cluster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its owner.
    pub unit: String,
    /// What is proposed for it.
    pub action: String,
    /// Whether the others go into it.
    pub survives: bool,
}

/// A pair of two members.
#[derive(Clone, Debug, PartialEq)]
pub struct Edge<'a> {
    /// Position among the members.
    pub left: usize,
    /// Position among the members.
    pub right: usize,
    /// Relation id.
    pub relation: &'a str,
    /// How likely both are one.
    pub probability: f64,
    /// The evidence that counts, the strongest first.
    pub evidence: Vec<Evidence<'a>>,
}

/// The largest clusters, equal ones in the order of the scan.
pub(super) fn largest<'a>(build: &Build<'a>) -> Vec<Group<'a>> {
    let mut clusters: Vec<&Cluster> = build.document.clusters.iter().collect();
    clusters.sort_by_key(|cluster| Reverse(cluster.members.len()));
    clusters.into_iter().take(GROUPS).map(|cluster| group(build, cluster)).collect()
}

fn group<'a>(build: &Build<'a>, cluster: &'a Cluster) -> Group<'a> {
    let mut ids: Vec<&'a str> = cluster.members.iter().map(String::as_str).collect();
    ids.sort_by_key(|id| *id != cluster.survivor);
    ids.truncate(MEMBERS);
    let names = build.names;
    let member = |id: &&'a str| {
        let at = build.index.position(id);
        let action = at.and_then(|at| build.index.action(at));
        Member {
            name: build.index.name(id),
            unit: at.map(|at| names.owner(&build.document.assets[at])).unwrap_or_default(),
            action: action.map(|a| names.action(&a.action)).unwrap_or_default(),
            survives: *id == cluster.survivor,
        }
    };
    let mut edges = Vec::new();
    for (at, id) in ids.iter().enumerate() {
        let pairs = build.index.position(id).into_iter().flat_map(|at| build.index.pairs(at));
        for pair in pairs.filter(|pair| pair.left == **id) {
            if let Some(other) = ids.iter().position(|other| **other == pair.right) {
                let (left, right) = (at.min(other), at.max(other));
                let evidence = counting(pair);
                let (relation, probability) = (pair.relation.as_str(), pair.probability);
                edges.push(Edge { left, right, relation, probability, evidence });
            }
        }
    }
    edges.sort_by(|a, b| {
        b.probability.total_cmp(&a.probability).then((a.left, a.right).cmp(&(b.left, b.right)))
    });
    let more_edges = edges.len().saturating_sub(EDGES);
    edges.truncate(EDGES);
    let relations: Vec<String> = cluster.relations.iter().map(|id| names.relation(id)).collect();
    Group {
        relations: relations.join(names.enumerated()),
        size: cluster.members.len(),
        members: ids.iter().map(member).collect(),
        edges,
        more_edges,
    }
}
