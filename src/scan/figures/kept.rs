//! What is not reduced, and what forces it to stay.
//!
//! For: the question that follows every plan. Not for: deciding. Invariant: every item that stays has exactly one reason, the
//! first that holds: a person's word, a question not answered yet, others that go into it, a need that nobody else serves.

use crate::model::{ActionKind, Figure};
use crate::scan::document::{Asset, ScanDocument};
use std::collections::{BTreeMap, BTreeSet};

/// Why items stay, in the order in which reasons count.
pub(super) const REASONS: [&str; 6] = ["pinned", "referred", "host", "needed", "shared", "unstated"];

/// How many stay for each reason.
pub(super) fn kept(scan: &ScanDocument, figures: &mut Vec<Figure>) {
    let served = Served::new(scan);
    let hosts: BTreeSet<&str> =
        scan.plan.actions.iter().filter_map(|action| action.target.as_deref()).collect();
    let mut counts = [0_u64; REASONS.len()];
    for (asset, action) in stays(scan) {
        let reason = if action.pinned {
            0
        } else if action.action == ActionKind::Refer.as_str() {
            1
        } else if hosts.contains(asset.id.as_str()) {
            2
        } else if asset.functions.is_empty() {
            5
        } else if served.only_here(asset) {
            3
        } else {
            4
        };
        counts[reason] += 1;
    }
    for (reason, count) in REASONS.iter().zip(counts) {
        let formula = format!("count(items that stay, {})", meaning(reason));
        figures.push(Figure::count(format!("kept.{reason}"), count, formula));
    }
}

fn meaning(reason: &str) -> &'static str {
    match reason {
        "pinned" => "because a person fixed it",
        "referred" => "until a person answers",
        "host" => "because others go into it",
        "needed" => "because nothing else that stays does one of its functions for its place and people",
        "shared" => "though others do each of its functions too: no relation says that they may take it in",
        _ => "of which no function is stated, so that nothing can be compared",
    }
}

fn stays(scan: &ScanDocument) -> impl Iterator<Item = (&Asset, &crate::scan::document::Action)> {
    let counted = |asset: &Asset| matches!(asset.kind.as_str(), "app" | "account" | "group");
    scan.assets.iter().zip(&scan.plan.actions).filter(move |(asset, action)| {
        counted(asset) && ActionKind::parse(&action.action).is_some_and(ActionKind::leaves)
    })
}

/// How many of what stays do a function for a place, by audience.
struct Served<'a>(BTreeMap<(&'a str, &'a str, &'a [String]), BTreeMap<&'a str, usize>>);

impl<'a> Served<'a> {
    fn new(scan: &'a ScanDocument) -> Self {
        let mut served: BTreeMap<_, BTreeMap<&str, usize>> = BTreeMap::new();
        for (asset, _) in stays(scan) {
            for function in &asset.functions {
                let place = (asset.kind.as_str(), function.as_str(), asset.region.path.as_slice());
                *served.entry(place).or_default().entry(asset.audience.as_str()).or_default() += 1;
            }
        }
        Served(served)
    }

    /// Whether some function of the item is done by nothing else here or around, for its people.
    fn only_here(&self, asset: &'a Asset) -> bool {
        asset.functions.iter().any(|function| {
            let path = asset.region.path.as_slice();
            let others: usize = (0..=path.len())
                .filter_map(|depth| self.0.get(&(asset.kind.as_str(), function.as_str(), &path[..depth])))
                .flatten()
                .filter(|(audience, _)| {
                    asset.audience == "unknown"
                        || matches!(**audience, "unknown" | "both")
                        || **audience == asset.audience
                })
                .map(|(_, count)| count)
                .sum();
            // The item itself is among them.
            others <= 1
        })
    }
}
