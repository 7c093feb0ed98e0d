//! What people write for the closed vocabularies: kind, level, audience, form, status.
//!
//! For: 市直部门 → prefecture, 停更 → stale. Not for: open vocabularies (platforms, functions).

use super::table;
use crate::model::{AppForm, Audience, Kind, Level, Status};
use std::collections::HashMap;

const VALUES: &str = include_str!("../../data/lexicon/values.tsv");

/// Lookups from folded text to each vocabulary.
pub struct ValueBook {
    values: HashMap<(&'static str, &'static str), &'static str>,
    /// Words of the status vocabulary, longest first, to be found inside longer remarks.
    statuses: Vec<(&'static str, Status)>,
}

/// What turns a status word into its opposite when it stands right before it.
const DENIALS: [&str; 5] = ["未", "不", "没有", "尚未", "无需"];

impl ValueBook {
    pub(super) fn load() -> ValueBook {
        let values: HashMap<_, _> = table::rows(VALUES).map(|[v, word, value]| ((v, word), value)).collect();
        let mut statuses: Vec<_> = table::rows(VALUES)
            .filter(|row: &[&str; 3]| row[0] == "status" && row[1].chars().count() > 1)
            .filter_map(|[_, word, value]| Some((word, Status::parse(value)?)))
            .collect();
        statuses.sort_by_key(|&(word, _)| (std::cmp::Reverse(word.len()), word));
        ValueBook { values, statuses }
    }

    fn find(&self, vocabulary: &'static str, folded: &str) -> Option<&'static str> {
        if folded.is_empty() {
            return None;
        }
        // The key's lifetime is the table's; a borrowed query needs the same type.
        self.values.get(&(vocabulary, folded)).copied()
    }

    /// Kind of a folded text.
    pub fn kind(&self, folded: &str) -> Option<Kind> {
        self.find("kind", folded).and_then(Kind::parse)
    }

    /// Level of a folded text; `Unknown` when it is not understood.
    pub fn level(&self, folded: &str) -> Level {
        self.find("level", folded).and_then(Level::parse).unwrap_or_default()
    }

    /// Audience of a folded text; `Unknown` when it is not understood.
    pub fn audience(&self, folded: &str) -> Audience {
        self.find("audience", folded).and_then(Audience::parse).unwrap_or_default()
    }

    /// Form of a folded text; `Unknown` when it is not understood.
    pub fn form(&self, folded: &str) -> AppForm {
        self.find("form", folded).and_then(AppForm::parse).unwrap_or_default()
    }

    /// Status of a folded text: a known word, or the longest one that stands in a longer remark
    /// and is not denied there (未注销).
    pub fn status(&self, folded: &str) -> Status {
        if folded.is_empty() {
            return Status::Unknown;
        }
        if let Some(status) = self.find("status", folded).and_then(Status::parse) {
            return status;
        }
        let stated = self.statuses.iter().find(|(word, _)| {
            folded.find(word).is_some_and(|at| !DENIALS.iter().any(|d| folded[..at].ends_with(d)))
        });
        stated.map_or(Status::Unknown, |s| s.1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::text::fold;

    #[test]
    fn every_value_exists_and_every_word_is_folded() {
        let mut last = ("", "");
        for [vocabulary, word, value] in table::rows(VALUES) {
            assert!(last < (vocabulary, word), "{word} is out of order");
            last = (vocabulary, word);
            let known = match vocabulary {
                "kind" => Kind::parse(value).is_some(),
                "level" => Level::parse(value).is_some(),
                "audience" => Audience::parse(value).is_some(),
                "form" => AppForm::parse(value).is_some(),
                "status" => Status::parse(value).is_some(),
                _ => false,
            };
            assert!(known, "{vocabulary} has no {value}");
            assert_eq!(fold(word), word, "{vocabulary}");
        }
    }

    #[test]
    fn remarks_are_understood_by_the_word_in_them() {
        let book = ValueBook::load();
        assert_eq!(book.status("已于2024年5月注销"), Status::Closed);
        assert_eq!(book.status("未注销"), Status::Unknown);
        assert_eq!(book.status("未完成注销"), Status::Closing);
        assert_eq!(book.level("市直部门"), Level::Prefecture);
        assert_eq!(book.level(&fold("县(市、区)")), Level::County);
    }
}
