//! One comparison per file: two assets in, an ordered level out.
//!
//! For: saying how alike two assets are in one respect. Not for: weighing it (parameters) or drawing
//! conclusions (`relate`). *Missing* is a level of its own and never means "different". Laws, tested
//! over all comparators: symmetric; an asset compared with itself reaches its best level or missing.

pub(super) mod audience;
pub(super) mod functions;
pub(super) mod identifier;
pub(super) mod members;
pub(super) mod name;
pub(super) mod number;
pub(super) mod platform;
pub(super) mod region;
pub(super) mod text;
pub(super) mod unit;
pub(super) mod users;

use super::features::Features;
use crate::model::{AssetIx, Message};

/// A comparison.
pub(super) struct Comparator {
    /// Name, as in parameters and evidence.
    pub(super) name: &'static str,
    /// Levels from best to worst.
    pub(super) levels: &'static [&'static str],
    /// Index into `levels` for two assets.
    pub(super) compare: fn(&Features<'_>, AssetIx, AssetIx) -> u8,
    /// The value that people are shown for one asset.
    pub(super) value: fn(&Features<'_>, AssetIx) -> String,
}

impl Comparator {
    /// The sentence for a level: `evidence.<comparator>.<level>` with both values.
    pub(super) fn sentence(&self, level: u8, left: &str, right: &str) -> Message {
        let key = key(self.name, self.levels[usize::from(level)]);
        Message::new(key).with("left", left).with("right", right)
    }

    /// The level by name.
    #[cfg(test)]
    pub(super) fn level(&self, features: &Features<'_>, a: AssetIx, b: AssetIx) -> &'static str {
        self.levels[usize::from((self.compare)(features, a, b))]
    }
}

/// Every comparison, in the order of evidence and of the sum.
pub(super) const COMPARATORS: [Comparator; 11] = [
    name::COMPARATOR,
    unit::COMPARATOR,
    region::COMPARATOR,
    functions::COMPARATOR,
    text::COMPARATOR,
    platform::COMPARATOR,
    identifier::COMPARATOR,
    number::COMPARATOR,
    audience::COMPARATOR,
    members::COMPARATOR,
    users::COMPARATOR,
];

/// The level of every comparison for a pair: indices into each comparator's list.
#[derive(Clone, Copy)]
pub(super) struct Levels {
    pub(super) name: u8,
    pub(super) unit: u8,
    pub(super) region: u8,
    pub(super) functions: u8,
    pub(super) text: u8,
    pub(super) platform: u8,
    pub(super) identifier: u8,
    pub(super) number: u8,
    pub(super) audience: u8,
    pub(super) members: u8,
    pub(super) users: u8,
}

impl Levels {
    /// Compares two assets in every respect.
    pub(super) fn of(features: &Features<'_>, a: AssetIx, b: AssetIx) -> Levels {
        let [name, unit, region, functions, text, platform, identifier, number, audience, members, users] =
            COMPARATORS.each_ref().map(|comparator| (comparator.compare)(features, a, b));
        Levels { name, unit, region, functions, text, platform, identifier, number, audience, members, users }
    }

    /// The levels in the order of [`COMPARATORS`].
    pub(super) fn in_order(&self) -> [u8; COMPARATORS.len()] {
        let Levels {
            name,
            unit,
            region,
            functions,
            text,
            platform,
            identifier,
            number,
            audience,
            members,
            users,
        } = *self;
        [name, unit, region, functions, text, platform, identifier, number, audience, members, users]
    }
}

/// Catalogue keys of all levels, spelled out once so that they are `&'static`.
fn key(comparator: &str, level: &str) -> &'static str {
    KEYS.iter()
        .find(|(c, l, _)| *c == comparator && *l == level)
        .map_or("evidence.unknown", |(_, _, key)| key)
}

macro_rules! keys {
    ($($comparator:literal: $($level:literal),+;)+) => {
        const KEYS: &[(&str, &str, &str)] = &[$($(
            ($comparator, $level, concat!("evidence.", $comparator, ".", $level)),
        )+)+];
    };
}

keys! {
    "name": "exact", "close", "adorned", "part", "missing", "different";
    "unit": "same", "line", "missing", "office", "different";
    "region": "same", "within", "missing", "elsewhere";
    "functions": "same", "most", "part", "some", "missing", "different";
    "text": "same", "close", "some", "missing", "different";
    "platform": "same", "missing", "different";
    "identifier": "same", "site", "missing", "different";
    "number": "same", "missing", "one-sided", "different";
    "audience": "same", "missing", "different";
    "members": "same", "missing", "different";
    "users": "near", "missing", "apart";
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::messages::{Catalogue, Lang};

    /// A level's constant is its position in the list that people are shown.
    #[test]
    fn constants_stand_where_the_lists_say() {
        let named = [
            (0, name::EXACT, "exact"),
            (0, name::CLOSE, "close"),
            (0, name::ADORNED, "adorned"),
            (0, name::PART, "part"),
            (0, name::DIFFERENT, "different"),
            (1, unit::SAME, "same"),
            (1, unit::LINE, "line"),
            (1, unit::MISSING, "missing"),
            (1, unit::OFFICE, "office"),
            (1, unit::DIFFERENT, "different"),
            (2, region::SAME, "same"),
            (2, region::WITHIN, "within"),
            (2, region::MISSING, "missing"),
            (2, region::ELSEWHERE, "elsewhere"),
            (3, functions::SAME, "same"),
            (3, functions::MOST, "most"),
            (3, functions::PART, "part"),
            (3, functions::DIFFERENT, "different"),
            (4, text::SAME, "same"),
            (4, text::CLOSE, "close"),
            (4, text::SOME, "some"),
            (4, text::DIFFERENT, "different"),
            (5, platform::SAME, "same"),
            (5, platform::DIFFERENT, "different"),
            (6, identifier::SAME, "same"),
            (6, identifier::DIFFERENT, "different"),
            (7, number::SAME, "same"),
            (7, number::ONE_SIDED, "one-sided"),
            (7, number::DIFFERENT, "different"),
            (8, audience::SAME, "same"),
            (8, audience::DIFFERENT, "different"),
            (9, members::SAME, "same"),
            (9, members::DIFFERENT, "different"),
            (6, identifier::SITE, "site"),
            (10, users::NEAR, "near"),
        ];
        for (comparator, level, name) in named {
            assert_eq!(COMPARATORS[comparator].levels[usize::from(level)], name);
        }
        let order =
            ["name", "unit", "region", "functions", "text", "platform", "identifier", "number", "audience"];
        assert!(COMPARATORS.iter().map(|c| c.name).eq(order.into_iter().chain(["members", "users"])));
    }

    #[test]
    fn every_level_has_its_sentence() {
        for comparator in &COMPARATORS {
            for (level, name) in comparator.levels.iter().enumerate() {
                let message = comparator.sentence(level as u8, "甲", "乙");
                assert_eq!(message.key, format!("evidence.{}.{name}", comparator.name));
                for lang in [Lang::Zh, Lang::En] {
                    assert!(Catalogue::of(lang).has(message.key), "{lang}: {}", message.key);
                }
            }
        }
    }
}
