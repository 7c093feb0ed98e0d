//! Pieces of a text as long as the sentences that were learnt from.
//!
//! For: long texts, and for saying which clause weighed most. Invariant: pieces lie in order, do not overlap and
//! leave out nothing but the marks between them; all ends are on character boundaries.

use crate::knowledge::detect::folded::{HARD, SOFT};
use std::ops::Range;

/// A piece of a folded text.
pub(in crate::knowledge::detect) type Window = Range<usize>;

/// Bytes of a piece, about 100 characters: nearly all that was learnt from is shorter.
const MOST: usize = 300;

/// The pieces of a text: as many whole sentences as fit, or parts of one that is too long.
pub(in crate::knowledge::detect) fn windows(text: &str) -> Vec<Window> {
    let mut out = Vec::new();
    let mut from = 0;
    while from < text.len() {
        let mut to = (from + MOST).min(text.len());
        while !text.is_char_boundary(to) {
            to -= 1;
        }
        if to < text.len() {
            let part = &text[from..to];
            if let Some(at) = part.rfind(HARD).or_else(|| part.rfind(SOFT)).filter(|&at| at > 0) {
                to = from + at;
            }
        }
        out.push(from..to);
        from = to;
        if let Some(mark) = text[from..].chars().next().filter(|&c| c == HARD || c == SOFT) {
            from += mark.len_utf8();
        }
    }
    out
}

/// The clauses of a piece.
pub(in crate::knowledge::detect) fn clauses(text: &str, window: &Window) -> Vec<Window> {
    let mut out = Vec::new();
    let mut from = window.start;
    for part in text[window.clone()].split([HARD, SOFT]) {
        out.push(from..from + part.len());
        from += part.len() + HARD.len_utf8();
    }
    out.retain(|clause| !clause.is_empty());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_but_marks_is_left_out() {
        for text in ["甲乙，丙丁。".repeat(70), "甲".repeat(400), "，".repeat(300), "a".repeat(901)] {
            let pieces = windows(&text);
            let kept: String = pieces.iter().map(|w| &text[w.clone()]).collect();
            assert!(pieces.iter().all(|w| w.len() <= MOST) && pieces.is_sorted_by(|a, b| a.end <= b.start));
            assert_eq!(kept.replace([HARD, SOFT], ""), text.replace([HARD, SOFT], ""));
            let clauses: Vec<&str> =
                pieces.iter().flat_map(|w| clauses(&text, w)).map(|w| &text[w]).collect();
            assert_eq!(clauses.concat(), text.replace([HARD, SOFT], ""));
        }
    }
}
