//! The names of items, found in a text in one pass.

use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};
use std::collections::BTreeMap;

/// Characters of a name that is looked for; two say too little.
const LEAST: usize = 3;

/// What of the name stands in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Form {
    /// All of it.
    Whole,
    /// What is left without region, unit and generic words.
    Stem,
}

/// The items that bear a spelling.
#[derive(Clone, Debug, Default)]
pub(super) struct Bearers {
    /// As their whole name.
    pub(super) whole: Vec<usize>,
    /// As their stem.
    pub(super) stem: Vec<usize>,
}

/// All spellings with their items.
pub(super) struct Spellings {
    items: BTreeMap<String, Bearers>,
    automaton: Option<CharwiseDoubleArrayAhoCorasick<u32>>,
    by_number: Vec<Bearers>,
}

impl Spellings {
    /// From the folded name and stem of each item.
    pub(super) fn new(names: &[(String, String)]) -> Spellings {
        let long = |text: &String| text.chars().nth(LEAST - 1).is_some();
        let mut items: BTreeMap<String, Bearers> = BTreeMap::new();
        for (item, (name, stem)) in names.iter().enumerate() {
            if long(name) {
                items.entry(name.clone()).or_default().whole.push(item);
            }
            if stem != name && long(stem) {
                items.entry(stem.clone()).or_default().stem.push(item);
            }
        }
        let builder = CharwiseDoubleArrayAhoCorasickBuilder::new().match_kind(MatchKind::LeftmostLongest);
        let automaton = builder.build_with_values(items.keys().zip(0_u32..)).ok();
        let by_number = items.values().cloned().collect();
        Spellings { items, automaton, by_number }
    }

    /// Those who bear the names in a folded text.
    pub(super) fn mentions<'a>(&'a self, text: &'a str) -> impl Iterator<Item = &'a Bearers> {
        let hits = self.automaton.iter().flat_map(move |automaton| automaton.leftmost_find_iter(text));
        hits.map(|hit| &self.by_number[hit.value() as usize])
    }

    /// Whether some item bears this name.
    pub(super) fn knows(&self, folded: &str) -> bool {
        self.items.contains_key(folded)
    }
}
