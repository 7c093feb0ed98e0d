//! Townships that the inventory itself names in full: the only ones that a short name in it means.
//!
//! For: 里田招生 and 永宁街道 (several of that name in the country), where no column tells the place and the inventory
//! lists one 里田乡, one 永宁街道. Not for: records whose place is told. Invariant: the order of records does not matter.

use super::distinct::Distinct;
use super::owners::Owners;
use super::places::ColumnPlace;
use super::setting::Setting;
use crate::knowledge::lexicon::Lexicon;
use crate::knowledge::lexicon::regions::{Mention, bare};
use crate::knowledge::text::fold;
use crate::model::{Level, Records, RegionId, Regions};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Settles the place of records whose columns and owner leave it open; true when some became known, so that owners
/// should be read again with it.
pub(super) fn settle(
    records: &Records,
    lexicon: &Lexicon,
    settings: &[Setting],
    columns: &mut Distinct<ColumnPlace>,
    owners: &Owners,
    regions: &Regions,
) -> bool {
    let is_open = |record: usize| {
        let setting = settings[records.place(record).sheet.0 as usize].region;
        let (column, (_, unit)) = (columns.get(record), owners.get(record));
        let is_told = column.region.is_known()
            || unit.region.is_known()
            || setting.is_known()
            || unit.level == Level::Central;
        !is_told
    };
    let open: Vec<(usize, String)> = (0..records.len())
        .into_par_iter()
        .filter(|&record| is_open(record))
        .map(|record| (record, fold(records.record(record).name())))
        .collect();
    let towns = Towns::new(owners, columns, regions);
    if towns.listed.is_empty() {
        return false;
    }
    let place = |(record, name): &(usize, String)| {
        let record = *record;
        let (column, (owner, _)) = (columns.get(record), owners.get(record));
        let mentions = lexicon.regions.mentions(name);
        let several = [owner.candidates(), &column.candidates];
        let region = several
            .into_iter()
            .find_map(|candidates| towns.only(candidates))
            .or_else(|| towns.told_by_name(name, &mentions))?;
        // 望城街道 as the owner of an item in 构朳镇 is none of its places, and 安康市 in a name no 安康乡.
        let fits = |candidates: &&[RegionId]| candidates.is_empty() || candidates.contains(&region);
        let agrees = |above: &RegionId| regions.covers(*above, region);
        let is_agreed = mentions.iter().all(|place| place.candidates.iter().any(agrees));
        (is_agreed && several.iter().all(fits)).then_some(())?;
        Some((record, ColumnPlace { region, ..ColumnPlace::default() }))
    };
    let settled: Vec<(usize, ColumnPlace)> = open.par_iter().filter_map(place).collect();
    let is_any = !settled.is_empty();
    for (record, place) in settled {
        columns.replace(record, place);
    }
    is_any
}

/// The townships, and the short names that only one of them has.
struct Towns {
    listed: BTreeSet<RegionId>,
    /// By short name; `NONE` where several have it.
    short: BTreeMap<String, RegionId>,
}

impl Towns {
    /// Collects what columns and owners name.
    fn new(owners: &Owners, columns: &Distinct<ColumnPlace>, regions: &Regions) -> Towns {
        let named =
            owners.units().iter().map(|unit| unit.region).chain(columns.values.iter().map(|c| c.region));
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
    fn only(&self, candidates: &[RegionId]) -> Option<RegionId> {
        let mut listed = candidates.iter().copied().filter(|place| self.listed.contains(place));
        let first = listed.next()?;
        listed.all(|other| other == first).then_some(first)
    }

    /// The listed township whose short name a folded text begins with, the longest if several do.
    fn in_front(&self, text: &str) -> Option<RegionId> {
        let ends = text.char_indices().map(|(at, c)| at + c.len_utf8()).take(8).skip(1);
        let found = ends.filter_map(|end| self.short.get(&text[..end])).last().copied()?;
        found.is_known().then_some(found)
    }

    /// The listed township that a folded name begins with: in full, by its short name, or by that behind its county
    /// (平鲁下水头督查群).
    fn told_by_name(&self, text: &str, mentions: &[Mention]) -> Option<RegionId> {
        match mentions.iter().find(|mention| mention.start == 0) {
            None => self.in_front(text),
            Some(place) => self.only(&place.candidates).or_else(|| self.in_front(&text[place.end..])),
        }
    }
}
