//! Text on a screen: how wide it is, how it is cut and wrapped, and what must not reach a terminal.
//!
//! For: every line that is laid out in columns. Not for: spreadsheets, which do this themselves.
//! Invariant: what comes out is one line of printable characters, or lines no wider than asked.

use std::borrow::Cow;
use std::fmt::Write as _;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Characters that may not stand at the start of a line (避头).
const NO_START: &str = "，。、；：！？）》】”’』」〉…,.;:!?)]}%％";

/// Columns that a text takes on a terminal: a Chinese character takes two.
pub fn width(text: &str) -> usize {
    let mut columns = 0;
    for c in text.chars() {
        match c {
            ' '..='~' | '“' | '”' | '→' => columns += 1,
            '\u{4E00}'..='\u{9FFF}' | '、' | '。' | '《' | '》' | '，' | '；' | '：' | '（' | '）' =>
            {
                columns += 2;
            }
            // Only what takes part in no sequence may be added up.
            _ => return text.width(),
        }
    }
    columns
}

/// The text as one printable line.
///
/// Line breaks and tabs become a space; other control characters and the marks that re-order or
/// hide text (bidirectional controls, zero-width no-break space) are spelled out as `⟨U+202E⟩`, so
/// that a name can neither move the cursor nor disguise itself.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_unsafe) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\r' => {}
            '\n' | '\t' | '\u{2028}' | '\u{2029}' => out.push(' '),
            c if is_unsafe(c) => {
                let _ = write!(out, "⟨U+{:04X}⟩", c as u32);
            }
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{061C}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}')
}

/// One printable line of at most `max` columns; what is cut off is marked by `…`.
pub(super) fn truncate(text: &str, max: usize) -> String {
    let text = visible(text);
    // A cell never takes less than a quarter of a column's bytes: long texts are cut before measuring.
    if text.len() <= max * 4 + 64 && width(&text) <= max {
        return text.into_owned();
    }
    let mut out = String::new();
    let mut used = 0;
    for c in text.chars() {
        let w = c.width().unwrap_or(0);
        if used + w > max.saturating_sub(1) {
            break;
        }
        out.push(c);
        used += w;
    }
    if max > 0 {
        out.push('…');
    }
    out
}

/// One printable line of at most `max` columns whose end is kept: cut in the middle.
pub(super) fn truncate_middle(text: &str, max: usize) -> String {
    let text = visible(text);
    if width(&text) <= max {
        return text.into_owned();
    }
    let mut tail = String::new();
    for c in text.chars().rev() {
        if width(&tail) + c.width().unwrap_or(0) > max / 2 {
            break;
        }
        tail.insert(0, c);
    }
    truncate(&text, max - width(&tail)) + &tail
}

/// Fills with spaces up to `columns`.
pub(super) fn pad(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(text))))
}

/// Fills with spaces on the left up to `columns`.
pub(super) fn pad_left(text: &str, columns: usize) -> String {
    format!("{}{text}", " ".repeat(columns.saturating_sub(width(text))))
}

/// Lines of at most `max` columns: between words in Latin text, anywhere in Chinese text but
/// before closing punctuation.
pub(super) fn wrap(text: &str, max: usize) -> Vec<String> {
    let max = max.max(8);
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    let mut used = 0;
    for piece in pieces(&visible(text)) {
        let w = width(&piece);
        if used + w > max && !line.is_empty() {
            let closing = piece.chars().all(|c| NO_START.contains(c));
            let carried = if closing { split_off_end(&mut line) } else { String::new() };
            lines.push(line.trim_end().to_owned());
            line = carried;
            used = width(&line);
        }
        if line.is_empty() && piece == " " {
            continue;
        }
        for c in piece.chars() {
            let w = c.width().unwrap_or(0);
            if used + w > max {
                lines.push(std::mem::take(&mut line));
                used = 0;
            }
            line.push(c);
            used += w;
        }
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line.trim_end().to_owned());
    }
    lines
}

/// Takes the last character off, with the closing punctuation after it, so that neither it nor what
/// follows opens a line. Nothing is taken from a line that would become empty.
fn split_off_end(line: &mut String) -> String {
    let at = line.char_indices().rev().find(|(_, c)| !NO_START.contains(*c)).map_or(0, |(at, _)| at);
    if at == 0 { String::new() } else { line.split_off(at) }
}

/// Where a line may break: runs of narrow characters hold together with the points in them
/// (`rejected.csv`, `10:30`), wide ones stand alone.
fn pieces(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut last_narrow = false;
    for c in text.chars() {
        let w = c.width().unwrap_or(0);
        let narrow = c != ' ' && w < 2;
        match out.last_mut() {
            Some(piece) if (narrow && last_narrow) || w == 0 => piece.push(c),
            _ => {
                out.push(c.to_string());
                // A closing mark after a wide character: what follows it may stand on the next line.
                last_narrow = narrow && !NO_START.contains(c);
            }
        }
        last_narrow &= narrow;
    }
    out
}

/// Lines of items that are never broken unless one alone is longer than a line: names of files.
/// `head` opens the first line, and further lines are indented.
pub(super) fn wrap_items(head: &str, items: &[String], max: usize) -> Vec<String> {
    const INDENT: &str = "  ";
    let mut lines: Vec<String> = vec![visible(head).into_owned()];
    for item in items {
        let item = visible(item);
        let last = lines.last_mut().expect("there is always a line");
        let gap = if last.is_empty() || last.ends_with(['：', ' ']) { 0 } else { 2 };
        if width(last) + gap + width(&item) <= max {
            last.push_str(&" ".repeat(gap));
            last.push_str(&item);
        } else {
            let parts = wrap(&item, max - INDENT.len());
            lines.extend(parts.iter().map(|part| format!("{INDENT}{part}")));
        }
    }
    let first = lines.remove(0);
    wrap(&first, max).into_iter().chain(lines).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn widths_that_are_added_up_are_those_of_the_library(text in "[ -~“”→一-鿿、。《》，；：（）\u{fe0f}é😀]{0,9}") {
            prop_assert_eq!(width(&text), text.width());
        }
    }

    #[test]
    fn controls_are_spelled_out_and_line_breaks_become_spaces() {
        assert_eq!(visible("a\r\nb"), "a b");
        assert_eq!(visible("\u{1b}[31m红\u{202e}x"), "⟨U+001B⟩[31m红⟨U+202E⟩x");
        assert!(matches!(visible("政务通"), Cow::Borrowed(_)));
    }

    #[test]
    fn closing_punctuation_never_opens_a_line() {
        for max in 8..30 {
            for line in wrap("甲市数据局，甲市人社局。“掌上通”；（试运行）、其他", max).iter().skip(1)
            {
                assert!(!NO_START.contains(line.chars().next().unwrap()), "{max}: {line}");
            }
        }
    }

    proptest! {
        #[test]
        fn nothing_is_wider_than_asked(text in "\\PC{0,60}", max in 8usize..60) {
            prop_assert!(width(&truncate(&text, max)) <= max);
            prop_assert!(width(&truncate_middle(&text, max)) <= max);
            for line in wrap(&text, max) {
                let widths: usize = line.chars().map(|c| c.width().unwrap_or(0)).sum();
                prop_assert!(widths <= max, "{line:?}");
            }
        }
    }
}
