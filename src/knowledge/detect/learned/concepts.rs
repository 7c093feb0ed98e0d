//! Words that mean nearly the same, by what they mean: `src/data/detect/concepts/*.txt`.
//!
//! For: learning from a sentence what carries over to one in other words. Not for: deciding anything by itself.
//! A file: `#` begins a remark, `= id gloss` a concept, other lines hold its words. A word may belong to several concepts.
//! Invariant: of words that overlap the leftmost counts, and of those the longest; a concept is known by its name, so that
//! another order of the files changes nothing.

use crate::knowledge::detect::folded::{HARD, SOFT};
use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};
use std::collections::BTreeMap;
use std::ops::Range;

/// The files, by name.
pub(super) const FILES: [(&str, &str); 8] = [
    ("acts", include_str!("../../../data/detect/concepts/acts.txt")),
    ("measure", include_str!("../../../data/detect/concepts/measure.txt")),
    ("people", include_str!("../../../data/detect/concepts/people.txt")),
    ("senses", include_str!("../../../data/detect/concepts/senses.txt")),
    ("stance", include_str!("../../../data/detect/concepts/stance.txt")),
    ("state", include_str!("../../../data/detect/concepts/state.txt")),
    ("things", include_str!("../../../data/detect/concepts/things.txt")),
    ("ways", include_str!("../../../data/detect/concepts/ways.txt")),
];

/// All concepts with their words.
pub(super) struct Concepts {
    automaton: CharwiseDoubleArrayAhoCorasick<u32>,
    /// The concepts of each word, by their numbers.
    of: Vec<Vec<usize>>,
    /// The feature of each concept, by its number.
    features: Vec<u32>,
}

impl Concepts {
    /// Reads the files; the fault names file and line.
    pub(super) fn load() -> Result<Concepts, String> {
        let mut words: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        let mut features = Vec::new();
        for (file, text) in FILES {
            let mut concept = None;
            for line in text.lines().filter(|line| !line.starts_with('#')) {
                if let Some(id) = line.strip_prefix("= ").and_then(|head| head.split(' ').next()) {
                    concept = Some(features.len());
                    features.push(named(id));
                    continue;
                }
                for word in line.split_whitespace() {
                    let concept = concept.ok_or_else(|| format!("{file}.txt: “{word}” before a concept"))?;
                    words.entry(word).or_default().push(concept);
                }
            }
        }
        let (words, of): (Vec<&str>, Vec<Vec<usize>>) = words.into_iter().unzip();
        let automaton = CharwiseDoubleArrayAhoCorasickBuilder::new()
            .match_kind(MatchKind::LeftmostLongest)
            .build_with_values(words.into_iter().zip(0_u32..))
            .map_err(|e| e.to_string())?;
        Ok(Concepts { automaton, of, features })
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.features.len()
    }

    /// The feature of a concept, or of two of them in a clause, by their numbers.
    pub(super) fn feature(&self, one: usize, other: Option<usize>) -> u32 {
        other.map_or(self.features[one], |other| both(self.features[other], self.features[one]))
    }

    /// The concepts of a folded text, in order, and for each clause every two of them, by their numbers; they may come
    /// several times.
    pub(super) fn each_number(&self, text: &str, mut take: impl FnMut(Range<usize>, usize, Option<usize>)) {
        let mut clause: Vec<(Range<usize>, usize)> = Vec::new();
        let mut from = 0;
        for hit in self.automaton.leftmost_find_iter(text) {
            let range = hit.start()..hit.end();
            if !clause.is_empty() && text[from..range.start].contains([HARD, SOFT]) {
                clause.clear();
            }
            from = range.end;
            for &concept in &self.of[hit.value() as usize] {
                take(range.clone(), concept, None);
                let mut is_new = true;
                for (other, number) in &clause {
                    if *number == concept {
                        is_new = false;
                    } else {
                        take(other.start..range.end, concept, Some(*number));
                    }
                }
                if is_new {
                    clause.push((range.clone(), concept));
                }
            }
        }
    }

    /// The same by their features.
    pub(super) fn each(&self, text: &str, mut take: impl FnMut(Range<usize>, u32)) {
        self.each_number(text, |range, one, other| take(range, self.feature(one, other)));
    }
}

/// The feature of a concept: FNV-1a of its name.
fn named(id: &str) -> u32 {
    id.bytes().fold(0x811C_9DC5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// The feature of two concepts in one clause, whichever comes first.
fn both(one: u32, other: u32) -> u32 {
    let (less, more) = (one.min(other), one.max(other));
    let mut n = less.wrapping_mul(0x9E37_79B1).rotate_left(13) ^ more.wrapping_mul(0x85EB_CA6B);
    n ^= n >> 16;
    n.wrapping_mul(0x7FEB_352D)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::detect::folded::Folded;
    use std::collections::BTreeSet;

    fn features(text: &str) -> BTreeSet<u32> {
        let mut all = BTreeSet::new();
        Concepts::load().expect("concepts").each(text, |_, feature| {
            all.insert(feature);
        });
        all
    }

    #[test]
    fn the_files_are_in_order() {
        let (mut ids, mut words) = (BTreeSet::new(), BTreeSet::new());
        for (file, text) in FILES {
            let mut own = BTreeSet::new();
            for line in text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
                if let Some(head) = line.strip_prefix("= ") {
                    let (id, gloss) = head.split_once(' ').expect("an id and a gloss");
                    assert!(id.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{file}: {id}");
                    assert!(ids.insert(named(id)) && !gloss.is_empty(), "{file}: {id} twice");
                    own.clear();
                    continue;
                }
                for word in line.split_whitespace() {
                    assert_eq!(Folded::new(word).text, word, "{file}: as it is read");
                    assert!(!word.contains(|c: char| c.is_ascii_digit()), "{file}: {word}: figures differ");
                    assert!(own.insert(word), "{file}: {word} twice in a concept");
                    words.insert(word);
                }
            }
        }
        assert!(ids.len() >= 100 && words.len() >= 6000, "{} {}", ids.len(), words.len());
    }

    #[test]
    fn other_words_for_the_same_are_the_same() {
        assert_eq!(features("网格员每天打卡"), features("护林员每天签到"));
        assert_ne!(features("网格员打卡"), features("游客打卡"));
        assert!(features("网格员，打卡").len() < features("网格员打卡").len(), "a pair stands in one clause");
    }
}
