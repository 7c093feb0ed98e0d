//! Folding: one canonical spelling for every way of typing a text.

use super::script::{is_traditional_ideograph, simplified};
use unicode_normalization::UnicodeNormalization;

/// The folded form: NFKC, lower case, simplified script, letters and digits only; letters of other alphabets that
/// are drawn like Latin ones become those.
///
/// Blanks, punctuation, emoji and invisible characters are dropped, so that "打-卡" and "打 卡"
/// are "打卡". Folding a folded text changes nothing.
pub fn fold(text: &str) -> String {
    folded(text, |_, _| None)
}

/// Like [`fold`], but word boundaries survive: a point between two digits stays a point, brackets
/// become `(` and `)`, and every other run of dropped characters becomes one blank.
///
/// For reading versions ("2.0") and bracketed remarks ("(试运行)") out of a name. Folding the
/// result gives the same as folding the text.
pub fn fold_spaced(text: &str) -> String {
    let spaced = folded(text, |c, before| match c {
        '(' | '[' | '{' | '【' | '〔' | '〖' | '〈' | '《' | '「' | '『' => Some('('),
        ')' | ']' | '}' | '】' | '〕' | '〗' | '〉' | '》' | '」' | '』' => Some(')'),
        '.' | '·' if before.is_some_and(|b| b.is_ascii_digit()) => Some('.'),
        _ => (before.is_some() && before != Some(' ')).then_some(' '),
    });
    spaced.trim_end().to_owned()
}

/// What stands in for a dropped character, given the character kept before it.
type Gap = fn(char, Option<char>) -> Option<char>;

fn folded(text: &str, gap: Gap) -> String {
    if let Some(out) = quick(text, gap) {
        return out;
    }
    let mut out = match plain(text, gap) {
        Some(out) => simplified(&out).into_owned(),
        None => general(text, gap),
    };
    // Dropping or converting a character can bring two together that normalise further. Each round
    // shortens the text or settles it; real text settles in the first.
    for _ in 0..4 {
        if out.is_ascii() || out.chars().all(is_settled) {
            break;
        }
        let again = general(&out, gap);
        if again == out {
            break;
        }
        out = again;
    }
    out
}

/// Characters that no step of folding changes, whatever stands beside them. The script table has
/// had its turn by then.
fn is_settled(c: char) -> bool {
    c.is_ascii() || matches!(c, '\u{4E00}'..='\u{9FFF}')
}

/// The fastest path: ASCII, simplified characters and common punctuation, in one pass that copies what is kept piece by
/// piece. `None` when the text has anything else.
fn quick(text: &str, gap: Gap) -> Option<String> {
    let bytes = text.as_bytes();
    let mut out = String::with_capacity(text.len());
    // What is kept as it is, from here on.
    let (mut from, mut at) = (0, 0);
    while let Some(&byte) = bytes.get(at) {
        let (length, c) = match byte {
            b'a'..=b'z' | b'0'..=b'9' => {
                at += 1;
                continue;
            }
            0..=0x7F => (1, char::from(byte).to_ascii_lowercase()),
            // The lead bytes of U+3000 to U+9FFF, three bytes each.
            0xE3..=0xE9 => {
                let low = |next: usize| u32::from(bytes[at + next] & 0x3F);
                let code = u32::from(byte & 0x0F) << 12 | low(1) << 6 | low(2);
                match code {
                    0x4E00..=0x9FFF if !is_traditional_ideograph(code) => {
                        at += 3;
                        continue;
                    }
                    0x3000..=0x3004 | 0x3008..=0x3020 => (3, char::from_u32(code)?),
                    _ => return None,
                }
            }
            _ => {
                let c = text[at..].chars().next()?;
                match c {
                    '\u{FF01}'..='\u{FF5E}' => (3, char::from_u32(c as u32 - 0xFEE0)?.to_ascii_lowercase()),
                    '\u{2010}'..='\u{203A}' | '\u{00B7}' => (c.len_utf8(), c),
                    _ => return None,
                }
            }
        };
        out.push_str(&text[from..at]);
        push(&mut out, c, gap);
        at += length;
        from = at;
    }
    out.push_str(&text[from..]);
    Some(out)
}

/// The fast path: ASCII, ordinary Chinese characters, full-width forms and common punctuation,
/// none of which combine with their neighbours. `None` when the text has anything else.
fn plain(text: &str, gap: Gap) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let c = match c {
            '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0)?,
            // ASCII, ideographs, and punctuation that is dropped and never combines.
            '\0'..='\x7F'
            | '\u{4E00}'..='\u{9FFF}'
            | '\u{3000}'..='\u{3004}'
            | '\u{3008}'..='\u{3020}'
            | '\u{2010}'..='\u{203A}'
            | '\u{00B7}' => c,
            _ => return None,
        };
        push(&mut out, c.to_ascii_lowercase(), gap);
    }
    Some(out)
}

