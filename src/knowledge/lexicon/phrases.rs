//! A dictionary of phrases that answers "which is the longest one that starts here".
//!
//! For: regions and units, whose texts are read from the front. Not for: finding thousands of
//! words anywhere in long text (`functions` uses an automaton for that).

use hashbrown::HashMap;

/// The block of characters that phrases begin with, all but a few.
const BLOCK: std::ops::RangeInclusive<u32> = 0x4E00..=0x9FFF;

/// Bits of the list of beginnings; a power of two.
const BEGINNINGS: usize = 1 << 16;

/// Phrases, each with everything it can stand for.
pub(super) struct Phrases<T> {
    entries: HashMap<Box<str>, Vec<T>>,
    /// For each first character, a bit per length in characters that some phrase has: of the common block by its place
    /// there, of others in a map.
    common: Vec<u64>,
    lengths: HashMap<char, u64>,
    /// A bit for the first two characters of every phrase. Most searches end here.
    beginnings: Vec<u64>,
}

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Phrases {
            entries: HashMap::new(),
            common: Vec::new(),
            lengths: HashMap::new(),
            beginnings: vec![0; BEGINNINGS / 64],
        }
    }
}

/// The bit of two characters.
fn beginning(first: char, second: char) -> usize {
    let mixed = (first as u32).wrapping_mul(0x9E37_79B1) ^ (second as u32).wrapping_mul(0x85EB_CA77);
    (mixed >> 16) as usize % BEGINNINGS
}

impl<T: PartialEq> Phrases<T> {
    /// Adds a meaning of a folded phrase. Phrases beyond 63 characters are cut off silently: no
    /// name of a place or unit comes near.
    pub(super) fn add(&mut self, phrase: &str, meaning: T) {
        let (mut chars, length) = (phrase.chars(), phrase.chars().count());
        let Some(first) = chars.next().filter(|_| length <= 63) else { return };
        if BLOCK.contains(&(first as u32)) {
            self.common.resize((BLOCK.end() - BLOCK.start()) as usize + 1, 0);
            self.common[(first as u32 - BLOCK.start()) as usize] |= 1 << length;
        } else {
            *self.lengths.entry(first).or_default() |= 1 << length;
        }
        if let Some(second) = chars.next() {
            let bit = beginning(first, second);
            self.beginnings[bit / 64] |= 1 << (bit % 64);
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
        let lengths = self.lengths_at(text);
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

    /// A bit per length in characters that a phrase which the text starts with may have.
    fn lengths_at(&self, text: &str) -> u64 {
        let mut chars = text.chars();
        let Some(first) = chars.next() else { return 0 };
        let lengths = if BLOCK.contains(&(first as u32)) {
            self.common.get((first as u32 - BLOCK.start()) as usize)
        } else {
            self.lengths.get(&first)
        };
        let lengths = lengths.copied().unwrap_or(0);
        let may_go_on = |second| {
            let bit = beginning(first, second);
            self.beginnings[bit / 64] >> (bit % 64) & 1 == 1
        };
        // Of one character there is no second one to ask for.
        if lengths > 2 && !chars.next().is_some_and(may_go_on) { lengths & 2 } else { lengths }
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
