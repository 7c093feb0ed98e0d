//! A dictionary of phrases that answers "which is the longest one that starts here".
//!
//! For: regions and units, whose texts are read from the front. Not for: finding thousands of
//! words anywhere in long text (`functions` uses an automaton for that).

use hashbrown::HashMap;

/// Phrases, each with everything it can stand for.
pub(super) struct Phrases<T> {
    entries: HashMap<Box<str>, Vec<T>>,
    /// For each first character, a bit per length in characters that some phrase has.
    lengths: HashMap<char, u64>,
}

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Phrases { entries: HashMap::new(), lengths: HashMap::new() }
    }
}

impl<T: PartialEq> Phrases<T> {
    /// Adds a meaning of a folded phrase. Phrases beyond 63 characters are cut off silently: no
    /// name of a place or unit comes near.
    pub(super) fn add(&mut self, phrase: &str, meaning: T) {
        let (Some(first), length) = (phrase.chars().next(), phrase.chars().count()) else { return };
        if length > 63 {
            return;
        }
        *self.lengths.entry(first).or_default() |= 1 << length;
        let meanings = self.entries.entry(phrase.into()).or_default();
        if !meanings.contains(&meaning) {
            meanings.push(meaning);
        }
    }

    /// Gives a folded phrase this meaning and no other.
    pub(super) fn replace(&mut self, phrase: &str, meaning: T) {
        self.remove(phrase);
        self.add(phrase, meaning);
    }

    /// Takes a folded phrase out.
    pub(super) fn remove(&mut self, phrase: &str) {
        self.entries.remove(phrase);
    }

    /// The meanings of a whole phrase.
    pub(super) fn get(&self, phrase: &str) -> &[T] {
        self.entries.get(phrase).map_or(&[], Vec::as_slice)
    }

    /// Every phrase that `text` starts with, longest first, as (length in bytes, meanings).
    pub(super) fn prefixes<'a, 't>(
        &'a self,
        text: &'t str,
    ) -> impl Iterator<Item = (usize, &'a [T])> + use<'a, 't, T> {
        let lengths = text.chars().next().and_then(|c| self.lengths.get(&c)).copied().unwrap_or(0);
        let longest = 64 - lengths.leading_zeros() as usize;
        let mut ends = [0u16; 64];
        let mut known = 0;
        if longest > 0 {
            for (count, (at, c)) in text.char_indices().take(longest - 1).enumerate() {
                known = count + 1;
                ends[known] = (at + c.len_utf8()) as u16;
            }
        }
        (1..=known).rev().filter(move |&n| lengths >> n & 1 == 1).filter_map(move |n| {
            let end = usize::from(ends[n]);
            let meanings = self.get(&text[..end]);
            (!meanings.is_empty()).then_some((end, meanings))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes_come_longest_first() {
        let mut phrases = Phrases::default();
        for phrase in ["教育", "教育局", "教育局办公室", "育"] {
            phrases.add(phrase, phrase.len());
        }
        let found: Vec<usize> = phrases.prefixes("教育局办公").map(|(end, _)| end).collect();
        assert_eq!(found, [9, 6]);
        assert_eq!(phrases.prefixes("").count(), 0);
        assert_eq!(phrases.prefixes("局").count(), 0);
    }
}