/// The general path, for any text.
fn general(text: &str, gap: Gap) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.nfkc().flat_map(char::to_lowercase).map(latin) {
        // 二○二六年: a circle for the ideograph 〇.
        let is_zero =
            matches!(c, '○' | '◯') && out.chars().rev().find(|c| c.is_alphanumeric()).is_some_and(is_digit);
        push(&mut out, if is_zero { '〇' } else { c }, gap);
    }
    simplified(&out).into_owned()
}

fn is_digit(c: char) -> bool {
    "〇零一二三四五六七八九".contains(c)
}

/// The Latin letter that a lower-case Cyrillic or Greek one is drawn like: АРР typed with another keyboard is APP.
fn latin(c: char) -> char {
    const DRAWN: [(&str, &str); 2] = [("авекмнорстухіј", "abekmhopctyxij"), ("αβεικνορτυχ", "abeikvoptux")];
    if !matches!(c, '\u{370}'..='\u{4FF}') {
        return c;
    }
    let found = DRAWN.iter().find_map(|(from, to)| Some((from.chars().position(|f| f == c)?, to)));
    found.and_then(|(at, to)| to.chars().nth(at)).unwrap_or(c)
}

fn push(out: &mut String, c: char, gap: Gap) {
    // The table of letters is searched for every character that is not ASCII; ideographs need no search.
    if matches!(c, '\u{4E00}'..='\u{9FFF}') || c.is_alphanumeric() {
        out.push(c);
    } else if !is_invisible(c)
        && let Some(gap) = gap(c, out.chars().next_back())
    {
        out.push(gap);
    }
}

/// Zero-width characters, variation selectors and the like: not even a gap.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn spellings_of_one_name_fold_together() {
        for text in [
            "智慧校園ＡＰＰ",
            "智慧 校园-app",
            "「智慧校园」App✨",
            "智\u{200b}慧校园APP",
            "智慧校\u{fe0f}园App",
        ] {
            assert_eq!(fold(text), "智慧校园app", "{text}");
        }
    }

    #[test]
    fn letters_and_circles_that_only_look_right_are_what_they_look_like() {
        assert_eq!(fold("学习АРР"), "学习app", "Cyrillic");
        assert_eq!(fold("Αpp"), "app", "Greek");
        assert_eq!(fold("二○二六年"), "二〇二六年");
        assert_eq!(fold("○试点"), "试点", "a bullet");
        assert_eq!(fold("打-卡 簽 到"), "打卡签到");
        assert_eq!(fold("政務發佈"), "政务发布");
    }

    #[test]
    fn spaced_folding_keeps_versions_and_brackets() {
        assert_eq!(fold_spaced("智慧党建２.0【试运行】"), "智慧党建2.0(试运行)");
        assert_eq!(fold_spaced("甲市-教育 发布 "), "甲市 教育 发布");
    }

    /// Text as inventories have it: Chinese of both scripts, Latin, width variants, marks, emoji.
    fn texts() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            "[一-龥]{1,6}",
            "[政務發佈乾坤著作裏後臺灣衞髮]{1,4}",
            "[ -~]{0,6}",
            "[Ａ-ｚ０-９．（）【】]{0,4}",
            "[二○◯〇аеорАРαΑё\u{308}]{0,4}",
            "\\PC{0,4}",
            "[\u{200b}\u{fe0f}\u{301}\u{3099}\u{ac00}-\u{ac01}\u{1100}\u{1161}\u{ff9e}]{0,3}",
        ];
        proptest::collection::vec(piece, 0..6).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn folding_twice_is_folding_once(text in texts()) {
            let once = fold(&text);
            prop_assert_eq!(&fold(&once), &once);
        }

        #[test]
        fn a_folded_text_has_letters_and_digits_only(text in texts()) {
            prop_assert!(fold(&text).chars().all(char::is_alphanumeric));
        }

        #[test]
        fn case_width_and_blanks_never_matter(text in "[a-zA-Z0-9一-龥]{0,12}") {
            let wide: String = text.chars().map(|c| match c {
                '!'..='~' => char::from_u32(c as u32 + 0xFEE0).unwrap(),
                c => c,
            }).flat_map(|c| [c, ' ']).collect();
            prop_assert_eq!(fold(&wide), fold(&text.to_uppercase()));
        }

        #[test]
        fn spaced_folding_only_adds_gaps(text in texts()) {
            prop_assert_eq!(fold(&fold_spaced(&text)), fold(&text));
        }

        #[test]
        fn both_paths_agree(text in "[a-zA-Z0-9一-龥政務發佈（）・—，。 .-]{0,16}") {
            prop_assert_eq!(fold(&text), general(&text, |_, _| None));
        }
    }
}
