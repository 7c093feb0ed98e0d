//! Counties and townships that the inventory itself names in full: the only ones that a short name in it means.
//!
//! For: 里田招生 and 永宁街道 (several of that name in the country), where no column tells the place and the inventory
//! lists one 里田乡, one 永宁街道; and names that tell their place in full (网格平台·湖润镇), so that owners are read
//! with it. Not for: records whose place is told. Invariant: the order of records does not matter.

use super::distinct::Distinct;
use super::owners::Owners;
use super::places::ColumnPlace;
use super::setting::Setting;
use crate::knowledge::lexicon::regions::{Mention, bare};
use crate::knowledge::lexicon::{Lexicon, NameWords};
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
        let (column, (owner, unit)) = (columns.get(record), owners.get(record));
        // 马村小学 may be that of 马村区 or of a 马村镇: the name may tell.
        let is_bare = column.others.is_empty() && !owner.others().is_empty();
        let is_told = column.region.is_known()
            || unit.region.is_known() && !is_bare
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
        let (column, (owner, unit)) = (columns.get(record), owners.get(record));
        let mentions = lexicon.regions.mentions(name);
        let several = [owner.candidates(), &column.candidates];
        let is_bare = unit.region.is_known();
        if is_bare {
            // Only where the name tells one of the townships in full.
            let (region, _) = towns.told_in_full(&mentions)?;
            let is_meant = owner.others().contains(&region) && region != unit.region;
            return is_meant.then(|| (record, ColumnPlace { region, ..ColumnPlace::default() }));
        }
        let by_candidates = several.into_iter().find_map(|candidates| towns.only(candidates));
        let told = || towns.told(name, &mentions, regions, &lexicon.words);
        let (region, read) = by_candidates.map(|region| (region, 0)).or_else(told)?;
        // 望城街道 as the owner of an item in 构朳镇 is none of its places, and 安康市 in a name no 安康乡.
        let fits = |candidates: &&[RegionId]| candidates.is_empty() || candidates.contains(&region);
        let agrees = |above: &RegionId| regions.covers(*above, region);
        // 罗山 inside the 范罗山 that was read is no place.
        let mut others = mentions.iter().filter(|place| place.start == 0 || place.start >= read);
        let is_agreed = others.all(|place| place.candidates.iter().any(agrees));
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

/// The counties and townships, and the short names that only one of them has.
struct Towns {
    listed: BTreeSet<RegionId>,
    /// By short name; `NONE` where several have it.
    short: BTreeMap<String, RegionId>,
    /// The places that each listed one lies in, itself included.
    above: BTreeSet<(RegionId, RegionId)>,
}

impl Towns {
    /// Collects what columns and owners name.
    fn new(owners: &Owners, columns: &Distinct<ColumnPlace>, regions: &Regions) -> Towns {
        let named =
            owners.units().iter().map(|unit| unit.region).chain(columns.values.iter().map(|c| c.region));
        let is_local = |&place: &RegionId| {
            place.is_known() && matches!(regions.get(place).level, Level::County | Level::Township)
        };
        let listed: BTreeSet<RegionId> = named.filter(is_local).collect();
        let mut short = BTreeMap::new();
        for &place in &listed {
            let name = short_name(regions, place);
            short.entry(fold(name)).and_modify(|held| *held = RegionId::NONE).or_insert(place);
        }
        let above = listed.iter().flat_map(|&p| regions.ancestry(p).map(move |above| (above, p))).collect();
        Towns { listed, short, above }
    }

    fn lies_in(&self, above: RegionId, place: RegionId) -> bool {
        self.above.contains(&(above, place))
    }

    /// The only one of several places that is listed.
    fn only(&self, candidates: &[RegionId]) -> Option<RegionId> {
        let mut listed = candidates.iter().copied().filter(|place| self.listed.contains(place));
        let first = listed.next()?;
        listed.all(|other| other == first).then_some(first)
    }

    /// The listed place whose short name a folded text begins with, the longest if several do, and where that ends.
    fn in_front(&self, text: &str) -> Option<(RegionId, usize)> {
        let ends = text.char_indices().map(|(at, c)| at + c.len_utf8()).take(LONGEST).skip(1);
        let found = ends.filter_map(|end| self.short.get(&text[..end]).map(|&place| (place, end))).last()?;
        found.0.is_known().then_some(found)
    }

    /// The listed place whose short name a folded text ends in (网格联络群（哈乐）), the longest if several do.
    fn at_end(&self, text: &str) -> Option<RegionId> {
        let starts = text.char_indices().rev().map(|(at, _)| at).take(LONGEST).skip(1);
        let found = starts.filter_map(|start| self.short.get(&text[start..])).last().copied()?;
        found.is_known().then_some(found)
    }

    /// The place that a folded name tells, and how much of it tells so: the narrower of what it begins with and of what
    /// it says in full.
    fn told(
        &self,
        text: &str,
        mentions: &[Mention],
        regions: &Regions,
        words: &NameWords,
    ) -> Option<(RegionId, usize)> {
        match (self.told_by_name(text, mentions, words), self.told_in_full(mentions)) {
            (Some(front), Some(full)) if regions.covers(front.0, full.0) => Some(full),
            (front, full) => front.or(full),
        }
    }

    /// The listed place that a folded name begins with: by its short name behind its county (平鲁下水头督查群), in
    /// full, or by its short name alone, be it behind what adorns names (掌上杨公); else the one that it ends in.
    fn told_by_name(&self, text: &str, mentions: &[Mention], words: &NameWords) -> Option<(RegionId, usize)> {
        let Some(place) = mentions.iter().find(|mention| mention.start == 0) else {
            let dated = text.trim_start_matches(|c: char| c.is_ascii_digit());
            let bare = words.unadorned(dated);
            let fronts = [text, dated, &dated[dated.find(bare).unwrap_or(0)..]];
            let found = fronts.into_iter().find_map(|rest| {
                let (region, end) = self.in_front(rest)?;
                Some((region, text.len() - rest.len() + end))
            });
            return found.or_else(|| self.at_end(text).map(|region| (region, 0)));
        };
        let below = |(region, end): (RegionId, usize)| {
            let inside = place.candidates.iter().any(|&above| above != region && self.lies_in(above, region));
            inside.then_some((region, place.end + end))
        };
        let only = || self.only(&place.candidates).map(|region| (region, place.end));
        self.in_front(&text[place.end..]).and_then(below).or_else(only)
    }

    /// The place that a name tells in full somewhere (数字湖润镇督查): the narrowest of those named there, if the country
    /// or the inventory has one of that name.
    fn told_in_full(&self, mentions: &[Mention]) -> Option<(RegionId, usize)> {
        let last = mentions.iter().rfind(|mention| mention.whole)?;
        let only = match last.candidates[..] {
            [one] => Some(one),
            _ => self.only(&last.candidates),
        };
        only.map(|region| (region, 0))
    }
}

/// Longest short name that is looked for, in characters.
const LONGEST: usize = 8;

/// A place's name without its ending; the whole name where it has none of the usual ones (济东物业服务中心).
fn short_name(regions: &Regions, place: RegionId) -> &str {
    let name = regions.get(place).name.as_str();
    let county = |name: &'_ str| -> Option<usize> {
        let short = ["县", "区", "市", "旗"].into_iter().find_map(|ending| name.strip_suffix(ending))?;
        short.chars().nth(1).map(|_| short.len())
    };
    match regions.get(place).level {
        Level::County => county(name).map_or(name, |end| &name[..end]),
        _ => bare(name).unwrap_or(name),
    }
}
