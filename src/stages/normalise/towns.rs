//! Townships that the inventory itself names in full: the only ones that a short name in it means.
//!
//! For: 里田招生 and 永宁街道（several of that name in the country）, where no column tells the place and the inventory
//! lists one 里田乡, one 永宁街道. Not for: records whose place is told. Invariant: the order of records does not matter.

use super::distinct::Distinct;
use super::owners::Owners;
use super::places::ColumnPlace;
use crate::knowledge::lexicon::regions::bare;
use crate::knowledge::text::fold;
use crate::model::{Level, RegionId, Regions};
use std::collections::{BTreeMap, BTreeSet};

/// The townships, and the short names that only one of them has.
#[derive(Default)]
pub(super) struct Towns {
    listed: BTreeSet<RegionId>,
    /// By short name; `NONE` where several have it.
    short: BTreeMap<String, RegionId>,
}

impl Towns {
    /// Collects what columns and owners name.
    pub(super) fn new(owners: &Owners, columns: &Distinct<ColumnPlace>, regions: &Regions) -> Towns {
        let named =
            owners.units.iter().map(|unit| unit.region).chain(columns.values.iter().map(|c| c.region));
        let is_town = |&place: &RegionId| place.is_known() && regions.get(place).level == Level::Township;
        let listed: BTreeSet<RegionId> = named.filter(is_town).collect();
        let mut short = BTreeMap::new();
        for &town in &listed {
            if let Some(name) = bare(&regions.get(town).name) {
                short.entry(fold(name)).and_modify(|held| *held = RegionId::NONE).or_insert(town);
            }
        }
        Towns { listed, short }
    }

    /// The only one of several places that is listed.
    pub(super) fn only(&self, candidates: &[RegionId]) -> Option<RegionId> {
        let mut listed = candidates.iter().copied().filter(|place| self.listed.contains(place));
        let first = listed.next()?;
        listed.all(|other| other == first).then_some(first)
    }

    /// The listed township whose short name a folded text begins with, the longest if several do.
    pub(super) fn in_front(&self, text: &str) -> Option<RegionId> {
        let ends = text.char_indices().map(|(at, c)| at + c.len_utf8()).take(8).skip(1);
        let found = ends.filter_map(|end| self.short.get(&text[..end])).last().copied()?;
        found.is_known().then_some(found)
    }
}
