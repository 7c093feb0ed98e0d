//! A scan in little room: what differs from the scan before it, line by line, compressed.
//!
//! For: a store that grows with what changes. Row numbers are kept apart from the lines, because one row put in at
//! the top of a list moves all others. Not for: meaning; any text survives, byte by byte. Invariant:
//! `unpack(pack(text, base), base) == text`, and nothing that is read makes it panic or grow without bound.

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use hashbrown::HashMap;
use std::io::{Read as _, Write as _};

/// First byte of every body: the form of what follows.
const FORM: u8 = 1;
/// What stands before a row number in a stored scan. Inside a string the quotes would be escaped.
const ROW: &[u8] = b"\"row\": ";
/// How many times its packed size a scan usually is, and the most room that is made for it beforehand: a body that is
/// damaged may say anything.
const USUAL: usize = 8;
const MOST_AT_ONCE: usize = 1 << 30;
/// The most that a body may unpack to: a scan of some ten million items.
const MOST: u64 = 16 << 30;

/// The body of a text that follows another.
pub(super) fn pack(text: &[u8], base: &[u8]) -> std::io::Result<Vec<u8>> {
    let (text, rows) = without_rows(text);
    let (base, _) = without_rows(base);
    let old: Vec<&[u8]> = lines(&base).collect();
    let mut places: HashMap<&[u8], Vec<usize>> = HashMap::new();
    for (at, line) in old.iter().enumerate() {
        places.entry(line).or_default().push(at);
    }
    // Runs of equal lines as (number of new lines before, first old line, count).
    let (mut steps, mut fresh, mut expected) = (Vec::new(), Vec::new(), 0);
    let mut pending = 0u64;
    let mut run: Option<(u64, usize, u64)> = None;
    for line in lines(&text) {
        let next = if old.get(expected) == Some(&line) {
            Some(expected)
        } else {
            places.get(line).map(|at| at[at.partition_point(|&p| p < expected) % at.len()])
        };
        match (next, &mut run) {
            (Some(at), Some((_, first, count))) if *first + *count as usize == at && pending == 0 => {
                *count += 1;
            }
            (Some(at), _) => {
                steps.extend(run.take());
                run = Some((pending, at, 1));
                pending = 0;
            }
            (None, _) => {
                pending += 1;
                fresh.extend_from_slice(line);
            }
        }
        expected = next.map_or(expected, |at| at + 1);
    }
    steps.extend(run);
    if pending > 0 {
        steps.push((pending, 0, 0));
    }
    let mut out = Vec::new();
    put(&mut out, steps.len() as u64);
    for (new, first, count) in steps {
        for number in [new, first as u64, count] {
            put(&mut out, number);
        }
    }
    put(&mut out, rows.len() as u64);
    let mut before = 0i64;
    for row in rows {
        let step = i64::from(row) - before;
        put(&mut out, ((step << 1) ^ (step >> 63)).cast_unsigned());
        before = i64::from(row);
    }
    out.extend_from_slice(&fresh);
    let mut body = vec![FORM];
    let mut encoder = ZlibEncoder::new(&mut body, Compression::best());
    encoder.write_all(&out)?;
    encoder.finish()?;
    Ok(body)
}

/// The text of a body; nothing when it is damaged.
pub(super) fn unpack(body: &[u8], base: &[u8]) -> Option<Vec<u8>> {
    let (&FORM, body) = body.split_first()? else { return None };
    let mut all = Vec::with_capacity(body.len().saturating_mul(USUAL).min(MOST_AT_ONCE));
    ZlibDecoder::new(body).take(MOST).read_to_end(&mut all).ok()?;
    let mut rest = all.as_slice();
    let (base, _) = without_rows(base);
    let old: Vec<&[u8]> = lines(&base).collect();
    let mut steps = Vec::new();
    for _ in 0..take(&mut rest)? {
        steps.push((take(&mut rest)?, take(&mut rest)?, take(&mut rest)?));
    }
    let mut rows = Vec::new();
    let mut before = 0i64;
    for _ in 0..take(&mut rest)? {
        let step = take(&mut rest)?;
        before = before.checked_add((step >> 1).cast_signed() ^ -((step & 1).cast_signed()))?;
        rows.push(u32::try_from(before).ok()?);
    }
    let mut fresh = lines(rest);
    // Most of a scan is as it was: grown step by step, hundreds of megabytes would be moved again and again.
    let mut text = Vec::with_capacity(base.len() + rest.len());
    for (new, first, count) in steps {
        for _ in 0..new {
            text.extend_from_slice(fresh.next()?);
        }
        let first = usize::try_from(first).ok()?;
        let last = first.checked_add(usize::try_from(count).ok()?)?;
        old.get(first..last)?.iter().for_each(|line| text.extend_from_slice(line));
    }
    if fresh.next().is_some() {
        return None;
    }
    with_rows(&text, &rows)
}

