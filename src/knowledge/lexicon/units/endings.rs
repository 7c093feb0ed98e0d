//! Endings of units: what stands after a body's name, and what an unknown unit is.

use super::super::table;
use std::collections::HashMap;

const ENDINGS: &str = include_str!("../../../data/lexicon/unit_endings.tsv");

/// What an ending tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ending {
    /// A unit of its own; otherwise an internal office.
    pub(super) own: bool,
    /// The line of work, empty when the ending does not tell.
    pub(super) line: &'static str,
}

pub(super) struct Endings(HashMap<&'static str, Ending>);

impl Endings {
    pub(super) fn load() -> Endings {
        let entry = |[ending, role, line]: [&'static str; 3]| (ending, Ending { own: role == "own", line });
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
        table::assert_sorted::<3>(ENDINGS);
        for [ending, role, _] in table::rows(ENDINGS) {
            assert!(matches!(role, "own" | "office"), "{ending}");
            assert!(ending.chars().count() <= 10, "{ending}");
        }
        let endings = Endings::load();
        assert_eq!(endings.of("卫生服务中心"), Some(Ending { own: true, line: "health" }));
        assert_eq!(endings.of("信息中心"), Some(Ending { own: false, line: "" }));
        assert_eq!(endings.of("无此"), None);
    }
}
