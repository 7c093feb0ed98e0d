//! Answers in columns of free text (登录要求, 考核指标, 上传要求): yes, no, or what.

use crate::knowledge::text::fold;

/// Beginnings that answer no.
const NO: [&str; 15] = [
    "无",
    "否",
    "不",
    "未",
    "没",
    "非",
    "暂无",
    "暂未",
    "暂不",
    "尚未",
    "已取消",
    "取消",
    "已停",
    "已关闭",
    "已删除",
];
/// Beginnings that look like a no and are none.
const NOT_NO: [&str; 7] = ["不少于", "不低于", "不得少于", "不定期", "无论", "不论", "非工作时间"];
/// Whole answers that say yes and no more.
const YES: [&str; 17] = [
    "是",
    "有",
    "需",
    "需要",
    "要",
    "要求",
    "必须",
    "强制",
    "对",
    "已",
    "y",
    "yes",
    "true",
    "1",
    "设有",
    "纳入",
    "已纳入",
];

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
    let says = YES.contains(&folded.as_str()) || what.iter().any(|word| folded.contains(word));
    says.then_some(true)
}

/// Whether a folded answer begins with a no.
pub(super) fn is_no(folded: &str) -> bool {
    let starts = |words: &[&str]| words.iter().any(|word| folded.starts_with(word));
    matches!(folded, "n" | "no" | "false" | "0" | "x") || starts(&NO) && !starts(&NOT_NO)
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
