//! Words inside names that are neither brand nor job: generic ones, remarks, what is numbered.
//!
//! For: taking a name apart. Not for: places and units, which have books of their own.

use super::phrases::Phrases;
use super::table;
use crate::knowledge::text::{Slip, fold, one_slip};
use crate::model::WordClass as Class;
use hashbrown::HashMap;
use std::collections::BTreeMap;

const WORDS: &str = include_str!("../../data/lexicon/name_words.tsv");

/// What a name may end in without saying more: 慢病管理 beside 慢病, 乡村振兴服务中心 beside 乡村振兴中心. One of them
/// instead of another does say more: 交通管理 is not 交通服务.
pub const FILLERS: [&str; 3] = ["服务", "管理", "工作"];

/// The words, by class.
pub struct NameWords {
    words: Phrases<Class>,
    /// By their last character: generic words, then remarks of two characters or more, each longest first.
    ends: HashMap<char, Vec<String>>,
    /// What siblings are counted in with any numeral, in two characters.
    counted: Vec<([char; 2], String)>,
    /// Words that adorn a name, longest first.
    brands: Vec<String>,
    /// Generic words that are also left out in front, longest first.
    fronts: Vec<String>,
}

impl NameWords {
    /// The vendored table, with the words of a place laid over it, later ones over earlier ones.
    pub(super) fn load(local: &[(String, Class)]) -> NameWords {
        let local: BTreeMap<String, Class> = local.iter().map(|(word, class)| (fold(word), *class)).collect();
        let vendored = table::rows(WORDS)
            .map(|[class, word]| (word, Class::parse(class).unwrap_or_default()))
            .filter(|(word, _)| !local.contains_key(*word));
        let mut words = Phrases::default();
        let (mut generic, mut status, mut brands) = (Vec::new(), Vec::new(), Vec::new());
        let mut counted = Vec::new();
        for (word, class) in vendored.chain(local.iter().map(|(word, class)| (word.as_str(), *class))) {
            words.add(word, class);
            match class {
                Class::Numbered if word.chars().count() == 2 => {
                    let mut chars = word.chars();
                    counted.extend(chars.next().zip(chars.next()).map(|(a, b)| ([a, b], word.to_owned())));
                }
                Class::Brand => brands.push(word.to_owned()),
                Class::Generic => generic.push(word.to_owned()),
                // One character (新, 旧) is a remark in brackets only.
                Class::Status if word.chars().count() > 1 => status.push(word.to_owned()),
                Class::Status | Class::Sibling | Class::Numbered | Class::Plain => {}
            }
        }
        for list in [&mut generic, &mut status, &mut brands] {
            list.sort_by(|a: &String, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        }
        let mut ends: HashMap<char, Vec<String>> = HashMap::new();
        for word in generic.iter().chain(&status) {
            ends.entry(word.chars().next_back().unwrap_or_default()).or_default().push(word.clone());
        }
        let fronts = generic.into_iter().filter(|w| w.starts_with(['官', '微'])).collect();
        NameWords { words, ends, counted, brands, fronts }
    }

    /// The text without what adorns it in front and at its end (掌上社保通 → 社保); two characters at least are left.
    pub fn unadorned<'a>(&self, text: &'a str) -> &'a str {
        let enough = |rest: &&str| rest.chars().nth(1).is_some();
        let shorter = |cut: &dyn Fn(&'a str, &str) -> Option<&'a str>, text: &'a str| {
            self.brands.iter().filter_map(|word| cut(text, word)).find(enough).unwrap_or(text)
        };
        let text = shorter(&|text, word| text.strip_prefix(word), text);
        shorter(&|text, word| text.strip_suffix(word), text)
    }

    /// Whether the whole text is a remark or a generic word.
    pub fn is_remark(&self, folded: &str) -> bool {
        self.words.get(folded).iter().any(|c| matches!(c, Class::Generic | Class::Status))
    }

    /// Whether the text starts with something that siblings are counted in. Without `marked` (第, or
    /// an Arabic numeral) only the words count that mean nothing else.
    pub fn counts(&self, text: &str, marked: bool) -> bool {
        let fits = |c: &Class| *c == Class::Numbered || marked && *c == Class::Sibling;
        self.words.prefixes(text).any(|(_, classes)| classes.iter().any(fits))
    }

    /// Whether the text starts with what siblings are counted in, with a slip in it: 网工格, 支补.
    pub fn counts_mistyped(&self, text: &str) -> bool {
        let typed: Vec<char> = text.chars().filter(|c| *c != ' ').take(3).collect();
        (2..=typed.len())
            .any(|length| self.counted.iter().any(|(word, _)| is_slip_of(&typed[..length], word)))
    }

    /// What siblings are counted in that the text starts with, blanks in front left out: how far it reaches, in
    /// bytes, and the word as it is spelt. Words that number other things as well (3号楼, 3站) are none.
    pub fn counted<'w>(&'w self, text: &'w str) -> Option<(usize, &'w str)> {
        let start = text.len() - text.trim_start().len();
        let counts = |c: &Class| matches!(c, Class::Numbered | Class::Sibling);
        let known = self.words.prefixes(&text[start..]).find(|(_, classes)| classes.iter().any(counts));
        if let Some((length, classes)) = known {
            let end = start + length;
            return classes.contains(&Class::Numbered).then_some((end, &text[start..end]));
        }
        let mistyped = |end: usize| {
            let typed: Vec<char> = text[..end].chars().filter(|c| *c != ' ').collect();
            self.counted
                .iter()
                .find(|(word, _)| is_slip_of(&typed, word))
                .map(|(_, word)| (end, word.as_str()))
        };
        text.char_indices().map(|(at, c)| at + c.len_utf8()).take(start + 4).find_map(mistyped)
    }

    /// Whether the text ends with something that siblings are counted in.
    pub fn ends_with_counted(&self, text: &str) -> bool {
        !self.split_counted(text).1.is_empty()
    }

    /// The text and, apart from it, what siblings are counted in at its end, which is empty when there is none.
    pub fn split_counted<'a>(&self, text: &'a str) -> (&'a str, &'a str) {
        let mut starts = text.char_indices().rev().take(4).map(|(at, _)| at);
        let at = starts.find(|&at| self.words.get(&text[at..]).contains(&Class::Numbered));
        text.split_at(at.unwrap_or(text.len()))
    }

    /// The text without generic words and remarks at its end, and generic ones at its front; two characters at
    /// least are left (党群 of 党群内部群).
    pub fn strip<'a>(&self, text: &'a str) -> &'a str {
        let enough = |rest: &&str| rest.chars().nth(1).is_some();
        let mut rest = text;
        loop {
            let last = rest.chars().next_back().unwrap_or_default();
            let ends = self.ends.get(&last).map_or(&[][..], Vec::as_slice);
            let is_word = || {
                let mut starts = rest.char_indices().rev().take(4).skip(1);
                starts.any(|(at, _)| self.words.get(&rest[at..]).contains(&Class::Plain))
            };
            let without_end =
                ends.iter().filter_map(|w| rest.strip_suffix(w.as_str())).find(enough).filter(|_| !is_word());
            let without_front = || {
                let is_front = rest.starts_with(['官', '微']);
                let fronts = self.fronts.iter().filter(|_| is_front);
                fronts.filter_map(|w| rest.strip_prefix(w.as_str())).find(enough)
            };
            match without_end.or_else(without_front) {
                Some(s) => rest = s,
                None => return rest,
            }
        }
    }
}

/// Whether what was typed is a word with a slip in it, its first character right.
fn is_slip_of(typed: &[char], word: &[char]) -> bool {
    typed.len() >= 2
        && typed.first() == word.first()
        && one_slip(typed, word).is_some_and(|slip| slip != Slip::Other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lose_what_says_nothing() {
        let mut last = ("", "");
        for [class, word] in table::rows(WORDS) {
            assert!(last < (class, word), "{word} is out of order");
            assert!(
                ["brand", "generic", "plain", "status", "sibling", "numbered"].contains(&class),
                "{class}"
            );
            last = (class, word);
        }
        let words = NameWords::load(&[]);
        assert_eq!(words.strip("智慧党建信息平台app"), "智慧党建");
        assert_eq!(words.strip("网格微信群"), "网格");
        assert_eq!(words.unadorned("掌上社保通"), "社保");
        assert_eq!(words.unadorned("通通"), "通通");
        assert_eq!(words.strip("工作群"), "工作");
        assert_eq!(words.strip("感德党群联系群"), "感德党群");
        assert_eq!(words.strip("党群联系群"), "党群");
        assert!(words.counts("支队群", false) && words.counts("中学", true) && !words.counts("站式", false));
    }
}
