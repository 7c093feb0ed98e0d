//! Planning again from a stored scan: what if this stayed, what if only so many may, what if users came first.
//!
//! For: `plan --pin … --cap … --objective …` and the next-best of `explain`. Not for: reading inputs. Invariants: asked for
//! nothing, the stored plan comes out; a plan that breaks its limits is never given out.

mod conflict;
mod scope;

pub use conflict::Conflict;
pub use scope::Scope;

use super::Knowledge;
use super::document::{self, Action, Objective, Restored, ScanDocument, Unknown};
use crate::knowledge::messages::{Catalogue, Lang};
use crate::model::{ActionKind, Aim, Aims, AssetIx, Kind, Pin};
use crate::stages::plan::{self, Cap, Wishes, check::Violation};
use std::collections::{BTreeMap, BTreeSet};

/// What is asked for.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// Items by position in the scan, what to do with them, and into which asset (by id) or platform they go.
    pub pins: Vec<(usize, ActionKind, Option<String>)>,
    /// Items that must go, wherever.
    pub barred: Vec<usize>,
    /// How many may stay, of what.
    pub caps: Vec<(Scope, usize)>,
    /// The aims that come first, in this order; the others follow in theirs.
    pub first: Vec<Aim>,
    /// How it was asked for, for the record.
    pub words: Vec<String>,
}

/// An item whose action differs from the stored plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// Its stored action.
    pub before: Action,
    /// The new one.
    pub after: Action,
}

/// A plan made again.
#[derive(Clone, Debug, PartialEq)]
pub struct Replanned {
    /// The scan with the new plan, and the figures that follow from it.
    pub document: ScanDocument,
    /// What differs, in the order of the scan.
    pub changes: Vec<Change>,
    /// What the stored plan achieves.
    pub before: Objective,
    /// What could not be had, with what stands against it; the first was relaxed first.
    pub conflicts: Vec<Conflict>,
}

/// Why no plan was made.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The scan cannot be restored without its policy.
    #[error(transparent)]
    Unknown(#[from] Unknown),
    /// The plan breaks a promise: a bug, never shown as a result.
    #[error("the plan breaks {} promise(s), first: {}", .0.len(), .0[0])]
    Plan(Vec<Violation>),
}

/// Makes the plan of a stored scan again.
///
/// # Errors
/// When the scan speaks of functions that only its policy knows.
pub fn replan(scan: &ScanDocument, knowledge: &Knowledge, request: &Request) -> Result<Replanned, Error> {
    let restored = Restored::new(scan, &knowledge.lexicon)?;
    let mut conflicts = Vec::new();
    let mut wanted = request.clone();
    conflict::settle_pins(scan, &mut wanted, &mut conflicts);
    let pins = pins(scan, &restored, &wanted);
    let apart = apart(scan);
    let caps = wanted.caps.iter().map(|(scope, most)| Cap { members: scope.members(scan), most: *most });
    let stored = scan.parameters.aims();
    let aims = Aims { order: stored.order.first(&wanted.first), ..stored };
    let wishes = Wishes {
        aims,
        caps: caps.collect(),
        barred: wanted.barred.iter().map(|&at| AssetIx(at as u32)).collect(),
    };
    let problem = plan::Inputs {
        assets: &restored.assets,
        pairs: &restored.pairs,
        clusters: &restored.clusters,
        findings: &restored.findings,
        pins: &pins,
        apart: &apart,
        covered: &restored.covered,
        lexicon: &knowledge.lexicon,
        enforce_caps: scan.parameters.enforce_caps,
        deadlines: scan.parameters.deadlines(),
        wishes: &wishes,
    };
    let made = plan::make(&problem);
    plan::check::verify(&problem, &made).map_err(Error::Plan)?;
    let catalogue = Catalogue::of(Lang::parse(&scan.lang).unwrap_or_default());
    let mut changes = Vec::new();
    let mut document = scan.clone();
    for (stored, action) in document.plan.actions.iter_mut().zip(&made.actions) {
        let mut after = document::action(action, &restored.assets, knowledge, catalogue);
        if after.pinned && stored.pinned && after.action == stored.action && after.target == stored.target {
            after.reason.clone_from(&stored.reason);
        }
        let is_same = (&after.action, &after.target, &after.also, after.pinned)
            == (&stored.action, &stored.target, &stored.also, stored.pinned);
        if !is_same {
            changes.push(Change { before: stored.clone(), after: after.clone() });
            *stored = after;
        }
    }
    conflict::of_plan(&document, knowledge, &wanted, &mut conflicts);
    document.plan.objective = document::objective(made.objective);
    document.plan.bound = made.bound.map(document::objective);
    document.plan.proven = made.proven;
    document.plan.components = document::components(&made.components);
    document.parameters.set_aims(&aims);
    document.parameters.wishes.extend(request.words.iter().cloned());
    document::sum_up(&mut document, knowledge);
    Ok(Replanned { document, changes, before: scan.plan.objective, conflicts })
}

