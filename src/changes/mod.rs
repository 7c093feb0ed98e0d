//! Two scans → what happened between them: items, problems, the plan's progress, the stock.
//!
//! For: telling what changed in the world from what was not sent and from what we changed ourselves. Not for:
//! reading scans, keeping them (`history`) or wording (`views/changes`). Invariants: every item of both scans is in
//! exactly one entry; the stock balances; the same two scans give the same entries whatever their order.

mod absence;
mod balance;
mod before;
mod cells;
mod conditions;
mod identity;
mod items;
mod matched;
mod problems;
mod progress;
mod result;

pub use before::{Earlier, Memory, PastItem, PastProblem, PastState};
pub use result::{Balance, CellChange, Changes, Condition, Item, Origin, Problem, Stamp};

use crate::knowledge::policy::Policy;
use crate::model::Judgement;
use crate::scan::Knowledge;
use crate::scan::document::ScanDocument;
use before::Befores;
use std::collections::BTreeMap;

/// Days after a closure within which a newly listed item that does the same job counts as the old one under another
/// name, where nothing else is said: a year, so that a whole round of yearly self-inspection falls into it. Our choice.
pub const REBRAND_DAYS: u32 = 365;

/// What a comparison needs besides the two scans.
pub struct Basis<'a> {
    /// For the matcher: what words mean.
    pub knowledge: &'a Knowledge,
    /// For the matcher's threshold, and for what people have confirmed.
    pub policy: &'a Policy,
    /// What people said of items of different scans, besides the policy: remembered, or sent back now. Where the two
    /// contradict each other, the policy holds.
    pub links: &'a [Judgement],
    /// Days after a closure within which a successor counts as the same under another name.
    pub rebrand_days: u32,
}

impl Basis<'_> {
    /// Everything that people said of pairs: the policy's words first.
    fn judged(&self) -> Vec<Judgement> {
        let pair = |j: &Judgement| {
            let (a, b) = (j.left.clone(), j.right.clone());
            if a <= b { (a, b) } else { (b, a) }
        };
        let of_policy: BTreeMap<_, _> = self.policy.judgements.iter().map(|j| (pair(j), j.same)).collect();
        let links = self.links.iter().filter(|j| of_policy.get(&pair(j)).is_none_or(|same| *same == j.same));
        self.policy.judgements.iter().chain(links).cloned().collect()
    }
}

/// Compares a scan with an earlier one and what is remembered of those before.
pub fn compare(earlier: &Earlier<'_>, later: &ScanDocument, basis: &Basis<'_>) -> Changes {
    let seen = Recognised::new(earlier, later, basis);
    let problems = seen.problems(later);
    seen.changes(later, problems)
}

/// The items of two scans, recognised: all of a comparison that no problem and no plan of the later scan has a part in, so
/// that it holds for the same items judged again.
pub struct Recognised<'a> {
    earlier: &'a Earlier<'a>,
    befores: Befores<'a>,
    links: identity::Links,
    conditions: Vec<Condition>,
    items: Vec<Item>,
}

impl<'a> Recognised<'a> {
    /// Recognises the items of the later scan.
    pub fn new(earlier: &'a Earlier<'a>, later: &ScanDocument, basis: &Basis<'_>) -> Recognised<'a> {
        let befores = Befores::new(earlier);
        let judged = basis.judged();
        let mut links = identity::by_id_and_name(&befores, later, &judged);
        let successors = matched::matched(&befores, later, &mut links, basis, &judged);
        let conditions = conditions::conditions(earlier.scan, later);
        let mut seen = Recognised { earlier, befores, links, conditions, items: Vec::new() };
        seen.items = items::items(&seen.frame(later), &successors);
        seen
    }

    /// The items, in the order of the later scan, then those that are there no more.
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// What happened to each problem, the later scan's findings being what they are now.
    pub fn problems(&self, later: &ScanDocument) -> Vec<Problem> {
        problems::problems(&self.frame(later), &self.items)
    }

    /// The comparison, from the problems that [`Self::problems`] gave for this scan.
    pub fn changes(mut self, later: &ScanDocument, problems: Vec<Problem>) -> Changes {
        let mut items = std::mem::take(&mut self.items);
        let frame = self.frame(later);
        progress::judge(&frame, &problems, &mut items);
        let balance = balance::balance(&frame, &items);
        items.sort_by(|a, b| (a.class, &a.id, &a.was).cmp(&(b.class, &b.id, &b.was)));
        Changes {
            from: Stamp::of(self.earlier.scan, self.earlier.digest),
            to: Stamp::of(later, ""),
            conditions: self.conditions,
            items,
            problems,
            balance,
        }
    }

    fn frame<'f>(&'f self, later: &'f ScanDocument) -> items::Frame<'f> {
        items::Frame {
            earlier: self.earlier,
            later,
            befores: &self.befores,
            links: &self.links,
            conditions: &self.conditions,
        }
    }
}
