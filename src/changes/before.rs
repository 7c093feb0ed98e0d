//! What is known from before: the earlier scan's items, and those remembered from scans before it.
//!
//! For: one list of items that a later scan may show again. Not for: where the memory is kept (`history`).

use crate::scan::document::{Action, Asset, ScanDocument};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// The earlier side of a comparison.
pub struct Earlier<'a> {
    /// The scan.
    pub scan: &'a ScanDocument,
    /// BLAKE3 digest of the stored scan.
    pub digest: &'a str,
    /// What is remembered from scans before it; empty when two files are compared.
    pub memory: &'a Memory,
}

/// What scans before the earlier one knew and the earlier one does not show.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Memory {
    /// Items that were listed once, by id.
    pub items: Vec<PastItem>,
    /// Problems that were put right, by rule and fingerprint.
    pub problems: Vec<PastProblem>,
    /// Problems of which nothing is known since their lists, or columns of them, were not sent; with the day of the
    /// first scan without.
    pub silent: Vec<PastProblem>,
    /// Of items that the earlier scan lists as closed: day of the scan that first saw them so, by id.
    pub closed: BTreeMap<String, String>,
}

/// An item that was listed once.
#[derive(Clone, Debug, PartialEq)]
pub struct PastItem {
    /// As last seen.
    pub asset: Asset,
    /// What became of it.
    pub state: PastState,
    /// Day of the scan that first saw it so.
    pub since: String,
    /// The action that the plan of the last scan with it proposed; empty for none.
    pub planned: String,
}

/// What became of an item that is not listed any more.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PastState {
    /// Its status said closed.
    Closed,
    /// It left a list that was sent.
    Gone,
    /// Its list was not sent.
    NotReported,
}

impl PastState {
    /// As it is stored.
    pub fn as_str(self) -> &'static str {
        match self {
            PastState::Closed => "closed",
            PastState::Gone => "gone",
            PastState::NotReported => "not-reported",
        }
    }

    /// The state stored under this name.
    pub fn parse(text: &str) -> Option<PastState> {
        [PastState::Closed, PastState::Gone, PastState::NotReported].into_iter().find(|s| s.as_str() == text)
    }
}

/// A problem that was put right, or of which nothing is known.
#[derive(Clone, Debug, PartialEq)]
pub struct PastProblem {
    /// Rule id.
    pub rule: String,
    /// Fingerprint as last seen.
    pub fingerprint: String,
    /// Id of the item as last seen.
    pub asset: String,
    /// Day of the scan that first did not see it.
    pub fixed_on: String,
}

/// Actions of a plan after which an item is there no more.
pub(super) const LEAVING: [&str; 4] = ["merge", "migrate", "close", "dissolve"];

/// An item known from before.
#[derive(Clone, Copy)]
pub(super) struct Before<'a> {
    pub(super) asset: &'a Asset,
    /// Where it is remembered only.
    pub(super) past: Option<&'a PastItem>,
    /// What the last plan with it proposed.
    pub(super) planned: &'a str,
}

impl Before<'_> {
    /// Whether it was closed, by its status or by a plan after which it left the list.
    pub(super) fn is_closed(&self) -> bool {
        match self.past {
            None => self.asset.status == "closed",
            Some(past) => match past.state {
                PastState::Closed => true,
                PastState::Gone => LEAVING.contains(&self.planned),
                PastState::NotReported => self.asset.status == "closed",
            },
        }
    }
}

/// Every item known from before: the scan's own in its order, then the remembered ones.
pub(super) struct Befores<'a> {
    pub(super) list: Vec<Before<'a>>,
}

impl<'a> Befores<'a> {
    pub(super) fn new(earlier: &Earlier<'a>) -> Befores<'a> {
        let actions = actions(earlier.scan);
        let own = earlier.scan.assets.iter().map(|asset| Before {
            asset,
            past: None,
            planned: actions.get(asset.id.as_str()).map_or("", |action| action.action.as_str()),
        });
        let past = earlier.memory.items.iter();
        let past = past.map(|p| Before { asset: &p.asset, past: Some(p), planned: &p.planned });
        Befores { list: own.chain(past).collect() }
    }

    /// Those of the earlier scan itself.
    pub(super) fn listed(&self) -> impl Iterator<Item = (usize, &Before<'a>)> {
        self.list.iter().enumerate().filter(|(_, before)| before.past.is_none())
    }
}

/// The plan of a scan by item.
pub(super) fn actions(scan: &ScanDocument) -> FxHashMap<&str, &Action> {
    scan.plan.actions.iter().map(|action| (action.asset.as_str(), action)).collect()
}
