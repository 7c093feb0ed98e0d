//! Words that adorn names in these very inventories, learnt from the stems: 农家书屋协作 beside 农家书屋, 停车协作 beside 停车.
//!
//! For: adornments that no table lists. Not for: what is counted (第2网格), which tells siblings apart. A word is one
//! when most of the stems that begin or end in it are another stem without it (segmentation by the words
//! that are left, after Harris 1955, "From phoneme to morpheme"). Small inventories teach nothing.

use crate::knowledge::lexicon::NameWords;
use rustc_hash::{FxHashMap, FxHashSet};

/// Longest adornment, in characters.
const LONGEST: usize = 4;
/// So many stems at least must lose it and be another stem.
const FEWEST: u32 = 12;
/// Stems that are looked at; more teach nothing new.
const ENOUGH: usize = 60_000;

/// How many stems have a word at one end, and how many of them are a stem without it.
#[derive(Clone, Copy, Default)]
struct Seen {
    all: u32,
    known: u32,
}

/// What was learnt.
pub(super) struct Affixes<'a> {
    fronts: FxHashSet<&'a str>,
    ends: FxHashSet<&'a str>,
}

impl<'a> Affixes<'a> {
    /// Learns from distinct stems, from every second or third if there are very many.
    pub(super) fn learn(stems: &[&'a str], words: &NameWords) -> Affixes<'a> {
        let known: FxHashSet<&str> = stems.iter().copied().collect();
        let (mut in_front, mut at_end) =
            (FxHashMap::<&str, Seen>::default(), FxHashMap::<&str, Seen>::default());
        let see = |seen: &mut FxHashMap<&'a str, Seen>, word: &'a str, left: &str| {
            let seen = seen.entry(word).or_default();
            seen.all += 1;
            seen.known += u32::from(known.contains(left));
        };
        for &stem in stems.iter().step_by(stems.len() / ENOUGH + 1) {
            for at in fronts(stem) {
                see(&mut in_front, &stem[..at], &stem[at..]);
            }
            for at in ends(stem) {
                see(&mut at_end, &stem[at..], &stem[..at]);
            }
        }
        let chosen = |seen: FxHashMap<&'a str, Seen>| {
            let adorns = |(word, seen): &(&str, Seen)| {
                seen.known >= FEWEST && seen.known * 2 > seen.all && words.counted(word).is_none()
            };
            seen.into_iter().filter(adorns).map(|(word, _)| word).collect()
        };
        Affixes { fronts: chosen(in_front), ends: chosen(at_end) }
    }

    /// The text without the longest learnt word at its front and at its end; two characters at least are left.
    pub(super) fn cut<'t>(&self, text: &'t str) -> &'t str {
        let front = fronts(text).filter(|&at| self.fronts.contains(&text[..at])).last();
        let text = &text[front.unwrap_or(0)..];
        let end = ends(text).filter(|&at| self.ends.contains(&text[at..])).last();
        &text[..end.unwrap_or(text.len())]
    }
}

/// Where one to four characters can be cut off in front, shortest first, so that two are left.
fn fronts(text: &str) -> impl Iterator<Item = usize> {
    text.char_indices().map(|(at, _)| at).skip(1).take(most(text))
}

/// Where one to four characters can be cut off at the end, shortest first, so that two are left.
fn ends(text: &str) -> impl Iterator<Item = usize> {
    text.char_indices().map(|(at, _)| at).rev().take(most(text))
}

/// How many characters can be cut off.
fn most(text: &str) -> usize {
    LONGEST.min(text.chars().count().saturating_sub(2))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::lexicon::Lexicon;
    use crate::model::LocalWords;

    #[test]
    fn a_word_that_leaves_another_stem_adorns_and_one_that_does_not_is_kept() {
        let lexicon = Lexicon::load(None, &LocalWords::default()).unwrap();
        let jobs = [
            "书屋", "停车", "防火", "助残", "急救", "征兵", "公车", "食堂", "天气", "信访", "健身", "电梯",
            "供水", "非遗",
        ];
        let mut stems: Vec<String> = jobs.iter().map(|&job| job.to_owned()).collect();
        stems.extend(jobs.iter().map(|job| format!("{job}协作")));
        stems.extend(jobs.iter().map(|job| format!("乐享{job}")));
        stems.extend(jobs.iter().map(|job| format!("{job}支部")));
        stems.extend(["婚姻", "失业", "户籍", "车辆"].map(|what| format!("{what}登记")));
        let stems: Vec<&str> = stems.iter().map(String::as_str).collect();
        let affixes = Affixes::learn(&stems, &lexicon.words);
        assert_eq!(affixes.cut("农机协作"), "农机");
        assert_eq!(affixes.cut("乐享农机协作"), "农机");
        assert_eq!(affixes.cut("婚姻登记"), "婚姻登记", "nobody leaves 登记 off");
        assert_eq!(affixes.cut("农机支部"), "农机支部", "what is counted tells siblings apart");
        assert_eq!(affixes.cut("协作"), "协作");
        let few = Affixes::learn(&stems[..20], &lexicon.words);
        assert_eq!(few.cut("农机协作"), "农机协作", "too few to learn from");
    }
}
