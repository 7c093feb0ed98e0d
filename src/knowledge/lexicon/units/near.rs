//! Names of bodies that are one slip of the keyboard away (笔误): 水利居 is 水利局.
//!
//! For: texts in which no name of a body was found. Not for: choosing between two known bodies. Invariant: what is
//! found is the only body that near, and the slip is one that people make; 盐务局 is no mistyped 税务局.

use crate::knowledge::text::{Slip, one_slip};
use hashbrown::HashMap;

/// From how many characters on any wrong character is a slip: a name of six has five that are right.
const LONG: usize = 6;
/// From how many characters on a missing or stray one is a slip: 中心医院 is no mistyped 中医院.
const MIDDLE: usize = 5;
/// The shortest name that can be told when mistyped.
const SHORT: usize = 3;

/// All names with each of their characters left out in turn: two texts one slip apart share such a form.
#[derive(Default)]
pub(super) struct NearNames {
    /// Characters of the longest name.
    longest: usize,
    names: Vec<(Vec<char>, u16)>,
    shortened: HashMap<Box<str>, Vec<u16>>,
}

impl NearNames {
    pub(super) fn add(&mut self, folded: &str, body: u16) {
        let chars: Vec<char> = folded.chars().collect();
        if chars.len() < SHORT || folded.is_ascii() {
            return;
        }
        let at = self.names.len() as u16;
        for form in shortened(folded) {
            self.shortened.entry(form.into()).or_default().push(at);
        }
        self.longest = self.longest.max(chars.len());
        self.names.push((chars, body));
    }

    /// The name that a text, as a whole, is one slip away from; `None` when there is none or several bodies have one.
    pub(super) fn find(&self, typed: &str) -> Option<String> {
        // One slip adds a character at most, or takes one away.
        if !(SHORT - 1..=self.longest + 1).contains(&typed.chars().count()) {
            return None;
        }
        let chars: Vec<char> = typed.chars().collect();
        let mut found: Option<&(Vec<char>, u16)> = None;
        let mut form = String::with_capacity(typed.len());
        let ends =
            typed.char_indices().map(|(at, c)| (at, at + c.len_utf8())).chain([(typed.len(), typed.len())]);
        for (front, end) in ends {
            form.clear();
            form.push_str(&typed[..front]);
            form.push_str(&typed[end..]);
            for &at in self.shortened.get(form.as_str()).into_iter().flatten() {
                let near = &self.names[usize::from(at)];
                if !is_slip(&chars, &near.0) {
                    continue;
                }
                if found.is_some_and(|(_, body)| *body != near.1) {
                    return None;
                }
                // One body may have two names that near; which one does not matter, if it is always the same.
                found = found.filter(|held| held.0 <= near.0).or(Some(near));
            }
        }
        found.map(|(name, _)| name.iter().collect())
    }
}

/// The text itself and the text without each of its characters.
fn shortened(text: &str) -> impl Iterator<Item = String> {
    let without = text.char_indices().map(|(at, c)| format!("{}{}", &text[..at], &text[at + c.len_utf8()..]));
    without.chain([text.to_owned()])
}

fn is_slip(typed: &[char], name: &[char]) -> bool {
    match one_slip(typed, name) {
        Some(Slip::Sound | Slip::Look | Slip::Swapped) => true,
        Some(Slip::Missing | Slip::Stray) => name.len() >= MIDDLE,
        Some(Slip::Other) => name.len() >= LONG,
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::UnitBook;

    #[test]
    fn a_slip_leads_to_the_name_and_another_word_does_not() {
        let near = UnitBook::load(&[]).near;
        for (typed, name) in [
            ("水利居", "水利局"),
            ("驷法局", "司法局"),
            ("融嵋体中心", "融媒体中心"),
            ("退役军事务局", "退役军人事务局"),
            ("市场监督菅理局", "市场监督管理局"),
            ("妇联合女会", ""),
            ("盐务局", ""),
            ("中心医院", ""),
            ("民政", ""),
        ] {
            assert_eq!(near.find(typed).unwrap_or_default(), name, "{typed}");
        }
    }
}
