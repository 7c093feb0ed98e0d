//! Places that no single text decides, decided by what all texts of the record say together.
//!
//! For: 望城 in the region column, 望城街道便民中心 as owner and 南明 in the name: 望城街道 of 南明区, and neither
//! 望城区 nor another 望城街道. Not for: records whose code or columns decide. Invariant: a place is only chosen
//! from those that the texts name; where several are left, none is.

use super::distinct::Distinct;
use super::owners::{Owner, Owners};
use super::places::ColumnPlace;
use super::setting::{Setting, stated};
use crate::knowledge::lexicon::Lexicon;
use crate::knowledge::lexicon::regions::{Choice, bare};
use crate::knowledge::text::fold;
use crate::model::{Field, Level, RecordRef, Records, RegionId, Unit};
use rayon::prelude::*;

/// Settles what can be settled; true when some record's place became another, so that its owner should be read
/// again with it.
pub(super) fn settle(
    records: &Records,
    lexicon: &Lexicon,
    settings: &[Setting],
    columns: &mut Distinct<ColumnPlace>,
    owners: &Owners,
) -> bool {
    let open = |record: &usize| {
        let (owner, _) = owners.get(*record);
        let place = columns.get(*record);
        !place.by_code
            && [&place.others, &place.candidates, owner.others(), owner.candidates()]
                .iter()
                .any(|l| !l.is_empty())
    };
    let decide = |record: usize| {
        let sheet = settings[records.place(record).sheet.0 as usize].region;
        let place = columns.get(record);
        let (owner, unit) = owners.get(record);
        let choice = together(records.record(record), lexicon, place, (owner, unit), sheet);
        let found = place.found.clone();
        let place = match choice {
            Choice::None => return None,
            Choice::One(region) => ColumnPlace { region, found, ..ColumnPlace::default() },
            Choice::Many(candidates) => ColumnPlace { candidates, found, ..ColumnPlace::default() },
        };
        Some((record, place))
    };
    let settled: Vec<(usize, ColumnPlace)> =
        (0..records.len()).into_par_iter().filter(open).filter_map(decide).collect();
    let is_any = !settled.is_empty();
    for (record, place) in settled {
        columns.replace(record, place);
    }
    is_any
}

/// The places that column, owner and name agree on.
fn together(
    record: RecordRef<'_>,
    lexicon: &Lexicon,
    columns: &ColumnPlace,
    (owner, unit): (&Owner, &Unit),
    sheet: RegionId,
) -> Choice {
    let regions = &lexicon.regions;
    let named = if owner.names_place { unit.region } else { RegionId::NONE };
    // What this scan added is as narrow as it gets.
    if [columns.region, named].into_iter().any(|region| region.is_known() && !regions.is_listed(region)) {
        return Choice::None;
    }
    let by_columns = all(columns.region, &columns.candidates, &columns.others);
    let by_owner = all(named, owner.candidates(), owner.others());
    let is_bare = !columns.others.is_empty() && owner.others().is_empty();
    let mut left = match meet(lexicon, &by_columns, &by_owner) {
        both if !both.is_empty() => both,
        // A bare name against a whole one.
        _ if by_columns.is_empty() || is_bare && !by_owner.is_empty() => by_owner,
        _ => by_columns,
    };
    let name = fold(record.name());
    for mention in regions.mentions(&name) {
        // 东兴 in the name is the 东兴街道 at hand, and says nothing about which.
        let text = &name[mention.start..mention.end];
        if !mention.whole && left.iter().any(|&region| bare(&regions.get(region).name) == Some(text)) {
            continue;
        }
        let narrower = meet(lexicon, &left, &mention.candidates);
        if !narrower.is_empty() {
            left = narrower;
        }
    }
    let level = match record.text(Field::Level) {
        "" => stated(record.records.sheet(record.index), Field::Level),
        text => text,
    };
    let level = lexicon.values.level(&fold(level));
    if left.iter().any(|&region| regions.get(region).level == level) {
        left.retain(|&region| regions.get(region).level == level);
    }
    match regions.choose(&left, &[sheet]) {
        // 望城 said alone is the district, not one of the townships of that name.
        Choice::Many(several) => {
            let plain =
                several.iter().copied().filter(|&region| regions.get(region).level != Level::Township);
            match regions.choose(&plain.collect::<Vec<_>>(), &[]) {
                Choice::One(region) => Choice::One(region),
                _ => Choice::Many(several),
            }
        }
        choice => choice,
    }
}

/// Everything that a text may mean.
fn all(region: RegionId, candidates: &[RegionId], others: &[RegionId]) -> Vec<RegionId> {
    let mut all: Vec<RegionId> = Some(region).filter(|region| region.is_known()).into_iter().collect();
    all.extend(candidates.iter().chain(others));
    all.sort_unstable();
    all.dedup();
    all
}

/// The narrower of every two places of which one lies in the other.
fn meet(lexicon: &Lexicon, a: &[RegionId], b: &[RegionId]) -> Vec<RegionId> {
    let regions = lexicon.regions.regions();
    let mut both = Vec::new();
    for &x in a {
        for &y in b {
            if regions.covers(x, y) {
                both.push(y);
            } else if regions.covers(y, x) {
                both.push(x);
            }
        }
    }
    both.sort_unstable();
    both.dedup();
    both
}
