//! Whether a word looks like a Chinese personal name.
//!
//! For: masking lists that hold names and descriptions of people side by side. Not for: finding names in
//! prose. Invariant: a masked name ("张某某") still looks like a name.

use std::collections::HashSet;
use std::sync::LazyLock;

/// Surnames, single and compound (复姓); endings of units, offices and groups of people; whole words that
/// only look like names. Surnames that far more often begin other words (全, 党, 区) are left out, and so
/// are endings that given names often have (民, 生, 兵, 会): a name shown is worse than a word masked.
const DATA: &str = include_str!("../../data/surnames.csv");

struct Words {
    surnames: HashSet<&'static str>,
    endings: Vec<&'static str>,
    others: HashSet<&'static str>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let of = |role: &'static str| {
        let lines = DATA.lines().filter_map(|line| line.split_once(','));
        lines.filter(move |(r, _)| *r == role).map(|(_, word)| word)
    };
    Words { surnames: of("surname").collect(), endings: of("ending").collect(), others: of("word").collect() }
});

/// Two to four characters, a surname in front, a given name of one or two behind it, and no ending of a
/// unit or group. A point inside is found in names only (买买提·某某).
pub(super) fn is_name(word: &str) -> bool {
    let count = word.chars().count();
    if word.contains(|c: char| c.is_ascii()) {
        return false;
    }
    if word.trim_matches('·').contains('·') {
        return true;
    }
    if !(2..=4).contains(&count) || WORDS.others.contains(word) {
        return false;
    }
    let given = [2, 1].into_iter().find_map(|length| {
        let at = word.char_indices().nth(length)?.0;
        WORDS.surnames.contains(&word[..at]).then_some(count - length)
    });
    // "张会", "江村": of two characters, one is not enough of an ending.
    let ending = |end: &&str| word.ends_with(*end) && (count > 2 || end.chars().count() > 1);
    given.is_some_and(|given| (1..=2).contains(&given)) && !WORDS.endings.iter().any(ending)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_unique_and_long_enough() {
        let lines: Vec<&str> = DATA.lines().skip(1).collect();
        assert!(lines.is_sorted_by(|a, b| a < b), "sorted and unique");
        assert!(WORDS.surnames.len() >= 300 && WORDS.surnames.iter().any(|s| s.chars().count() == 2));
        assert_eq!(
            WORDS.surnames.len() + WORDS.endings.len() + WORDS.others.len(),
            lines.len(),
            "a role that nobody reads"
        );
        assert!(WORDS.surnames.iter().all(|s| (1..=2).contains(&s.chars().count())));
    }

    #[test]
    fn names_are_told_from_words_about_people() {
        for name in ["张三", "欧阳某某", "诸葛某", "李某某", "王五丰", "李某民", "张会", "某某提·某某"]
        {
            assert!(is_name(name), "{name}");
        }
        for word in [
            "张",
            "高校教师",
            "各县区",
            "马场村",
            "江南片区",
            "张三李四王",
            "注册志愿者",
            "支部书记",
            "文旅",
            "常务",
        ] {
            assert!(!is_name(word), "{word}");
        }
    }
}
