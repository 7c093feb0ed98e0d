//! Which character separates the cells.
//!
//! For: telling it from the first lines. Not for: files without one, which are one column. Invariant: the
//! more usual one wins where two fit equally well.

use super::quotes;
use std::collections::BTreeMap;

/// Candidates, the most usual first. The full-width ones are typed by people, not written by programs, and
/// only count where no other fits.
const DELIMITERS: [char; 8] = [',', '\t', ';', '|', '^', '\u{1}', '，', '；'];
/// Lines the delimiter is told from.
const SAMPLE_LINES: usize = 50;

/// The delimiter under which most sample lines have the same number of cells, and more than one; the comma
/// where none does.
pub(super) fn delimiter(text: &str) -> char {
    let lines: Vec<&str> = text.lines().take(SAMPLE_LINES).collect();
    let scored = DELIMITERS.iter().rev().map(|&delimiter| (score(&lines, delimiter), delimiter));
    let best = scored.max_by_key(|(score, _)| *score).filter(|(score, _)| score.1 > 0);
    best.map_or(',', |(_, delimiter)| delimiter)
}

/// Whether it is one that programs write, how many lines agree on a number of cells, and on how many.
fn score(lines: &[&str], delimiter: char) -> (bool, usize, usize) {
    let mut widths = BTreeMap::<usize, usize>::new();
    for line in lines {
        *widths.entry(quotes::width(line, delimiter)).or_default() += 1;
    }
    let several = widths.iter().filter(|(width, _)| **width > 1);
    let best = several.max_by_key(|&(width, lines)| (*lines, *width));
    best.map_or((false, 0, 0), |(width, lines)| (delimiter.is_ascii(), *lines, *width))
}
