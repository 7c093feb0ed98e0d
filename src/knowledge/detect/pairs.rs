//! Pairs of words that mean something together: 上传 … 照片, 分钟内 … 回复.
//!
//! For: practices and calls for clues said in words too common to mean anything alone. Not for: judging what
//! is found. Words that many pairs use stand in classes (`src/data/detect/classes.toml`); a pair names a class
//! by `@name`. A pair without a second list is found by a word of the first alone.
//! Invariant: one pass, whatever the text; hits are in order of their start and never reach over a full stop.

use super::folded::{CLOSE, HARD, OPEN, SOFT};
use super::lexemes::Hit;
use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::ops::Range;

const CLASSES: &str = include_str!("../../data/detect/classes.toml");

/// Digits stand for each other: 24小时 in the data finds 36小时.
pub(super) const OTHER_DIGITS: [char; 9] = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];

/// A text with every digit the same.
pub(super) fn any_digit(text: &str) -> String {
    text.replace(OTHER_DIGITS, "0")
}

/// Words shared by pairs, by name.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Classes {
    /// Words that contain a part of a pair and mean nothing: 宣传 is no 传.
    pub(super) idle: Vec<String>,
    pub(super) class: BTreeMap<String, Vec<String>>,
}

impl Classes {
    pub(super) fn load() -> Result<Classes, String> {
        toml::from_str(CLASSES).map_err(|e| format!("classes.toml: {e}"))
    }

    /// The words of a list, classes written out.
    fn words(&self, list: &[String]) -> Result<Vec<String>, String> {
        let mut words = Vec::new();
        for word in list {
            match word.strip_prefix('@') {
                None => words.push(word.clone()),
                Some(name) => {
                    words.extend_from_slice(self.class.get(name).ok_or(format!("no class @{name}"))?);
                }
            }
        }
        Ok(words)
    }
}

/// A pair as written in the data.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PairGroup {
    pub(super) first: Vec<String>,
    /// Empty: a word of `first` suffices.
    #[serde(default)]
    pub(super) then: Vec<String>,
    /// Words that say that the pair they stand in means something else.
    #[serde(default)]
    pub(super) not: Vec<String>,
    /// Characters that may stand between the two.
    #[serde(default)]
    gap: usize,
    /// Whether only `first` before `then` counts.
    #[serde(default)]
    ordered: bool,
    /// Whether a comma or bracket may stand between the two.
    #[serde(default)]
    across: bool,
}

struct Pair {
    gap: usize,
    ordered: bool,
    across: bool,
    alone: bool,
}

/// A pair in a text.
#[derive(Clone, Debug)]
pub(super) struct Paired {
    /// From the first byte of its first word to the last of its second; `group` is the pair.
    pub(super) hit: Hit,
    /// What stands between the two.
    pub(super) gap: Range<usize>,
}

impl Paired {
    /// Whether a range shares bytes with the words of the pair, the gap left out.
    pub(super) fn words_touch(&self, range: &Hit) -> bool {
        let touches = |start: usize, end: usize| range.start < end && start < range.end;
        touches(self.hit.start, self.gap.start) || touches(self.gap.end, self.hit.end)
    }
}

/// Where a word belongs: a pair and its side there (0 first, 1 then, 2 not).
type Role = (usize, usize);

/// The side of words that refuse a pair.
const NOT: usize = 2;

/// All pairs of one kind with their automaton.
pub(super) struct Pairs {
    rules: Vec<Pair>,
    /// Roles of each word; an idle one may have some of its own.
    roles: Vec<Vec<Role>>,
    /// The pairs whose first and whose second side a word may be; one that suffices alone is both.
    sides: Vec<[Groups; 2]>,
    /// Whether a word hides those inside it.
    idle: Vec<bool>,
    automaton: CharwiseDoubleArrayAhoCorasick<u32>,
}

