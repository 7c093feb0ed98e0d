//! Texts and lists.
//!
//! For: what every cell goes through before it is read. Not for: folding, which is for comparing.
//! Invariant: only blanks, line breaks and invisible characters change; every visible character stays.

use std::borrow::Cow;

/// What separates the items of a list cell.
const SEPARATORS: [char; 8] = ['；', ';', '、', ',', '，', '/', '|', '\n'];

/// What separates several values where a cell should hold one. Not the stroke and the full stop, which are
/// also in the middle of a date.
pub(super) const SEVERAL: [char; 7] = ['；', ';', '、', '，', ',', '|', '\n'];

/// Trimmed, inner line breaks and tabs as one blank, control characters and invisible marks
/// dropped. A list keeps its line breaks, since they separate items.
pub(in super::super) fn clean(text: &str, is_list: bool) -> Cow<'_, str> {
    let text = trim(text);
    if is_clean(text) {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' if is_list => out.push('\n'),
            '\n' | '\r' | '\t' | '\u{2028}' | '\u{b}' | '\u{c}' => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c if c.is_control() || is_invisible(c) => {}
            c => out.push(c),
        }
    }
    out.trim().to_owned().into()
}

/// Without blanks at both ends, which most texts do not have: their first and last characters are told by
/// single bytes.
pub(in super::super) fn trim(text: &str) -> &str {
    let bytes = text.as_bytes();
    // The first byte of a Chinese character; no blank has one.
    let chinese = |b: Option<&u8>| matches!(b, Some(0xE4..=0xE9));
    let plain = |b: Option<&u8>| matches!(b, Some(b'!'..=b'~'));
    let starts = plain(bytes.first()) || chinese(bytes.first());
    let ends = plain(bytes.last()) || bytes.len() >= 3 && chinese(bytes.get(bytes.len() - 3));
    if starts && ends { text } else { text.trim() }
}

/// Bytes compared at a time.
const PIECE: usize = 32;

/// Whether a text has none of the characters that [`clean`] changes. Asked of every line of every file, so
/// it looks at bytes, many at a time.
pub(in super::super) fn is_clean(text: &str) -> bool {
    let bytes = text.as_bytes();
    let changes = |at: usize| match (bytes[at], bytes.get(at + 1)) {
        // U+0080–U+009F, and the first byte of other Latin signs.
        (0xC2, Some(next)) => *next < 0xA0,
        // U+2000–U+207F: blanks and marks among quotes and dashes.
        (0xE2, Some(next)) => {
            matches!(next, 0x80 | 0x81) && text[at..].chars().next().is_some_and(is_changed)
        }
        // U+FEFF, among the full-width forms.
        (0xEF, Some(0xBB)) => text[at..].chars().next().is_some_and(is_changed),
        (0xEF, _) => false,
        _ => true,
    };
    // No early end within a piece, so that its bytes are compared all at once.
    let suspect = |b: u8| b < 0x20 || matches!(b, 0x7F | 0xC2 | 0xE2 | 0xEF);
    let may_change = |piece: &[u8]| piece.iter().fold(0, |all, &b| all | u8::from(suspect(b))) != 0;
    let any = |from: usize, to: usize| (from..to).any(|at| suspect(bytes[at]) && changes(at));
    let (pieces, rest) = bytes.as_chunks::<PIECE>();
    let in_pieces =
        pieces.iter().enumerate().any(|(i, piece)| may_change(piece) && any(i * PIECE, (i + 1) * PIECE));
    !in_pieces && !any(bytes.len() - rest.len(), bytes.len())
}

fn is_changed(c: char) -> bool {
    c.is_control() || is_invisible(c) || c == '\u{2028}'
}

/// Byte-order marks, zero-width blanks and writing-direction marks: they come with copied text and
/// make equal names unequal.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{feff}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}')
}

/// The items of a list, trimmed and joined by "；".
pub(super) fn list(text: &str) -> String {
    let items: Vec<&str> = text.split(SEPARATORS).map(str::trim).filter(|item| !item.is_empty()).collect();
    items.join("；")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_breaks_become_blanks_and_marks_vanish() {
        assert_eq!(clean(" 甲市\r\n教育局 ", false), "甲市 教育局");
        assert_eq!(clean("\u{feff}智慧\u{200b}校园\u{0}", false), "智慧校园");
        assert_eq!(clean("甲\n乙", true), "甲\n乙");
        assert!(matches!(clean("甲市教育局", false), Cow::Borrowed(_)));
    }

    #[test]
    fn lists_split_on_every_separator_people_use() {
        assert_eq!(
            list("学习、考试；签到,定位，上报/查询|统计\n通知"),
            "学习；考试；签到；定位；上报；查询；统计；通知"
        );
        assert_eq!(list("；、"), "");
    }

    proptest::proptest! {
        #[test]
        fn the_quick_look_agrees_with_the_long_one(text in "[甲a，“”\u{0}-\u{a0}\u{2000}-\u{2070}\u{feff}\u{ff01}\u{fec0}-\u{fefe}]{0,6}") {
            proptest::prop_assert_eq!(is_clean(&text), !text.chars().any(is_changed), "{:?}", text);
        }

        #[test]
        fn cleaning_and_listing_are_idempotent(text in "[甲a \n\t\u{200b};；、/]{0,16}") {
            let once = clean(&text, false).into_owned();
            proptest::prop_assert_eq!(clean(&once, false).into_owned(), once.clone());
            let items = list(&text);
            proptest::prop_assert_eq!(list(&items), items);
        }
    }
}
