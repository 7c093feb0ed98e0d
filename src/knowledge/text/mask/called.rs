//! Personal data in what an item or a unit is called.
//!
//! For: names of groups, accounts and applications, and of their owners: numbers and labelled names as in any text,
//! and a name that stands with a title ("张某某书记工作群") or right behind a word for a contact. Not for: prose; a name
//! that is called without either is not recognised. Invariant: masking is idempotent, and a name without title,
//! label or number comes back as it is.

use super::{LABELS, LONGEST_NAME, UNIT_ENDINGS, free, is_han, person, surnames};
use std::borrow::Cow;

/// What people are addressed by; longer before shorter where one ends like another.
const TITLES: [&str; 45] = [
    "班主任",
    "副书记",
    "副主任",
    "副局长",
    "副镇长",
    "副乡长",
    "副县长",
    "副市长",
    "副区长",
    "副校长",
    "副院长",
    "总书记",
    "秘书长",
    "理事长",
    "网格员",
    "网格长",
    "辅导员",
    "检察官",
    "书记",
    "支书",
    "主任",
    "局长",
    "镇长",
    "乡长",
    "县长",
    "市长",
    "区长",
    "村长",
    "厅长",
    "处长",
    "科长",
    "股长",
    "所长",
    "站长",
    "校长",
    "园长",
    "院长",
    "部长",
    "主席",
    "老师",
    "医生",
    "警官",
    "法官",
    "同志",
    "女士",
];
/// Last characters of all titles: most names of items have none of them, and one pass shows that.
const LAST: &str = "任记长官席员书师生志士";

/// Last characters of places: of two characters, 江村 is one and no name.
const PLACES: &str = "村镇乡县市区局";

/// A name of an item or a unit as it may be kept and shown.
pub(super) fn called(text: &str) -> Cow<'_, str> {
    let freed = free(text);
    let labelled = match behind_labels(&freed) {
        Some(masked) => Cow::Owned(masked),
        None => freed,
    };
    match before_titles(&labelled) {
        Some(masked) => Cow::Owned(masked),
        None => labelled,
    }
}

/// "（联系人张三）": the whole word behind a label is a name.
fn behind_labels(text: &str) -> Option<String> {
    let mut out: Option<String> = None;
    for label in LABELS {
        let mut from = 0;
        while let Some(at) = out.as_deref().unwrap_or(text)[from..].find(label) {
            let held = out.as_deref().unwrap_or(text);
            let start = from + at + label.len();
            let word = held[start..].split(|c| !is_han(c)).next().unwrap_or("");
            from = start;
            if surnames::is_name(word) && person(word) != word {
                let masked = format!("{}{}{}", &held[..start], person(word), &held[start + word.len()..]);
                out = Some(masked);
            }
        }
    }
    out
}

/// "张三书记": the name right before a title, when it begins the word or follows what ends a unit.
fn before_titles(text: &str) -> Option<String> {
    let may_end = |(at, c): (usize, char)| {
        let end = at + c.len_utf8();
        let found = LAST.contains(c).then(|| TITLES.iter().find(|title| text[..end].ends_with(**title)));
        found.flatten().map(|title| end - title.len())
    };
    let mut ends = text.char_indices().filter_map(may_end).peekable();
    ends.peek()?;
    let mut chars: Vec<char> = text.chars().collect();
    let mut is_masked = false;
    for end in ends {
        let end = text[..end].chars().count();
        let run = chars[..end].iter().rev().take_while(|c| is_han(**c)).count();
        let begins = |&n: &usize| {
            n == run || n < run && n > 2 && chars.get(end - n - 1).is_some_and(|c| UNIT_ENDINGS.contains(*c))
        };
        let name = (2..=LONGEST_NAME).rev().filter(|n| *n <= run).filter(begins).find(|n| {
            let word: String = chars[end - n..end].iter().collect();
            surnames::is_name(&word) && !(*n == 2 && word.ends_with(|c| PLACES.contains(c)))
        });
        if let Some(length) = name {
            // As many characters as before, so that the places behind stay right.
            let given = end - length + 1;
            is_masked |= chars[given..end].iter().any(|c| *c != '某');
            chars[given..end].fill('某');
        }
    }
    is_masked.then(|| chars.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_with_a_title_or_a_label_are_hidden() {
        for (text, shown) in [
            ("张建国书记工作群", "张某某书记工作群"),
            ("石桥县张建国副县长联系群", "石桥县张某某副县长联系群"),
            ("三年级李四老师群", "三年级李四老师群"),
            ("一班（李四老师）", "一班（李某老师）"),
            ("欧阳建国主任", "欧某某某主任"),
            ("望川市民政局（联系人王小明）", "望川市民政局（联系人王某某）"),
            ("望川市民政局 负责人：王小明", "望川市民政局 负责人：王某某"),
        ] {
            assert_eq!(called(text), shown, "{text}");
            assert_eq!(called(shown), shown, "{shown} again");
        }
    }

    #[test]
    fn titles_without_a_name_change_nothing() {
        for text in [
            "村书记工作群",
            "各乡镇书记、镇长群",
            "局长信箱",
            "石桥县委书记信箱",
            "高校教师群",
            "高中老师群",
            "党支部书记群",
            "第一书记之家",
            "管理员培训群",
            "项目负责人联络群",
            "江村主任群",
            "金山镇镇长热线",
        ] {
            assert_eq!(called(text), text);
        }
    }

    #[test]
    fn every_title_ends_in_a_known_character() {
        for title in TITLES {
            assert!(title.ends_with(|c| LAST.contains(c)), "{title}");
        }
        let of = |title: &str| TITLES.iter().position(|t| *t == title);
        for (at, title) in TITLES.iter().enumerate() {
            let shorter = TITLES.iter().filter(|t| t != &title && title.ends_with(**t));
            assert!(shorter.into_iter().all(|t| of(t) > Some(at)), "{title} stands behind its own end");
        }
    }
}
