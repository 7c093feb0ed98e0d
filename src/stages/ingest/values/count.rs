//! Numbers of people and things, with how far they can be relied on.
//!
//! For: "2000余", "1.2万", "不足百人", "1,234", "约300", "3000+", "1千". Not for: identifiers. Invariant: a
//! plain number is exact, everything with a word or a rounded unit is not.

use crate::model::Exactness;
use unicode_normalization::UnicodeNormalization;

/// What a header multiplies its figures by: "用户数（万）" → 10 000.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in super::super) struct Scale(u64);

impl Scale {
    /// No multiplication.
    pub(in super::super) const ONE: Scale = Scale(1);
}

/// Words in front of a number and what they say about it.
const BEFORE: [(&str, Exactness); 33] = [
    ("不足", Exactness::Below),
    ("不到", Exactness::Below),
    ("不过", Exactness::Below),
    ("不超过", Exactness::Below),
    ("少于", Exactness::Below),
    ("低于", Exactness::Below),
    ("小于", Exactness::Below),
    ("<", Exactness::Below),
    ("≤", Exactness::Below),
    ("未满", Exactness::Below),
    ("未达", Exactness::Below),
    ("至多", Exactness::Below),
    ("不多于", Exactness::Below),
    ("超过", Exactness::AtLeast),
    ("不少于", Exactness::AtLeast),
    ("不低于", Exactness::AtLeast),
    ("不小于", Exactness::AtLeast),
    ("不下", Exactness::AtLeast),
    ("不止", Exactness::AtLeast),
    ("过", Exactness::AtLeast),
    ("突破", Exactness::AtLeast),
    ("多于", Exactness::AtLeast),
    ("大于", Exactness::AtLeast),
    ("至少", Exactness::AtLeast),
    ("超", Exactness::AtLeast),
    ("逾", Exactness::AtLeast),
    (">", Exactness::AtLeast),
    ("≥", Exactness::AtLeast),
    ("大约", Exactness::About),
    ("约", Exactness::About),
    ("近", Exactness::About),
    ("~", Exactness::About),
    ("=", Exactness::Exact),
];

/// Words behind a number and what they say about it.
const BEHIND: [(&str, Exactness); 10] = [
    ("以上", Exactness::AtLeast),
    ("+", Exactness::AtLeast),
    ("以下", Exactness::Below),
    ("以内", Exactness::Below),
    ("左右", Exactness::About),
    ("上下", Exactness::About),
    ("余", Exactness::About),
    ("多", Exactness::About),
    ("几", Exactness::About),
    ("来", Exactness::About),
];

/// Measure words, which say nothing.
const MEASURES: [&str; 14] =
    ["用户", "粉丝", "人次", "人", "个", "名", "位", "次", "家", "户", "条", "件", "篇", "员"];

/// The multiplier that a header states in brackets or behind "单位：".
pub(in super::super) fn scale_of_header(header: &str) -> Scale {
    let note = header.rsplit(['(', '（', '[', '【', ':', '：', '/']).next().unwrap_or("");
    let has_note = note.len() < header.len();
    match note.trim_start().chars().next() {
        Some('百') if has_note => Scale(100),
        Some('千') if has_note => Scale(1000),
        Some('万') if has_note => Scale(10_000),
        Some('亿') if has_note => Scale(100_000_000),
        _ => Scale::ONE,
    }
}

/// The number a text states; `None` when it states none, or several.
pub(super) fn parse(text: &str, scale: Scale) -> Option<(u64, Exactness)> {
    if text.len() <= 15 && scale == Scale::ONE && text.bytes().all(|b| b.is_ascii_digit()) {
        return text.parse().ok().map(|n| (n, Exactness::Exact));
    }
    let narrow: String = text.nfkc().filter(|c| !c.is_whitespace() && *c != ',').collect();
    // "120人（含聘用20人）": the bracket explains, the number stands before it.
    let plain = narrow.split(['(', '[']).next().unwrap_or("");
    let (plain, before) = BEFORE
        .iter()
        .filter_map(|&(word, exactness)| Some((plain.strip_prefix(word)?, exactness)))
        .min_by_key(|(rest, _)| rest.len())
        .unwrap_or((plain, Exactness::Exact));
    let (plain, behind) = strip_behind(plain);
    let (plain, unit) = strip_unit(plain);
    let (number, rounded) = digits(plain).or_else(|| chinese(plain, unit))?;
    let value = number * unit as f64 * scale.0 as f64;
    if !value.is_finite() || !(0.0..281e12).contains(&value) {
        return None;
    }
    let fraction = (value - value.round()).abs() > 1e-6;
    if fraction && unit == 1 && scale == Scale::ONE {
        return None;
    }
    let stated = [before, behind].into_iter().find(|e| *e != Exactness::Exact);
    let implied =
        if rounded || unit > 1 || scale != Scale::ONE { Exactness::About } else { Exactness::Exact };
    Some((value.round() as u64, stated.unwrap_or(implied)))
}

