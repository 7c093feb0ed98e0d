//! Numbers written with Chinese or Arabic digits.

/// Whether a character can be part of a Chinese numeral.
pub fn is_chinese_digit(c: char) -> bool {
    digit(c).is_some() || unit(c).is_some()
}

/// The value of a whole numeral: "12", "十二", "一百零三", "二〇二四", "两". `None` for anything else.
pub fn numeral(text: &str) -> Option<u64> {
    if text.is_empty() || text.chars().count() > 9 {
        return None;
    }
    if text.bytes().all(|b| b.is_ascii_digit()) {
        return text.parse().ok();
    }
    if text.chars().all(|c| digit(c).is_some()) {
        return text.chars().try_fold(0u64, |n, c| Some(n * 10 + digit(c)?));
    }
    let (mut total, mut pending) = (0u64, None);
    for c in text.chars() {
        if let Some(value) = digit(c) {
            // Two digits in a row are only written around a zero: 一百零三.
            if pending.is_some_and(|p| p != 0) {
                return None;
            }
            pending = Some(value);
        } else {
            let factor = unit(c)?;
            total += match pending.take() {
                Some(0) => return None,
                Some(value) => value * factor,
                None if total == 0 || factor == 10 => factor,
                None => return None,
            };
        }
    }
    Some(total + pending.unwrap_or(0))
}

fn digit(c: char) -> Option<u64> {
    Some(match c {
        '〇' | '零' => 0,
        '一' | '壹' => 1,
        '二' | '两' | '贰' => 2,
        '三' | '叁' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

fn unit(c: char) -> Option<u64> {
    match c {
        '十' => Some(10),
        '百' => Some(100),
        '千' => Some(1000),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals_of_both_scripts_are_read() {
        let cases = [
            ("12", 12),
            ("十二", 12),
            ("二十", 20),
            ("二十一", 21),
            ("一百零三", 103),
            ("一百二十", 120),
            ("十", 10),
            ("两", 2),
            ("二〇二四", 2024),
            ("一千零五", 1005),
            ("007", 7),
        ];
        for (text, value) in cases {
            assert_eq!(numeral(text), Some(value), "{text}");
        }
        for text in ["", "网", "一网", "十百", "1a"] {
            assert_eq!(numeral(text), None, "{text}");
        }
    }
}
