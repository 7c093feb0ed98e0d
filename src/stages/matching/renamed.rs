//! Names that say what they were before: 甲县水利（曾用名：甲县水务）.
//!
//! For: the old and the new name of one thing. Not for: how alike two names are (`compare/name`). Invariant: a name without
//! such words in brackets has none, so that most names cost one look for a bracket.

use crate::knowledge::text::{fold, words};

/// The name without the bracket and every name stated in it, folded; nothing for a name that states none.
pub(super) fn names(name: &str) -> Option<Vec<String>> {
    const OPEN: [char; 4] = ['（', '(', '【', '['];
    const CLOSE: [char; 4] = ['）', ')', '】', ']'];
    let (outer, rest) = name.split_once(OPEN)?;
    let (inside, behind) = rest.split_once(CLOSE).unwrap_or((rest, ""));
    let inside = inside.trim();
    let stated = words("name-former-words").iter().find_map(|word| inside.strip_prefix(word))?;
    let stated = stated.trim_start_matches([':', '：', '为', '是', '“', '"', ' ']);
    let former =
        stated.split(['、', '，', ',', '；', ';']).map(|name| fold(name.trim_end_matches(['”', '"'])));
    let names = std::iter::once(fold(&format!("{outer}{behind}"))).chain(former);
    Some(names.filter(|name| name.chars().nth(1).is_some()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_former_name_stands_in_brackets_behind_a_word_for_it() {
        let all = |name: &str| names(name).unwrap_or_default().join("|");
        assert_eq!(all("甲县水利（曾用名：甲县水务）"), "甲县水利|甲县水务");
        assert_eq!(all("甲县教育(原甲县教体)"), "甲县教育|甲县教体");
        assert_eq!(all("甲县教育（更名前为“甲县教体”、甲县教科）"), "甲县教育|甲县教体|甲县教科");
        for none in ["甲县教育", "甲县教育（试运行）", "高原（甲县）", "原创甲县"] {
            assert_eq!(names(none), None, "{none}");
        }
    }
}
