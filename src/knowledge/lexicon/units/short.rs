//! Short words for bodies that no table needs to list: 教育 for 教育局, 振兴局 for 乡村振兴局.
//!
//! For: texts that are such a word and nothing else, after a place. Not for: fronts of longer texts, where 教育 begins a
//! hundred other things. Invariant: a word that two bodies could be called by stands for neither.

use super::Body;
use crate::knowledge::text::fold;
use hashbrown::HashMap;

/// Endings that people leave off (图书 for 图书馆), the one last that they leave off most: 医保 is the 医保局, whatever
/// 医保中心 there may be.
const LEFT_OFF: [&str; 3] = ["中心", "馆", "局"];

/// The words, each with the position of its body. What a name begins with tells more than what it ends in, except for
/// what many end in (管理局).
pub(super) fn words(bodies: &[Body]) -> HashMap<String, u16> {
    let ends = owners(bodies, last_of);
    let is_common = |word: &str| ends.get(word).is_some_and(Option::is_none);
    let mut found = HashMap::new();
    let mut add = |owners: &HashMap<String, Option<u16>>| {
        let known = owners.iter().filter(|(word, _)| !is_common(word));
        found.extend(known.filter_map(|(word, at)| Some((word.clone(), (*at)?))));
    };
    add(&ends);
    for ending in LEFT_OFF {
        add(&owners(bodies, |name| without(name, ending)));
    }
    add(&owners(bodies, first_of));
    found
}

/// Every word that bodies can be called by, with the body if it is one alone.
fn owners(bodies: &[Body], of_name: impl Fn(&str) -> Vec<String>) -> HashMap<String, Option<u16>> {
    let mut owners: HashMap<String, Option<u16>> = HashMap::new();
    for (at, body) in bodies.iter().enumerate() {
        for name in body.names().map(fold) {
            for word in of_name(&name) {
                let held = owners.entry(word).or_insert(Some(at as u16));
                *held = held.filter(|other| *other == at as u16);
            }
        }
    }
    owners
}

/// Two characters at least say something.
fn enough(word: &str) -> bool {
    word.chars().nth(1).is_some()
}

/// The name without the ending.
fn without(name: &str, ending: &str) -> Vec<String> {
    name.strip_suffix(ending).filter(|stem| enough(stem)).map(str::to_owned).into_iter().collect()
}

/// 局 after its first characters.
fn first_of(name: &str) -> Vec<String> {
    parts(name).filter(|(first, _)| enough(first)).map(|(first, _)| format!("{first}局")).collect()
}

/// 局 after the last characters of what stands before it.
fn last_of(name: &str) -> Vec<String> {
    parts(name).filter(|(_, last)| enough(last)).map(|(_, last)| format!("{last}局")).collect()
}

/// What stands before 局, cut in two in every way.
fn parts(name: &str) -> impl Iterator<Item = (&str, &str)> {
    let stem = name.strip_suffix('局').unwrap_or_default();
    stem.char_indices().skip(1).map(|(at, _)| stem.split_at(at))
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
        assert_eq!(called("医保"), "medical-security", "and no 医保中心");
        assert_eq!(called("管理局"), "", "many end so");
        assert_eq!(called("保障局"), "", "人力资源和社会保障局, 医疗保障局");
    }
}
