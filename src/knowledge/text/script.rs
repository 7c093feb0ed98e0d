//! Traditional → simplified script, skipped for text that has nothing traditional in it.
//!
//! For: folding. Not for: wording; word-wise variants (`Tw2s…`) change words, so they are not used.

use ferrous_opencc::OpenCC;
use std::borrow::Cow;
use std::sync::LazyLock;

/// OpenCC's own tables, characters and phrases.
static TABLES: LazyLock<OpenCC> = LazyLock::new(|| {
    OpenCC::from_config(ferrous_opencc::config::BuiltinConfig::T2s).expect("the table is compiled in")
});

/// Variants that the tables leave alone but official names are written with.
const VARIANTS: [(char, char); 4] = [('佈', '布'), ('祕', '秘'), ('汙', '污'), ('毘', '毗')];

/// First and last character of the block that holds nearly all Chinese text.
const FIRST: u32 = 0x4E00;
const LAST: u32 = 0x9FFF;

/// The simplified form of each character of the block, taken alone.
static SIMPLE: LazyLock<Vec<char>> = LazyLock::new(|| {
    let all: Vec<char> = (FIRST..=LAST).filter_map(char::from_u32).collect();
    // A blank after each character keeps the phrase table out of it.
    let spaced: String = all.iter().flat_map(|&c| [c, ' ']).collect();
    let simple: Vec<char> = simplified_fully(&spaced).chars().step_by(2).collect();
    if simple.len() == all.len() { simple } else { all }
});

/// One bit per character of the block: set where a conversion could change it. Small enough to stay near.
static TRADITIONAL: LazyLock<Vec<u64>> = LazyLock::new(|| {
    let mut bits = vec![0u64; ((LAST - FIRST) as usize).div_ceil(64) + 1];
    for (at, (before, &after)) in (FIRST..=LAST).filter_map(char::from_u32).zip(SIMPLE.iter()).enumerate() {
        if before != after {
            bits[at / 64] |= 1 << (at % 64);
        }
    }
    bits
});

fn variant(c: char) -> char {
    VARIANTS.iter().find(|v| v.0 == c).map_or(c, |v| v.1)
}

/// The simplified form of a Chinese character by itself, for readers that must keep every character in its
/// place; `None` outside the common block (U+4E00–U+9FFF).
pub fn simplified_char(c: char) -> Option<char> {
    (c as u32).checked_sub(FIRST).and_then(|at| SIMPLE.get(at as usize)).copied()
}

/// Whether a conversion could change this character. Rare blocks always say yes.
fn is_traditional(c: char) -> bool {
    match c as u32 {
        0..0x2E80 => false,
        code @ FIRST..=LAST => is_traditional_ideograph(code),
        _ => true,
    }
}

/// The same of a character of the common block (U+4E00–U+9FFF), by its number.
pub(super) fn is_traditional_ideograph(code: u32) -> bool {
    let at = (code - FIRST) as usize;
    TRADITIONAL[at / 64] >> (at % 64) & 1 == 1
}

/// Longest chain of the tables, generously.
const MOST_STEPS: usize = 3;

fn once(text: &str) -> String {
    let converted = TABLES.convert(text);
    if converted.contains(|c| VARIANTS.iter().any(|v| v.0 == c)) {
        return converted.chars().map(variant).collect();
    }
    converted
}

/// The text in simplified script; borrowed when nothing had to change.
pub(super) fn simplified(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_traditional) {
        return text.into();
    }
    let converted = once(text);
    // One step is enough for nearly every text.
    if !converted.chars().any(is_traditional) {
        return converted.into();
    }
    settled(converted).into()
}

fn simplified_fully(text: &str) -> String {
    settled(once(text))
}

fn settled(mut converted: String) -> String {
    // The tables lead in chains: 薴 to 苧, and 苧, written for itself, to 苎.
    for _ in 0..MOST_STEPS {
        let next = once(&converted);
        if next == converted {
            break;
        }
        converted = next;
    }
    converted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn traditional_text_and_variants_become_simplified() {
        assert_eq!(simplified("政務發佈"), "政务发布");
        assert_eq!(simplified("甘肅省農牧廳"), "甘肃省农牧厅");
        let one_by_one: String = "政務發佈".chars().filter_map(simplified_char).collect();
        assert_eq!(one_by_one, "政务发布");
        assert_eq!(simplified_char('ａ'), None);
        assert_eq!((simplified("薴").as_ref(), simplified_char('薴')), ("苎", Some('苎')), "in two steps");
        assert!(matches!(simplified("政务发布"), Cow::Borrowed(_)));
    }
}
