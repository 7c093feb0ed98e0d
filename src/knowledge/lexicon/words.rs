//! Words inside names that are neither brand nor job: generic ones, remarks, what is numbered.
//!
//! For: taking a name apart. Not for: places and units, which have books of their own.

use super::phrases::Phrases;
use super::table;
use crate::knowledge::text::fold;
use crate::model::WordClass as Class;
use hashbrown::HashMap;
use std::collections::BTreeMap;

const WORDS: &str = include_str!("../../data/lexicon/name_words.tsv");

/// The words, by class.
pub struct NameWords {
    words: Phrases<Class>,
    /// By their last character: generic words, then remarks of two characters or more, each longest first.
    ends: HashMap<char, Vec<String>>,
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
        let (mut generic, mut status) = (Vec::new(), Vec::new());
        for (word, class) in vendored.chain(local.iter().map(|(word, class)| (word.as_str(), *class))) {
            words.add(word, class);
            match class {
                Class::Generic => generic.push(word.to_owned()),
                // One character (新, 旧) is a remark in brackets only.
                Class::Status if word.chars().count() > 1 => status.push(word.to_owned()),
                Class::Status | Class::Sibling | Class::Numbered | Class::Plain => {}
            }
        }
        for list in [&mut generic, &mut status] {
            list.sort_by(|a: &String, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        }
        let mut ends: HashMap<char, Vec<String>> = HashMap::new();
        for word in generic.iter().chain(&status) {
            ends.entry(word.chars().next_back().unwrap_or_default()).or_default().push(word.clone());
        }
        let fronts = generic.into_iter().filter(|w| w.starts_with(['官', '微'])).collect();
        NameWords { words, ends, fronts }
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

    /// Whether the text ends with something that siblings are counted in.
    pub fn ends_with_counted(&self, text: &str) -> bool {
        text.char_indices()
            .rev()
            .take(4)
            .any(|(at, _)| self.words.get(&text[at..]).contains(&Class::Numbered))
    }

    /// The text without generic words and remarks at its end, and generic ones at its front; never
    /// the whole of it.
    pub fn strip<'a>(&self, text: &'a str) -> &'a str {
        let mut rest = text;
        loop {
            let last = rest.chars().next_back().unwrap_or_default();
            let ends = self.ends.get(&last).map_or(&[][..], Vec::as_slice);
            let without_end =
                ends.iter().filter_map(|w| rest.strip_suffix(w.as_str())).find(|s| !s.is_empty());
            let without_front = || {
                let is_front = rest.starts_with(['官', '微']);
                let fronts = self.fronts.iter().filter(|_| is_front);
                fronts.filter_map(|w| rest.strip_prefix(w.as_str())).find(|s| !s.is_empty())
            };
            match without_end.or_else(without_front) {
                Some(s) => rest = s,
                None => return rest,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lose_what_says_nothing() {
        let mut last = ("", "");
        for [class, word] in table::rows(WORDS) {
            assert!(last < (class, word), "{word} is out of order");
            assert!(["generic", "status", "sibling", "numbered"].contains(&class), "{class}");
            last = (class, word);
        }
        let words = NameWords::load(&[]);
        assert_eq!(words.strip("智慧党建信息平台app"), "智慧党建");
        assert_eq!(words.strip("网格微信群"), "网格");
        assert_eq!(words.strip("工作群"), "工作");
        assert!(words.counts("支队群", false) && words.counts("中学", true) && !words.counts("站式", false));
    }
}
