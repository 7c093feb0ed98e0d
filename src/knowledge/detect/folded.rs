//! A text folded for reading, with the way back to the text as written.
//!
//! Like `text::fold` it drops blanks and stray punctuation ("打-卡", "簽 到") and simplifies the script,
//! but it keeps the marks that part clauses, and knows for each character where it came from. The script is
//! simplified character by character, since phrase tables may change lengths and offsets must hold.

use crate::knowledge::text::simplified_char;
use unicode_normalization::UnicodeNormalization;

/// Ends a sentence: nothing said before it governs what follows.
pub(super) const HARD: char = '。';
/// Parts clauses of a sentence.
pub(super) const SOFT: char = '，';
/// Parts the items of an enumeration.
pub(super) const ITEM: char = '、';
/// Opens a remark in brackets.
pub(super) const OPEN: char = '（';
/// Closes it.
pub(super) const CLOSE: char = '）';
/// Leads to what follows; does not part clauses.
pub(super) const COLON: char = '：';

const NUMERALS: &str = "一二三四五六七八九十";

/// One character of the folded text.
struct Mark {
    /// Where it starts in the folded text.
    at: u32,
    /// The bytes of the original it came from.
    start: u32,
    end: u32,
}

/// The folded text.
pub(super) struct Folded {
    /// Folded characters and the marks above.
    pub(super) text: String,
    marks: Vec<Mark>,
}

impl Folded {
    /// Folds a text. Texts beyond 4 GB are cut there.
    pub(super) fn new(text: &str) -> Folded {
        let mut folded =
            Folded { text: String::with_capacity(text.len()), marks: Vec::with_capacity(text.len() / 3 + 1) };
        let mut before = None;
        let mut at = 0;
        while let Some(c) = text[at..].chars().next() {
            let Ok(start) = u32::try_from(at) else { break };
            // Nearly all characters; none of them parts anything or begins a number of a list.
            if let Some(simple) = simplified_char(c).filter(|_| !NUMERALS.contains(c)) {
                folded.push(simple, start, start + c.len_utf8() as u32);
                before = Some(c);
                at += c.len_utf8();
                continue;
            }
            let rest = &text[at..];
            let length = list_number(rest, before).unwrap_or(c.len_utf8());
            let end = start.saturating_add(length as u32);
            if length > c.len_utf8() || is_list_sign(c) {
                folded.push(HARD, start, end);
            } else if let Some(mark) = mark(c, &rest[length..]) {
                folded.push(mark, start, end);
            } else {
                folded.push_folded(c, start, end);
            }
            before = Some(c);
            at += length;
        }
        folded
    }

    fn push_folded(&mut self, c: char, start: u32, end: u32) {
        if c.is_ascii() {
            if c.is_ascii_alphanumeric() {
                self.push(c.to_ascii_lowercase(), start, end);
            }
        } else if let Some(simple) = simplified_char(c) {
            self.push(simple, start, end);
        } else {
            for part in c.nfkc().flat_map(char::to_lowercase).filter(|p| p.is_alphanumeric()) {
                self.push(part, start, end);
            }
        }
    }

    fn push(&mut self, c: char, start: u32, end: u32) {
        self.marks.push(Mark { at: self.text.len() as u32, start, end });
        self.text.push(c);
    }

    /// The original bytes that a non-empty range of the folded text came from.
    pub(super) fn original(&self, start: usize, end: usize) -> (usize, usize) {
        let first = self.marks.partition_point(|m| (m.at as usize) < start);
        let last = self.marks.partition_point(|m| (m.at as usize) < end).saturating_sub(1);
        let from = self.marks.get(first).map_or(0, |m| m.start);
        let to = self.marks.get(last).map_or(0, |m| m.end);
        (from as usize, to.max(from) as usize)
    }
}

/// The parting mark that a character stands for, given what follows it.
fn mark(c: char, rest: &str) -> Option<char> {
    match c {
        '。' | '；' | ';' | '！' | '!' | '？' | '?' | '\n' | '\r' => Some(HARD),
        // "2.0", "V1.2" and "打.卡" are no ends of sentences.
        '.' | '．' => rest.chars().next().is_none_or(char::is_whitespace).then_some(HARD),
        '，' | ',' => Some(SOFT),
        '、' | '/' | '／' | '|' | '｜' | '+' | '＋' | '&' => Some(ITEM),
        '（' | '(' | '【' | '[' | '〔' => Some(OPEN),
        '）' | ')' | '】' | ']' | '〕' => Some(CLOSE),
        '：' | ':' => Some(COLON),
        _ => None,
    }
}

/// ① ⑴ ⒈ and their like begin a new item.
fn is_list_sign(c: char) -> bool {
    ('\u{2460}'..='\u{249B}').contains(&c) || ('\u{3220}'..='\u{3229}').contains(&c)
}

/// The length of "1." "2、" "3)" or "（四）" at the start of `rest`, where a new item begins.
fn list_number(rest: &str, before: Option<char>) -> Option<usize> {
    let numeral = |c: char| c.is_ascii_digit() || NUMERALS.contains(c);
    let (body, bracketed) = match rest.strip_prefix(['（', '(']) {
        Some(inner) => (inner, true),
        None => (rest, false),
    };
    let digits: usize = body.chars().take(3).take_while(|&c| numeral(c)).map(char::len_utf8).sum();
    if digits == 0 || (!bracketed && before.is_some_and(char::is_alphanumeric)) {
        return None;
    }
    let mut after = body[digits..].chars();
    let close = after.next()?;
    let closes = if bracketed { "）)" } else { ".．、)）" };
    if !closes.contains(close) || (close == '.' && after.next().is_some_and(|c| c.is_ascii_digit())) {
        return None;
    }
    Some(rest.len() - body.len() + digits + close.len_utf8())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn evasions_fold_away_and_lead_back() {
        for text in ["要簽 到的", "要签-到的", "要签·到的", "要“签到”的"] {
            let folded = Folded::new(text);
            let at = folded.text.find("签到").expect("folded");
            let (start, end) = folded.original(at, at + "签到".len());
            let words = &text[start..end];
            assert!(words.ends_with('到') && words.starts_with(['签', '簽']), "{text}: {words}");
        }
    }

    #[test]
    fn parting_marks_stay_and_list_numbers_part() {
        let folded = |text| Folded::new(text).text;
        assert_eq!(folded("不打卡，有积分；无。"), "不打卡，有积分。无。");
        assert_eq!(folded("1.打卡 2.积分"), "。打卡。积分");
        assert_eq!(folded("（一）打卡 ②积分"), "。打卡。积分");
        assert_eq!(folded("V2.0，共100、200"), "v20，共100、200");
        assert_eq!(folded("达到12、打卡"), "达到12、打卡");
    }
}
