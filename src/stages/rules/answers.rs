//! Answers in columns of free text (登录要求, 考核指标, 上传要求): yes, no, or what.

use crate::knowledge::text::{fold, words};

/// The answer of a cell, where it gives one. `what` are the words that answer a question of this column with
/// more than yes: 照片, 每日, 商城.
pub(super) fn answer(text: &str, what: &[&str]) -> Option<bool> {
    let folded = fold(text);
    if folded.is_empty() {
        // √ and × fold away.
        return match text.trim() {
            "√" | "✓" | "✔" | "☑" => Some(true),
            "×" | "✗" | "✘" | "x" => Some(false),
            _ => None,
        };
    }
    if is_no(&folded) || ["自愿", "不强制", "非强制", "不作要求"].iter().any(|word| folded.contains(word))
    {
        return Some(false);
    }
    let says =
        words("answers-yes").contains(&folded.as_str()) || what.iter().any(|word| folded.contains(word));
    says.then_some(true)
}

/// Whether a folded answer begins with a no.
pub(super) fn is_no(folded: &str) -> bool {
    let starts = |words: &[&str]| words.iter().any(|word| folded.starts_with(word));
    matches!(folded, "n" | "no" | "false" | "0" | "x")
        || starts(words("answers-no")) && !starts(words("answers-not-no"))
}

#[cfg(test)]
mod tests {
    use super::answer;

    #[test]
    fn answers_are_read_as_people_write_them() {
        let what = &["照片", "每日", "安装率"];
        for (text, expected) in [
            ("是", Some(true)),
            ("必须", Some(true)),
            ("√", Some(true)),
            ("照片、轨迹", Some(true)),
            ("不少于3张照片", Some(true)),
            ("否", Some(false)),
            ("×", Some(false)),
            ("不要求上传照片", Some(false)),
            ("已取消每日登录", Some(false)),
            ("未纳入", Some(false)),
            ("自愿", Some(false)),
            ("", None),
            ("—", None),
            ("视情况而定", None),
        ] {
            assert_eq!(answer(text, what), expected, "{text}");
        }
    }
}
