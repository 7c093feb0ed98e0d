//! Characters of each distinct stem, side by side in one buffer.

use super::affixes::Affixes;
use crate::knowledge::lexicon::NameWords;
use crate::model::{AssetIx, AssetTable, Sym};
use rayon::prelude::*;

/// Stems as characters, by asset.
pub(in crate::stages::matching) struct Stems {
    chars: Vec<char>,
    /// The distinct stem of each asset; 0 is the empty one.
    of_asset: Vec<u32>,
    distinct: Vec<Stem>,
}

/// One distinct stem.
#[derive(Clone, Copy, Default)]
struct Stem {
    /// Where its characters start, and how many there are.
    start: u32,
    length: u32,
    /// The same for what is left without what adorns it (掌上, 通).
    bare_start: u32,
    bare_length: u32,
    /// How many of its last characters say what siblings are counted in.
    counted: u8,
    /// How many assets have it.
    count: u32,
}

impl Stems {
    /// Decodes each distinct stem once.
    pub(super) fn new(assets: &AssetTable, words: &NameWords) -> Stems {
        let pool = &assets.records.pool;
        let mut number = vec![0u32; pool.len()];
        let mut distinct: Vec<(Sym, u32)> = vec![(Sym::EMPTY, 0)];
        for meaning in &assets.meaning {
            let number = &mut number[meaning.stem.index()];
            if *number == 0 && !meaning.stem.is_empty() {
                *number = distinct.len() as u32;
                distinct.push((meaning.stem, 0));
            }
            distinct[*number as usize].1 += 1;
        }
        // In an order that does not depend on that of the records: what is learnt from the first ones must not either.
        distinct[1..].par_sort_unstable_by(|a, b| pool.get(a.0).cmp(pool.get(b.0)));
        for (at, (stem, _)) in distinct.iter().enumerate() {
            number[stem.index()] = at as u32;
        }
        let of_asset = assets.meaning.iter().map(|meaning| number[meaning.stem.index()]).collect();
        drop(number);
        let texts: Vec<&str> = distinct[1..].iter().map(|&(stem, _)| pool.get(stem)).collect();
        let affixes = Affixes::learn(&texts, words);
        // What siblings are counted in stands behind the stem, and what adorns the stem before it.
        let parts: Vec<(&str, &str, &str)> = texts
            .par_iter()
            .map(|&text| {
                let (core, counted) = words.split_counted(text);
                (core, affixes.cut(words.unadorned(core)), counted)
            })
            .collect();
        let mut chars: Vec<char> = Vec::with_capacity(texts.iter().map(|text| text.len()).sum::<usize>() / 3);
        let mut stems = Vec::with_capacity(distinct.len());
        stems.push(Stem { count: distinct[0].1, ..Stem::default() });
        for (((core, bare, counted), text), (_, count)) in parts.into_iter().zip(texts).zip(&distinct[1..]) {
            let start = chars.len();
            chars.extend(text.chars());
            let end = chars.len();
            let counted_length = counted.chars().count();
            let bare_length = bare.chars().count() + counted_length;
            let bare_start = if core.ends_with(bare) {
                end - bare_length
            } else {
                chars.extend(bare.chars().chain(counted.chars()));
                end
            };
            stems.push(Stem {
                start: start as u32,
                length: (end - start) as u32,
                bare_start: bare_start as u32,
                bare_length: bare_length as u32,
                counted: counted_length as u8,
                count: *count,
            });
        }
        Stems { chars, of_asset, distinct: stems }
    }

    /// How many assets have the stem of an asset.
    pub(super) fn count(&self, ix: AssetIx) -> u32 {
        self.stem(ix).count
    }

    /// The characters of an asset's stem without what adorns it.
    pub(super) fn bare(&self, ix: AssetIx) -> &[char] {
        let stem = self.stem(ix);
        self.span(stem.bare_start, stem.bare_length)
    }

    /// The characters of an asset's stem without what siblings are counted in.
    pub(super) fn core(&self, ix: AssetIx) -> &[char] {
        let stem = self.stem(ix);
        self.span(stem.start, stem.length - u32::from(stem.counted))
    }

    /// The characters of an asset's stem.
    pub(super) fn get(&self, ix: AssetIx) -> &[char] {
        let stem = self.stem(ix);
        self.span(stem.start, stem.length)
    }

    fn stem(&self, ix: AssetIx) -> Stem {
        self.distinct[self.of_asset[ix.index()] as usize]
    }

    fn span(&self, start: u32, length: u32) -> &[char] {
        &self.chars[start as usize..(start + length) as usize]
    }
}
