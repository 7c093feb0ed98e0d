//! How far a word reaches: sentences, clauses, items and brackets of a folded text.

use super::folded::{CLOSE, HARD, ITEM, OPEN, SOFT};

/// Bytes of folded text beyond which nothing governs anything: keeps long unpunctuated texts linear.
pub(super) const REACH: usize = 360;

/// The parting marks of a text.
pub(super) struct Scope<'a> {
    text: &'a str,
    marks: Vec<(usize, char)>,
}

impl<'a> Scope<'a> {
    pub(super) fn new(text: &'a str) -> Scope<'a> {
        let parts = |c: char| [HARD, SOFT, ITEM, OPEN, CLOSE].contains(&c);
        Scope { text, marks: text.char_indices().filter(|&(_, c)| parts(c)).collect() }
    }

    /// The sentence around a range.
    pub(super) fn sentence(&self, start: usize, end: usize) -> (usize, usize) {
        self.around(start, end, &[HARD])
    }

    /// The clause around a range, which it always covers: a pair of words may reach over a comma. A
    /// bracket is a clause of its own.
    pub(super) fn clause(&self, start: usize, end: usize) -> (usize, usize) {
        self.around(start, end, &[HARD, SOFT, OPEN, CLOSE])
    }

    /// The item of an enumeration around a range.
    pub(super) fn item(&self, start: usize, end: usize) -> (usize, usize) {
        self.around(start, end, &[HARD, SOFT, OPEN, CLOSE, ITEM])
    }

    fn around(&self, start: usize, end: usize, stops: &[char]) -> (usize, usize) {
        let middle = self.marks.partition_point(|&(at, _)| at < start);
        // A practice said in two words may have marks between them; these do not end what is around it.
        let behind = self.marks.partition_point(|&(at, _)| at < end).max(middle);
        let stop = |&&(at, c): &&(usize, char)| {
            stops.contains(&c) || start.saturating_sub(at) > REACH || at.saturating_sub(end) > REACH
        };
        let left = self.marks[..middle].iter().rev().find(stop).map_or(0, |&(at, c)| at + c.len_utf8());
        let right = self.marks[behind..].iter().find(stop).map_or(self.text.len(), |&(at, _)| at);
        (self.floor(left.max(start.saturating_sub(REACH))), self.floor(right.min(end + REACH)))
    }

    /// The stretches to the left that can govern what stands at `start`, nearest first: back to the
    /// comma or full stop, over brackets that closed before it, out of the bracket it stands in.
    pub(super) fn before(&self, start: usize) -> Vec<(usize, usize)> {
        let middle = self.marks.partition_point(|&(at, _)| at < start);
        let (mut stretches, mut to, mut depth) = (Vec::new(), start, 0_u32);
        for &(at, c) in self.marks[..middle].iter().rev() {
            if start - at > REACH {
                break;
            }
            match c {
                CLOSE => {
                    if depth == 0 {
                        stretches.push((at + c.len_utf8(), to));
                    }
                    depth += 1;
                }
                OPEN if depth > 0 => {
                    depth -= 1;
                    to = at;
                }
                SOFT if depth == 0 => {
                    stretches.push((at + c.len_utf8(), to));
                    return stretches;
                }
                HARD => {
                    if depth == 0 {
                        stretches.push((at + c.len_utf8(), to));
                    }
                    return stretches;
                }
                _ => {}
            }
        }
        if depth == 0 {
            stretches.push((self.floor(start.saturating_sub(REACH)).min(to), to));
        }
        stretches
    }

    /// Where the clause that `end` stands in ends, brackets included, and whether a comma ends it.
    pub(super) fn after(&self, end: usize) -> (usize, bool) {
        let middle = self.marks.partition_point(|&(at, _)| at < end);
        let mut depth = 0_u32;
        for &(at, c) in &self.marks[middle..] {
            if at - end > REACH {
                break;
            }
            match c {
                OPEN => depth += 1,
                CLOSE if depth == 0 => return (at, false),
                CLOSE => depth -= 1,
                SOFT if depth == 0 => return (at, true),
                HARD => return (at, false),
                _ => {}
            }
        }
        (self.floor((end + REACH).min(self.text.len())), false)
    }

    /// The nearest character boundary at or before `at`.
    fn floor(&self, at: usize) -> usize {
        let mut at = at.min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }
}

/// Whether a stretch consists of the given words (longest first) alone.
pub(super) fn consists_of(mut stretch: &str, words: &[String]) -> bool {
    while !stretch.is_empty() {
        match words.iter().find_map(|word| stretch.strip_prefix(word.as_str())) {
            Some(rest) => stretch = rest,
            None => return false,
        }
    }
    true
}

/// The first `n` characters of a text.
pub(super) fn first_chars(text: &str, n: usize) -> &str {
    text.char_indices().nth(n).map_or(text, |(at, _)| &text[..at])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stretches(text: &str, word: &str) -> Vec<String> {
        let at = text.find(word).expect("the word");
        Scope::new(text).before(at).iter().map(|&(a, b)| text[a..b].to_owned()).collect()
    }

    #[test]
    fn brackets_are_stepped_over_and_out_of() {
        assert_eq!(stretches("甲，不设强制功能（打卡", "打卡"), ["不设强制功能（"]);
        assert_eq!(stretches("不设（含考勤，签到）和打卡", "打卡"), ["和", "不设"]);
        assert_eq!(stretches("（甲，乙）打卡", "打卡"), ["", ""]);
    }

    #[test]
    fn a_clause_ends_at_its_comma_but_not_inside_a_bracket() {
        let text = "打卡（已停用，勿用）等，排名";
        let (end, comma) = Scope::new(text).after("打卡".len());
        assert_eq!((&text[..end], comma), ("打卡（已停用，勿用）等", true));
    }
}
