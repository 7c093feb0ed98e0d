//! What is only understood beside something else of the same place: an owner no table knows that is another owner
//! of the place, mistyped or cut short (洛龙区林局 beside 洛龙区林业局), an office listed as an owner or the other way
//! round, and a place mistyped in the name of an item.
//!
//! For: what a table alone cannot tell from another name. Not for: slips that it can, which reading the owner
//! mends. Invariants: an owner is only ever taken for one that the same inventory lists at the same place, and only
//! when no other there is as near; the order of records does not matter.

use super::office::is_one_office;
use super::owners::{Owner, Owners};
use crate::knowledge::lexicon::Lexicon;
use crate::knowledge::lexicon::regions::{bare, is_slip_of_place};
use crate::knowledge::text::{Slip, fold, look_alike, one_slip, sound_alike};
use crate::model::{RegionId, Regions, Sym, UnitId};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// From how many characters on any wrong character is a slip, as when a table is asked.
const LONG: usize = 6;
/// The shortest name that may be meant when one of its characters is wrong.
const SHORT: usize = 3;

/// A unit known by its proper name.
struct Proper<'a> {
    id: UnitId,
    line: &'a str,
    names: &'a [Vec<char>],
}

/// What one place has: units by their proper names, and offices of units.
#[derive(Default)]
struct Listed<'a> {
    units: Vec<Proper<'a>>,
    offices: BTreeSet<(String, UnitId)>,
}

/// Every name of a body, folded.
struct Names {
    texts: Vec<String>,
    chars: Vec<Vec<char>>,
}

/// An owner by its position among the distinct ones, and the unit and office it means.
type Meant = (u32, UnitId, String);

/// Gives every owner that is another one mistyped the unit and the office it means.
pub(super) fn settle(owners: &mut Owners, lexicon: &Lexicon, regions: &Regions) {
    let distinct: Vec<&Owner> = owners.distinct().collect();
    let units = owners.units();
    let names: BTreeMap<&str, Names> = (lexicon.units.iter())
        .map(|body| {
            let texts: Vec<String> = body.names().map(fold).collect();
            let chars = texts.iter().map(|name| name.chars().collect()).collect();
            (body.id.as_str(), Names { texts, chars })
        })
        .collect();
    // Owners place by place: none ever means an owner of another place.
    let region = |at: u32| units[distinct[at as usize].unit.0 as usize].region;
    let mut order: Vec<u32> = (0..distinct.len() as u32)
        .filter(|&at| distinct[at as usize].unit != UnitId::default() && region(at).is_known())
        .collect();
    order.par_sort_unstable_by_key(|&at| (region(at), at));
    let places: Vec<&[u32]> = order.chunk_by(|&a, &b| region(a) == region(b)).collect();
    let of_place = |place: &&[u32]| settle_place(place, owners, &distinct, &names, regions);
    let meant: Vec<Meant> = places.par_iter().flat_map_iter(of_place).collect();
    owners.take(meant);
}

/// What the mistyped owners of one place mean.
fn settle_place(
    place: &[u32],
    owners: &Owners,
    distinct: &[&Owner],
    names: &BTreeMap<&str, Names>,
    regions: &Regions,
) -> Vec<Meant> {
    let units = owners.units();
    let mut here = Listed::default();
    let mut seen: BTreeSet<UnitId> = BTreeSet::new();
    let at_place = || place.iter().map(|&at| (at, distinct[at as usize]));
    for (_, owner) in at_place() {
        let unit = &units[owner.unit.0 as usize];
        let Some(names) = names.get(unit.body.as_str()) else { continue };
        if !owner.office.is_empty() {
            here.offices.insert((fold(owners.word(owner.office)), owner.unit));
        }
        if seen.insert(owner.unit) && names.texts.contains(&fold(owners.word(owner.name))) {
            here.units.push(Proper { id: owner.unit, line: &unit.line, names: &names.chars });
        }
    }
    if here.units.is_empty() && here.offices.is_empty() {
        return Vec::new();
    }
    let place: Vec<char> = match at_place().next() {
        Some((_, owner)) => regions.path(units[owner.unit.0 as usize].region).concat().chars().collect(),
        None => return Vec::new(),
    };
    let mut meant: BTreeMap<(UnitId, Sym), (UnitId, String)> = BTreeMap::new();
    for (_, owner) in at_place() {
        let unit = &units[owner.unit.0 as usize];
        let found = if !owner.office.is_empty() {
            here.unit_of_office(&fold(owners.word(owner.office)))
        } else if here.units.iter().any(|known| known.id == owner.unit) {
            None
        } else {
            let line = (!unit.body.starts_with('u')).then_some(unit.line.as_str());
            here.unit(&fold(owners.word(owner.name)), line, &place)
        };
        if let Some(found) = found {
            meant.insert((owner.unit, owner.office), found);
        }
    }
    let of_owner = |(at, owner): (u32, &Owner)| {
        let (unit, office) = meant.get(&(owner.unit, owner.office))?;
        Some((at, *unit, office.clone()))
    };
    at_place().filter_map(of_owner).collect()
}

