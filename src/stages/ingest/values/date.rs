//! Days as people write them.
//!
//! For: 2024-5-1, 2024.5, 2024年5月, 20240501, spreadsheet serials, "7月16日". Not for: time of day,
//! which is dropped, and spans, which are not a day. Invariant: a day is `inferred` exactly when
//! part of it was not written.

use super::AsOf;
use jiff::civil::Date;
use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;

/// Days between the spreadsheet epoch (1899-12-30) and the range of serials that are plausible as
/// days: 1954-10-03 to 2119-01-10. Smaller numbers are years, larger ones are written-out dates.
const SERIALS: std::ops::Range<i64> = 20_000..80_000;

/// The day a text states and whether part of it was worked out.
///
/// "7月16日" is read as the last such day that is not after `as_of`.
pub(super) fn parse(text: &str, as_of: &AsOf) -> Option<(Date, bool)> {
    if text.len() == 10
        && text.is_ascii()
        && let Ok(date) = text.parse::<Date>()
    {
        return day(date.year().into(), date.month().into(), date.day().into(), false);
    }
    let narrow: Cow<'_, str> =
        if text.is_ascii() { text.into() } else { text.nfkc().collect::<String>().into() };
    let plain = arabic(narrow.split(['(', '[']).next().unwrap_or("").trim());
    let numbers = Numbers::read(&plain)?;
    let plain_number = numbers.separators.is_empty() && !numbers.has_month_sign;
    match *numbers.values.as_slice() {
        [number] if plain_number => bare(number, numbers.digits),
        [year] if numbers.has_year_sign => day(full_year(year), 1, 1, true),
        [month, day_of_month] if numbers.has_month_sign && !numbers.has_year_sign => {
            this_year(month, day_of_month, as_of.ask())
        }
        [year, month] if year > 1000 || numbers.has_year_sign => day(full_year(year), month, 1, true),
        [month, day_of_month, year] if year > 1000 && month <= 1000 => {
            // Month first, as spreadsheet programs export it; doubtful when both could be a month.
            let swap = month > 12;
            let (m, d) = if swap { (day_of_month, month) } else { (month, day_of_month) };
            day(year, m, d, !swap && day_of_month <= 12)
        }
        [year, month, day_of_month, ..] => day(full_year(year), month, day_of_month, year < 100),
        _ => None,
    }
}

/// The leading numbers of a text and what stands between them.
struct Numbers {
    values: Vec<i64>,
    separators: Vec<char>,
    /// Digits of the first number.
    digits: usize,
    has_year_sign: bool,
    has_month_sign: bool,
}

impl Numbers {
    /// Up to three numbers joined by - / . 年 月 日; then a time of day, or words without digits.
    fn read(text: &str) -> Option<Numbers> {
        let mut numbers = Numbers {
            values: Vec::new(),
            separators: Vec::new(),
            digits: 0,
            has_year_sign: false,
            has_month_sign: false,
        };
        let mut rest = text;
        loop {
            let length = rest.bytes().take_while(u8::is_ascii_digit).count();
            if length == 0 || length > 8 {
                break;
            }
            if numbers.values.is_empty() {
                numbers.digits = length;
            }
            numbers.values.push(rest[..length].parse().ok()?);
            rest = rest[length..].trim_start();
            let Some(sign) = rest.chars().next().filter(|c| "-/.年月日号".contains(*c)) else { break };
            numbers.has_year_sign |= sign == '年';
            numbers.has_month_sign |= sign == '月';
            rest = rest[sign.len_utf8()..].trim_start();
            if numbers.values.len() == 3 || matches!(sign, '日' | '号') {
                break;
            }
            if !"年月".contains(sign) {
                numbers.separators.push(sign);
            }
        }
        let clock = rest.trim_start_matches(['T', 't', ' ']).trim_start_matches(['上', '下', '午']);
        let is_clock = clock.split(':').next().is_some_and(|h| h.trim().parse::<u8>().is_ok_and(|h| h < 25));
        if numbers.values.len() == 1 && rest.contains(['月', '日']) {
            // "2026年 月 日": a form that nobody filled in.
            return None;
        }
        // A trailing separator ("2024.") is harmless; further digits are another date or a span.
        let ends_well = is_clock && clock.contains(':') || !rest.bytes().any(|b| b.is_ascii_digit());
        ends_well.then_some(numbers)
    }
}

/// A number without any sign: 20240501, 202405, a spreadsheet serial, or a year.
fn bare(number: i64, digits: usize) -> Option<(Date, bool)> {
    match digits {
        8 => day(number / 10_000, number / 100 % 100, number % 100, false),
        6 => day(number / 100, number % 100, 1, true),
        5 if SERIALS.contains(&number) => {
            let epoch = Date::constant(1899, 12, 30);
            epoch.checked_add(jiff::Span::new().days(number)).ok().map(|date| (date, false))
        }
        4 => day(number, 1, 1, true),
        _ => None,
    }
}

