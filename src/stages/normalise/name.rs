//! Taking a name apart: number among siblings, and the brand or job that is left.

use crate::knowledge::lexicon::NameWords;
use crate::knowledge::text::{fold, is_chinese_digit, numeral, words as listed};

/// A name without versions, years and remarks, with the numbers of its siblings.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Parts {
    /// Folded name without version, year, remarks, number and what the number counts; empty when nothing is left.
    pub(super) core: String,
    /// What the numbers count, as it should be spelt (第2网各 → 网格): it may stand anywhere in the name, so that
    /// 防汛群-第2网格 and 防汛第二网格群 have the same parts.
    pub(super) counted: String,
    /// Numbers among siblings, joined by `-` (三大队第2中队 → 3-2); empty when none.
    pub(super) number: String,
}

/// Takes the spaced folding of a name apart.
pub(super) fn take_apart(spaced: &str, words: &NameWords) -> Parts {
    let (mut kept, mut numbers) = (String::with_capacity(spaced.len()), Vec::new());
    let mut depth_start = None;
    let mut outside = String::with_capacity(spaced.len());
    // Bracketed remarks go; other bracketed text stays in place.
    for c in spaced.chars() {
        match (c, depth_start.take()) {
            ('(', None) => depth_start = Some(String::new()),
            (')' | '(', Some(inside)) => {
                if !is_remark(&inside, words) {
                    outside.push(' ');
                    outside.push_str(&inside);
                    outside.push(' ');
                }
                if c == '(' {
                    depth_start = Some(String::new());
                }
            }
            (_, Some(mut inside)) => {
                inside.push(c);
                depth_start = Some(inside);
            }
            (_, None) => outside.push(c),
        }
    }
    if let Some(inside) = depth_start.filter(|i| !is_remark(i, words)) {
        outside.push(' ');
        outside.push_str(&inside);
    }
    let mut rest = outside.as_str();
    let mut counted = String::new();
    while let Some(c) = rest.chars().next() {
        if let Some((length, number)) = numbered(rest, &kept, words) {
            rest = &rest[length..];
            if let Some(number) = number {
                numbers.push(number);
                if let Some((length, word)) = words.counted(rest) {
                    counted.push_str(word);
                    rest = &rest[length..];
                }
            }
        } else {
            kept.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    Parts { core: fold(&kept), counted, number: numbers.join("-") }
}

/// Whether bracketed text says nothing of what the thing is: 试运行, 2.0版, 2024年, 微信小程序.
fn is_remark(inside: &str, words: &NameWords) -> bool {
    let folded = fold(inside);
    folded.is_empty() || words.is_remark(&folded) || version(inside.trim()) == inside.trim().len()
}

/// A numeral at the front of `rest` that is no part of the core: its length, and the number among
/// siblings, or `None` for a version or year.
fn numbered(rest: &str, before: &str, words: &NameWords) -> Option<(usize, Option<String>)> {
    // Nothing else begins a numeral, a version, a year or a letter that counts: most characters are done with here.
    let first = rest.chars().next()?;
    if !(first.is_ascii_alphanumeric() || first == '第' || is_chinese_digit(first)) {
        return None;
    }
    let previous = before.chars().next_back();
    if previous.is_none_or(|p| !p.is_ascii_alphanumeric()) {
        let length = version(rest);
        if length > 0 {
            return Some((length, None));
        }
        // A组, B群
        let mut chars = rest.chars();
        if let (Some(letter @ 'a'..='z'), Some(next)) = (chars.next(), chars.clone().next())
            && !next.is_ascii_alphanumeric()
            && words.counts(chars.as_str(), false)
        {
            return Some((1, Some(letter.to_string())));
        }
    }
    let mark = rest.starts_with('第');
    let digits_from = rest.strip_prefix('第').map_or(0, |after| rest.len() - after.trim_start().len());
    let digits = &rest[digits_from..];
    let arabic = digits.len() - digits.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let chinese = digits.len() - digits.trim_start_matches(is_chinese_digit).len();
    let length = arabic.max(chinese);
    if length == 0
        || previous.is_some_and(|p| p.is_ascii_digit() || !mark && chinese > 0 && is_chinese_digit(p))
    {
        return None;
    }
    let value = numeral(&digits[..length])?;
    let after = digits[length..].trim_start();
    let whole = digits_from + length;
    let ends = after.is_empty();
    let counted_before = words.ends_with_counted(before.trim_end());
    let ordinal = mark && !listed("name-ordinal-words").iter().any(|word| after.starts_with(word));
    let counts = if arabic > 0 {
        let short = arabic <= 3 || mark || after.starts_with(['级', '届']);
        let slipped = || !mark && words.counts_mistyped(after);
        short && (ordinal || words.counts(after, true) || slipped() || ends && counted_before)
    } else {
        ordinal || words.counts(after, mark) || ends && counted_before
    };
    counts.then(|| (whole, Some(value.to_string())))
}

/// Length of a version (2.0, v3, 3.0版) or year (2024, 2024年, 2024年度) at the front of `text`; 0 when
/// there is none.
fn version(text: &str) -> usize {
    let digits = |t: &str| t.len() - t.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let marked = usize::from(text.starts_with('v'));
    let first = digits(&text[marked..]);
    if first == 0 {
        return 0;
    }
    let mut end = marked + first;
    let mut points = 0;
    while text[end..].starts_with('.') && digits(&text[end + 1..]) > 0 {
        end += 1 + digits(&text[end + 1..]);
        points += 1;
    }
    let after = &text[end..];
    let edition = if after.starts_with('版') { '版'.len_utf8() } else { 0 };
    let is_year =
        points == 0 && first == 4 && (text.starts_with("19") || text.starts_with("20")) && marked == 0;
    if is_year {
        let year = ["年度", "年"].iter().find(|y| after.starts_with(*y)).map_or(0, |y| y.len());
        return if after.starts_with(['级', '届']) { 0 } else { end + year };
    }
    if marked == 1 || points > 0 || edition > 0 && first <= 2 { end + edition } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::lexicon::Lexicon;
    use crate::knowledge::text::fold_spaced;

    #[test]
    fn numbers_are_told_from_versions_years_and_words() {
        let lexicon = Lexicon::load(None, &crate::model::LocalWords::default()).unwrap();
        let cases = [
            ("第3网格群", "群+网格", "3"),
            ("上城社区第三网格微信群", "上城社区微信群+网格", "3"),
            ("湖滨社区微信群-第21网格", "湖滨社区微信群+网格", "21"),
            ("湖滨社区第 21 网各微信群", "湖滨社区微信群+网格", "21"),
            ("巡防二支队", "巡防+支队", "2"),
            ("东街村三组通知群", "东街村通知群+组", "3"),
            ("三大队第2中队", "+大队中队", "3-2"),
            ("网格群12", "网格群", "12"),
            ("3号楼群", "号楼群", "3"),
            ("业主群（二）", "业主群", "2"),
            ("智慧党建2.0", "智慧党建", ""),
            ("智慧党建V3（试运行）", "智慧党建", ""),
            ("2024年防汛工作群", "防汛工作群", ""),
            ("2023级1班家长群", "级家长群+班", "2023-1"),
            ("12345热线", "12345热线", ""),
            ("一网通办", "一网通办", ""),
            ("三防群", "三防群", ""),
            ("第一书记工作群", "第一书记工作群", ""),
            ("皖事通（亳州分厅）", "皖事通亳州分厅", ""),
            ("市第一中学", "市中学", "1"),
            ("一站式服务", "一站式服务", ""),
            ("网格员A组", "网格员+组", "a"),
            ("宁政通(旧)", "宁政通", ""),
        ];
        for (name, core, number) in cases {
            let parts = take_apart(&fold_spaced(name), &lexicon.words);
            let counted = if parts.counted.is_empty() { "" } else { "+" };
            let whole = format!("{}{counted}{}", parts.core, parts.counted);
            assert_eq!((whole.as_str(), parts.number.as_str()), (core, number), "{name}");
        }
    }
}
