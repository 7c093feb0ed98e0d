//! Functions (功能): what an app, account or group does, whatever it is called.
//!
//! For: tags that two differently named things share. Not for: findings; that a text speaks of
//! 打卡 tags attendance, whether or not anything is wrong with it (`detect`).

use super::table;
use crate::knowledge::text::fold;
use crate::model::{Audience, FunctionId};
use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};

const FUNCTIONS: &str = include_str!("../../data/lexicon/functions.tsv");

/// One function of the taxonomy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Function {
    /// ASCII id, such as `party-study`.
    pub id: String,
    /// Chinese name.
    pub zh: String,
    /// English name.
    pub en: String,
    /// The group of functions it belongs to, such as `party`.
    pub domain: String,
    /// Whom a thing with this function mostly serves.
    pub audience: Audience,
    /// Words that show it, beside its Chinese name.
    pub synonyms: Vec<String>,
}

/// The taxonomy with a finder over all its words.
pub struct FunctionBook {
    /// By ASCII id.
    functions: Vec<Function>,
    words: CharwiseDoubleArrayAhoCorasick<u16>,
}

impl FunctionBook {
    pub(super) fn load() -> FunctionBook {
        let functions: Vec<Function> = table::rows(FUNCTIONS)
            .map(|[id, zh, en, domain, audience, synonyms]| Function {
                id: id.into(),
                zh: zh.into(),
                en: en.into(),
                domain: domain.into(),
                audience: Audience::parse(audience).unwrap_or_default(),
                synonyms: table::items(synonyms).map(str::to_owned).collect(),
            })
            .collect();
        let patterns = functions.iter().enumerate().flat_map(|(at, function)| {
            let words = std::iter::once(&function.zh).chain(&function.synonyms);
            words.map(move |word| (fold(word), at as u16))
        });
        let words = CharwiseDoubleArrayAhoCorasickBuilder::new()
            .match_kind(MatchKind::LeftmostLongest)
            .build_with_values(patterns)
            .expect("the data lint keeps the words distinct and not empty");
        FunctionBook { functions, words }
    }

    /// A function.
    pub fn get(&self, id: FunctionId) -> &Function {
        &self.functions[usize::from(id.0)]
    }

    /// Every function with its id.
    pub fn iter(&self) -> impl Iterator<Item = (FunctionId, &Function)> {
        self.functions.iter().enumerate().map(|(at, f)| (FunctionId(at as u16), f))
    }

    /// Adds the functions that a folded text speaks of; where words overlap, the longest counts.
    pub fn tag(&self, folded: &str, found: &mut Vec<FunctionId>) {
        for hit in self.words.leftmost_find_iter(folded) {
            let id = FunctionId(hit.value());
            if !found.contains(&id) {
                found.push(id);
            }
        }
    }

    /// Whom things with these functions serve: the side all of them are on, or both.
    pub fn audience(&self, functions: &[FunctionId]) -> Audience {
        let side = |wanted| functions.iter().any(|&f| self.get(f).audience == wanted);
        match (side(Audience::Staff), side(Audience::Public)) {
            (true, true) => Audience::Both,
            (true, false) => Audience::Staff,
            (false, true) => Audience::Public,
            (false, false) if functions.is_empty() => Audience::Unknown,
            (false, false) => Audience::Both,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::{BTreeMap, BTreeSet};

    #[test]
    fn no_word_shows_two_functions() {
        table::assert_sorted::<6>(FUNCTIONS);
        let book = FunctionBook::load();
        assert!(book.iter().count() >= 80);
        assert!(book.iter().map(|(_, f)| f.domain.as_str()).collect::<BTreeSet<_>>().len() >= 15);
        let mut owners: BTreeMap<String, &str> = BTreeMap::new();
        for (_, function) in book.iter() {
            assert_ne!(function.audience, Audience::Unknown, "{}", function.id);
            for word in std::iter::once(&function.zh).chain(&function.synonyms) {
                assert!(word.chars().count() >= 2, "{word} is too short to show anything");
                assert_eq!(owners.insert(fold(word), &function.id), None, "{word}");
            }
        }
    }

    #[test]
    fn the_longest_word_counts() {
        let book = FunctionBook::load();
        let tags = |text: &str| {
            let mut found = Vec::new();
            book.tag(&fold(text), &mut found);
            found.iter().map(|&f| book.get(f).id.as_str()).collect::<Vec<_>>()
        };
        assert_eq!(tags("森林防火工作"), ["forest-fire"]);
        assert_eq!(tags("会议签到"), ["meeting"]);
        assert_eq!(tags("党建学习、河长巡河"), ["party-study", "river-patrol"]);
        assert_eq!(tags("无关"), [""; 0]);
    }
}
