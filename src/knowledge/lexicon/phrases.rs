//! A dictionary of phrases that answers "which is the longest one that starts here".
//!
//! For: regions and units, whose texts are read from the front. Not for: finding thousands of
//! words anywhere in long text (`functions` uses an automaton for that).

use hashbrown::HashMap;

/// Entries of the list of beginnings; a power of two, several times the number of phrases.
const BEGINNINGS: usize = 1 << 17;

/// The bit of a beginning that stands for all lengths from here on.
const LONG: usize = 15;

/// Phrases, each with everything it can stand for.
pub(super) struct Phrases<T> {
    entries: HashMap<Box<str>, Vec<T>>,
    /// A bit for every phrase of one character, by the lower half of its number.
    single: Vec<u64>,
    /// For the first two characters of every phrase, a bit per length in characters. Most searches end here, and what is
    /// left asks for few lengths: the first character alone leads to dozens of phrases, two of them to one or two.
    beginnings: Vec<u16>,
}

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Phrases { entries: HashMap::new(), single: vec![0; (1 << 16) / 64], beginnings: vec![0; BEGINNINGS] }
    }
}

/// The entry of two characters.
fn beginning(first: char, second: char) -> usize {
    let mixed = (first as u32).wrapping_mul(0x9E37_79B1) ^ (second as u32).wrapping_mul(0x85EB_CA77);
    (mixed >> 15) as usize % BEGINNINGS
}

/// The bit of one character.
fn single(c: char) -> usize {
    c as usize % (1 << 16)
}

impl<T: PartialEq> Phrases<T> {
    /// Adds a meaning of a folded phrase. Phrases beyond 63 characters are cut off silently: no
    /// name of a place or unit comes near.
    pub(super) fn add(&mut self, phrase: &str, meaning: T) {
        let (mut chars, length) = (phrase.chars(), phrase.chars().count());
        let Some(first) = chars.next().filter(|_| length <= 63) else { return };
        match chars.next() {
            Some(second) => self.beginnings[beginning(first, second)] |= 1 << length.min(LONG),
            None => self.single[single(first) / 64] |= 1 << (single(first) % 64),
        }
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
        let mut lengths = self.lengths_at(text);
        std::iter::from_fn(move || {
            while lengths != 0 {
                let length = 63 - lengths.leading_zeros() as usize;
                lengths ^= 1 << length;
                let Some((at, last)) = text.char_indices().nth(length - 1) else { continue };
                let end = at + last.len_utf8();
                let meanings = self.get(&text[..end]);
                if !meanings.is_empty() {
                    return Some((end, meanings));
                }
            }
            None
        })
    }

    /// Whether no phrase begins as the text does. Cheap, and mostly right: `false` promises nothing.
    pub(super) fn surely_none(&self, text: &str) -> bool {
        self.lengths_at(text) == 0
    }

    /// A bit per length in characters that a phrase which the text starts with may have.
    fn lengths_at(&self, text: &str) -> u64 {
        let mut chars = text.chars();
        let Some(first) = chars.next() else { return 0 };
        let alone = self.single[single(first) / 64] >> (single(first) % 64) & 1;
        let longer = chars.next().map_or(0, |second| u64::from(self.beginnings[beginning(first, second)]));
        let from_long_on = if longer >> LONG == 0 { 0 } else { u64::MAX << LONG };
        longer | from_long_on | alone << 1
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
        assert_eq!(phrases.prefixes("育").map(|(end, _)| end).collect::<Vec<_>>(), [3]);
        for length in [14, 15, 16, 63] {
            let long = "长".repeat(length);
            phrases.add(&long, length);
            assert_eq!(phrases.prefixes(&format!("{long}x")).next(), Some((3 * length, &[length][..])));
        }
        assert_eq!(phrases.prefixes("局").count(), 0);
    }
}