impl Pairs {
    /// Builds the pairs; the fault names the class or list.
    pub(super) fn new(groups: &[PairGroup], classes: &Classes) -> Result<Pairs, String> {
        if groups.len() > Groups::MOST {
            return Err(format!("{} pairs, at most {} are provided for", groups.len(), Groups::MOST));
        }
        let mut roles: BTreeMap<String, Vec<Role>> = BTreeMap::new();
        let mut pairs: Vec<Pair> = Vec::new();
        for (index, group) in groups.iter().enumerate() {
            for (side, list) in [&group.first, &group.then, &group.not].into_iter().enumerate() {
                for word in classes.words(list)? {
                    roles.entry(any_digit(&word)).or_default().push((index, side));
                }
            }
            let PairGroup { gap, ordered, across, .. } = *group;
            pairs.push(Pair { gap, ordered, across, alone: group.then.is_empty() });
        }
        for word in &classes.idle {
            roles.entry(any_digit(word)).or_default();
        }
        let (words, roles): (Vec<_>, Vec<_>) = roles.into_iter().unzip();
        let idle =
            words.iter().map(|word| classes.idle.iter().any(|idle| any_digit(idle) == *word)).collect();
        let sides_of = |roles: &Vec<Role>| {
            let mut sides = [Groups::default(); 2];
            for &(group, side) in roles.iter().filter(|role| role.1 != NOT) {
                sides[side].insert(group);
                if pairs[group].alone {
                    sides[1].insert(group);
                }
            }
            sides
        };
        let sides = roles.iter().map(sides_of).collect();
        let automaton = CharwiseDoubleArrayAhoCorasickBuilder::new()
            .build_with_values(words.iter().zip(0_u32..))
            .map_err(|e| e.to_string())?;
        Ok(Pairs { rules: pairs, roles, sides, idle, automaton })
    }

    /// Every pair in a folded text, by its index; each pair once in a stretch that its hits share.
    pub(super) fn find(&self, text: &str) -> Vec<Paired> {
        if text.contains(OTHER_DIGITS) { self.find_in(&any_digit(text)) } else { self.find_in(text) }
    }

    fn find_in(&self, text: &str) -> Vec<Paired> {
        let words = self.words(text);
        // Most texts hold words of one side alone: nothing to join.
        let whole = self.whole(&words);
        if whole == Groups::default() {
            return Vec::new();
        }
        let mut last: BTreeMap<usize, [Option<Range<usize>>; 2]> = BTreeMap::new();
        let mut found: Vec<Paired> = Vec::new();
        let mut refused: BTreeMap<usize, Vec<Range<usize>>> = BTreeMap::new();
        for (word, id) in words {
            for &(group, side) in self.roles[id].iter().filter(|role| whole.has(role.0)) {
                let pair = &self.rules[group];
                if side == NOT {
                    refused.entry(group).or_default().push(word.clone());
                } else if pair.alone {
                    let hit = Hit { start: word.start, end: word.end, group };
                    found.push(Paired { hit, gap: word.end..word.end });
                } else if let Some(other) = last.get(&group).and_then(|sides| sides[1 - side].clone())
                    && (side == 1 || !pair.ordered)
                    && pair.joins(text, &other, &word)
                {
                    let hit = Hit { start: other.start, end: word.end, group };
                    found.push(Paired { hit, gap: other.end..word.start });
                    last.remove(&group);
                } else {
                    last.entry(group).or_default()[side] = Some(word.clone());
                }
            }
        }
        // Words come by their ends, so the refusing ones of a pair are sorted by theirs.
        found.retain(|pair| {
            let words = refused.get(&pair.hit.group).map_or(&[][..], Vec::as_slice);
            let first = words.partition_point(|word| word.end <= pair.hit.start);
            words.get(first).is_none_or(|word| word.start >= pair.hit.end)
        });
        found.sort_by_key(|pair| (pair.hit.start, pair.hit.end, pair.hit.group));
        found
    }

