//! Characters that sound alike.
//!
//! For: the usual typing error of Chinese, another character of the same syllable. Not for: reading names
//! aloud. Invariant: symmetric, and true of a character and itself.

use pinyin::ToPinyin;

/// Whether two characters usually have the same syllable, tones aside. Syllables that many people do not tell
/// apart (zh and z, ch and c, sh and s; -ng and -n) count as one, as input methods let them. Rare readings do not
/// count: with them, any two characters would soon sound alike.
pub fn sound_alike(a: char, b: char) -> bool {
    a == b || syllable(a).is_some_and(|of_a| syllable(b) == Some(of_a))
}

/// Initial and rest of the usual reading.
fn syllable(c: char) -> Option<(char, &'static str)> {
    let plain = c.to_pinyin()?.plain();
    let mut rest = plain.chars();
    let initial = rest.next()?;
    let rest = rest.as_str();
    let rest = if matches!(initial, 'z' | 'c' | 's') { rest.strip_prefix('h').unwrap_or(rest) } else { rest };
    Some((initial, rest.strip_suffix('g').unwrap_or(rest)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_syllable_is_one_sound() {
        for (a, b) in [('单', '担'), ('位', '未'), ('主', '组'), ('应', '因'), ('行', '形'), ('A', 'A')]
        {
            assert!(sound_alike(a, b) && sound_alike(b, a), "{a} {b}");
        }
        for (a, b) in [('上', '下'), ('主', '协'), ('省', '市'), ('市', '台'), ('A', 'B'), ('，', '。')]
        {
            assert!(!sound_alike(a, b), "{a} {b}");
        }
    }
}