/// What it would take to decide about an item otherwise: the scan planned again with the item kept where it goes, or gone
/// where it stays. Nothing for an item that needs no action.
///
/// # Errors
/// As [`replan`].
pub fn next_best(scan: &ScanDocument, knowledge: &Knowledge, at: usize) -> Result<Option<Replanned>, Error> {
    let Some(action) = scan.plan.actions.get(at).and_then(|action| ActionKind::parse(&action.action)) else {
        return Ok(None);
    };
    let request = match action {
        ActionKind::None => return Ok(None),
        kind if kind.leaves() => Request { barred: vec![at], ..Request::default() },
        _ => Request { pins: vec![(at, ActionKind::Keep, None)], ..Request::default() },
    };
    replan(scan, knowledge, &request).map(Some)
}

/// What is pinned in the stored plan, with what is asked for now above it.
fn pins(scan: &ScanDocument, restored: &Restored, request: &Request) -> Vec<Pin> {
    let mut pins: BTreeMap<usize, Pin> = BTreeMap::new();
    let leaving: BTreeSet<&str> = request
        .pins
        .iter()
        .filter(|(_, kind, _)| !kind.leaves())
        .map(|(at, ..)| scan.assets[*at].id.as_str())
        .collect();
    for (at, action) in scan.plan.actions.iter().enumerate().filter(|(_, action)| action.pinned) {
        // What is asked for now stands above what was: a target that goes takes nobody in.
        let is_left = action.target.as_deref().is_some_and(|target| leaving.contains(target));
        if let Some(kind) = ActionKind::parse(&action.action).filter(|_| !is_left) {
            pins.insert(at, pin(scan, at, kind, action.target.clone(), &action.reason));
        }
    }
    for at in &request.barred {
        pins.remove(at);
    }
    let mut asked = Vec::new();
    for (at, kind, target) in &request.pins {
        pins.remove(at);
        let is_group = scan.assets[*at].kind == Kind::Group.as_str();
        let kind = match kind {
            ActionKind::Close if is_group => ActionKind::Dissolve,
            ActionKind::Dissolve if !is_group => ActionKind::Close,
            other => *other,
        };
        asked.push(pin(scan, *at, kind, target.clone(), "--pin"));
    }
    let mut all: Vec<Pin> = pins.into_values().collect();
    all.extend(plan::with_repairs(asked, &restored.assets, &restored.findings));
    all
}

fn pin(scan: &ScanDocument, at: usize, action: ActionKind, target: Option<String>, reason: &str) -> Pin {
    Pin { asset: scan.assets[at].id.clone(), action, target, reason: reason.to_owned(), line: 0 }
}

/// Pairs that the decisions of the scan, or its policy, call different.
fn apart(scan: &ScanDocument) -> BTreeSet<(AssetIx, AssetIx)> {
    let entries = scan.decisions.iter().flat_map(|decisions| &decisions.entries);
    let given = scan.rulings.judgements.iter().filter(|given| given.verdict == "different");
    let different: Vec<_> = entries
        .filter(|e| e.verdict.as_deref() == Some("different") && e.outcome == "applied")
        .filter_map(|e| Some((e.asset.as_str(), e.other.as_deref()?)))
        .chain(given.map(|given| (given.left.as_str(), given.right.as_str())))
        .collect();
    if different.is_empty() {
        return BTreeSet::new();
    }
    let by_id: BTreeMap<&str, AssetIx> =
        scan.assets.iter().zip(0..).map(|(asset, at)| (asset.id.as_str(), AssetIx(at))).collect();
    let pair = |(a, b)| {
        let (a, b) = (*by_id.get(a)?, *by_id.get(b)?);
        Some((a.min(b), a.max(b)))
    };
    different.into_iter().filter_map(pair).collect()
}
