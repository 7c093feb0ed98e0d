//! Characters that sound alike.
//!
//! For: the usual typing error of Chinese, another character of the same syllable. Not for: reading names
//! aloud. Invariant: symmetric, and true of a character and itself.

use pinyin::ToPinyin;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Whether two characters usually have the same syllable, tones aside. Syllables that many people do not tell
/// apart (zh and z, ch and c, sh and s; -ng and -n) count as one, as input methods let them. Rare readings do not
/// count: with them, any two characters would soon sound alike.
pub fn sound_alike(a: char, b: char) -> bool {
    a == b
        || match (numbered(a), numbered(b)) {
            (Some(of_a), Some(of_b)) => of_a == of_b && of_a != NONE,
            _ => syllable(a).is_some_and(|of_a| syllable(b) == Some(of_a)),
        }
}

/// The block that holds nearly all Chinese text.
const BLOCK: std::ops::RangeInclusive<u32> = 0x4E00..=0x9FFF;

/// Of a character without a reading.
const NONE: u16 = 0;

/// The syllable of every character of the block, numbered.
static SYLLABLES: LazyLock<Vec<u16>> = LazyLock::new(|| {
    let mut numbers: BTreeMap<(char, &str), u16> = BTreeMap::new();
    let mut number = |code| {
        let syllable = char::from_u32(code).and_then(syllable)?;
        let next = numbers.len() as u16 + 1;
        Some(*numbers.entry(syllable).or_insert(next))
    };
    BLOCK.map(|code| number(code).unwrap_or(NONE)).collect()
});

/// The number of a character's syllable; `None` outside the block.
fn numbered(c: char) -> Option<u16> {
    let at = (c as u32).checked_sub(*BLOCK.start())?;
    SYLLABLES.get(at as usize).copied()
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