/// Compresses a small record.
pub(super) fn squeeze(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    encoder.finish()
}

/// The record again.
pub(super) fn expand(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    ZlibDecoder::new(bytes).take(MOST).read_to_end(&mut out).ok()?;
    Some(out)
}

fn lines(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    text.split_inclusive(|&byte| byte == b'\n')
}

/// The text with every row number cut out, and the numbers.
///
/// A text that has the mark already, which no scan has, keeps its numbers.
fn without_rows(text: &[u8]) -> (Vec<u8>, Vec<u32>) {
    if memchr::memmem::find(text, b"\"row\": #").is_some() {
        return (text.to_owned(), Vec::new());
    }
    let (mut out, mut rows) = (Vec::with_capacity(text.len()), Vec::new());
    let mut done = 0;
    for at in memchr::memmem::find_iter(text, ROW) {
        let start = at + ROW.len();
        let digits = text[start..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let number = &text[start..start + digits];
        // Only what would be written the same way again.
        let plain = number.len() == 1 || number.first() != Some(&b'0');
        let row = std::str::from_utf8(number).ok().filter(|_| plain).and_then(|text| text.parse().ok());
        if let Some(row) = row {
            out.extend_from_slice(&text[done..start]);
            out.push(b'#');
            rows.push(row);
            done = start + digits;
        }
    }
    out.extend_from_slice(&text[done..]);
    (out, rows)
}

/// Puts the numbers back.
fn with_rows(text: &[u8], rows: &[u32]) -> Option<Vec<u8>> {
    if rows.is_empty() {
        return Some(text.to_owned());
    }
    let mut out = Vec::with_capacity(text.len() + rows.len() * 3);
    let mut rows = rows.iter();
    let mut done = 0;
    for at in memchr::memmem::find_iter(text, ROW) {
        let start = at + ROW.len();
        if text.get(start) == Some(&b'#') {
            out.extend_from_slice(&text[done..start]);
            out.extend_from_slice(rows.next()?.to_string().as_bytes());
            done = start + 1;
        }
    }
    out.extend_from_slice(&text[done..]);
    rows.next().is_none().then_some(out)
}

/// Appends a number, seven bits a byte.
fn put(out: &mut Vec<u8>, mut number: u64) {
    while number >= 128 {
        out.push(number as u8 | 128);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Takes a number off.
fn take(rest: &mut &[u8]) -> Option<u64> {
    let mut number = 0u64;
    for shift in (0..64).step_by(7) {
        let (&byte, tail) = rest.split_first()?;
        *rest = tail;
        number |= u64::from(byte & 127) << shift;
        if byte < 128 {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_row_put_in_on_top_costs_next_to_nothing() {
        let line = |i: u32, row: u32| {
            format!("{{\"name\": \"甲县第{i}号\",\"text\": \"{}\",\"row\": {row}}}\n", i * 7919)
        };
        let list = |from: u32| (0..2000).map(|i| line(i, i + from)).collect::<Vec<_>>().concat();
        let (old, new) = (list(2), format!("{{\"name\": \"新\",\"row\": 2}}\n{}", list(3)));
        let body = pack(new.as_bytes(), old.as_bytes()).unwrap();
        assert!(body.len() < 200, "{}", body.len());
        assert_eq!(unpack(&body, old.as_bytes()).unwrap(), new.as_bytes());
    }

    proptest! {
        #[test]
        fn any_text_survives(
            old in "(\"row\": [0-9#]{0,3},?|[a-c甲]|\n){0,60}",
            new in "(\"row\": [0-9#]{0,3},?|[a-c甲]|\n){0,60}",
        ) {
            let body = pack(new.as_bytes(), old.as_bytes()).unwrap();
            prop_assert_eq!(unpack(&body, old.as_bytes()).unwrap(), new.into_bytes());
        }

        #[test]
        fn a_damaged_body_never_panics(body in proptest::collection::vec(any::<u8>(), 0..80), base in "[ab\n]{0,9}") {
            let _ = unpack(&body, base.as_bytes());
            let mut framed = vec![FORM];
            framed.extend(squeeze(&body).unwrap());
            let _ = unpack(&framed, base.as_bytes());
        }
    }
}
