//! What a text says of places and owners, and how that agrees with items.

use super::Named;
use crate::knowledge::text::fold;
use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};
use std::collections::{BTreeMap, BTreeSet};

/// Ends of region names that people leave out: 海淀 for 海淀区.
const ENDS: [char; 8] = ['省', '市', '县', '区', '旗', '州', '乡', '镇'];

/// Words for places and owners with the items they belong to.
pub(super) struct Places {
    automaton: Option<CharwiseDoubleArrayAhoCorasick<u32>>,
    /// What each word of the automaton is a word for.
    words: Vec<String>,
    /// Of each item: its places from the province down, then its owners, as full words.
    items: Vec<(Vec<String>, Vec<String>)>,
    /// The full words that are places, each with those above it.
    regions: BTreeMap<String, BTreeSet<String>>,
}

impl Places {
    pub(super) fn new(items: &[Named]) -> Places {
        let folded = |list: &[String]| -> Vec<String> {
            list.iter().map(|word| fold(word)).filter(|word| word.chars().nth(1).is_some()).collect()
        };
        let items: Vec<(Vec<String>, Vec<String>)> =
            items.iter().map(|item| (folded(&item.places), folded(&item.owners))).collect();
        let mut words: BTreeMap<String, String> = BTreeMap::new();
        let mut regions: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (own, owners) in &items {
            for word in own.iter().chain(owners) {
                words.insert(word.clone(), word.clone());
            }
            for (depth, place) in own.iter().enumerate() {
                regions.entry(place.clone()).or_default().extend(own[..depth].iter().cloned());
            }
        }
        for place in regions.keys() {
            let short = place.strip_suffix(ENDS).filter(|short| short.chars().nth(1).is_some());
            if let Some(short) = short {
                words.entry(short.to_owned()).or_insert_with(|| place.clone());
            }
        }
        let builder = CharwiseDoubleArrayAhoCorasickBuilder::new().match_kind(MatchKind::Standard);
        let automaton = builder.build_with_values(words.keys().zip(0_u32..)).ok();
        Places { automaton, words: words.into_values().collect(), items, regions }
    }

    /// What the texts, folded, say of places and owners.
    pub(super) fn said(&self, texts: &[&str]) -> Said<'_> {
        let hits = |text: &'_ str| -> Vec<usize> {
            let found = self.automaton.iter().flat_map(|automaton| automaton.find_overlapping_iter(text));
            found.map(|hit| hit.value() as usize).collect()
        };
        let words = texts.iter().flat_map(|text| hits(text)).map(|at| self.words[at].as_str()).collect();
        Said { places: self, words }
    }
}

/// The places and owners that one text names.
pub(super) struct Said<'a> {
    places: &'a Places,
    words: BTreeSet<&'a str>,
}

impl Said<'_> {
    /// How much of what is said is this item's: 0 for nothing, more the deeper the place; owners count most.
    fn agreement(&self, item: usize) -> usize {
        let (places, owners) = &self.places.items[item];
        let owner = owners.iter().any(|owner| self.words.contains(owner.as_str()));
        let depth = places.iter().rposition(|place| self.words.contains(place.as_str()));
        depth.map_or(0, |at| at + 1) + if owner { places.len() + 1 } else { 0 }
    }

    /// The items that agree most with what is said, those elsewhere left out, and how much they agree.
    pub(super) fn most_agreeing(&self, items: &[usize]) -> (Vec<usize>, usize) {
        let here: Vec<usize> = items.iter().copied().filter(|&item| !self.is_elsewhere(item)).collect();
        let best = here.iter().map(|&item| self.agreement(item)).max().unwrap_or(0);
        (here.into_iter().filter(|&item| self.agreement(item) == best).collect(), best)
    }

    /// Whether places are named and none of them is the item's or lies within it.
    fn is_elsewhere(&self, item: usize) -> bool {
        let Some(own) = self.places.items[item].0.last() else { return false };
        let mut named = self.words.iter().filter_map(|word| self.places.regions.get(*word)).peekable();
        named.peek().is_some() && self.agreement(item) == 0 && !named.any(|above| above.contains(own))
    }
}
