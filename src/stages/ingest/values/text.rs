//! Texts and lists.
//!
//! For: what every cell goes through before it is read. Not for: folding, which is for comparing.
//! Invariant: only blanks, line breaks and invisible characters change; every visible character stays.

use std::borrow::Cow;

/// What separates the items of a list cell.
const SEPARATORS: [char; 8] = ['；', ';', '、', ',', '，', '/', '|', '\n'];

/// Trimmed, inner line breaks and tabs as one blank, control characters and invisible marks
/// dropped. A list keeps its line breaks, since they separate items.
pub(in super::super) fn clean(text: &str, is_list: bool) -> Cow<'_, str> {
    let text = text.trim();
    // First bytes that any such character may have; most cells have none of them.
    let suspect = |b: u8| b < b' ' || matches!(b, 0x7F | 0xC2 | 0xE2 | 0xEF);
    if !text.bytes().any(suspect) || !text.chars().any(|c| c.is_control() || is_invisible(c)) {
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
        fn cleaning_and_listing_are_idempotent(text in "[甲a \n\t\u{200b};；、/]{0,16}") {
            let once = clean(&text, false).into_owned();
            proptest::prop_assert_eq!(clean(&once, false).into_owned(), once.clone());
            let items = list(&text);
            proptest::prop_assert_eq!(list(&items), items);
        }
    }
}
