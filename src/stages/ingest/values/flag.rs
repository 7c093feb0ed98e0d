//! Yes and no as people write them.
//!
//! For: 是/否, 有/无, √/×, ticked boxes, and sentences that begin with the answer. Not for: judging
//! what the rest of the sentence says. Invariant: "是否", "有无" and empty boxes are not answers.

use unicode_normalization::UnicodeNormalization;

const YES: [&str; 17] =
    ["是", "有", "√", "✓", "✔", "☑", "y", "yes", "true", "t", "1", "对", "已", "需", "设", "●", "■"];
const NO: [&str; 15] = ["否", "无", "×", "✗", "✘", "x", "n", "no", "false", "f", "0", "未", "不", "没", "非"];
/// Beginnings of a sentence that answers no, looked at before those that answer yes.
const NO_STARTS: [&str; 15] = [
    "否",
    "无",
    "未",
    "不",
    "没",
    "非",
    "暂无",
    "暂未",
    "暂不",
    "已取消",
    "已关闭",
    "已停用",
    "已下线",
    "已删除",
    "已移除",
];
const YES_STARTS: [&str; 6] = ["是", "有", "已", "需", "设有", "设置"];
/// A ticked box in front of the answer that holds.
const TICKED: [char; 5] = ['☑', '☒', '■', '√', '✓'];

/// The answer of a cell; `None` when it gives none.
pub(super) fn parse(text: &str) -> Option<bool> {
    match text {
        "是" => return Some(true),
        "否" => return Some(false),
        _ => {}
    }
    let text: String = text.nfkc().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
    if NO.contains(&text.as_str()) {
        return Some(false);
    }
    if YES.contains(&text.as_str()) {
        return Some(true);
    }
    if text.starts_with("是否") || text.starts_with("有无") {
        return None;
    }
    if text.contains(['□', '☐']) || text.matches(TICKED).count() > 1 {
        return ticked(&text);
    }
    let text = text.trim_start_matches(TICKED);
    if NO_STARTS.iter().any(|start| text.starts_with(start)) {
        return Some(false);
    }
    YES_STARTS.iter().any(|start| text.starts_with(start)).then_some(true)
}

/// "☑是 □否": the answer behind the one ticked box.
fn ticked(text: &str) -> Option<bool> {
    let mut answers = text.split(TICKED).skip(1).filter_map(|t| t.split(['□', '☐']).next());
    let first = answers.next()?;
    if answers.next().is_some() {
        return None;
    }
    parse(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_in_every_form() {
        for text in [
            "是",
            "有",
            "√",
            "Y",
            "yes",
            "TRUE",
            "1",
            "是，每日签到",
            "有（积分榜）",
            "已设置",
            "☑是 □否",
            "√是",
        ] {
            assert_eq!(parse(text), Some(true), "{text}");
        }
        for text in [
            "否",
            "无",
            "×",
            "N",
            "false",
            "0",
            "未设置",
            "不涉及",
            "没有",
            "无此功能",
            "已取消打卡",
            "□是 ☑否",
        ] {
            assert_eq!(parse(text), Some(false), "{text}");
        }
        for text in ["是否", "有无", "□是 □否", "☑是 ☑否", "每周", "部分", ""] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_breaks_it(text in ".{0,12}") {
            let _ = parse(&text);
        }
    }
}
