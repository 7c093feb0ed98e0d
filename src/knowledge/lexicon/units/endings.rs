//! Endings of units: what stands after a body's name, and what an unknown unit is.

use super::super::table;
use hashbrown::HashMap;

const ENDINGS: &str = include_str!("../../../data/lexicon/unit_endings.tsv");

/// What an ending tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ending {
    /// A unit of its own; otherwise an internal office.
    pub(super) own: bool,
    /// The line of work, empty when the ending does not tell.
    pub(super) line: &'static str,
    word: &'static str,
    /// What the ending stands for when it is all there is.
    full: &'static str,
}

impl Ending {
    /// The full name of a unit that is called by the ending alone: 卫院 of a town is its 卫生院.
    pub(super) fn full_name(self, text: &str) -> Option<&'static str> {
        (text == self.word && !self.full.is_empty()).then_some(self.full)
    }
}

pub(super) struct Endings(HashMap<&'static str, Ending>);

impl Endings {
    pub(super) fn load() -> Endings {
        let entry = |[ending, role, line, full]: [&'static str; 4]| {
            (ending, Ending { own: role == "own", line, word: ending, full })
        };
        Endings(table::rows(ENDINGS).map(entry).collect())
    }

    /// What the longest known ending of a text tells.
    pub(super) fn of(&self, text: &str) -> Option<Ending> {
        let start = text.char_indices().rev().nth(9).map_or(0, |(at, _)| at);
        text[start..].char_indices().find_map(|(at, _)| self.0.get(&text[start + at..])).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_ending_decides() {
        table::assert_sorted::<4>(ENDINGS);
        for [ending, role, _, _] in table::rows(ENDINGS) {
            assert!(matches!(role, "own" | "office"), "{ending}");
            assert!(ending.chars().count() <= 10, "{ending}");
        }
        let endings = Endings::load();
        let told = |text: &str| endings.of(text).map(|e| (e.own, e.line));
        assert_eq!(told("卫生服务中心"), Some((true, "health")));
        assert_eq!(told("信息中心"), Some((false, "")));
        assert_eq!(told("无此"), None);
        assert_eq!(endings.of("卫院").and_then(|e| e.full_name("卫院")), Some("卫生院"));
        assert_eq!(endings.of("东明卫院").and_then(|e| e.full_name("东明卫院")), None);
    }
}
