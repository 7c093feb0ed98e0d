//! Lists of words that code looks for as they stand: `src/data/words.txt`.
//!
//! For: short lists of one place in the code, so that who knows the field and not Rust can mend them. Not for: words with
//! senses, regions, units or headers, which have files of their own.
//! Invariant: every list that is asked for is in the file, and every list of the file is asked for; a test reads the source.

use std::collections::BTreeMap;
use std::sync::LazyLock;

const DATA: &str = include_str!("../../data/words.txt");

static LISTS: LazyLock<BTreeMap<&str, Vec<&str>>> = LazyLock::new(|| {
    let mut lists: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut name = "";
    for line in DATA.lines().filter(|line| !line.starts_with('#')) {
        if let Some(head) = line.strip_prefix("= ") {
            name = head.split(' ').next().unwrap_or_default();
        } else if !line.is_empty() {
            lists.entry(name).or_default().extend(line.split(' '));
        }
    }
    lists
});

/// The words of a list, in the order of the file; none for a name that is not there, which a test rules out.
pub fn words(list: &str) -> &'static [&'static str] {
    LISTS.get(list).map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use std::path::Path;

    fn asked(folder: &Path, names: &mut BTreeSet<String>) {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                asked(&path, names);
            } else if path.extension().is_some_and(|end| end == "rs") && !path.ends_with("lists.rs") {
                let source = std::fs::read_to_string(&path).expect("source");
                let calls = source.split("words(\"").skip(1).chain(source.split("listed(\"").skip(1));
                for part in calls {
                    names.extend(part.split('"').next().filter(|name| name.contains('-')).map(str::to_owned));
                }
            }
        }
    }

    #[test]
    fn every_list_is_asked_for_and_there() {
        let mut names = BTreeSet::new();
        asked(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut names);
        let there: BTreeSet<String> = LISTS.keys().map(|&name| name.to_owned()).collect();
        assert_eq!(names, there);
    }

    #[test]
    fn no_list_is_empty_and_no_word_stands_twice_in_one() {
        for (name, list) in LISTS.iter() {
            let all: BTreeSet<&str> = list.iter().copied().collect();
            assert!(!list.is_empty() && all.len() == list.len() && !all.contains(""), "{name}");
        }
    }
}