    /// The pairs of which both sides stand in the text.
    fn whole(&self, words: &[(Range<usize>, usize)]) -> Groups {
        let mut sides = [Groups::default(); 2];
        for &(_, id) in words {
            for (all, own) in sides.iter_mut().zip(&self.sides[id]) {
                all.add(own);
            }
        }
        sides[0].and(&sides[1])
    }

    /// The words of pairs in the text by their ends, with their number; those inside idle words are left out.
    fn words(&self, text: &str) -> Vec<(Range<usize>, usize)> {
        let hits = self.automaton.find_overlapping_iter(text);
        let mut hits: Vec<_> = hits.map(|m| (m.start()..m.end(), m.value() as usize)).collect();
        let idle: Vec<Range<usize>> =
            hits.iter().filter(|&&(_, id)| self.idle[id]).map(|(word, _)| word.clone()).collect();
        if !idle.is_empty() {
            hits.retain(|(word, _)| {
                let near = idle.partition_point(|i| i.end < word.end);
                let hides = |i: &Range<usize>| i.start <= word.start && word.end <= i.end && i != word;
                !idle[near..].iter().take(3).any(hides)
            });
        }
        hits
    }
}

/// A set of pairs, as bits.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Groups([u64; 4]);

impl Groups {
    const MOST: usize = 256;

    fn insert(&mut self, group: usize) {
        self.0[group / 64] |= 1 << (group % 64);
    }

    fn has(&self, group: usize) -> bool {
        self.0[group / 64] >> (group % 64) & 1 == 1
    }

    fn add(&mut self, other: &Groups) {
        self.0.iter_mut().zip(other.0).for_each(|(own, more)| *own |= more);
    }

    fn and(mut self, other: &Groups) -> Groups {
        self.0.iter_mut().zip(other.0).for_each(|(own, more)| *own &= more);
        self
    }
}

impl Pair {
    fn joins(&self, text: &str, other: &Range<usize>, word: &Range<usize>) -> bool {
        if other.end > word.start {
            return false;
        }
        let gap = &text[other.end..word.start];
        let parts: &[char] = if self.across { &[HARD] } else { &[HARD, SOFT, OPEN, CLOSE] };
        gap.len() <= self.gap * 4 && gap.chars().count() <= self.gap && !gap.contains(parts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs() -> Pairs {
        let group = |first: &str, then: &str, ordered, across| PairGroup {
            first: vec![first.into()],
            then: if then.is_empty() { vec![] } else { vec![then.into()] },
            not: vec!["不传".into()],
            gap: 4,
            ordered,
            across,
        };
        let classes = Classes {
            idle: vec!["宣传".into()],
            class: BTreeMap::from([("传".into(), vec!["传".into(), "发到".into()])]),
        };
        let groups = [
            group("@传", "照片", false, false),
            group("拍", "群", true, true),
            group("晒图", "", false, false),
        ];
        Pairs::new(&groups, &classes).expect("pairs")
    }

    #[test]
    fn a_pair_is_found_within_its_gap_and_clause() {
        for (text, groups) in [
            ("照片发到群里", vec![0]),
            ("传三张照片", vec![0]),
            ("传了很多很多照片", vec![]),
            ("传到，照片", vec![]),
            ("宣传照片", vec![]),
            ("不传照片", vec![]),
            ("拍好，发群里", vec![1]),
            ("群里拍", vec![]),
            ("拍好。群里", vec![]),
            ("天天晒图", vec![2]),
        ] {
            let found: Vec<usize> = pairs().find(text).iter().map(|pair| pair.hit.group).collect();
            assert_eq!(found, groups, "{text}");
        }
    }

    #[test]
    fn an_unknown_class_is_named() {
        let group = PairGroup {
            first: vec!["@无".into()],
            then: vec![],
            not: vec![],
            gap: 0,
            ordered: false,
            across: false,
        };
        let classes = Classes { idle: vec![], class: BTreeMap::new() };
        assert_eq!(Pairs::new(&[group], &classes).err().as_deref(), Some("no class @无"));
    }
}
