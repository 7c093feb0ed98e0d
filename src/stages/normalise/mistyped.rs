//! What is only understood beside something else of the same place: an owner no table knows that is another owner
//! of the place, mistyped (洛龙区林局 beside 洛龙区林业局), and a place mistyped in the name of an item.
//!
//! For: slips that a table alone cannot tell from another name. Not for: slips that it can, which reading the owner
//! mends. Invariants: an owner is only ever taken for one that the same inventory lists at the same place, by its
//! proper name, and only when no other there is as near; the order of records does not matter.

use super::owners::Owners;
use crate::knowledge::lexicon::Lexicon;
use crate::knowledge::lexicon::regions::bare;
use crate::knowledge::text::{Slip, fold, look_alike, one_slip, sound_alike};
use crate::model::{RegionId, Regions, Unit, UnitId};
use std::collections::BTreeMap;

/// From how many characters on any wrong character is a slip, as when a table is asked.
const LONG: usize = 6;
/// The shortest name that may be meant when one of its characters is wrong.
const SHORT: usize = 3;

/// A unit known by its proper name.
struct Proper<'a> {
    id: UnitId,
    line: &'a str,
    names: Vec<Vec<char>>,
}

/// Gives every owner that is another one mistyped the unit it means.
pub(super) fn settle(owners: &mut Owners, lexicon: &Lexicon, regions: &Regions) {
    let mut names: BTreeMap<UnitId, String> = BTreeMap::new();
    for owner in owners.distinct() {
        names.entry(owner.unit).or_insert_with(|| fold(&owner.name));
    }
    let mut proper: BTreeMap<RegionId, Vec<Proper<'_>>> = BTreeMap::new();
    let mut open: Vec<(UnitId, &Unit, &str)> = Vec::new();
    for (&id, name) in &names {
        let unit = &owners.units[id.0 as usize];
        if id == UnitId::default() || !unit.region.is_known() {
            continue;
        }
        let known: Vec<String> =
            lexicon.units.get(&unit.body).map(|body| body.names().map(fold).collect()).unwrap_or_default();
        if known.contains(name) {
            let names = known.iter().map(|name| name.chars().collect()).collect();
            proper.entry(unit.region).or_default().push(Proper { id, line: &unit.line, names });
        } else {
            open.push((id, unit, name));
        }
    }
    let mut meant: BTreeMap<UnitId, UnitId> = BTreeMap::new();
    for (id, unit, name) in open {
        let typed: Vec<char> = name.chars().collect();
        let place: Vec<char> = regions.path(unit.region).concat().chars().collect();
        let is_unknown = unit.body.starts_with('u');
        let fits = |known: &&Proper<'_>| {
            (is_unknown && known.names.iter().any(|name| is_slip(&typed, name)))
                || (is_unknown || known.line == unit.line)
                    && known.names.iter().any(|name| is_behind_torn_place(&typed, name, &place))
        };
        let mut near = proper.get(&unit.region).into_iter().flatten().filter(fits);
        if let (Some(known), None) = (near.next(), near.next()) {
            meant.insert(id, known.id);
        }
    }
    owners.take_for(&meant);
}

/// Whether one character went wrong on the way from `name` to what was typed.
fn is_slip(typed: &[char], name: &[char]) -> bool {
    name.len() >= SHORT
        && match one_slip(typed, name) {
            Some(Slip::Other) => name.len() >= LONG,
            slip => slip.is_some(),
        }
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

/// A stem without the name of its place, mistyped at its front or end; `None` when no slip explains either.
pub(super) fn without_place(stem: &str, place: RegionId, regions: &Regions) -> Option<String> {
    let chars: Vec<char> = stem.chars().collect();
    for region in regions.ancestry(place) {
        let name = fold(&regions.get(region).name);
        for meant in [Some(name.as_str()), bare(&name)].into_iter().flatten() {
            let meant: Vec<char> = meant.chars().collect();
            for length in [meant.len() + 1, meant.len(), meant.len() - 1] {
                if length < 2 || length >= chars.len() {
                    continue;
                }
                let (front, end) = (&chars[..length], &chars[chars.len() - length..]);
                if is_slip_of_place(front, &meant) {
                    return Some(chars[length..].iter().collect());
                }
                if is_slip_of_place(end, &meant) {
                    return Some(chars[..chars.len() - length].iter().collect());
                }
            }
        }
    }
    None
}

/// Whether a place was meant by a piece of a name; of two characters only a swap or one that sounds alike is enough.
fn is_slip_of_place(typed: &[char], meant: &[char]) -> bool {
    match one_slip(typed, meant) {
        Some(Slip::Swapped | Slip::Sound) => meant.len() >= 2,
        Some(Slip::Look | Slip::Missing | Slip::Stray) => meant.len() >= SHORT,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chars(text: &str) -> Vec<char> {
        text.chars().collect()
    }

    #[test]
    fn a_slip_is_forgiven_and_another_body_is_not() {
        assert!(is_slip(&chars("林局"), &chars("林业局")));
        assert!(is_slip(&chars("信防局"), &chars("信访局")));
        assert!(!is_slip(&chars("盐务局"), &chars("税务局")));
        assert!(!is_slip(&chars("财局"), &chars("林业局")));
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
