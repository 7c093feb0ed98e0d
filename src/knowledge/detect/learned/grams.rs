//! The features of a text: its characters and pairs of neighbouring characters.
//!
//! For: learning and reading alike, so that both see the same. Not for: what a feature is worth.
//! Invariant: figures count as one, whatever their digits and length; the ends of the text are characters too.

use crate::knowledge::detect::folded::HARD;
use std::ops::Range;

/// Calls `take` with each feature of a folded text and the bytes that it stands at.
pub(super) fn each(text: &str, mut take: impl FnMut(Range<usize>, u32)) {
    let mut before = (HARD, 0);
    let mut is_figure = false;
    for (at, c) in text.char_indices() {
        let is_digit = c.is_ascii_digit();
        if is_digit && is_figure {
            continue;
        }
        is_figure = is_digit;
        let c = if is_digit { '0' } else { c };
        let end = at + c.len_utf8();
        take(at..end, one(c));
        take(before.1..end, two(before.0, c));
        before = (c, at);
    }
    if !text.is_empty() {
        take(before.1..text.len(), two(before.0, HARD));
    }
}

fn one(c: char) -> u32 {
    mixed(c as u32)
}

fn two(first: char, second: char) -> u32 {
    mixed(
        (first as u32).wrapping_mul(0x9E37_79B1) ^ (second as u32).wrapping_add(1).wrapping_mul(0x85EB_CA6B),
    )
}

/// Spreads the bits of a number over all of it.
pub(super) fn mixed(mut n: u32) -> u32 {
    n ^= n >> 16;
    n = n.wrapping_mul(0x7FEB_352D);
    n ^= n >> 15;
    n = n.wrapping_mul(0x846C_A68B);
    n ^ (n >> 16)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::detect::folded::Folded;

    fn features(text: &str) -> Vec<u32> {
        let mut all = Vec::new();
        each(&Folded::new(text).text, |_, feature| all.push(feature));
        all
    }

    #[test]
    fn figures_scripts_and_blanks_make_no_difference() {
        assert_eq!(features("每天 打卡12次"), features("每天打卡3次"));
        assert_eq!(features("簽到"), features("签到"));
        assert_ne!(features("签到"), features("到签"));
        assert!(features("").is_empty());
    }

    #[test]
    fn features_stand_at_bytes_of_the_text() {
        let text = "早8点、100人签到";
        each(text, |range, _| {
            assert!(text.get(range.clone()).is_some_and(|part| !part.is_empty()), "{range:?}");
        });
    }
}
