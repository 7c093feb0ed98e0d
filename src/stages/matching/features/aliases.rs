//! Which words for an owner are one owner's, learnt from these very inventories: 水利站 and 水管站 of one township.
//!
//! For: short forms and synonyms that no table has. Not for: reading owners (`normalise`), nor owners of two places,
//! which are never one. Two words are one owner's when items say so in several places and nothing speaks against it:
//! an item whose column says one says the other in its name, or one address is listed under both; and both are
//! listed with the same jobs, those left out that all owners have (distributional evidence: Harris 1954,
//! "Distributional structure"). Lists of a single place teach nothing. Invariant: the order of the items does not matter.

mod evidence;
mod labels;

use crate::knowledge::lexicon::Lexicon;
use crate::model::{AssetIx, AssetTable};
use evidence::Evidence;
use labels::Labels;

/// Fewest places in which names or addresses must say that two words are one owner's.
const FEWEST_PLACES: u32 = 3;
/// Fewest places when only the characters say so: one word is picked from the other in order.
const FEWEST_TWINS: u32 = 4;
/// Share of the jobs of the rarer word that the commoner one must have, in percent.
const SHARED_JOBS: u32 = 50;
/// Fewest jobs told of each word.
const FEWEST_JOBS: u32 = 6;
/// Of the items that name an owner, so many percent must name the other word's.
const NAMED: u32 = 10;
/// Most words of one owner.
const MOST_WORDS: usize = 8;

/// What was learnt: a number for each item's owner within its place, equal for all words of one owner.
pub(super) struct Aliases {
    of_asset: Vec<u32>,
    /// By number: the word that stands for all; empty where it stands for one only.
    words: Vec<String>,
}

impl Aliases {
    /// Learns from all items.
    pub(super) fn learn(assets: &AssetTable, lexicon: &Lexicon) -> Aliases {
        let labels = Labels::read(assets, lexicon);
        let evidence = Evidence::gather(assets, &labels);
        let mut group: Vec<u32> = (0..labels.len() as u32).collect();
        let mut sizes = vec![1usize; labels.len()];
        let mut numerals: Vec<String> =
            (0..labels.len() as u32).map(|label| labels.numerals(label)).collect();
        // 第一中学 and 第二中学 are two, though 中学 may be either.
        let mut join = |into: u32, from: u32, group: &mut Vec<u32>| {
            let (into, from) = (into as usize, from as usize);
            let fits =
                numerals[into] == numerals[from] || numerals[into].is_empty() || numerals[from].is_empty();
            if into != from && fits && sizes[into] + sizes[from] <= MOST_WORDS {
                sizes[into] += sizes[from];
                if numerals[into].is_empty() {
                    numerals.swap(into, from);
                }
                group.iter_mut().filter(|held| **held == from as u32).for_each(|held| *held = into as u32);
            }
        };
        for (a, b) in alike(&labels, &evidence) {
            let (a, b) = (group[a as usize], group[b as usize]);
            join(a.min(b), a.max(b), &mut group);
        }
        for (rare, meant) in labels.slips() {
            // A slip has the numerals of what is meant.
            if labels.numerals(rare) == labels.numerals(meant) && group[rare as usize] == rare {
                let into = group[meant as usize];
                group[rare as usize] = into;
            }
        }
        let of_asset = (0..assets.len() as u32).map(|at| group[labels.of(AssetIx(at)) as usize]).collect();
        let mut several = vec![false; labels.len()];
        for (word, &held) in (0..).zip(&group) {
            several[held as usize] |= word != held;
        }
        let word = |at: u32| if several[at as usize] { labels.name(at) } else { String::new() };
        let words = (0..labels.len() as u32).map(word).collect();
        Aliases { of_asset, words }
    }

    /// The number of an item's owner, where it has several words; 0 where nothing was learnt of it.
    pub(super) fn of(&self, ix: AssetIx) -> u32 {
        let group = self.of_asset[ix.index()];
        if self.words[group as usize].is_empty() { 0 } else { group }
    }

    /// The word that stands for an item's owner, where there are several; empty where nothing was learnt of it.
    pub(super) fn word(&self, ix: AssetIx) -> &str {
        &self.words[self.of_asset[ix.index()] as usize]
    }
}

/// Pairs of words that are one owner's, those with the most evidence first.
fn alike(labels: &Labels, evidence: &Evidence) -> Vec<(u32, u32)> {
    let mut found: Vec<(u32, u32, u32)> = Vec::new();
    for (&(a, b), seen) in &evidence.pairs {
        let (jobs_a, jobs_b) = (evidence.jobs[a as usize], evidence.jobs[b as usize]);
        if jobs_a.min(jobs_b) < FEWEST_JOBS {
            continue;
        }
        let share = |shared: u32, all: u32| shared * 100 / all.max(1);
        let shares = [share(seen.shared_a, jobs_a), share(seen.shared_b, jobs_b)];
        let (low, high) = (shares[0].min(shares[1]), shares[0].max(shares[1]));
        let named = |named: u32, word: u32| named * 100 >= NAMED * evidence.names[word as usize].max(1);
        let by_name =
            seen.places_named >= FEWEST_PLACES && (named(seen.a_names_b, a) || named(seen.b_names_a, b));
        let by_address = seen.places_addressed >= FEWEST_PLACES;
        let by_characters = seen.places_twin >= FEWEST_TWINS && labels.is_picked(a, b);
        let enough = high >= SHARED_JOBS && low * 2 >= SHARED_JOBS;
        if enough && (by_name || by_address || by_characters) {
            found.push((seen.places_named + seen.places_addressed + seen.places_twin, a, b));
        }
    }
    found.sort_unstable_by_key(|&(seen, a, b)| (std::cmp::Reverse(seen), a, b));
    found.into_iter().map(|(_, a, b)| (a, b)).collect()
}
