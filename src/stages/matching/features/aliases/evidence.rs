//! What items say of two words for an owner: names, addresses and jobs, place by place.

use super::labels::Labels;
use crate::knowledge::text::fold;
use crate::model::{AssetIx, AssetTable, Field, Kind};
use rustc_hash::{FxHashMap, FxHashSet, FxHasher};
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{Hash, Hasher};

/// A job that more words than these have says nothing of whose it is.
const MOST_SHARERS: usize = 5;
/// Fewest items of a word with a job, and the least share of the job's items (one in so many).
const FEWEST_ITEMS: u32 = 2;
const LEAST_SHARE: u32 = 20;
/// Longest spelling that is looked for in names, in characters.
const LONGEST: usize = 12;

/// What was seen of two words, the first having the smaller number.
#[derive(Clone, Copy, Default)]
pub(super) struct Seen {
    /// Jobs of the first, by items, that the second has as well, and the other way round.
    pub(super) shared_a: u32,
    pub(super) shared_b: u32,
    /// Items of the first whose name says the second, and the other way round.
    pub(super) a_names_b: u32,
    pub(super) b_names_a: u32,
    /// Places in which a name of one says the other.
    pub(super) places_named: u32,
    /// Places in which one address is listed under both.
    pub(super) places_addressed: u32,
    /// Places in which both are listed with one job that few words have.
    pub(super) places_twin: u32,
}

/// All of it.
pub(super) struct Evidence {
    /// By pairs of words.
    pub(super) pairs: BTreeMap<(u32, u32), Seen>,
    /// By word: its jobs that few words have, counted by items.
    pub(super) jobs: Vec<u32>,
    /// By word: its items whose name says it or another word.
    pub(super) names: Vec<u32>,
}

/// One item with a common word and a known place.
struct Item {
    place: u32,
    label: u32,
    kind: Kind,
    asset: AssetIx,
}

impl Evidence {
    /// Looks through all items.
    pub(super) fn gather(assets: &AssetTable, labels: &Labels) -> Evidence {
        let items: Vec<Item> = (0..assets.len() as u32)
            .map(AssetIx)
            .filter_map(|asset| {
                let (meaning, label) = (&assets.meaning[asset.index()], labels.common(asset));
                let is_placed = meaning.place.candidates == 0 && meaning.place.region.is_known();
                (is_placed && label != 0).then_some(Item {
                    place: meaning.place.region.0,
                    label,
                    kind: meaning.kind,
                    asset,
                })
            })
            .collect();
        let mut evidence =
            Evidence { pairs: BTreeMap::new(), jobs: vec![0; labels.len()], names: vec![0; labels.len()] };
        evidence.add_jobs(assets, &items);
        evidence.add_addresses(assets, &items);
        evidence.add_names(assets, labels, &items);
        evidence
    }

    fn seen(&mut self, a: u32, b: u32) -> &mut Seen {
        self.pairs.entry((a.min(b), a.max(b))).or_default()
    }

    /// Which words have which jobs, and where two words have one.
    fn add_jobs(&mut self, assets: &AssetTable, items: &[Item]) {
        let mut told: Vec<(u64, u32, u32)> = Vec::new();
        for item in items {
            jobs(assets, item, |job| told.push((job, item.label, item.place)));
        }
        told.sort_unstable();
        for of_job in told.chunk_by(|a, b| a.0 == b.0) {
            let all = of_job.len() as u32;
            let by_word: Vec<(u32, u32)> = of_job
                .chunk_by(|a, b| a.1 == b.1)
                .map(|of_word| (of_word[0].1, of_word.len() as u32))
                .filter(|&(_, n)| n >= FEWEST_ITEMS && n * LEAST_SHARE >= all)
                .collect();
            if by_word.len() > MOST_SHARERS {
                continue;
            }
            for (at, &(a, of_a)) in by_word.iter().enumerate() {
                self.jobs[a as usize] += of_a;
                for &(b, of_b) in &by_word[at + 1..] {
                    let places = |word: u32| -> BTreeSet<u32> {
                        of_job.iter().filter(|told| told.1 == word).map(|told| told.2).collect()
                    };
                    let both = places(a).intersection(&places(b)).count() as u32;
                    let seen = self.seen(a, b);
                    seen.shared_a += of_a;
                    seen.shared_b += of_b;
                    seen.places_twin += both;
                }
            }
        }
    }