impl Listed<'_> {
    /// The unit, and the office of it, that a unit's name means here. A body that is known (`line`) is only taken for
    /// another of its own line behind a torn place. The nearest reading decides: a slip before a name cut short.
    fn unit(&self, name: &str, line: Option<&str>, place: &[char]) -> Option<(UnitId, String)> {
        let typed: Vec<char> = name.chars().collect();
        let nearest = |fits: &dyn Fn(&[char]) -> bool, line: Option<&str>| {
            let is_meant = |known: &&Proper<'_>| {
                line.is_none_or(|line| known.line == line) && known.names.iter().any(|name| fits(name))
            };
            only(self.units.iter().filter(is_meant).map(|known| (known.id, String::new())))
        };
        let behind_place = |name: &[char]| is_behind_torn_place(&typed, name, place);
        if line.is_some() {
            return nearest(&behind_place, line);
        }
        let bare = behind_place_of(&typed, place);
        nearest(&|name| is_slip(&typed, name) || is_slip_into_place(&typed, name, place), None)
            .or_else(|| nearest(&behind_place, None))
            .or_else(|| nearest(&|name| is_cut_short(&typed, name), None))
            .or_else(|| {
                let name: String = bare.iter().collect();
                let offices = self.offices.iter().filter(|(office, _)| is_one_office(&name, office));
                only(offices.map(|(_, unit)| (*unit, name.clone())))
            })
    }

    /// The unit that an office's name means, mistyped: 玄传部 under a 县委 that has a 宣传部 beside it. A character too
    /// many or too few makes another office: the 办公厅 of a 政协 is not the 委办公厅.
    fn unit_of_office(&self, office: &str) -> Option<(UnitId, String)> {
        let typed: Vec<char> = office.chars().collect();
        let is_meant = |name: &[char]| {
            let slip = one_slip(&typed, name);
            name.len() >= SHORT && matches!(slip, Some(Slip::Sound | Slip::Look | Slip::Swapped))
        };
        let fits = |known: &&Proper<'_>| known.names.iter().any(|name| is_meant(name));
        only(self.units.iter().filter(fits).map(|known| (known.id, String::new())))
    }
}

/// What is found when all that is found is of one unit.
fn only(mut found: impl Iterator<Item = (UnitId, String)>) -> Option<(UnitId, String)> {
    let first = found.next()?;
    found.all(|other| other.0 == first.0).then_some(first)
}

/// Whether a name was cut short: characters picked in order, the first and the last among them (机管局 of
/// 机关事务管理局).
fn is_cut_short(typed: &[char], name: &[char]) -> bool {
    let mut rest = name.iter();
    typed.len() >= 2
        && typed.len() < name.len()
        && typed.first() == name.first()
        && typed.last() == name.last()
        && typed.iter().all(|c| rest.any(|other| other == c))
}

/// Whether one character went wrong on the way from `name` to what was typed.
fn is_slip(typed: &[char], name: &[char]) -> bool {
    name.len() >= SHORT
        && match one_slip(typed, name) {
            Some(Slip::Other) => name.len() >= LONG,
            slip => slip.is_some(),
        }
}

/// Whether the first character of a name changed places with the end of the place in front: 水区务局 for 区水务局.
fn is_slip_into_place(typed: &[char], name: &[char], place: &[char]) -> bool {
    let Some((&first, rest)) = name.split_first().filter(|_| name.len() >= SHORT) else { return false };
    place.last().is_some_and(|&end| typed.strip_prefix(&[first, end]).is_some_and(|typed| typed == rest))
}

/// A name without the characters of its place in front, when two at least stand there and two are left.
fn behind_place_of<'t>(typed: &'t [char], place: &[char]) -> &'t [char] {
    let of_place = typed.iter().take_while(|c| place.contains(c)).count();
    if of_place >= 2 && typed.len() >= of_place + 2 { &typed[of_place..] } else { typed }
}

/// Whether what was typed is a name behind the rest of a mistyped place: 大平镇卫生院 in 太平镇, 医财政局 in a 区.
fn is_behind_torn_place(typed: &[char], name: &[char], place: &[char]) -> bool {
    let Some(front) = typed.strip_suffix(name).filter(|front| !front.is_empty() && name.len() >= 2) else {
        return false;
    };
    let strange = front.iter().filter(|c| !place.contains(c)).count();
    match front {
        [one] => place.last().is_some_and(|end| sound_alike(*one, *end) || look_alike(*one, *end)),
        _ => strange == 0 || strange == 1 && name.len() >= SHORT,
    }
}

