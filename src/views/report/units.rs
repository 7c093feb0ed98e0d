//! The report in parts: what each unit gets to see, and answers.
//!
//! For: one workbook and one notice per unit (`--split-by owner_unit`). Not for: how they look (`write/units`).
//! Invariant: every item and every finding is in exactly one part, so the counts of all parts add up to those of the
//! whole; a pair is in the part of each unit concerned.

use super::breakdown::{counted, unit};
use super::file_name::file_stem;
use super::view::Build;
use super::{Listing, ReportView, duplicates, ledger, problems};
use crate::model::{ActionKind, Severity};
use std::collections::{BTreeMap, BTreeSet};

/// How many of what there is in a part.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnitCounts {
    /// Items of every kind, also closed ones and those that are only kept as records.
    pub items: u64,
    /// Items before: applications, accounts, groups.
    pub live: [u64; 3],
    /// Items after: applications, accounts, groups.
    pub after: [u64; 3],
    /// Open findings by severity, the gravest first.
    pub findings: [u64; 3],
    /// Waived findings.
    pub waived: u64,
    /// Items before by what is proposed for them, in the order of [`ActionKind::ALL`].
    pub actions: [u64; ActionKind::ALL.len()],
}

impl UnitCounts {
    /// Items for which an action is proposed.
    pub fn of(&self, action: ActionKind) -> u64 {
        self.actions[action as usize]
    }

    /// Items before, of all kinds.
    pub fn before(&self) -> u64 {
        self.live.iter().sum()
    }

    /// Open findings.
    pub fn open(&self) -> u64 {
        self.findings.iter().sum()
    }

    /// Items for which something is proposed but to keep them.
    pub fn proposals(&self) -> u64 {
        self.before() - self.of(ActionKind::Keep)
    }
}

/// One unit's part.
pub struct UnitPart<'a> {
    /// The unit, or "not stated" for what nobody is named for: items without a unit, findings about whole files.
    pub unit: String,
    /// Whether it is a unit; nobody gets a notice for what no unit is named for.
    pub is_unit: bool,
    /// What its files are called, without language and ending.
    pub stem: String,
    /// How many of what.
    pub counts: UnitCounts,
    /// Its items, with the columns for its answer.
    pub ledger: Listing<'a>,
    /// Findings about its items, waived ones too.
    pub problems: Listing<'a>,
    /// Duplicate pairs with one of its items, cross-unit ones too.
    pub duplicates: Listing<'a>,
}

/// The parts of a report, by name of the unit.
pub fn split<'a>(view: &ReportView<'a>) -> Vec<UnitPart<'a>> {
    let build = Build::of(view);
    let document = view.document;
    let not_stated = view.names.text("report.no-unit");
    let mut items: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    for (at, asset) in document.assets.iter().enumerate() {
        // A unit that is called so is not stated either.
        let unit = unit(asset);
        items.entry(if unit == not_stated { "" } else { unit }).or_default().push(at as u32);
    }
    let is_of_item = |id: &Option<String>| id.as_deref().is_some_and(|id| view.index.position(id).is_some());
    let nobodys: Vec<u32> = (0..document.findings.len() as u32)
        .filter(|&i| !is_of_item(&document.findings[i as usize].asset))
        .collect();
    if !nobodys.is_empty() {
        items.entry("").or_default();
    }
    let parts = items.into_iter().map(|(unit, items)| {
        let own = items.iter().flat_map(|&at| view.index.finding_positions(at as usize));
        let nobodys = nobodys.iter().filter(|_| unit.is_empty());
        let findings: BTreeSet<u32> = own.chain(nobodys).copied().collect();
        part(&build, unit, items, findings.into_iter().collect())
    });
    parts.collect()
}

fn part<'a>(build: &Build<'a>, unit: &str, items: Vec<u32>, findings: Vec<u32>) -> UnitPart<'a> {
    let is_unit = !unit.is_empty();
    let unit =
        if unit.is_empty() { build.names.text("report.no-unit") } else { build.index.unit(unit).to_owned() };
    let pairs: BTreeSet<u32> =
        items.iter().flat_map(|&at| build.index.pair_positions(at as usize)).copied().collect();
    UnitPart {
        stem: file_stem(&unit),
        counts: count(build, &items, &findings),
        duplicates: duplicates::among(build, pairs.into_iter().collect()),
        ledger: ledger::listing(build, items),
        problems: problems::listing(build, findings),
        is_unit,
        unit,
    }
}

fn count(build: &Build<'_>, items: &[u32], findings: &[u32]) -> UnitCounts {
    let mut counts = UnitCounts { items: items.len() as u64, ..UnitCounts::default() };
    for &at in items {
        let at = at as usize;
        let Some((kind, stays)) = counted(build, at) else { continue };
        counts.live[kind] += 1;
        counts.after[kind] += u64::from(stays);
        // An item that the plan does not name is one for a person.
        let action = build.index.action(at).and_then(|a| ActionKind::parse(&a.action));
        counts.actions[action.unwrap_or(ActionKind::Refer) as usize] += 1;
    }
    for &i in findings {
        let finding = &build.document.findings[i as usize];
        match Severity::ALL.iter().position(|s| s.as_str() == finding.severity) {
            _ if finding.status == "waived" => counts.waived += 1,
            Some(severity) => counts.findings[severity] += 1,
            None => {}
        }
    }
    counts
}