    /// Where one address is listed under two words.
    fn add_addresses(&mut self, assets: &AssetTable, items: &[Item]) {
        let mut told: Vec<(u64, u32, u32)> = Vec::new();
        for item in items {
            for field in [Field::Url, Field::PackageId, Field::AccountId] {
                let text = assets.get(item.asset).text(field).trim_end_matches('/');
                let text = text.split_once("://").map_or(text, |(_, rest)| rest);
                let names_something = field != Field::Url || text.contains('/');
                if names_something && text.len() >= 4 {
                    told.push((digest(&(field as u32, text)), item.place, item.label));
                }
            }
        }
        told.sort_unstable();
        told.dedup();
        let mut places: BTreeSet<(u32, u32, u32)> = BTreeSet::new();
        for one in told.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
            for (at, a) in one.iter().enumerate() {
                places.extend(one[at + 1..].iter().map(|b| (a.2, b.2, a.1)));
            }
        }
        for (a, b, _) in places {
            self.seen(a, b).places_addressed += 1;
        }
    }

    /// Where the name of an item says another word than its owner.
    fn add_names(&mut self, assets: &AssetTable, labels: &Labels, items: &[Item]) {
        let spellings = labels.by_spelling();
        let ends = labels.last_characters();
        let mut places: BTreeSet<(u32, u32, u32)> = BTreeSet::new();
        let mut chars: Vec<char> = Vec::new();
        for item in items {
            chars.clear();
            chars.extend(assets.records.pool.get(assets.meaning[item.asset.index()].folded).chars());
            let Some(said) = said(&chars, &spellings, &ends, item.label) else { continue };
            self.names[item.label as usize] += 1;
            if said != item.label {
                let seen = self.seen(item.label, said);
                let count = if item.label < said { &mut seen.a_names_b } else { &mut seen.b_names_a };
                *count += 1;
                places.insert((item.label.min(said), item.label.max(said), item.place));
            }
        }
        for (a, b, _) in places {
            self.seen(a, b).places_named += 1;
        }
    }
}

/// The word that a name says: its owner's own if it says that, else the longest one.
fn said(
    chars: &[char],
    spellings: &FxHashMap<Vec<char>, u32>,
    ends: &FxHashSet<char>,
    own: u32,
) -> Option<u32> {
    let mut best: Option<(usize, u32)> = None;
    for end in 2..=chars.len() {
        if !ends.contains(&chars[end - 1]) {
            continue;
        }
        for start in end.saturating_sub(LONGEST)..end - 1 {
            let Some(&word) = spellings.get(&chars[start..end]) else { continue };
            if word == own {
                return Some(own);
            }
            if best.is_none_or(|(length, _)| end - start > length) {
                best = Some((end - start, word));
            }
            break;
        }
    }
    best.map(|(_, word)| word)
}

/// The jobs that an item tells: its stem and each listed function.
fn jobs(assets: &AssetTable, item: &Item, mut tell: impl FnMut(u64)) {
    let meaning = &assets.meaning[item.asset.index()];
    let stem = assets.records.pool.get(meaning.stem);
    if stem.chars().nth(1).is_some() {
        tell(digest(&(item.kind as u8, stem)));
    }
    for function in assets.get(item.asset).record().items(Field::Functions) {
        if function.chars().nth(1).is_some() {
            tell(digest(&(u8::MAX, fold(function).as_str())));
        }
    }
}

fn digest(value: &impl Hash) -> u64 {
    let mut hasher = FxHasher::default();
    value.hash(&mut hasher);
    hasher.finish()
}
