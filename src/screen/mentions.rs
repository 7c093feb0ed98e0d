//! The mentions in a text of any length, in flat memory.
//!
//! For: whole books in one cell. Not for: judging them (`knowledge::detect`). Invariant: a text is only parted where a
//! sentence ends, if it has ends; of mentions that are alike in all that counts the first two are kept.

use crate::knowledge::detect::{Detector, Label};

/// Bytes read at a time.
const STRETCH: usize = 64 << 10;
/// Mentions of a kind that are kept: one to show, one to say that it was no single remark.
const KEPT: usize = 2;

/// The labels of a text, their positions in the whole of it.
pub(super) fn mentions(detector: &Detector, text: &str) -> Vec<Label> {
    if text.len() <= STRETCH {
        return detector.read(text);
    }
    let (mut kept, mut at): (Vec<Label>, usize) = (Vec::new(), 0);
    while at < text.len() {
        let end = at + stretch(&text[at..]);
        for mut label in detector.read(&text[at..end]) {
            let is_alike = |held: &&Label| {
                (held.category, held.polarity, held.modality, held.exempt)
                    == (label.category, label.polarity, label.modality, label.exempt)
            };
            if kept.iter().filter(is_alike).count() < KEPT {
                (label.start, label.end) = (label.start + at, label.end + at);
                kept.push(label);
            }
        }
        at = end;
    }
    kept
}

/// How much of a text to read: to the last end of a sentence within a stretch, or all of a stretch.
fn stretch(text: &str) -> usize {
    if text.len() <= STRETCH {
        return text.len();
    }
    let mut most = STRETCH;
    while !text.is_char_boundary(most) {
        most -= 1;
    }
    let ends = ['。', '；', '！', '？', '\n'];
    let last = text[..most].char_indices().rev().find(|(_, c)| ends.contains(c));
    last.map_or(most, |(at, c)| at + c.len_utf8())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_read_like_a_short_one() {
        let detector = Detector::load();
        let filler = "提供公积金查询。".repeat(6000);
        let text = format!("{filler}网格员必须每天打卡。{filler}不设积分排名。");
        let found = mentions(&detector, &text);
        let words: Vec<&str> = found.iter().map(|label| &text[label.start..label.end]).collect();
        assert_eq!(words, ["打卡", "积分排名"]);
        let endless = "每天打卡".repeat(40_000);
        let found = mentions(&detector, &endless);
        let alike = |a: &Label, b: &Label| (a.category, a.polarity) == (b.category, b.polarity);
        assert!(found.iter().all(|label| found.iter().filter(|other| alike(label, other)).count() == KEPT));
    }
}
