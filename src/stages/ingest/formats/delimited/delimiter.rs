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
/// Where fewer than one line in so many agrees, the character is part of the texts of a single column.
const FEWEST: usize = 3;
/// What separates the cells of a single column: it occurs in no text.
const NONE: char = '\u{1}';

/// The delimiter under which most sample lines have the same number of cells, and more than one; the comma
/// where no candidate occurs, and one that does not occur where all others do so by chance.
pub(super) fn delimiter(text: &str) -> char {
    let lines: Vec<&str> = text.lines().take(SAMPLE_LINES).collect();
    let scored = DELIMITERS.iter().rev().map(|&delimiter| (score(&lines, delimiter), delimiter));
    let best = scored.max_by_key(|(score, _)| *score).filter(|(score, _)| score.1 > 0);
    let filled = lines.iter().filter(|line| !line.trim().is_empty()).count();
    // A quoted cell may reach over many lines.
    let is_quoted = lines.iter().any(|line| line.contains('"'));
    match best {
        Some(((_, agreeing, _), _)) if agreeing * FEWEST < filled && !is_quoted => NONE,
        Some((_, delimiter)) => delimiter,
        None => ',',
    }
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
