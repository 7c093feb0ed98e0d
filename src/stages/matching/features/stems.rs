//! Characters of each distinct stem, side by side in one buffer.

use super::affixes::Affixes;
use crate::knowledge::lexicon::NameWords;
use crate::model::{AssetTable, Sym};

/// Stems as characters, by symbol.
pub(in crate::stages::matching) struct Stems {
    chars: Vec<char>,
    /// Start and length in `chars` by symbol; zero length for texts that are no stem.
    spans: Vec<(u32, u32)>,
    /// The part of the span that is left without what adorns it (掌上, 通).
    bare: Vec<(u32, u32)>,
    /// How many of its last characters say what siblings are counted in, by symbol.
    counted: Vec<u8>,
    /// How many assets have it, by symbol.
    counts: Vec<u32>,
}

impl Stems {
    /// Decodes each distinct stem once.
    pub(super) fn new(assets: &AssetTable, words: &NameWords) -> Stems {
        let pool = &assets.records.pool;
        let none = vec![(0, 0); pool.len()];
        let mut stems = Stems {
            chars: Vec::new(),
            spans: none.clone(),
            bare: none,
            counted: vec![0; pool.len()],
            counts: vec![0; pool.len()],
        };
        let mut distinct: Vec<Sym> = Vec::new();
        for meaning in &assets.meaning {
            let count = &mut stems.counts[meaning.stem.index()];
            *count += 1;
            if *count == 1 && !meaning.stem.is_empty() {
                distinct.push(meaning.stem);
            }
        }
        // In an order that does not depend on that of the records: what is learnt from the first ones must not either.
        distinct.sort_unstable_by_key(|&stem| pool.get(stem));
        let texts: Vec<&str> = distinct.iter().map(|&stem| pool.get(stem)).collect();
        let affixes = Affixes::learn(&texts, words);
        for (&stem, &text) in distinct.iter().zip(&texts) {
            let start = stems.chars.len();
            stems.chars.extend(text.chars());
            stems.spans[stem.index()] = (start as u32, (stems.chars.len() - start) as u32);
            // What siblings are counted in stands behind the stem, and what adorns the stem before it.
            let (core, counted) = words.split_counted(text);
            stems.counted[stem.index()] = counted.chars().count() as u8;
            let bare = affixes.cut(words.unadorned(core));
            let length = (bare.chars().count() + counted.chars().count()) as u32;
            stems.bare[stem.index()] = if core.ends_with(bare) {
                (stems.chars.len() as u32 - length, length)
            } else {
                let own = stems.chars.len() as u32;
                stems.chars.extend(bare.chars().chain(counted.chars()));
                (own, length)
            };
        }
        stems
    }

    /// How many assets have a stem.
    pub(super) fn count(&self, stem: Sym) -> u32 {
        self.counts[stem.index()]
    }

    /// The characters of a stem without what adorns it.
    pub(super) fn bare(&self, stem: Sym) -> &[char] {
        let (start, len) = self.bare[stem.index()];
        &self.chars[start as usize..(start + len) as usize]
    }

    /// The characters of a stem without what siblings are counted in.
    pub(super) fn core(&self, stem: Sym) -> &[char] {
        let all = self.get(stem);
        &all[..all.len() - usize::from(self.counted[stem.index()])]
    }

    /// The characters of a stem.
    pub(super) fn get(&self, stem: Sym) -> &[char] {
        let (start, len) = self.spans[stem.index()];
        &self.chars[start as usize..(start + len) as usize]
    }
}
