//! Short words for bodies that no table needs to list: 教育 for 教育局, 振兴局 for 乡村振兴局.
//!
//! For: texts that are such a word and nothing else, after a place. Not for: fronts of longer texts, where 教育 begins a
//! hundred other things. Invariant: a word that two bodies could be called by stands for neither.

use super::Body;
use crate::knowledge::text::fold;
use std::collections::HashMap;

/// Endings that people leave off: 图书 for 图书馆.
const LEFT_OFF: [&str; 3] = ["局", "馆", "中心"];

/// The words, each with the position of its body.
pub(super) fn words(bodies: &[Body]) -> HashMap<String, u16> {
    let mut owners: HashMap<String, Option<u16>> = HashMap::new();
    for (at, body) in bodies.iter().enumerate() {
        for name in body.names().map(fold) {
            for word in of_name(&name) {
                let held = owners.entry(word).or_insert(Some(at as u16));
                *held = held.filter(|other| *other == at as u16);
            }
        }
    }
    owners.into_iter().filter_map(|(word, at)| Some((word, at?))).collect()
}

/// The name without its ending; and the ending 局 after the first or last characters, two or more, of what stands
/// before it.
fn of_name(name: &str) -> Vec<String> {
    let enough = |word: &str| word.chars().nth(1).is_some();
    let mut words: Vec<String> = LEFT_OFF
        .iter()
        .filter_map(|ending| name.strip_suffix(ending))
        .filter(|stem| enough(stem))
        .map(str::to_owned)
        .collect();
    if let Some(stem) = name.strip_suffix('局') {
        let cuts = || stem.char_indices().map(|(at, _)| at).skip(1);
        let parts = cuts().flat_map(|at| [&stem[..at], &stem[at..]]);
        words.extend(parts.filter(|part| enough(part)).map(|part| format!("{part}局")));
    }
    words
}

#[cfg(test)]
mod tests {
    use super::super::UnitBook;

    #[test]
    fn a_short_word_stands_for_the_only_body_it_can() {
        let book = UnitBook::load(&[]);
        let called = |text: &str| book.called(text).map_or("", |body| body.id.as_str());
        assert_eq!(called("教育"), "education");
        assert_eq!(called("图书"), "library");
        assert_eq!(called("振兴局"), "rural-revitalization");
        assert_eq!(called("退役局"), "veterans");
        assert_eq!(called("管理局"), "", "many end so");
        assert_eq!(called("保障局"), "", "人力资源和社会保障局, 医疗保障局");
    }
}
