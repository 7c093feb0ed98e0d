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

/// A tag: name without prefix, and everything behind it. Bytes, for most tags are passed over.
#[derive(Debug, PartialEq)]
pub(super) struct Tag<'a> {
    /// Whether it is a closing one.
    pub closes: bool,
    /// Whether it closes itself.
    pub is_empty: bool,
    /// Its name.
    pub name: &'a [u8],
    attributes: &'a [u8],
}

impl<'a> Tag<'a> {
    fn new(inside: &'a [u8]) -> Tag<'a> {
        let (closes, inside) = inside.strip_prefix(b"/").map_or((false, inside), |rest| (true, rest));
        let (is_empty, inside) = inside.strip_suffix(b"/").map_or((false, inside), |rest| (true, rest));
        let (mut from, mut to) = (0, inside.len());
        for (at, byte) in inside.iter().enumerate() {
            match byte {
                b':' => from = at + 1,
                b' ' | b'\t' | b'\r' | b'\n' => {
                    to = at;
                    break;
                }
                _ => {}
            }
        }
        Tag { closes, is_empty, name: &inside[from..to], attributes: &inside[to..] }
    }

    /// Names and values of its attributes, as they stand there.
    pub(super) fn attributes(&self) -> impl Iterator<Item = (&'a [u8], &'a [u8])> + use<'a> {
        let mut rest = self.attributes;
        std::iter::from_fn(move || {
            loop {
                rest = rest.trim_ascii_start();
                let end = rest.iter().position(|byte| *byte == b'=' || byte.is_ascii_whitespace())?;
                let name = &rest[..end];
                rest = rest[end..].trim_ascii_start();
                // A word without a value is passed over.
                let Some(value) = rest.strip_prefix(b"=") else { continue };
                rest = value.trim_ascii_start();
                let quote = *rest.first().filter(|byte| matches!(byte, b'"' | b'\''))?;
                let end = rest[1..].iter().position(|byte| *byte == quote)?;
                let value = &rest[1..=end];
                rest = &rest[end + 2..];
                return Some((name, value));
            }
        })
    }

    /// The value of an attribute as it stands there.
    pub(super) fn get(&self, name: &str) -> Option<&'a str> {
        let (_, value) = self.attributes().find(|(found, _)| *found == name.as_bytes())?;
        std::str::from_utf8(value).ok()
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
pub(super) fn visit(source: impl Read, visit: impl FnMut(&Tag<'_>) -> bool) -> std::io::Result<()> {
    scan::<true>(source, visit)
}

/// Calls `visit` with every tag that opens something. Of a sheet that is half of them, and most of the
/// other half is nobody's business.
pub(super) fn visit_opening(source: impl Read, visit: impl FnMut(&Tag<'_>) -> bool) -> std::io::Result<()> {
    scan::<false>(source, visit)
}

fn scan<const WITH_CLOSING: bool>(
    mut source: impl Read,
    mut visit: impl FnMut(&Tag<'_>) -> bool,
) -> std::io::Result<()> {
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
            if !WITH_CLOSING && buffer[..held].get(open + 1) == Some(&b'/') {
                at = open + 2;
                continue;
            }
            let Some(close) = memchr(b'>', &buffer[open..held]).map(|found| open + found) else {
                at = open;
                break;
            };
            at = close + 1;
            if !visit(&Tag::new(&buffer[open + 1..close])) {
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
            found.push((
                String::from_utf8_lossy(tag.name).into_owned(),
                tag.closes,
                tag.is_empty,
                tag.get("r").map(str::to_owned),
            ));
            assert!(tag.name != b"row" || tag.closes || tag.is_set("hidden"));
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
