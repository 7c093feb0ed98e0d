//! Looking for a short word in a short text, without the preparation that the standard library's search needs.
//!
//! For: names and owners, in which dozens of words are looked for and mostly not found. Not for: long texts, where an
//! automaton looks for all words at once.

use memchr::memchr;

/// Where a word stands first in a text, in bytes, as [`str::find`] says. The last byte of a character tells most: the
/// first is shared by thousands.
pub fn find(text: &str, word: &str) -> Option<usize> {
    finds(text, word).next()
}

/// Where a word stands in a text, every place in bytes, also those that overlap.
pub fn finds<'t>(text: &'t str, word: &'t str) -> impl Iterator<Item = usize> + use<'t> {
    let (text, word) = (text.as_bytes(), word.as_bytes());
    let mut from = word.len().saturating_sub(1);
    std::iter::from_fn(move || {
        let (&last, front) = word.split_last()?;
        loop {
            let end = from + memchr(last, text.get(from..)?)?;
            from = end + 1;
            if text[..end].ends_with(front) {
                return Some(end - front.len());
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn found_where_the_standard_library_finds_it(text in "[镇街道区aé]{0,9}", word in "[镇街道区aé]{1,3}") {
            proptest::prop_assert_eq!(find(&text, &word), text.find(&word));
            let all: Vec<usize> = text.char_indices().map(|(at, _)| at).filter(|at| text[*at..].starts_with(&word)).collect();
            proptest::prop_assert_eq!(finds(&text, &word).collect::<Vec<_>>(), all);
        }
    }
}
