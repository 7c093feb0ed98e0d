//! The words around a mention, for people.

use std::ops::Range;

/// Characters shown on either side of the words.
const CONTEXT: usize = 12;

/// Words, as bytes of the text, with a little of their sentence; "…" where it was cut.
pub fn snippet(text: &str, words: &Range<usize>) -> String {
    let ends = |c: char| "。；;！!？?\n\r".contains(c);
    let before = text[..words.start].rsplit(ends).next().unwrap_or("").trim_start();
    let after = text[words.end..].split(ends).next().unwrap_or("").trim_end();
    let from = before.char_indices().rev().nth(CONTEXT - 1).map_or(0, |(at, _)| at);
    let to = after.char_indices().nth(CONTEXT).map_or(after.len(), |(at, _)| at);
    // A number is shown whole or not at all: half of one could no longer be told for what it is and masked.
    let is_number = |c: char| c.is_ascii_alphanumeric() || "-+ ".contains(c);
    let from = before[..from].trim_end_matches(is_number).len();
    let to = after.len() - after[to..].trim_start_matches(is_number).len();
    let open = if from > 0 { "…" } else { "" };
    let close = if to < after.len() { "…" } else { "" };
    format!("{open}{}{}{}{close}", &before[from..], &text[words.clone()], &after[..to])
}

#[cfg(test)]
mod tests {
    use super::super::Detector;
    use super::*;

    #[test]
    fn a_snippet_stays_in_its_sentence_and_keeps_the_words() {
        let text = "用于学习。全体党员每日打卡签到并公布，另有通知；无关。";
        let labels = Detector::load().labels(text);
        assert_eq!(snippet(text, &labels[0].words()), "全体党员每日打卡签到并公布，另有通知");
        let long = format!("{}打卡签到{}", "甲".repeat(40), "乙".repeat(40));
        let labels = Detector::load().labels(&long);
        let shown = snippet(&long, &labels[0].words());
        let number = format!("{}打卡签到请联系{}{}", "甲".repeat(40), "赵某某", "0".repeat(11));
        let labels = Detector::load().labels(&number);
        assert!(snippet(&number, &labels[0].words()).ends_with(&"0".repeat(11)));
        assert!(shown.starts_with("…甲") && shown.ends_with("乙…") && shown.contains("打卡签到"), "{shown}");
    }
}
