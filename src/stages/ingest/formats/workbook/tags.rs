//! The tags of an XML part, one after the other, as fast as they can be found.
//!
//! For: a look at a sheet beside the library's own reading: which rows are hidden, what is merged. Not for:
//! text, entities, comments and name spaces; whoever needs those uses the XML library. Invariant: memory is
//! that of the longest tag.

use memchr::memchr;
use std::io::Read;

/// Bytes read at a time.
const BLOCK: usize = 64 << 10;
/// Longest tag; a longer one is passed over.
const LONGEST: usize = 1 << 20;

/// A tag: name without prefix, and everything behind it.
#[derive(Debug, PartialEq)]
pub(super) struct Tag<'a> {
    /// Whether it is a closing one.
    pub closes: bool,
    /// Whether it closes itself.
    pub is_empty: bool,
    /// Its name.
    pub name: &'a str,
    attributes: &'a str,
}

impl<'a> Tag<'a> {
    fn new(inside: &'a str) -> Tag<'a> {
        let (closes, inside) = inside.strip_prefix('/').map_or((false, inside), |rest| (true, rest));
        let (is_empty, inside) = inside.strip_suffix('/').map_or((false, inside), |rest| (true, rest));
        let end = inside.find(|c: char| c.is_ascii_whitespace()).unwrap_or(inside.len());
        let (name, attributes) = inside.split_at(end);
        let name = name.rsplit(':').next().unwrap_or(name);
        Tag { closes, is_empty, name, attributes }
    }

    /// The value of an attribute as it stands there.
    pub(super) fn get(&self, name: &str) -> Option<&'a str> {
        let mut rest = self.attributes;
        loop {
            let at = rest.find(name)?;
            let before = rest[..at].chars().next_back();
            let behind = rest[at + name.len()..].trim_start();
            rest = &rest[at + name.len()..];
            if before.is_none_or(|c| c.is_ascii_whitespace())
                && let Some(value) = behind.strip_prefix('=').map(str::trim_start)
                && let Some(quote) = value.chars().next().filter(|c| matches!(c, '"' | '\''))
            {
                return value[1..].split(quote).next();
            }
        }
    }

    /// Whether an attribute says yes.
    pub(super) fn is_set(&self, name: &str) -> bool {
        matches!(self.get(name), Some("1" | "true"))
    }

    /// An attribute that is a number.
    pub(super) fn number(&self, name: &str) -> Option<u32> {
        self.get(name)?.trim().parse().ok()
    }
}

/// Calls `visit` with every tag; it returns false when it has seen enough.
pub(super) fn visit(mut source: impl Read, mut visit: impl FnMut(&Tag<'_>) -> bool) -> std::io::Result<()> {
    let mut buffer = vec![0; BLOCK];
    let mut held = 0;
    loop {
        if held == buffer.len() {
            if held >= LONGEST {
                held = 0;
            } else {
                buffer.resize(held * 2, 0);
            }
        }
        let read = source.read(&mut buffer[held..])?;
        held += read;
        let mut at = 0;
        while let Some(open) = memchr(b'<', &buffer[at..held]).map(|found| at + found) {
            let Some(close) = memchr(b'>', &buffer[open..held]).map(|found| open + found) else {
                at = open;
                break;
            };
            at = close + 1;
            // A tag in another encoding or cut by a foreign character is none of ours.
            if let Ok(inside) = std::str::from_utf8(&buffer[open + 1..close])
                && !visit(&Tag::new(inside))
            {
                return Ok(());
            }
        }
        if memchr(b'<', &buffer[at..held]).is_none() {
            at = held;
        }
        buffer.copy_within(at..held, 0);
        held -= at;
        if read == 0 {
            return Ok(());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives a few bytes at a time.
    struct Drip<'a>(&'a [u8]);

    impl Read for Drip<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let (now, later) = self.0.split_at(self.0.len().min(3).min(buffer.len()));
            buffer[..now.len()].copy_from_slice(now);
            self.0 = later;
            Ok(now.len())
        }
    }

    #[test]
    fn tags_are_found_however_they_arrive() {
        let xml =
            "<?xml version='1.0'?><x:row r=\"12\" hidden='1'><c r = \"B12\" xr=\"C1\"/>a &lt; b</x:row >";
        let mut found = Vec::new();
        visit(Drip(xml.as_bytes()), |tag| {
            found.push((tag.name.to_owned(), tag.closes, tag.is_empty, tag.get("r").map(str::to_owned)));
            assert!(tag.name != "row" || tag.closes || tag.is_set("hidden"));
            true
        })
        .unwrap();
        let tag = |name: &str, closes, is_empty, r: Option<&str>| {
            (name.to_owned(), closes, is_empty, r.map(str::to_owned))
        };
        assert_eq!(
            found[1..],
            [
                tag("row", false, false, Some("12")),
                tag("c", false, true, Some("B12")),
                tag("row", true, false, None)
            ]
        );
    }

    proptest::proptest! {
        #[test]
        fn no_text_breaks_it(text in "[<>/a= \"'甲:]{0,40}") {
            visit(text.as_bytes(), |tag| { let _ = (tag.get("a"), tag.number("a")); true }).unwrap();
        }
    }
}
