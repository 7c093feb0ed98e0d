//! A list of words found in a text in one pass: the company a trigger needs, or must not keep.
//!
//! Invariant: an empty list is found nowhere.

use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};
use std::collections::BTreeSet;
use std::ops::Range;

/// Words with their automaton; cheap to ask, dear to build.
pub(super) struct WordSet(Option<CharwiseDoubleArrayAhoCorasick<u32>>);

impl WordSet {
    /// Builds the set; the fault is the library's.
    pub(super) fn new<'a>(words: impl Iterator<Item = &'a String>) -> Result<WordSet, String> {
        let words: BTreeSet<&String> = words.collect();
        if words.is_empty() {
            return Ok(WordSet(None));
        }
        let builder = CharwiseDoubleArrayAhoCorasickBuilder::new().match_kind(MatchKind::LeftmostLongest);
        builder.build(words).map(|automaton| WordSet(Some(automaton))).map_err(|e| e.to_string())
    }

    /// The first of the words in a text.
    pub(super) fn first_in(&self, text: &str) -> Option<Range<usize>> {
        self.0.as_ref()?.leftmost_find_iter(text).next().map(|m| m.start()..m.end())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_none()
    }
}
