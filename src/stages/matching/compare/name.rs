//! Names: what is left once region, unit and generic words are cut.
//!
//! Levels after Winkler's ordered comparison: equal, one slip of the keyboard apart, equal but for
//! what adorns them (掌上清廉, 微清廉), one inside the other or half alike, different. An empty stem (a unit's main account) is *missing*, except that
//! two whole names that fold alike are always equal.

use super::Comparator;
use crate::knowledge::lexicon::FILLERS;
use crate::knowledge::text::{Slip, one_slip};
use crate::model::AssetIx;
use crate::stages::matching::features::Features;
use rapidfuzz::distance::osa;

pub(super) const COMPARATOR: Comparator = Comparator {
    name: "name",
    levels: &["exact", "close", "adorned", "part", "missing", "different"],
    compare,
    value,
};

pub(in crate::stages::matching) const EXACT: u8 = 0;
pub(in crate::stages::matching) const CLOSE: u8 = 1;
pub(in crate::stages::matching) const ADORNED: u8 = 2;
pub(in crate::stages::matching) const PART: u8 = 3;
pub(in crate::stages::matching) const MISSING: u8 = 4;
pub(in crate::stages::matching) const DIFFERENT: u8 = 5;

/// Slips allowed by length: none in two or three characters, where each one changes the meaning
/// (民政, 民生), one from four on, two from nine on.
fn slips_allowed(length: usize) -> usize {
    match length {
        0..=3 => 0,
        4..=8 => 1,
        _ => 2,
    }
}

pub(in crate::stages::matching) fn compare(features: &Features<'_>, a: AssetIx, b: AssetIx) -> u8 {
    let (left, right) = (features.meaning(a), features.meaning(b));
    if left.folded == right.folded && !left.folded.is_empty() {
        return EXACT;
    }
    if left.stem.is_empty() || right.stem.is_empty() {
        return MISSING;
    }
    if left.stem == right.stem {
        return EXACT;
    }
    let (left, right) = (features.stem(a), features.stem(b));
    let (shorter, longer) = if left.len() <= right.len() { (left, right) } else { (right, left) };
    if are_numbered_apart(shorter, longer) {
        return DIFFERENT;
    }
    if is_close(shorter, longer) {
        CLOSE
    } else if is_one_bare(features.bare_stem(a), features.bare_stem(b)) || is_owned(features, a, b) {
        ADORNED
    } else if is_part_of_either(features.core(a), features.core(b)) {
        PART
    } else {
        DIFFERENT
    }
}

/// Whether both have numbers in digits and other ones: 系统00001 beside 系统00002. A digit is never a slip of another.
fn are_numbered_apart(a: &[char], b: &[char]) -> bool {
    let digits = |text: &[char]| text.iter().copied().filter(char::is_ascii_digit).collect::<Vec<char>>();
    let has_digits = |text: &[char]| text.iter().any(char::is_ascii_digit);
    has_digits(a) && has_digits(b) && digits(a) != digits(b)
}

/// Whether two texts are equal but for slips of the keyboard, as many as their length allows.
pub(in crate::stages::matching) fn is_close(a: &[char], b: &[char]) -> bool {
    let (shorter, longer) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    slips(shorter, longer, slips_allowed(shorter.len())).is_some() && !is_another_word(shorter, longer)
}

/// Whether two stems are one without what adorns them and but for a filler at the end of one.
fn is_one_bare(a: &[char], b: &[char]) -> bool {
    let (shorter, longer) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let is_filler = |end: &[char]| FILLERS.iter().any(|filler| filler.chars().eq(end.iter().copied()));
    shorter == longer || shorter.len() >= 2 && longer.strip_prefix(shorter).is_some_and(is_filler)
}

/// Whether two stems of one owner are one but for a word for the owner in front: 司法人民调解 beside 人民调解.
fn is_owned(features: &Features<'_>, a: AssetIx, b: AssetIx) -> bool {
    let (left, right) = (features.bare_stem(a), features.bare_stem(b));
    let (shorter, longer) = if left.len() <= right.len() { (left, right) } else { (right, left) };
    features.meaning(a).unit == features.meaning(b).unit
        && shorter.len() >= 2
        && longer.strip_suffix(shorter).is_some_and(|front| features.is_owner(a, front))
}

/// Whether the shorter of two is part of the longer.
fn is_part_of_either(a: &[char], b: &[char]) -> bool {
    if a.len() <= b.len() { is_part(a, b) } else { is_part(b, a) }
}

