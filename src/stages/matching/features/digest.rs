//! A digest of everything that a comparison reads of an item.
//!
//! For: knowing that two items compare as they did before. Symbols and positions differ from run to run, so texts and
//! names are digested in their place. What is read only to put things in order (ids) or to block (nothing is taken over
//! from blocking) is left out. Whoever lets a comparison read something new adds it here; the test that edits lists at
//! random (`tests/it/matching/again.rs`) finds what was forgotten.

use super::Features;
use crate::model::{AssetIx, Field, RegionId};

impl Features<'_> {
    /// The digest of one asset (128 bits of BLAKE3).
    pub(in crate::stages::matching) fn digest(&self, ix: AssetIx) -> [u8; 16] {
        let mut told = Told(blake3::Hasher::new());
        let meaning = self.meaning(ix);
        let pool = &self.assets.records.pool;
        told.text(&format!(
            "{} {} {} {} {} {}",
            meaning.kind, meaning.audience, meaning.level, meaning.form, meaning.platform.0, meaning.status
        ));
        for text in [meaning.folded, meaning.stem, meaning.number, meaning.body, meaning.office] {
            told.text(pool.get(text));
        }
        for chars in [self.stem(ix), self.bare_stem(ix), self.core(ix)] {
            told.text(&chars.iter().collect::<String>());
        }
        told.number(u64::from(self.is_distinctive(ix)));
        let unit = self.assets.unit(meaning.unit);
        for text in [&unit.canonical, &unit.body, &unit.line, &unit.office] {
            told.text(text);
        }
        self.tell_place(unit.region, &mut told);
        told.number(u64::from(self.owner(ix) == meaning.unit));
        told.text(self.aliases.word(ix));
        self.tell_place(meaning.place.region, &mut told);
        let several = self.candidates(ix);
        told.number(several.len() as u64);
        for &place in several {
            self.tell_place(place, &mut told);
            told.number(u64::from(self.has_items(place)));
        }
        for function in self.assets.functions(meaning.functions) {
            told.number(u64::from(function.0));
            told.number(u64::from(self.rarity[usize::from(function.0)].to_bits()));
        }
        self.text(ix).words().into_iter().for_each(|word| told.number(word));
        self.identifiers(ix).by_field().into_iter().for_each(|digest| told.number(digest));
        self.listed.of(ix).iter().for_each(|&item| told.number(item.into()));
        told.number(self.users(ix).unwrap_or_default());
        told.number(self.site(ix));
        told.text(self.asset(ix).text(Field::Members));
        let mut digest = [0; 16];
        digest.copy_from_slice(&told.0.finalize().as_bytes()[..16]);
        digest
    }

    /// A place by the codes and names of all it lies in, since added places are numbered anew in every run.
    fn tell_place(&self, place: RegionId, told: &mut Told) {
        for region in self.assets.regions.ancestry(place) {
            let region = self.assets.regions.get(region);
            told.text(&region.code);
            told.text(&region.name);
        }
        told.number(u64::MAX);
    }
}

struct Told(blake3::Hasher);

impl Told {
    fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.0.update(text.as_bytes());
    }

    fn number(&mut self, number: u64) {
        self.0.update(&number.to_le_bytes());
    }
}
