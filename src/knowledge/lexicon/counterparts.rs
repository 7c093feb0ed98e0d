//! Words that tell counterparts apart: 东区 is not 西区, however alike the rest of two names is.
//!
//! For: a veto before any likeness is weighed. Not for: serial numbers in digits, places or units, which are parsed.

use hashbrown::HashMap;
use std::sync::LazyLock;

const GROUPS: &str = include_str!("../../data/lexicon/counterparts.txt");

/// The groups in which a word stands, by their lines.
static WORDS: LazyLock<HashMap<&str, Vec<usize>>> = LazyLock::new(|| {
    let mut words: HashMap<&str, Vec<usize>> = HashMap::new();
    for (group, line) in GROUPS.lines().filter(|line| !line.starts_with('#')).enumerate() {
        for word in line.split(' ') {
            words.entry(word).or_default().push(group);
        }
    }
    words
});

/// Whether two names, folded, differ in words of counterparts alone: 河东网格群 and 河西网格群. Equal names, and names
/// that differ in anything else as well, are not told apart by this.
pub fn are_counterparts(a: &str, b: &str) -> bool {
    let front = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).map(|(x, _)| x.len_utf8()).sum();
    let (a, b) = (&a[front..], &b[front..]);
    let back = a.chars().rev().zip(b.chars().rev()).take_while(|(x, y)| x == y).map(|(x, _)| x.len_utf8());
    let back: usize = back.sum();
    let (a, b) = (&a[..a.len() - back], &b[..b.len() - back]);
    are_opposed(a, b) || a.len() == b.len() && is_every_place_opposed(a, b)
}

/// Whether two texts of equal length differ, and wherever they do, in words of counterparts: 东城一中, 西城二中.
fn is_every_place_opposed(a: &str, b: &str) -> bool {
    let (mut left, mut right) = ([0; 4], [0; 4]);
    let mut places = a.chars().zip(b.chars()).filter(|(x, y)| x != y).peekable();
    places.peek().is_some()
        && a.chars().count() == b.chars().count()
        && places.all(|(x, y)| are_opposed(x.encode_utf8(&mut left), y.encode_utf8(&mut right)))
}

/// Whether two words stand in one group.
fn are_opposed(a: &str, b: &str) -> bool {
    let groups = |word: &str| WORDS.get(word).map_or(&[][..], Vec::as_slice);
    a != b && groups(a).iter().any(|group| groups(b).contains(group))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_that_differ_in_a_counterpart_are_two() {
        for (a, b) in [
            ("河东社区网格群", "河西社区网格群"),
            ("前山片区巡林群", "后山片区巡林群"),
            ("示例县小学招生", "示例县中学招生"),
            ("县人民医院内科群", "县中医医院内科群"),
            ("一中高一班家长群", "二中高一班家长群"),
            ("东街第一敬老院", "西街第二敬老院"),
        ] {
            assert!(are_counterparts(a, b), "{a}, {b}");
        }
    }

    #[test]
    fn slips_additions_and_other_words_say_nothing() {
        for (a, b) in [
            ("河东社区网格群", "河东社区网格群"),
            ("河东社区网格群", "河东社区网格员群"),
            ("智慧校园", "智慧校圆"),
            ("东街网格群", "西街防汛群"),
            ("上报", "报上"),
            ("", "东"),
        ] {
            assert!(!are_counterparts(a, b), "{a}, {b}");
        }
    }

    #[test]
    fn no_word_stands_twice_in_a_group() {
        for line in GROUPS.lines().filter(|line| !line.starts_with('#')) {
            let words: std::collections::BTreeSet<_> = line.split(' ').collect();
            assert!(words.len() > 1 && words.len() == line.split(' ').count(), "{line}");
        }
    }

    proptest! {
        #[test]
        fn it_does_not_matter_which_is_first(a in "[东西河村上下群a]{0,6}", b in "[东西河村上下群a]{0,6}") {
            prop_assert_eq!(are_counterparts(&a, &b), are_counterparts(&b, &a));
            prop_assert!(!are_counterparts(&a, &a));
        }
    }
}
