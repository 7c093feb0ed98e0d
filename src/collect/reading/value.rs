//! Values of fields: dates in ISO form, counts beside their text, everything else trimmed.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};

const DATES: [&str; 3] = ["updated", "published", "first_release"];
const COUNTS: [&str; 2] = ["downloads", "ratings"];

/// A value in its field's form; `None` when it is not of that form.
pub(super) fn tidy(field: &str, text: &str) -> Option<String> {
    let text = text.trim();
    if text.is_empty() || matches!(text, "--" | "-" | "—" | "暂无" | "无" | "null") {
        return None;
    }
    if DATES.contains(&field) {
        return day(text).map(|day| day.to_string());
    }
    let text = match field {
        "category" => text.trim_start_matches("分类").trim_start_matches(['：', ':']).trim(),
        "account_id" => text.trim_start_matches("微信号").trim_start_matches(['：', ':']).trim(),
        _ => text,
    };
    (!text.is_empty()).then(|| text.to_owned())
}

/// The number that a text of a counting field means, where it means one.
pub(super) fn count_beside(field: &str, text: &str) -> Option<u64> {
    COUNTS.contains(&field).then(|| count(text)).flatten()
}

/// `2026-06-01`, `2026/6/1`, `2026年6月1日`, `20260601`, with or without a time; seconds and milliseconds since
/// 1970. Days are those of China.
fn day(text: &str) -> Option<Date> {
    let china = |seconds: i64| {
        let moment = Timestamp::from_second(seconds).ok()?;
        Some(moment.to_zoned(TimeZone::fixed(Offset::constant(8))).date())
    };
    if text.bytes().all(|b| b.is_ascii_digit()) {
        let number: i64 = text.parse().ok()?;
        return match text.len() {
            8 => date(number / 10_000, number / 100 % 100, number % 100),
            9 | 10 => china(number).filter(|date| is_likely(*date)),
            13 => china(number / 1000).filter(|date| is_likely(*date)),
            _ => None,
        };
    }
    // With a zone of its own the day may be another one here.
    if let Ok(moment) = text.parse::<Timestamp>() {
        return china(moment.as_second()).filter(|date| is_likely(*date));
    }
    let mut numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let [year, month, day] = [numbers.next()?, numbers.next()?, numbers.next()?];
    let rest = &text[start + year.len()..];
    if year.len() != 4 || !rest.starts_with(['-', '/', '.', '年']) {
        return None;
    }
    date(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

fn date(year: i64, month: i64, day: i64) -> Option<Date> {
    let (year, month, day) = (i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    Date::new(year, month, day).ok().filter(|date| is_likely(*date))
}

/// No page of this kind is older than the shops, and none is from the far future.
fn is_likely(date: Date) -> bool {
    (2000..2100).contains(&date.year())
}

/// At which some shops clip their figures: 2³¹−1.
const CLIPPED: u64 = 2_147_483_647;

/// `123万次下载`, `1.5亿`, `173.4 亿次`, `1万+`, `( 130926次评分 )`; nothing for `少于1万` and for figures
/// that were clipped.
fn count(text: &str) -> Option<u64> {
    if ["少于", "不足", "低于", "以下", "<"].iter().any(|word| text.contains(word)) {
        return None;
    }
    let plain: String = text.chars().filter(|c| !c.is_whitespace() && !matches!(c, ',' | '，')).collect();
    let start = plain.find(|c: char| c.is_ascii_digit())?;
    let digits: String = plain[start..].chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
    let number: f64 = digits.parse().ok()?;
    let unit = match plain[start + digits.len()..].chars().next() {
        Some('万') => 1e4,
        Some('亿') => 1e8,
        Some('千') => 1e3,
        _ => 1.0,
    };
    let value = (number * unit).round();
    (value < 281e12).then_some(value as u64).filter(|&count| count != CLIPPED)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_as_shops_write_them() {
        for (text, expected) in [
            ("123万次下载", Some(1_230_000)),
            ("1.5亿", Some(150_000_000)),
            ("173.4 亿次", Some(17_340_000_000)),
            ("1220.8万", Some(12_208_000)),
            ("1万+", Some(10_000)),
            ("12,345", Some(12_345)),
            ("( 130926次评分 )", Some(130_926)),
            ("少于1万", None),
            ("--", None),
            ("2147483647", None),
            ("很多", None),
        ] {
            assert_eq!(count(text), expected, "{text}");
        }
    }

    #[test]
    fn dates_as_shops_write_them() {
        for (text, expected) in [
            ("2026-06-01", Some("2026-06-01")),
            ("2026/6/1 08:00", Some("2026-06-01")),
            ("2026年6月1日", Some("2026-06-01")),
            ("更新于 2026.06.01", Some("2026-06-01")),
            ("2026-05-31T20:00:00Z", Some("2026-06-01")),
            ("1780243200", Some("2026-06-01")),
            ("1780243200000", Some("2026-06-01")),
            ("20260601", Some("2026-06-01")),
            ("6月1日", None),
            ("昨天", None),
            ("2026-13-01", None),
            ("1.2.3", None),
        ] {
            assert_eq!(day(text).map(|d| d.to_string()).as_deref(), expected, "{text}");
        }
    }
}
