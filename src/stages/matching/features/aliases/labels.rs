//! The word that stands for an owner within its place: its office, else its body.

use crate::knowledge::lexicon::Lexicon;
use crate::knowledge::text::{Slip, fold, is_chinese_digit, one_slip, words};
use crate::model::{AssetIx, AssetTable, UnitId};
use rustc_hash::{FxHashMap, FxHashSet};

/// Words and their characters, by whether the character is the last or the first, and by the character.
type ByEnd = FxHashMap<(bool, char), Vec<(u32, Vec<char>)>>;

/// Fewest items of a word that is learnt about.
const COMMON: u32 = 8;
/// Most words that are learnt about: those of the largest inventories; the commonest come first.
const MOST: usize = 3000;
/// Shortest word that a slip may hide.
const SHORTEST: usize = 3;

/// The words of all items, numbered by their text; 0 is none.
pub(super) struct Labels {
    of_asset: Vec<u32>,
    texts: Vec<String>,
    /// Other spellings that tables have, of known bodies.
    names: Vec<Vec<String>>,
    counts: Vec<u32>,
    common: Vec<bool>,
    /// Where the owners of each word lie, for words of one owner.
    places: Vec<String>,
}

impl Labels {
    /// Reads the word of every item.
    pub(super) fn read(assets: &AssetTable, lexicon: &Lexicon) -> Labels {
        let pool = &assets.records.pool;
        let mut by_key: FxHashMap<(&str, bool), u32> = FxHashMap::default();
        let mut keys: Vec<(&str, bool, UnitId)> = vec![("", false, UnitId::default())];
        let mut counts = vec![0u32];
        let of_asset: Vec<u32> = (assets.meaning.iter())
            .map(|meaning| {
                let body = match assets.unit(meaning.unit).body.as_str() {
                    "" => pool.get(meaning.body),
                    body => body,
                };
                let (key, is_office) = match pool.get(meaning.office) {
                    "" => (body, false),
                    office => (office, true),
                };
                if key.is_empty() {
                    return 0;
                }
                let at = *by_key.entry((key, is_office)).or_insert_with(|| {
                    keys.push((key, is_office, meaning.unit));
                    counts.push(0);
                    keys.len() as u32 - 1
                });
                counts[at as usize] += 1;
                at
            })
            .collect();
        let spelt = |&(key, is_office, unit): &(&str, bool, UnitId)| -> Vec<String> {
            if is_office || key.is_empty() {
                return vec![fold(key)];
            }
            if let Some(body) = lexicon.units.get(key) {
                return body.names().map(fold).collect();
            }
            let unit = assets.unit(unit);
            let place = assets.regions.get(unit.region).name.as_str();
            let name = match unit.canonical.rfind(place) {
                Some(at) if !place.is_empty() => &unit.canonical[at + place.len()..],
                _ => unit.canonical.as_str(),
            };
            vec![fold(name)]
        };
        let mut names: Vec<Vec<String>> = keys.iter().map(spelt).collect();
        // Numbered by text, so that the order of the items does not matter.
        let mut order: Vec<usize> = (1..keys.len()).collect();
        order.sort_unstable_by(|&a, &b| {
            (&names[a], keys[a].1, keys[a].0).cmp(&(&names[b], keys[b].1, keys[b].0))
        });
        order.insert(0, 0);
        let mut number = vec![0u32; keys.len()];
        order.iter().enumerate().for_each(|(at, &old)| number[old] = at as u32);
        let of_asset = of_asset.into_iter().map(|old| number[old as usize]).collect();
        let names: Vec<Vec<String>> = order.iter().map(|&old| std::mem::take(&mut names[old])).collect();
        let counts: Vec<u32> = order.iter().map(|&old| counts[old]).collect();
        let texts = names.iter().map(|names| names.first().cloned().unwrap_or_default()).collect();
        let mut ranked: Vec<usize> = (1..counts.len()).filter(|&at| counts[at] >= COMMON).collect();
        ranked.sort_unstable_by_key(|&at| (std::cmp::Reverse(counts[at]), at));
        let mut common = vec![false; counts.len()];
        ranked.into_iter().take(MOST).for_each(|at| common[at] = true);
        let path = |old: &usize| {
            let (_, is_office, unit) = keys[*old];
            if is_office { String::new() } else { assets.regions.path(assets.unit(unit).region).concat() }
        };
        let places = order.iter().map(path).collect();
        Labels { of_asset, texts, names, counts, common, places }
    }

    /// Number of words, none included.
    pub(super) fn len(&self) -> usize {
        self.texts.len()
    }

    /// The word of an item; 0 when it has none.
    pub(super) fn of(&self, ix: AssetIx) -> u32 {
        self.of_asset[ix.index()]
    }

    /// The word of an item if it is common enough to learn about; else 0.
    pub(super) fn common(&self, ix: AssetIx) -> u32 {
        let label = self.of(ix);
        if self.common[label as usize] { label } else { 0 }
    }

