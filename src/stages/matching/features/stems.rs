//! Characters of each distinct stem, side by side in one buffer.

use crate::model::{AssetTable, Sym};

/// Stems as characters, by symbol.
pub(in crate::stages::matching) struct Stems {
    chars: Vec<char>,
    /// Start and length in `chars` by symbol; zero length for texts that are no stem.
    spans: Vec<(u32, u32)>,
    /// How many assets have it, by symbol.
    counts: Vec<u32>,
}

impl Stems {
    /// Decodes each distinct stem once.
    pub(super) fn new(assets: &AssetTable) -> Stems {
        let pool = &assets.records.pool;
        let mut stems =
            Stems { chars: Vec::new(), spans: vec![(0, 0); pool.len()], counts: vec![0; pool.len()] };
        for meaning in &assets.meaning {
            stems.counts[meaning.stem.index()] += 1;
            let span = &mut stems.spans[meaning.stem.index()];
            if span.1 == 0 && !meaning.stem.is_empty() {
                let start = stems.chars.len();
                stems.chars.extend(pool.get(meaning.stem).chars());
                *span = (start as u32, (stems.chars.len() - start) as u32);
            }
        }
        stems
    }

    /// How many assets have a stem.
    pub(super) fn count(&self, stem: Sym) -> u32 {
        self.counts[stem.index()]
    }

    /// The characters of a stem.
    pub(super) fn get(&self, stem: Sym) -> &[char] {
        let (start, len) = self.spans[stem.index()];
        &self.chars[start as usize..(start + len) as usize]
    }
}
