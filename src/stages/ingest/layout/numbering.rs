//! Rows that number the columns: "1 2 3 4", "甲 乙 1 2 3=1+2".
//!
//! For: telling them from records. Not for: serial numbers of records (`lines`). Invariant: a row counts only if
//! it numbers every column that has a header, in order and without a gap.

use crate::stages::ingest::rows::Cell;
use unicode_normalization::UnicodeNormalization;

/// Fewest columns of which a numbering can be told from a record.
const FEWEST: usize = 3;
/// How text columns are counted in statistical tables, before those with figures.
const STEMS: &str = "甲乙丙丁戊己庚辛壬癸";

/// Whether a row numbers the columns of a table with this many headers.
pub(super) fn is_numbering(cells: &[Cell<'_>], headers: usize) -> bool {
    let mut filled = cells.iter().filter(|cell| !cell.is_blank()).peekable();
    // Asked of every row: most are told by their first cell.
    let is_short = filled.peek().is_some_and(|cell| match cell {
        Cell::Text(text) => text.trim().len() <= 9,
        Cell::Number(_) => cell.display() == "1",
        _ => false,
    });
    if headers < FEWEST || !is_short {
        return false;
    }
    let mut numbered = 0;
    let mut next = Next { stems: 0, number: 1, letter: 'A' };
    for cell in filled {
        let shown = cell.display();
        let is_title = numbered == 0 && matches!(shown.trim(), "栏次" | "列次" | "列号" | "栏目" | "甲");
        if !next.takes(&shown) && !is_title {
            return false;
        }
        numbered += 1;
    }
    numbered == headers
}

/// What the next column would be called.
struct Next {
    stems: usize,
    number: u32,
    letter: char,
}

impl Next {
    fn takes(&mut self, shown: &str) -> bool {
        let is_told = |c: &char| !c.is_whitespace() && !"()[]【】〔〕".contains(*c);
        // Asked of the first cell of every row, mostly a serial number or an id.
        let plain: String = if shown.is_ascii() {
            shown.chars().filter(is_told).collect()
        } else {
            shown.nfkc().filter(is_told).collect()
        };
        // "5=3+4": how the figure follows from others.
        let plain = plain.split('=').next().unwrap_or("");
        if self.number == 1 && STEMS.chars().nth(self.stems).is_some_and(|stem| plain.chars().eq([stem])) {
            self.stems += 1;
            return true;
        }
        if self.number == 1 && self.stems == 0 && plain.to_uppercase().chars().eq([self.letter]) {
            self.letter = char::from_u32(u32::from(self.letter) + 1).unwrap_or('A');
            return true;
        }
        if self.letter == 'A' && plain.parse() == Ok(self.number) {
            self.number += 1;
            return true;
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(row: &str, headers: usize) -> bool {
        let cell = |t| match str::parse(t) {
            _ if t.is_empty() => Cell::Empty,
            Ok(number) => Cell::Number(number),
            Err(_) => Cell::Text(t),
        };
        is_numbering(&row.split('|').map(cell).collect::<Vec<_>>(), headers)
    }

    #[test]
    fn every_column_is_numbered_in_order() {
        for row in
            ["1|2|3|4", "(1)|(2)|(3)|(4)", "①|②|③|④", "甲|乙|1|2", "A|B|C|D", "栏次|1|2|3=1+2", "|1|2|3|4"]
        {
            assert!(check(row, 4), "{row}");
        }
        for row in
            ["1|2|3", "1|2|4|5", "1|甲群|3|4", "1|2|3|甲", "甲|丙|1|2", "1|2|甲|3", "2|3|4|5", "A|B|1|2"]
        {
            assert!(!check(row, 4), "{row}");
        }
        assert!(!check("1|2", 2), "two columns are too few to tell");
    }
}