/// The names of every division, folded: in full and bare.
pub(super) struct PlaceNames(Vec<Vec<Vec<char>>>);

impl PlaceNames {
    /// Folds the names of all divisions.
    pub(super) fn new(regions: &Regions) -> PlaceNames {
        let ids: Vec<RegionId> = regions.iter().map(|(id, _)| id).collect();
        let names = |id: &RegionId| {
            let name = fold(&regions.get(*id).name);
            [Some(name.as_str()), bare(&name)]
                .into_iter()
                .flatten()
                .map(|name| name.chars().collect())
                .collect()
        };
        PlaceNames(rayon::iter::once(Vec::new()).chain(ids.par_iter().map(names)).collect())
    }
}

/// A stem without the name of its place, mistyped at its front or end; `None` when no slip explains either.
pub(super) fn without_place(
    stem: &str,
    place: RegionId,
    regions: &Regions,
    names: &PlaceNames,
) -> Option<String> {
    let chars: Vec<char> = stem.chars().collect();
    for region in regions.ancestry(place) {
        for meant in &names.0[region.0 as usize] {
            for length in [meant.len() + 1, meant.len(), meant.len() - 1] {
                if length < 2 || length >= chars.len() {
                    continue;
                }
                let (front, end) = (&chars[..length], &chars[chars.len() - length..]);
                if is_meant(front, meant) {
                    return Some(chars[length..].iter().collect());
                }
                if is_meant(end, meant) {
                    return Some(chars[..chars.len() - length].iter().collect());
                }
            }
        }
    }
    None
}

/// Whether the place at hand was meant by a piece of a name: here two characters that are swapped or sound alike are
/// enough, for no other place is in question.
fn is_meant(typed: &[char], meant: &[char]) -> bool {
    // Of three characters and more, no single slip touches both ends.
    if meant.len() >= 3 && typed.first() != meant.first() && typed.last() != meant.last() {
        return false;
    }
    is_slip_of_place(typed, meant)
        || meant.len() == 2 && matches!(one_slip(typed, meant), Some(Slip::Swapped | Slip::Sound))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chars(text: &str) -> Vec<char> {
        text.chars().collect()
    }

    #[test]
    fn an_office_is_taken_for_a_unit_by_a_slip_only() {
        let names = [["委办公厅", "委办公室"], ["宣传部", "委宣传部"]].map(|names| names.map(chars));
        let unit = |at: usize| Proper { id: UnitId(at as u32 + 1), line: "party", names: &names[at] };
        let here = Listed { units: vec![unit(0), unit(1)], offices: BTreeSet::new() };
        assert_eq!(here.unit_of_office("玄传部"), Some((UnitId(2), String::new())));
        assert_eq!(here.unit_of_office("办公厅"), None);
        assert_eq!(here.unit_of_office("宣传部"), None, "an office that is spelt right stays one");
    }

    #[test]
    fn a_slip_is_forgiven_and_another_body_is_not() {
        assert!(is_slip(&chars("林局"), &chars("林业局")));
        assert!(is_slip(&chars("信防局"), &chars("信访局")));
        assert!(!is_slip(&chars("盐务局"), &chars("税务局")));
        assert!(!is_slip(&chars("财局"), &chars("林业局")));
    }

    #[test]
    fn a_name_is_cut_short_between_its_ends() {
        assert!(is_cut_short(&chars("机管局"), &chars("机关事务管理局")));
        assert!(is_cut_short(&chars("税局"), &chars("税务局")));
        assert!(!is_cut_short(&chars("政局"), &chars("民政局")));
        assert!(!is_cut_short(&chars("局管机"), &chars("机关事务管理局")));
    }

    #[test]
    fn the_end_of_a_place_slips_into_the_name() {
        let place = chars("甲市乙区");
        assert!(is_slip_into_place(&chars("水区务局"), &chars("水务局"), &place));
        assert!(!is_slip_into_place(&chars("水市务局"), &chars("水务局"), &place));
        assert_eq!(behind_place_of(&chars("甲市振兴中心"), &place), chars("振兴中心"));
        assert_eq!(behind_place_of(&chars("区振兴中心"), &place), chars("区振兴中心"));
    }

    #[test]
    fn what_stands_in_front_is_a_place_or_makes_another_body() {
        let place = chars("甲市乙县太平镇");
        assert!(is_behind_torn_place(&chars("大平镇卫生院"), &chars("卫生院"), &place));
        assert!(is_behind_torn_place(&chars("镇小学"), &chars("小学"), &place));
        assert!(!is_behind_torn_place(&chars("第一人民医院"), &chars("人民医院"), &place));
        assert!(!is_behind_torn_place(&chars("儿童医院"), &chars("医院"), &place));
        assert!(!is_behind_torn_place(&chars("卫生院"), &chars("卫生院"), &place));
    }
}
