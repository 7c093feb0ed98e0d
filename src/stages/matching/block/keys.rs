//! The blocking keys: what two assets must share to be compared.

use crate::model::{AssetIx, Kind, RegionId, UnitId};
use crate::stages::matching::features::Features;
use rustc_hash::{FxBuildHasher, FxHashMap};
use std::hash::BuildHasher;

/// An asset under one value of a key, so laid out that sorting looks at nothing else.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Key {
    /// Digest of the key's value.
    pub(super) digest: u64,
    /// Rank of the asset, with [`BORROWED`] where the value is one it borrowed (a place above its own). Two borrowers
    /// never meet: two counties do not in their province, nor two complete records by their stem alone.
    place: u32,
}

/// Assets whose own the value is come first in their block.
const BORROWED: u32 = 1 << 31;

impl Key {
    /// Rank of the asset.
    pub(super) fn rank(self) -> u32 {
        self.place & !BORROWED
    }

    /// Whether the value is the asset's own.
    pub(super) fn own(self) -> bool {
        self.place & BORROWED == 0
    }
}

/// Lines of work by number, so that a key is made of numbers only.
pub(super) struct Lines<'a>(FxHashMap<&'a str, u32>);

impl<'a> Lines<'a> {
    /// Numbers the lines of all owners.
    pub(super) fn new(features: &Features<'a>) -> Lines<'a> {
        let mut lines = FxHashMap::default();
        for unit in &features.assets.units {
            let next = lines.len() as u32;
            lines.entry(unit.line.as_str()).or_insert(next);
        }
        Lines(lines)
    }
}

/// A kind of key.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BlockKey {
    /// The same link, package, account id or filing number.
    Identifier,
    /// The same owner.
    Unit,
    /// The same line of owners in the same place.
    Line,
    /// The same stem in the same place.
    PlaceStem,
    /// The same stem, for assets whose owner or place is not known.
    Stem,
    /// Apps with the same function in the same place, or in a place above; of groups and accounts those without an
    /// owner, with all of the place.
    PlaceFunction,
    /// The same office or body in one of the places that may be meant, for assets whose place is in doubt.
    Doubt,
    /// Words of the stem shared in one place, for assets of whose owner no table knows the body: it may be mistyped.
    Stray,
}

impl BlockKey {
    /// Every key, cheapest first.
    pub const ALL: [BlockKey; 8] = [
        BlockKey::Identifier,
        BlockKey::Unit,
        BlockKey::Line,
        BlockKey::PlaceStem,
        BlockKey::Stem,
        BlockKey::PlaceFunction,
        BlockKey::Doubt,
        BlockKey::Stray,
    ];

    /// Canonical name, as printed.
    pub fn name(self) -> &'static str {
        match self {
            BlockKey::Identifier => "identifier",
            BlockKey::Unit => "unit",
            BlockKey::Line => "line",
            BlockKey::PlaceStem => "place-stem",
            BlockKey::Stem => "stem",
            BlockKey::PlaceFunction => "place-function",
            BlockKey::Doubt => "doubt",
            BlockKey::Stray => "stray",
        }
    }

    /// Adds the values of an asset under this key; none when it lacks what the key needs.
    pub(super) fn add(self, features: &Features<'_>, lines: &Lines<'_>, asset: AssetIx, keys: &mut Vec<Key>) {
        let meaning = features.meaning(asset);
        let place = meaning.place.region;
        let owner = features.owner(asset);
        let in_doubt = meaning.place.candidates != 0 || !place.is_known();
        let rank = features.rank(asset);
        let key = |value: u64, own: bool| Key {
            digest: digest(value, meaning.kind),
            place: if own { rank } else { rank | BORROWED },
        };
        let at = |what: u32, place: RegionId| u64::from(what) << 32 | u64::from(place.0);
        match self {
            BlockKey::Identifier => {
                keys.extend(features.identifiers(asset).digests().map(|digest| key(digest, true)));
            }
            BlockKey::Unit if owner != UnitId::default() => keys.push(key(u64::from(owner.0), true)),
            BlockKey::Line if features.alias(asset) != 0 && !in_doubt => {
                keys.push(key(at(u32::MAX - features.alias(asset), place), true));
            }
            BlockKey::Line if meaning.unit != UnitId::default() && !in_doubt => {
                let line = &features.assets.unit(meaning.unit).line;
                if !line.is_empty() {
                    keys.push(key(at(lines.0[line.as_str()], place), true));
                }
            }
            BlockKey::PlaceStem if !meaning.stem.is_empty() && !in_doubt => {
                keys.push(key(at(meaning.stem.index() as u32, place), true));
            }
            BlockKey::Stem if !meaning.stem.is_empty() => {
                let own = in_doubt || owner == UnitId::default();
                keys.push(key(meaning.stem.index() as u64, own));
            }
            BlockKey::PlaceFunction if meaning.kind == Kind::App && !in_doubt => {
                let functions = features.assets.functions(meaning.functions);
                for above in features.assets.regions.ancestry(place) {
                    keys.extend(functions.iter().map(|f| key(at(f.0.into(), above), above == place)));
                }
            }
            BlockKey::PlaceFunction if !in_doubt => {
                let own = owner == UnitId::default();
                let functions = features.assets.functions(meaning.functions);
                keys.extend(functions.iter().map(|f| key(at(f.0.into(), place), own)));
            }
            BlockKey::Doubt => {
                let office = features.office_or_body(asset);
                if !office.is_empty() {
                    // Two names of one digest would only be compared for nothing.
                    let office = FxBuildHasher.hash_one(office) as u32;
                    let keyed = |place, own| key(at(office, place), own);
                    match features.candidates(asset) {
                        [] if place.is_known() => keys.push(keyed(place, false)),
                        several => keys.extend(several.iter().map(|&place| keyed(place, true))),
                    }
                }
            }
            BlockKey::Stray if !in_doubt => keys.push(key(place.0.into(), features.is_stray(asset))),
            _ => {}
        }
    }

    /// What a pair must share besides its block to be compared.
    pub(super) fn fits(self, features: &Features<'_>, a: AssetIx, b: AssetIx) -> bool {
        self != BlockKey::Stray || features.share_words(a, b)
    }
}

/// Spreads a value over all bits, one to one for each kind, so that no two values of a kind share a block (the
/// finaliser of SplitMix64: Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014).
fn digest(value: u64, kind: Kind) -> u64 {
    let mut bits = value.wrapping_add((kind as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    bits = (bits ^ bits >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ bits >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ bits >> 31
}