/// Whether one character of a short name was not mistyped but is another word's: 长征医院 is not 长海医院.
fn is_another_word(a: &[char], b: &[char]) -> bool {
    /// From this length on, one wrong character is taken for a slip whatever it is.
    const LONG: usize = 6;
    a.len() < LONG && one_slip(a, b) == Some(Slip::Other)
}

/// Slips of the keyboard (insertion, deletion, substitution, transposition) between two texts, when
/// there are at most `most`.
pub(in crate::stages::matching) fn slips(a: &[char], b: &[char], most: usize) -> Option<usize> {
    osa::distance_with_args(a.iter().copied(), b.iter().copied(), &osa::Args::default().score_cutoff(most))
}

/// The shorter, of two characters or more, stands inside the longer, or at least half of the shorter's
/// and a third of the longer's characters stand in the other in order.
fn is_part(shorter: &[char], longer: &[char]) -> bool {
    if shorter.len() < 2 {
        return false;
    }
    if longer.windows(shorter.len()).any(|window| window == shorter) {
        return true;
    }
    if is_abbreviation(shorter, longer) {
        return true;
    }
    let common = rapidfuzz::distance::lcs_seq::similarity(shorter.iter().copied(), longer.iter().copied());
    common >= 2 && common * 2 >= shorter.len() && common * 3 > longer.len()
}

/// Two to four characters picked in order from a name at least twice as long, the first one included:
/// 创城 of 创建文明城市.
fn is_abbreviation(shorter: &[char], longer: &[char]) -> bool {
    if !(2..=4).contains(&shorter.len()) || longer.len() < shorter.len() * 2 || shorter[0] != longer[0] {
        return false;
    }
    let mut rest = longer.iter();
    shorter.iter().all(|c| rest.any(|other| other == c))
}

fn value(features: &Features<'_>, ix: AssetIx) -> String {
    features.asset(ix).name().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn chars(text: &str) -> Vec<char> {
        text.chars().collect()
    }

    #[test]
    fn short_stems_allow_no_slip() {
        assert_eq!(slips_allowed(2), 0);
        assert_eq!(slips(&chars("民政"), &chars("民生"), 0), None);
        assert_eq!(slips(&chars("智慧校园"), &chars("智慧校圆"), 1), Some(1));
    }

    #[test]
    fn another_character_in_a_short_name_is_another_name() {
        assert!(is_another_word(&chars("长征医院"), &chars("长海医院")));
        assert!(!is_another_word(&chars("智慧校园"), &chars("智慧校圆")), "sounds alike");
        assert!(!is_another_word(&chars("市民卡服务"), &chars("市民卡服")), "left out");
        assert!(!is_another_word(&chars("河长巡河系统"), &chars("河长巡查系统")), "long enough");
    }

    #[test]
    fn other_digits_are_another_number_and_no_slip() {
        assert!(are_numbered_apart(&chars("系统00001"), &chars("系统00002")));
        assert!(!are_numbered_apart(&chars("系统00001"), &chars("系统")));
        assert!(!are_numbered_apart(&chars("12345热线"), &chars("12345服务热线")));
    }

    #[test]
    fn a_filler_at_the_end_of_one_name_says_no_more() {
        assert!(is_one_bare(&chars("慢病"), &chars("慢病管理")));
        assert!(is_one_bare(&chars("慢病管理"), &chars("慢病")));
        assert!(!is_one_bare(&chars("交通服务"), &chars("交通管理")));
        assert!(!is_one_bare(&chars("慢病"), &chars("慢病打卡")));
    }

    #[test]
    fn a_part_is_inside_or_half_in_order() {
        assert!(is_part(&chars("校园"), &chars("智慧校园")));
        assert!(is_part(&chars("政务服务"), &chars("政务办事服务")));
        assert!(!is_part(&chars("医保"), &chars("社会救助")));
        assert!(is_part(&chars("创城"), &chars("创建文明城市")));
        assert!(!is_part(&chars("城建"), &chars("创建文明城市")));
    }

    proptest! {
        /// The hot path's distance is the one people are shown (strsim), whatever the text.
        #[test]
        fn the_fast_distance_equals_the_shown_one(a in "[甲乙丙丁a-c0-2]{0,9}", b in "[甲乙丙丁a-c0-2]{0,9}") {
            prop_assert_eq!(slips(&chars(&a), &chars(&b), 99), Some(strsim::osa_distance(&a, &b)));
        }
    }
}
