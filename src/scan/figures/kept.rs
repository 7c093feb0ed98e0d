//! What is not reduced, and which need forces it to stay.
//!
//! For: the question that follows every plan. Not for: deciding. Invariant: every item that stays has exactly one reason, the
//! first that holds: a person's word, a question not answered yet, others that go into it, a need that nobody else serves.

use crate::model::{ActionKind, Figure};
use crate::scan::document::{Action, Asset, Forced, ScanDocument, Stays};
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};

/// Why items stay, in the order in which reasons count.
pub(super) const REASONS: [&str; 6] = ["pinned", "referred", "host", "needed", "shared", "unstated"];

/// How many stay for each reason.
pub(super) fn kept(scan: &ScanDocument, figures: &mut Vec<Figure>) {
    for reason in REASONS {
        let of_it = |action: &&Action| action.stays.as_ref().is_some_and(|stays| stays.reason == reason);
        let count = scan.plan.actions.iter().filter(of_it).count() as u64;
        let formula = format!("count(items that stay, {})", meaning(reason));
        figures.push(Figure::count(format!("kept.{reason}"), count, formula));
    }
    let mut needs: BTreeSet<&Forced> = BTreeSet::new();
    for stays in scan.plan.actions.iter().filter_map(|action| action.stays.as_ref()) {
        needs.extend(&stays.needs);
    }
    let formula = "count of distinct plan.actions.stays.needs (function, place, audience)";
    figures.push(Figure::count("kept.needs", needs.len() as u64, formula));
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

/// Writes into every action of what stays why it does, and which needs force it.
pub(super) fn explain(scan: &mut ScanDocument) {
    let served = Served::new(scan);
    let mut into: FxHashMap<&str, Vec<&Asset>> = FxHashMap::default();
    for (asset, action) in scan.assets.iter().zip(&scan.plan.actions) {
        let leaves = ActionKind::parse(&action.action).is_some_and(ActionKind::leaves);
        for target in action.target.iter().chain(&action.also).filter(|_| !leaves) {
            into.entry(target).or_default().push(asset);
        }
    }
    let why = |asset: &Asset, action: &Action| {
        let guests = into.get(asset.id.as_str()).map(Vec::as_slice).unwrap_or_default();
        let mut needs: Vec<Forced> = served.only_here(asset, asset).collect();
        needs.extend(guests.iter().flat_map(|guest| served.only_here(guest, asset)));
        needs.sort();
        needs.dedup();
        let reason = if action.pinned {
            "pinned"
        } else if action.action == ActionKind::Refer.as_str() {
            "referred"
        } else if !guests.is_empty() {
            "host"
        } else if asset.functions.is_empty() {
            "unstated"
        } else if needs.is_empty() {
            "shared"
        } else {
            "needed"
        };
        Stays { reason: reason.to_owned(), needs }
    };
    let actions = scan.assets.iter().zip(&scan.plan.actions);
    let found: Vec<Option<Stays>> =
        actions.map(|(asset, action)| is_left(asset, action).then(|| why(asset, action))).collect();
    for (action, stays) in scan.plan.actions.iter_mut().zip(found) {
        action.stays = stays;
    }
}

/// Whether something is counted and still there when the plan is carried out.
fn is_left(asset: &Asset, action: &Action) -> bool {
    matches!(asset.kind.as_str(), "app" | "account" | "group")
        && ActionKind::parse(&action.action).is_some_and(ActionKind::leaves)
}

/// How many of what stays do a function for a place, by audience.
struct Served<'a>(FxHashMap<(&'a str, &'a str, &'a [String]), BTreeMap<&'a str, usize>>);

impl<'a> Served<'a> {
    fn new(scan: &'a ScanDocument) -> Self {
        let mut served: FxHashMap<_, BTreeMap<&str, usize>> = FxHashMap::default();
        let left =
            scan.assets.iter().zip(&scan.plan.actions).filter(|(asset, action)| is_left(asset, action));
        for (asset, _) in left {
            for function in &asset.functions {
                let place = (asset.kind.as_str(), function.as_str(), asset.region.path.as_slice());
                *served.entry(place).or_default().entry(asset.audience.as_str()).or_default() += 1;
            }
        }
        Served(served)
    }

    /// Needs of one item that of all that stays only the other serves; usually an item's own.
    fn only_here<'s>(&'s self, item: &'s Asset, by: &'s Asset) -> impl Iterator<Item = Forced> + 's {
        let functions = item.functions.iter().filter(|function| by.functions.contains(function));
        let alone = functions.filter(move |function| self.serving(item, function) <= 1);
        alone.map(|function| Forced {
            function: function.clone(),
            place: item.region.path.concat(),
            audience: item.audience.clone(),
        })
    }

    /// How many of what stays do a function for the place and people of an item.
    fn serving(&self, item: &Asset, function: &str) -> usize {
        let path = item.region.path.as_slice();
        (0..=path.len())
            .filter_map(|depth| self.0.get(&(item.kind.as_str(), function, &path[..depth])))
            .flatten()
            .filter(|(audience, _)| {
                item.audience == "unknown"
                    || matches!(**audience, "unknown" | "both")
                    || **audience == item.audience
            })
            .map(|(_, count)| count)
            .sum()
    }
}
