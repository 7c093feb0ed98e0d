//! One comparison per file: two assets in, an ordered level out.
//!
//! For: saying how alike two assets are in one respect. Not for: weighing it (parameters) or drawing
//! conclusions (`relate`). *Missing* is a level of its own and never means "different". Laws, tested
//! over all comparators: symmetric; an asset compared with itself reaches its best level or missing.

mod audience;
mod functions;
mod identifier;
mod members;
pub(super) mod name;
mod number;
mod platform;
mod region;
mod text;
mod unit;

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
pub(super) const COMPARATORS: [Comparator; 10] = [
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
];

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
    "identifier": "same", "missing", "different";
    "number": "same", "missing", "one-sided", "different";
    "audience": "same", "missing", "different";
    "members": "same", "missing", "different";
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::messages::{Catalogue, Lang};

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