    /// What names a word among all: its text, and where its owners lie if it is one owner's.
    pub(super) fn name(&self, label: u32) -> String {
        format!("{} {}", self.texts[label as usize], self.places[label as usize])
    }

    /// Common words by every spelling of three characters or more that ends as offices do.
    pub(super) fn by_spelling(&self) -> FxHashMap<Vec<char>, u32> {
        let mut found = FxHashMap::default();
        for label in (1..self.len()).filter(|&at| self.common[at]) {
            for name in &self.names[label] {
                let chars: Vec<char> = name.chars().collect();
                if chars.len() >= SHORTEST || chars.len() == 2 && is_ending(chars[1]) {
                    found.entry(chars).or_insert(label as u32);
                }
            }
        }
        found
    }

    /// The characters in which common words end.
    pub(super) fn last_characters(&self) -> FxHashSet<char> {
        let common = (1..self.len()).filter(|&at| self.common[at]);
        common.flat_map(|at| self.names[at].iter().filter_map(|name| name.chars().next_back())).collect()
    }

    /// The numerals in a word, which tell siblings apart: 一 of 第一中学.
    pub(super) fn numerals(&self, label: u32) -> String {
        let is_numeral = |c: &char| is_chinese_digit(*c) || c.is_ascii_digit();
        self.texts[label as usize].chars().filter(is_numeral).collect()
    }

    /// Whether one word is picked from the other in order, two characters at least of it telling: 国土所 of 国土资源所.
    pub(super) fn is_picked(&self, a: u32, b: u32) -> bool {
        let telling = |label: u32| base(&self.texts[label as usize]).chars().collect::<Vec<char>>();
        let (a, b) = (telling(a), telling(b));
        let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
        let mut rest = long.iter();
        short.len() >= 2 && short.iter().all(|c| rest.any(|other| other == c))
    }

    /// Rare words that are a common one with a slip of the keyboard, each with the word that is meant.
    pub(super) fn slips(&self) -> Vec<(u32, u32)> {
        // One slip leaves the first or the last character as it was.
        let mut by_end: ByEnd = FxHashMap::default();
        for label in (1..self.len()).filter(|&at| self.common[at]) {
            for name in &self.names[label] {
                let chars: Vec<char> = name.chars().collect();
                if chars.len() >= SHORTEST {
                    for end in [(true, chars[0]), (false, chars[chars.len() - 1])] {
                        by_end.entry(end).or_default().push((label as u32, chars.clone()));
                    }
                }
            }
        }
        let (mut found, spellings) = (Vec::new(), self.by_spelling());
        for label in (1..self.len()).filter(|&at| !self.common[at] && self.counts[at] > 0) {
            let typed: Vec<char> = self.texts[label].chars().collect();
            // What a table knows was spelt as it should be.
            if typed.len() < SHORTEST || self.names[label].len() > 1 {
                continue;
            }
            let ends = [(true, typed[0]), (false, typed[typed.len() - 1])];
            let near = ends.iter().filter_map(|end| by_end.get(end)).flatten();
            let near = near.filter(|(_, name)| name.len().abs_diff(typed.len()) <= 1);
            let is_slip = |name: &[char]| match one_slip(&typed, name) {
                Some(Slip::Other) => typed.len().min(name.len()) >= 4,
                Some(_) => typed.len().min(name.len()) >= SHORTEST,
                None => false,
            };
            let mut meant: Vec<u32> =
                near.filter(|(_, name)| is_slip(name)).map(|&(label, _)| label).collect();
            meant.sort_unstable();
            meant.dedup();
            if let [only] = meant.as_slice() {
                found.push((label as u32, *only));
            } else if let Some(meant) = self.behind_torn_place(label, &typed, &spellings) {
                found.push((label as u32, meant));
            }
        }
        found
    }
}

impl Labels {
    /// The common word that a rare one ends in, when what stands before it is its place with slips: 高业新区信访局.
    fn behind_torn_place(
        &self,
        label: usize,
        typed: &[char],
        spellings: &FxHashMap<Vec<char>, u32>,
    ) -> Option<u32> {
        /// Characters in front that may be no part of the place.
        const STRANGE: usize = 1;
        let place = &self.places[label];
        (1..typed.len().saturating_sub(SHORTEST - 1)).find_map(|at| {
            let &meant = spellings.get(&typed[at..])?;
            let strange = typed[..at].iter().filter(|c| !place.contains(**c)).count();
            (at >= 2 && strange <= STRANGE && strange * 2 < at).then_some(meant)
        })
    }
}

/// The telling part of an office's folded name.
fn base(office: &str) -> &str {
    words("office-endings").iter().find_map(|ending| office.strip_suffix(ending)).unwrap_or(office)
}

/// Whether a character ends names of offices.
fn is_ending(c: char) -> bool {
    words("office-endings").iter().any(|ending| ending.ends_with(c))
}
