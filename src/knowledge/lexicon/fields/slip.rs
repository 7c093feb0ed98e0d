//! Headers with one typing error.
//!
//! For: what a slip of the fingers makes of a known header. Not for: longer forms and other words (`guess`).
//! Invariant: a header that could have been meant for two fields is meant for none.

use super::guess::{SURE, guessed};
use super::{FieldBook, Hit, Role, Variant};
use crate::knowledge::text::sound_alike;

/// Shortest header with a slip in it, in characters; shorter ones are other words as often as not.
const SHORTEST: usize = 3;
/// The same for headers in Latin letters, if the slip changed a letter or not.
const SHORTEST_LATIN: [usize; 2] = [7, 5];

/// What went wrong, the more telling kinds first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Slip {
    /// Nothing is missing and nothing is new: other characters of the same sound (单未), neighbours swapped
    /// (主办位单), a character twice (主办办单位).
    Same,
    /// A character is missing, new or another one.
    Changed,
}

impl FieldBook {
    /// The field whose header was typed with one slip, if it is the only such field.
    pub(super) fn slip(&self, typed: &[char]) -> Option<Hit> {
        let is_latin = typed.iter().all(char::is_ascii);
        if typed.len() < if is_latin { SHORTEST_LATIN[1] } else { SHORTEST } {
            return None;
        }
        let mut known: Vec<char> = Vec::new();
        let mut best: Option<(Slip, Variant)> = None;
        let mut is_torn = false;
        for (text, &variant) in &self.folded {
            // At most one character more or fewer.
            if text.chars().count().abs_diff(typed.len()) > 1 {
                continue;
            }
            known.clear();
            known.extend(text.chars());
            let Some(slip) = self.between(typed, &known, text) else { continue };
            match best {
                Some((held, _)) if held < slip => {}
                Some((held, other)) if held == slip => is_torn |= other.field != variant.field,
                _ => (best, is_torn) = (Some((slip, variant)), false),
            }
        }
        let (slip, variant) = best.filter(|_| !is_torn)?;
        if is_latin && slip == Slip::Changed && typed.len() < SHORTEST_LATIN[0] {
            return None;
        }
        let changed = 1.0 - 1.0 / typed.len() as f64;
        Some(guessed(variant, if slip == Slip::Same { SURE } else { changed }))
    }

    /// The slip that makes one of the other, if one does.
    fn between(&self, typed: &[char], known: &[char], text: &str) -> Option<Slip> {
        let first = typed.iter().zip(known).position(|(a, b)| a != b).unwrap_or(typed.len().min(known.len()));
        let (typed_rest, known_rest) = (&typed[first..], &known[first..]);
        match (typed_rest, known_rest) {
            ([_, behind @ ..], _) if behind == known_rest => {
                let stray = typed[first];
                let beside = [first.checked_sub(1).map(|at| typed[at]), behind.first().copied()];
                if beside.contains(&Some(stray)) {
                    return (known.len() > 1).then_some(Slip::Same);
                }
                // "原账号名称" is another thing, and so is a stray character that makes a word.
                let is_other = self.words.of(Role::ChangesMeaning).any(|word| word.contains(stray));
                let is_long = known.len() >= SHORTEST;
                (is_long && !is_other && !self.has_other_word(typed, text)).then_some(Slip::Changed)
            }
            (_, [_, behind @ ..]) if behind == typed_rest => Some(Slip::Changed),
            ([a, b, typed_rest @ ..], [c, d, known_rest @ ..])
                if (a, b) == (d, c) && typed_rest == known_rest =>
            {
                Some(Slip::Same)
            }
            _ if typed.len() == known.len() => {
                let differing = || typed_rest.iter().zip(known_rest).filter(|(a, b)| a != b);
                let count = differing().count();
                if count * 2 <= typed.len() && differing().all(|(a, b)| sound_alike(*a, *b)) {
                    return Some(Slip::Same);
                }
                // What a header begins with tells 主办单位 from 协办单位: too much to be guessed.
                let is_slip = count == 1 && first > 0 && typed.len() > SHORTEST;
                (is_slip && !self.has_other_word(typed, text)).then_some(Slip::Changed)
            }
            _ => None,
        }
    }
}
