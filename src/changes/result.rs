//! The result of a comparison, as plain data.
//!
//! For: everything that views draw and the store keeps. Not for: working it out.

use crate::model::{Cause, Class, LinkedBy, Message, Progress};
use crate::scan::document::{Asset, ScanDocument};

/// What happened between two scans.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Changes {
    /// The earlier scan.
    pub from: Stamp,
    /// The later scan.
    pub to: Stamp,
    /// What else the two scans were made with, where it differs.
    pub conditions: Vec<Condition>,
    /// One entry per item of either scan, by class and id.
    pub items: Vec<Item>,
    /// One entry per problem of either scan, by class, rule and item.
    pub problems: Vec<Problem>,
    /// The stock by kind; the sum is the last.
    pub balance: Vec<Balance>,
}

impl Changes {
    /// Whether anything is not as it was.
    pub fn is_any(&self) -> bool {
        let items = self.items.iter().any(|item| item.class != Class::Kept);
        items || self.problems.iter().any(|problem| problem.class != Class::Kept)
    }
}

/// Which scan is meant.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stamp {
    /// The day it was judged by.
    pub as_of: String,
    /// BLAKE3 digest of the stored scan; empty for one that is not stored yet.
    pub digest: String,
    /// Items in it.
    pub items: usize,
    /// Problems in it.
    pub problems: usize,
}

impl Stamp {
    /// The stamp of a scan whose digest is known.
    pub(super) fn of(scan: &ScanDocument, digest: &str) -> Stamp {
        Stamp {
            as_of: scan.as_of.clone(),
            digest: digest.to_owned(),
            items: scan.assets.len(),
            problems: scan.findings.len(),
        }
    }
}

/// Something that a result depends on and that was not the same both times.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// `tool`, `rule-set`, `policy`, `profiles`, `matching`, `as-of`, `not-run`.
    pub what: &'static str,
    /// Before.
    pub before: String,
    /// After.
    pub after: String,
    /// The cause that entries have because of it.
    pub cause: Cause,
}

/// What happened to an item.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Item {
    /// What happened.
    pub class: Class,
    /// Why.
    pub cause: Cause,
    /// Id in the later scan, or in the earlier one when it is there no more.
    pub id: String,
    /// Id in the earlier scan where it is another; for a rebranded item, the closed one.
    pub was: Option<String>,
    /// Name.
    pub name: String,
    /// Kind.
    pub kind: String,
    /// Owner as written.
    pub unit: String,
    /// How it was recognised.
    pub linked: Option<LinkedBy>,
    /// Why it was recognised, or what ties it to the closed one.
    pub evidence: Vec<Message>,
    /// Cells that differ.
    pub cells: Vec<CellChange>,
    /// In one sentence.
    pub reason: Message,
    /// What the earlier plan proposed, and what has become of it.
    pub plan: Option<(String, Progress)>,
    /// For what came back: when it was closed, and in which scan that stands.
    pub origin: Option<Origin>,
    /// Of what is listed no more: as last seen.
    pub last: Option<Box<Asset>>,
    /// Of what is listed no more: the action that the earlier plan proposed.
    pub planned: String,
    /// Position in the earlier list of items; of what is remembered, beyond the scan's own.
    pub before: Option<usize>,
    /// Position among the later scan's assets.
    pub after: Option<usize>,
}

impl Item {
    /// An entry about an asset, for struct update.
    pub(super) fn about(asset: &Asset) -> Item {
        let owner = &asset.owner_unit;
        Item {
            id: asset.id.clone(),
            name: asset.name.clone(),
            kind: asset.kind.clone(),
            unit: if owner.text.is_empty() { owner.canonical.clone() } else { owner.text.clone() },
            ..Item::default()
        }
    }
}

/// Where a closure is recorded.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Origin {
    /// The closed item's id.
    pub id: String,
    /// The closed item's name.
    pub name: String,
    /// Day of the closure as the file states it, or of the scan that first saw it.
    pub closed: String,
    /// Day of the scan in which it stands.
    pub scan: String,
    /// `status` when its file called it closed, `plan` when a plan closed it and it left the list, `list` when it
    /// merely left the list.
    pub by: &'static str,
}

/// A cell that differs.
#[derive(Clone, Debug, PartialEq)]
pub struct CellChange {
    /// Canonical field.
    pub field: String,
    /// Before; empty for none.
    pub before: String,
    /// After; empty for none.
    pub after: String,
}

/// What happened to a problem.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Problem {
    /// What happened.
    pub class: Class,
    /// Why.
    pub cause: Cause,
    /// Rule id.
    pub rule: String,
    /// Severity, of the later scan where it is there.
    pub severity: String,
    /// Fingerprint, of the later scan where it is there.
    pub fingerprint: String,
    /// Fingerprint in the earlier scan; nothing where it was not there.
    pub was: Option<String>,
    /// Id of the item, as in [`Item::id`]; empty for a problem of a file.
    pub asset: String,
    /// Name of the item.
    pub name: String,
    /// Owner of the item.
    pub unit: String,
    /// The words it rests on.
    pub words: String,
    /// In one sentence.
    pub reason: Message,
    /// For a relapse, the day of the scan in which it was first seen to be gone.
    pub fixed_on: Option<String>,
}

/// The stock of one kind (存量), and how it came about (减量): opening + first reported + added + recounted in −
/// removed − not reported − recounted out = closing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Balance {
    /// Kind, or `all`.
    pub kind: String,
    /// Counted in the earlier scan.
    pub opening: u64,
    /// New to us because their list was not sent before.
    pub first_reported: u64,
    /// New, revived or under another name.
    pub added: u64,
    /// Counted now for another reason: judged to be of another kind, no second listing any more.
    pub recounted_in: u64,
    /// Closed, or gone from a list that was sent.
    pub removed: u64,
    /// Not known because their list was not sent.
    pub not_reported: u64,
    /// Not counted now for another reason.
    pub recounted_out: u64,
    /// Counted in the later scan.
    pub closing: u64,
}

impl Balance {
    /// Closing less opening.
    pub fn net(&self) -> i64 {
        self.closing.cast_signed() - self.opening.cast_signed()
    }

    /// Whether the parts add up.
    pub fn adds_up(&self) -> bool {
        self.opening + self.first_reported + self.added + self.recounted_in
            == self.closing + self.removed + self.not_reported + self.recounted_out
    }

    /// Whether additions eat at least half of the reduction (边减边增).
    pub fn is_eaten(&self) -> bool {
        self.removed > 0 && self.added * 2 >= self.removed
    }
}
