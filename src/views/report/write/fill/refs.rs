//! References of a sheet: `D5`, `$D$5:E10`, and what becomes of them when rows are put in.
//!
//! For: formulas, merged areas and whatever else names cells. Not for: working formulas out. Invariant: text in quotes and
//! references to other sheets stay as they are; what is no reference stays as it is.

/// Largest row and column of a sheet.
const LIMITS: (u32, u32) = (1_048_576, 16_384);

/// Which end of a range a reference is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum End {
    /// It stands alone.
    Alone,
    First,
    Last,
}

/// Rows put in behind a row.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Shift {
    /// The last row before them, 1-based: a range that ends here grows.
    pub(super) after: u32,
    /// How many.
    pub(super) by: u32,
}

impl Shift {
    /// Where a row is now.
    pub(super) fn row(self, row: u32, end: End) -> u32 {
        let moves = row > self.after || row == self.after && end == End::Last;
        if moves { row + self.by } else { row }
    }

    /// A space-separated list of cells and ranges.
    pub(super) fn area(self, text: &str) -> String {
        map(text, &mut |_, row, _, end| self.row(row, end))
    }
}

/// The rows that were filled, and what that moved.
#[derive(Clone, Copy, Debug)]
pub(super) struct Change {
    pub(super) shift: Shift,
    /// First and last row that hold values.
    pub(super) filled: (u32, u32),
}

impl Change {
    /// A table object of the suite: it ends no earlier than the rows that it now has.
    pub(super) fn table(self, area: &str) -> String {
        map(area, &mut |_, row, _, end| {
            let is_end = end == End::Last && row + 1 >= self.filled.0 && row <= self.shift.after;
            let row = self.shift.row(row, end);
            if is_end { row.max(self.filled.1) } else { row }
        })
    }
}

/// The letters of a column, 1-based.
pub(super) fn letters(mut column: u32) -> String {
    let mut letters = Vec::new();
    while column > 0 {
        column -= 1;
        letters.push(b'A' + (column % 26) as u8);
        column /= 26;
    }
    letters.iter().rev().map(|&b| char::from(b)).collect()
}

/// Column and row of `D5`, both 1-based; dollar signs are passed over.
pub(super) fn parse(text: &str) -> Option<(u32, u32)> {
    let (column, row, _) = split(text)?;
    let number = column.bytes().fold(0_u32, |n, b| n * 26 + u32::from(b.to_ascii_uppercase() - b'A') + 1);
    (number <= LIMITS.1).then_some((number, row))
}

/// First and last cell of `D5:E10` or `D5`, as column and row.
pub(super) fn parse_area(text: &str) -> Option<[(u32, u32); 2]> {
    let (first, last) = text.split_once(':').unwrap_or((text, text));
    Some([parse(first)?, parse(last)?])
}

/// Letters, row, and whether the row is fixed by a dollar sign.
fn split(text: &str) -> Option<(&str, u32, bool)> {
    let rest = text.strip_prefix('$').unwrap_or(text);
    let end = rest.find(|c: char| !c.is_ascii_alphabetic())?;
    let (column, rest) = rest.split_at(end);
    let row = rest.strip_prefix('$').unwrap_or(rest);
    let is_row = !row.is_empty() && row.len() <= 7 && row.bytes().all(|b| b.is_ascii_digit());
    let number: u32 = row.parse().ok().filter(|n| is_row && (1..=LIMITS.0).contains(n))?;
    (1..=3).contains(&column.len()).then_some((column, number, rest.len() > row.len()))
}

/// What gives the new row of a reference: sheet it names, row, whether that is fixed, which end of a range.
type NewRow<'f> = &'f mut dyn FnMut(Option<&str>, u32, bool, End) -> u32;

/// A formula with the rows of its references changed.
pub(super) fn map(formula: &str, new: NewRow<'_>) -> String {
    let mut out = String::with_capacity(formula.len() + 8);
    let mut rest = formula;
    let mut sheet: Option<String> = None;
    let mut end = End::Alone;
    while let Some(c) = rest.chars().next() {
        let taken = match c {
            '"' => quoted(rest, '"'),
            '\'' => {
                let taken = quoted(rest, '\'');
                if rest[taken..].starts_with('!') {
                    sheet = Some(rest[..taken].trim_matches('\'').replace("''", "'"));
                }
                taken
            }
            c if is_word(c) => {
                let word = &rest[..rest.find(|c| !is_word(c)).unwrap_or(rest.len())];
                let behind = &rest[word.len()..];
                if behind.starts_with('!') {
                    sheet = Some(word.to_owned());
                } else {
                    end = match (end, range_goes_on(behind)) {
                        (End::First, _) => End::Last,
                        (_, true) => End::First,
                        (_, false) => End::Alone,
                    };
                    let called = behind.starts_with('(');
                    if let Some((_, row, fixed)) = split(word).filter(|_| !called) {
                        let digits = word.trim_end_matches(|c: char| c.is_ascii_digit());
                        out.push_str(digits);
                        out.push_str(&new(sheet.as_deref(), row, fixed, end).to_string());
                        if end != End::First {
                            sheet = None;
                        }
                        rest = behind;
                        continue;
                    }
                    sheet = None;
                }
                word.len()
            }
            c => {
                if !matches!(c, ':' | '!') {
                    (sheet, end) = (None, End::Alone);
                }
                c.len_utf8()
            }
        };
        out.push_str(&rest[..taken]);
        rest = &rest[taken..];
    }
    out
}

/// A formula copied down.
pub(super) fn copied(formula: &str, by: u32) -> String {
    map(formula, &mut |_, row, fixed, _| if fixed { row } else { row + by })
}

/// Whether a colon and another reference follow.
fn range_goes_on(behind: &str) -> bool {
    let Some(next) = behind.strip_prefix(':') else { return false };
    let word = &next[..next.find(|c| !is_word(c)).unwrap_or(next.len())];
    split(word).is_some()
}

/// Bytes of a quoted text with its quotes.
fn quoted(text: &str, mark: char) -> usize {
    text[1..].find(mark).map_or(text.len(), |end| end + 2)
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '$' | '_' | '.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_grow_and_what_is_below_moves() {
        let shift = Shift { after: 10, by: 5 };
        let moved = |text: &str| {
            map(text, &mut |sheet, row, _, end| if sheet.is_none() { shift.row(row, end) } else { row })
        };
        for (formula, wanted) in [
            ("SUM(D5:D10)", "SUM(D5:D15)"),
            ("SUM($D$10:$D$10)", "SUM($D$10:$D$15)"),
            ("(D11-E11)/D11", "(D16-E16)/D16"),
            (
                "IF(D9=\"D11\",SUM('甲 表'!D11:D20),台账!D11)&D11",
                "IF(D9=\"D11\",SUM('甲 表'!D11:D20),台账!D11)&D16",
            ),
            ("LOG10(A1)+ROUND(B12,2)", "LOG10(A1)+ROUND(B17,2)"),
            ("COUNTA(A:A)+X_D11", "COUNTA(A:A)+X_D11"),
        ] {
            assert_eq!(moved(formula), wanted);
        }
        assert_eq!(shift.area("A5:C10 D11"), "A5:C15 D16");
    }

    #[test]
    fn letters_and_numbers_are_the_same_thing() {
        for column in [1, 26, 27, 702, 703, 16_384] {
            assert_eq!(parse(&format!("{}7", letters(column))), Some((column, 7)));
        }
        assert_eq!(parse("A0"), None);
        assert_eq!(parse("甲5"), None);
        assert_eq!(parse_area("$B$2:D4"), Some([(2, 2), (4, 4)]));
    }
}
