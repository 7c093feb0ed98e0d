//! Boxes to tick: "□新建 ☑改建".
//!
//! For: which of several printed answers holds. Not for: yes and no (`flag`). Invariant: without an empty box
//! beside the ticked one nobody knows what the marks mean, and the text stays as it is.

/// An empty box.
const EMPTY: [char; 4] = ['□', '☐', '○', '◻'];
/// A ticked one.
const TICKED: [char; 8] = ['☑', '☒', '■', '√', '✓', '✔', '●', '◼'];

/// Whether a text has an empty box in it; cheap, for it is asked of every text.
pub(super) fn has(text: &str) -> bool {
    // The first two bytes of all of them.
    let geometric = |pair: &[u8]| matches!(pair, [0xE2, 0x96..=0x98]);
    text.as_bytes().windows(2).any(geometric) && text.contains(EMPTY)
}

/// The answers behind ticked boxes; none when no box is ticked, nothing when the boxes are not told from the
/// answers: each answer stands behind its box.
pub(super) fn ticked(text: &str) -> Option<Vec<&str>> {
    let is_box = |c: char| EMPTY.contains(&c) || TICKED.contains(&c);
    let first = text.find(is_box)?;
    // "是否新建：□是 ☑否": a question may stand in front.
    let lead = text[..first].trim();
    if !lead.is_empty() && !lead.ends_with(['：', ':']) {
        return None;
    }
    let mut answers = Vec::new();
    let mut rest = &text[first..];
    while let Some(mark) = rest.chars().next() {
        let behind = &rest[mark.len_utf8()..];
        let end = behind.find(is_box).unwrap_or(behind.len());
        let answer = behind[..end].trim().trim_end_matches(['；', ';', '、', '，', ',', '/', '|']).trim_end();
        if TICKED.contains(&mark) && !answer.is_empty() {
            answers.push(answer);
        }
        rest = &behind[end..];
    }
    Some(answers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ticked_answers_are_taken() {
        for (text, expected) in [
            ("□新建 ☑改建", Some(vec!["改建"])),
            ("☑行政机关 □事业单位 □国有企业", Some(vec!["行政机关"])),
            ("服务对象：☑基层干部 ☐公众 ☒企业", Some(vec!["基层干部", "企业"])),
            ("□APP √小程序、□快应用", Some(vec!["小程序"])),
            ("□新建 □改建", Some(vec![])),
            ("请在□内打√", None),
        ] {
            assert!(has(text), "{text}");
            assert_eq!(ticked(text), expected, "{text}");
        }
        assert!(!has("√") && !has("新建") && !has("■重点"));
    }

    proptest::proptest! {
        #[test]
        fn no_text_breaks_it(text in "[□☑√甲：、 ]{0,12}") {
            let _ = (has(&text), ticked(&text));
        }
    }
}
