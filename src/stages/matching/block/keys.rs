//! The blocking keys: what two assets must share to be compared.

use crate::model::{AssetIx, Kind, RegionId, UnitId};
use crate::stages::matching::features::Features;
use std::hash::{DefaultHasher, Hash, Hasher};

/// An asset under one value of a key.
#[derive(Clone, Copy, Debug)]
pub(super) struct Key {
    /// Digest of the key's value.
    pub(super) digest: u64,
    /// The asset.
    pub(super) asset: AssetIx,
    /// Whether this is the asset's own value or one it borrowed (a place above its own). Two borrowers never
    /// meet: two counties do not in their province, nor two complete records by their stem alone.
    pub(super) own: bool,
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

    /// The values of an asset under this key; none when it lacks what the key needs.
    pub(super) fn of(self, features: &Features<'_>, asset: AssetIx) -> Vec<Key> {
        let meaning = features.meaning(asset);
        let place = meaning.place.region;
        let owner = features.owner(asset);
        let in_doubt = meaning.place.candidates != 0 || !place.is_known();
        let key = |value: &dyn Fn(&mut DefaultHasher), own: bool| {
            let mut hasher = DefaultHasher::new();
            (self.name(), meaning.kind).hash(&mut hasher);
            value(&mut hasher);
            Key { digest: hasher.finish(), asset, own }
        };
        match self {
            BlockKey::Identifier => {
                features.identifiers(asset).digests().map(|d| key(&|h| d.hash(h), true)).collect()
            }
            BlockKey::Unit if owner != UnitId::default() => vec![key(&|h| owner.hash(h), true)],
            BlockKey::Line if meaning.unit != UnitId::default() && !in_doubt => {
                let line = &features.assets.unit(meaning.unit).line;
                if line.is_empty() { vec![] } else { vec![key(&|h| (line, place).hash(h), true)] }
            }
            BlockKey::PlaceStem if !meaning.stem.is_empty() && !in_doubt => {
                vec![key(&|h| (meaning.stem, place).hash(h), true)]
            }
            BlockKey::Stem if !meaning.stem.is_empty() => {
                vec![key(&|h| meaning.stem.hash(h), in_doubt || owner == UnitId::default())]
            }
            BlockKey::PlaceFunction if meaning.kind == Kind::App && !in_doubt => {
                let places = features.assets.regions.ancestry(place);
                let functions = features.assets.functions(meaning.functions);
                places
                    .flat_map(|p| functions.iter().map(move |f| (p, f)))
                    .map(|(p, f)| key(&|h| (p, f).hash(h), p == place))
                    .collect()
            }
            BlockKey::PlaceFunction if !in_doubt => {
                let own = owner == UnitId::default();
                let functions = features.assets.functions(meaning.functions);
                functions.iter().map(|f| key(&|h| (place, f).hash(h), own)).collect()
            }
            BlockKey::Doubt => {
                let office = features.office_or_body(asset);
                let keyed = |place: RegionId, own| key(&|h| (place, office).hash(h), own);
                match features.candidates(asset) {
                    _ if office.is_empty() => vec![],
                    [] if place.is_known() => vec![keyed(place, false)],
                    several => several.iter().map(|&place| keyed(place, true)).collect(),
                }
            }
            BlockKey::Stray if !in_doubt => vec![key(&|h| place.hash(h), features.is_stray(asset))],
            _ => vec![],
        }
    }

    /// What a pair must share besides its block to be compared.
    pub(super) fn fits(self, features: &Features<'_>, a: AssetIx, b: AssetIx) -> bool {
        self != BlockKey::Stray || features.share_words(a, b)
    }
}
