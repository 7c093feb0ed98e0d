//! Guessing a header that is not in the book.
//!
//! For: typing errors, longer forms ("主办单位联系电话") and empty tails ("备注信息"). Not for: telling
//! header rows from data rows, which needs certainty. Invariant: a guess is always `Fuzzy`, never
//! above [`SURE`], and a header made of other known words is not a typing error.

use super::{FieldBook, Hit, Role, Variant, strip_brackets, strip_number};
use crate::knowledge::text::fold;
use crate::model::{FieldType, MappedBy};

/// Similarity below which a header is "not understood": one wrong character in four, the length of
/// most Chinese headers.
const FLOOR: f64 = 0.75;
/// Floor for headers in Latin letters, which are longer and share more by chance.
const FLOOR_LATIN: f64 = 0.85;
/// By how much the best field must beat the second best.
const MARGIN: f64 = 0.1;
/// The most a guess can be worth.
pub(super) const SURE: f64 = 0.85;
/// Longest header worth guessing, in characters; longer texts are sentences.
const LONGEST: usize = 24;

impl FieldBook {
    pub(super) fn guess(&self, header: &str) -> Option<Hit> {
        let plain = strip_brackets(header);
        let plain = strip_number(&plain);
        let folded = fold(plain);
        let chars: Vec<char> = folded.chars().collect();
        if chars.len() < 3 || chars.len() > LONGEST || self.values.contains(&folded) {
            return None;
        }
        // What stands in brackets belongs to some headers: "乡镇(街道)".
        let whole = || Some(fold(header)).filter(|whole| *whole != folded);
        let slip = self.slip(&chars);
        if let Some(hit) = slip.or_else(|| self.slip(&whole()?.chars().collect::<Vec<_>>())) {
            return Some(hit);
        }
        if let Some((first, _)) = plain.split_once(['/', '、', '及', '和', '与', '，', ',', '|']) {
            return self.folded.get(&fold(first)).map(|&v| guessed(v, 0.7));
        }
        if folded.is_ascii() {
            return self.similar(&chars, FLOOR_LATIN);
        }
        self.by_tail(&folded).or_else(|| self.by_head(&folded)).or_else(|| self.similar(&chars, FLOOR))
    }

    /// A known header followed by a word that adds nothing.
    fn by_tail(&self, folded: &str) -> Option<Hit> {
        let tails = self.words.of(Role::Tail).filter_map(|tail| folded.strip_suffix(tail));
        let known = tails.filter_map(|rest| self.folded.get(rest));
        known.filter(|v| v.field.field_type() == FieldType::Text).map(|&v| guessed(v, 0.85)).next()
    }

    /// In Chinese the last noun is what a header is about: "公众号粉丝数" is a 粉丝数. Known headers of
    /// two characters (单位, 平台) are too general to end on.
    fn by_head(&self, folded: &str) -> Option<Hit> {
        let starts = folded.char_indices().skip(1).map(|(i, _)| i);
        for start in starts {
            let (before, head) = folded.split_at(start);
            if head.chars().count() < 3 {
                return None;
            }
            if let Some(&variant) = self.folded.get(head) {
                let changed = self.words.of(Role::ChangesMeaning).any(|word| before.contains(word));
                // "公备案号" is nearer to 公安备案号, though what it lacks cannot be told for sure.
                let is_rival = |(text, other): (&String, &Variant)| {
                    other.field != variant.field
                        && text.ends_with(head)
                        && strsim::damerau_levenshtein(text, folded) <= 1
                };
                return (!changed && !self.folded.iter().any(is_rival)).then(|| guessed(variant, 0.8));
            }
        }
        None
    }

    /// The field with the most similar header, if it is close enough, clearly closer than any other
    /// field, and what differs is not a word of its own.
    fn similar(&self, chars: &[char], floor: f64) -> Option<Hit> {
        let header: String = chars.iter().collect();
        let mut best: Option<(f64, Variant, &str)> = None;
        let mut second = 0.0_f64;
        for (text, &variant) in &self.folded {
            let length = text.chars().count();
            let longest = length.max(chars.len());
            if length < 3 || length.abs_diff(chars.len()) * 4 > longest {
                continue;
            }
            // Characters that are not there must have been changed: most headers are told apart without
            // counting how.
            let common = chars.iter().filter(|c| text.contains(**c)).count();
            if (common as f64) < (floor - MARGIN) * longest as f64 {
                continue;
            }
            let score = strsim::normalized_damerau_levenshtein(&header, text);
            match best {
                Some((top, held, _)) if score <= top => {
                    if variant.field != held.field {
                        second = second.max(score);
                    }
                }
                _ => {
                    if let Some((top, held, _)) = best
                        && held.field != variant.field
                    {
                        second = second.max(top);
                    }
                    best = Some((score, variant, text));
                }
            }
        }
        let (score, variant, text) = best?;
        let close = score >= floor && score - second >= MARGIN;
        // What a Chinese header begins with tells 主办单位 from 协办单位: too much to be guessed.
        let same_start = text.starts_with(chars[0]);
        (close && same_start && !self.has_other_word(chars, text)).then(|| guessed(variant, score))
    }

    /// Whether the header has two neighbouring characters that the variant lacks but other headers
    /// or values know. "下载时间" is not a mistyped "下线时间", since 下载 is a word; "主办单未" is a
    /// mistyped "主办单位", since 单未 is none.
    pub(super) fn has_other_word(&self, chars: &[char], variant: &str) -> bool {
        let own: Vec<char> = variant.chars().collect();
        let mut pairs = chars.windows(2).map(|w| (w[0], w[1]));
        let in_variant = |pair: (char, char)| own.windows(2).any(|w| (w[0], w[1]) == pair);
        !chars.iter().all(char::is_ascii) && pairs.any(|p| !in_variant(p) && self.pairs.contains(&p))
    }
}

pub(super) fn guessed(variant: Variant, confidence: f64) -> Hit {
    Hit {
        field: variant.field,
        confidence: confidence.min(SURE) as f32,
        by: MappedBy::Fuzzy,
        rank: variant.rank,
    }
}