/// Takes measure words and hedges off the end, in whatever order they stand.
fn strip_behind(text: &str) -> (&str, Exactness) {
    let mut text = text;
    let mut exactness = Exactness::Exact;
    loop {
        if let Some(rest) = MEASURES.iter().find_map(|word| text.strip_suffix(word)) {
            text = rest;
        } else if let Some((rest, said)) =
            BEHIND.iter().find_map(|&(word, said)| Some((text.strip_suffix(word)?, said)))
        {
            text = rest;
            exactness = said;
        } else {
            return (text, exactness);
        }
    }
}

/// Takes the unit off the end: 1.2万 → 1.2 and 10 000. A hedge may stand in front of it (2余万).
fn strip_unit(text: &str) -> (&str, u64) {
    for (word, unit) in [
        ("万", 10_000),
        ("w", 10_000),
        ("W", 10_000),
        ("亿", 100_000_000),
        ("k", 1000),
        ("K", 1000),
        ("千", 1000),
        ("百", 100),
    ] {
        if let Some(rest) = text.strip_suffix(word) {
            return (rest.trim_end_matches(['余', '多', '几']), unit);
        }
    }
    (text, 1)
}

/// Arabic digits with at most one point.
fn digits(text: &str) -> Option<(f64, bool)> {
    let plain = text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    if !plain || !text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    text.parse().ok().map(|n| (n, false))
}

/// Chinese numerals up to 万; a bare unit ("百人") is one of it. Always rounded.
fn chinese(text: &str, unit: u64) -> Option<(f64, bool)> {
    if text.is_empty() {
        return (unit > 1).then_some((1.0, true));
    }
    let mut total = 0_u64;
    let mut digit: Option<u64> = None;
    for c in text.chars() {
        let weight = match c {
            '十' => 10,
            '百' => 100,
            '千' => 1000,
            _ => 0,
        };
        if weight > 0 {
            total = total.checked_add(digit.take().unwrap_or(1) * weight)?;
        } else if c == '两' {
            digit = Some(2);
        } else if c != '零' {
            let value = "〇一二三四五六七八九".chars().position(|d| d == c)? as u64;
            if digit.replace(value).is_some() {
                return None;
            }
        }
    }
    Some(((total + digit.unwrap_or(0)) as f64, true))
}

#[cfg(test)]
mod tests {
    use super::*;
    use Exactness::{About, AtLeast, Below, Exact};

    #[test]
    fn numbers_in_every_form() {
        for (text, count, exactness) in [
            ("1234", 1234, Exact),
            ("1,234", 1234, Exact),
            ("１２３４人", 1234, Exact),
            ("300.0", 300, Exact),
            ("2000余", 2000, About),
            ("2000余人", 2000, About),
            ("1.2万", 12_000, About),
            ("1.2w+", 12_000, AtLeast),
            ("1千", 1000, About),
            ("不足百人", 100, Below),
            ("不过百人", 100, Below),
            ("1000以下", 1000, Below),
            ("超过300", 300, AtLeast),
            ("3000+", 3000, AtLeast),
            ("1000人以上", 1000, AtLeast),
            ("约300", 300, About),
            ("不少于50人", 50, AtLeast),
            ("过百人", 100, AtLeast),
            ("近2万", 20_000, About),
            ("2余万", 20_000, About),
            ("一百二十", 120, About),
            ("两千", 2000, About),
            ("十二人", 12, About),
            ("120人（含聘用20人）", 120, Exact),
            ("0", 0, Exact),
        ] {
            assert_eq!(parse(text, Scale::ONE), Some((count, exactness)), "{text}");
        }
        for text in [
            "",
            "人",
            "微信1200；微博300",
            "100-200",
            "50%",
            "12.5",
            "每月1篇",
            "-5",
            "全体",
            "1.2.3",
            "NaN",
            "1e9",
        ] {
            assert_eq!(parse(text, Scale::ONE), None, "{text}");
        }
    }

    #[test]
    fn headers_multiply() {
        assert_eq!(parse("1.2", scale_of_header("粉丝量(万)")), Some((12_000, About)));
        assert_eq!(parse("3", scale_of_header("用户数（单位：千人）")), Some((3000, About)));
        assert_eq!(scale_of_header("百家号粉丝数"), Scale::ONE);
        assert_eq!(scale_of_header("用户数（人）"), Scale::ONE);
    }

    proptest::proptest! {
        #[test]
        fn plain_numbers_round_trip(n in 0_u64..281_000_000_000_000) {
            proptest::prop_assert_eq!(parse(&n.to_string(), Scale::ONE), Some((n, Exact)));
        }

        #[test]
        fn no_text_breaks_it(text in "[0-9万千百余约.,+人一二十不足 ]{0,10}|.{0,10}") {
            let _ = parse(&text, Scale::ONE);
        }
    }
}