/// Two digits are a year of this century.
fn full_year(year: i64) -> i64 {
    if year < 100 { year + 2000 } else { year }
}

fn this_year(month: i64, day_of_month: i64, as_of: Date) -> Option<(Date, bool)> {
    let year = i64::from(as_of.year());
    // 29 February may be up to eight years back (around 2100).
    (0..=8).filter_map(|back| day(year - back, month, day_of_month, true)).find(|(date, _)| *date <= as_of)
}

/// Years outside 1949–2100 are mistakes, not days.
fn day(year: i64, month: i64, day_of_month: i64, inferred: bool) -> Option<(Date, bool)> {
    if !(1949..=2100).contains(&year) {
        return None;
    }
    let (month, day_of_month) = (i8::try_from(month).ok()?, i8::try_from(day_of_month).ok()?);
    Date::new(year as i16, month, day_of_month).ok().map(|date| (date, inferred))
}

/// 二〇二四年五月十六日 → 2024年5月16日; everything else stays.
fn arabic(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || !text.contains(|c| "〇一二三四五六七八九十".contains(c)) {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    let chars: Vec<char> = text.chars().collect();
    for (i, &c) in chars.iter().enumerate() {
        let numeral = |at: Option<&char>| at.is_some_and(|d| "一二三四五六七八九".contains(*d));
        match "〇一二三四五六七八九".chars().position(|d| d == c) {
            Some(digit) => out.push_str(&digit.to_string()),
            None if c == '十' => {
                let before = i > 0 && numeral(chars.get(i - 1));
                let after = numeral(chars.get(i + 1));
                out.push_str(match (before, after) {
                    (true, true) => "",
                    (true, false) => "0",
                    (false, true) => "1",
                    (false, false) => "10",
                });
            }
            None => out.push(c),
        }
    }
    out.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    const AS_OF: Date = Date::constant(2026, 6, 30);

    fn read(text: &str) -> Option<(String, bool)> {
        parse(text, &AsOf::new(AS_OF)).map(|(date, inferred)| (date.to_string(), inferred))
    }

    #[test]
    fn whole_days_in_every_form() {
        for text in [
            "2024-5-1",
            "2024-05-01",
            "2024/5/1",
            "2024.5.1",
            "2024．5．1",
            "2024年5月1日",
            "2024 年 5 月 1 日",
            "2024年5月1号",
            "20240501",
            "45413",
            "2024-05-01 12:30:00",
            "2024-05-01T12:30:00Z",
            "2024/5/1 上午9:00",
            "2024年5月1日（首次）",
            "2024年5月1日前",
            "二〇二四年五月一日",
            "２０２４年５月１日",
        ] {
            assert_eq!(read(text), Some(("2024-05-01".into(), false)), "{text}");
        }
        assert_eq!(read("二〇二四年十二月三十一日"), Some(("2024-12-31".into(), false)));
        assert_eq!(read("5/16/2024"), Some(("2024-05-16".into(), false)));
    }

    #[test]
    fn what_was_not_written_is_inferred() {
        for (text, date) in [
            ("2024.5", "2024-05-01"),
            ("2024年5月", "2024-05-01"),
            ("202405", "2024-05-01"),
            ("2024年", "2024-01-01"),
            ("2024", "2024-01-01"),
            ("24.5.1", "2024-05-01"),
            ("7月16日", "2025-07-16"),
            ("6月30日", "2026-06-30"),
            ("2月29日", "2024-02-29"),
            ("5/6/2024", "2024-05-06"),
        ] {
            assert_eq!(read(text), Some((date.into(), true)), "{text}");
        }
    }

    #[test]
    fn what_is_no_day_is_refused() {
        for text in [
            "",
            "长期",
            "立行立改",
            "超过两周未更新",
            "2024-02-30",
            "2024-13-01",
            "2024.1-2024.5",
            "2024年1月至2024年5月",
            "12345",
            "1.5",
            "2026年 月 日",
            "3.14159",
            "99",
            "123456789",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn iso_days_round_trip(days in 0_i64..55_000) {
            let date = Date::constant(1949, 1, 1).checked_add(jiff::Span::new().days(days)).unwrap();
            proptest::prop_assert_eq!(parse(&date.to_string(), &AsOf::new(AS_OF)), Some((date, false)));
        }

        #[test]
        fn no_text_breaks_it(text in "[0-9年月日./ -]{0,14}|[〇一二十年月日]{0,10}|.{0,10}") {
            let _ = parse(&text, &AsOf::new(AS_OF));
        }
    }
}
