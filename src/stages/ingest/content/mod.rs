//! The bytes of a file, what they look like, and their text if they are text.
//!
//! For: choosing a reader and decoding once. Not for: parsing. Invariant: decoding never fails;
//! bytes that fit no encoding become U+FFFD, and the encoding says which one was used.

mod container;
mod mixed;
pub(super) mod own;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};
use std::borrow::Cow;

/// What stands for a byte that fits no encoding.
const LOST: char = char::REPLACEMENT_CHARACTER;
/// How much of a file the encoding is guessed from.
const SAMPLE: usize = 256 * 1024;

/// What the first bytes say a file is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Shape {
    /// A workbook of Office Open XML.
    Xlsx,
    /// The same in binary parts.
    Xlsb,
    /// A workbook of Excel 5 to 2003, and of WPS (ET).
    Xls,
    /// An OpenDocument spreadsheet.
    Ods,
    /// A text document of Office Open XML.
    Docx,
    /// A workbook or document that needs a password.
    Locked,
    /// A web page, often a workbook by name.
    Html,
    /// A spreadsheet in one XML file, as Excel 2003 wrote them.
    XmlSheet,
    /// Text of any encoding.
    Text,
    /// Something known that is no table; the reason's key in the catalogue.
    Foreign(&'static str),
}

/// A file in memory.
pub(super) struct Content<'a> {
    /// The bytes as stored.
    pub bytes: &'a [u8],
    /// What they look like.
    pub shape: Shape,
    /// The decoded text without byte-order mark; empty unless the shape is text.
    pub text: Cow<'a, str>,
    /// The encoding of the text.
    pub encoding: Option<&'static str>,
}

impl<'a> Content<'a> {
    /// The 1-based line of the first character that was lost in decoding, and how many were.
    pub(super) fn lost(&self) -> Option<(u32, u64)> {
        let first = self.text.find(LOST)?;
        let line = self.text[..first].bytes().filter(|&b| b == b'\n').count() as u32 + 1;
        Some((line, self.text[first..].matches(LOST).count() as u64))
    }

    /// Looks at bytes and decodes them if they are text.
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        let shape = shape(bytes);
        let (text, encoding) = match shape {
            Shape::Text => {
                let (text, encoding) = decode(bytes);
                // A stray NUL is no character that anybody typed.
                let text = if text.contains('\0') { text.replace('\0', "").into() } else { text };
                (text, Some(encoding))
            }
            _ => (Cow::Borrowed(""), None),
        };
        let shape = if shape == Shape::Text { text_shape(&text) } else { shape };
        Content { bytes, shape, text, encoding }
    }
}

fn shape(bytes: &[u8]) -> Shape {
    let starts = |magic: &[u8]| bytes.starts_with(magic);
    if starts(b"PK\x03\x04") || starts(b"PK\x05\x06") {
        return container::zip(bytes);
    }
    if starts(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return container::ole(bytes);
    }
    if starts(b"Rar!") || starts(b"7z\xBC\xAF\x27") || starts(&[0x1F, 0x8B]) {
        return Shape::Foreign("@ingest.reason.archive");
    }
    if starts(b"{\\rtf") {
        return Shape::Foreign("@ingest.reason.rtf");
    }
    if starts(b"MIME-Version:") {
        return Shape::Foreign("@ingest.reason.mhtml");
    }
    if starts(b"%PDF") {
        return Shape::Foreign("@ingest.reason.pdf");
    }
    if starts(b"\x89PNG") || starts(b"\xFF\xD8\xFF") || starts(b"GIF8") || starts(b"BM\x00") {
        return Shape::Foreign("@ingest.reason.image");
    }
    // A text may hold a stray NUL; UTF-16 has many, but also a byte-order mark or a clear pattern.
    let sample = &bytes[..bytes.len().min(4096)];
    let nuls = sample.iter().map(|&b| usize::from(b == 0)).sum::<usize>();
    if nuls * 20 > sample.len() && utf16(sample).is_none() {
        return Shape::Foreign("@ingest.reason.binary");
    }
    Shape::Text
}

/// How a web page begins. Exports of many systems are web pages named ".xls".
const HTML: [&str; 6] = ["<!doctype html", "<html", "<table", "<meta", "<head", "<style"];
/// How much of an XML text is searched for what it is.
const HEAD: usize = 4096;

/// The nearest character boundary at or below a byte offset.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

/// Text that is more than separated values.
fn text_shape(text: &str) -> Shape {
    if is_noise(text) {
        return Shape::Foreign("@ingest.reason.binary");
    }
    let start: String = text.trim_start().chars().take(200).flat_map(char::to_lowercase).collect();
    let is_xml = start.starts_with("<?xml") || start.starts_with("<workbook");
    let head = || &text[..floor(text, HEAD)];
    if is_xml && head().contains("urn:schemas-microsoft-com:office:spreadsheet") {
        Shape::XmlSheet
    } else if HTML.iter().any(|tag| start.starts_with(tag)) || is_xml && head().contains("<html") {
        Shape::Html
    } else if is_xml {
        Shape::Foreign("@ingest.reason.xml")
    } else {
        Shape::Text
    }
}

/// A byte-order mark wins, valid UTF-8 comes next, then text of two encodings put together, then a guess
/// with a Chinese prior.
fn decode(bytes: &[u8]) -> (Cow<'_, str>, &'static str) {
    let mut bytes = bytes;
    let mut marked = false;
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        bytes = &bytes[mark..];
        if encoding != UTF_8 {
            let (text, _) = encoding.decode_without_bom_handling(bytes);
            return (text, name(encoding));
        }
        marked = true;
    }
    if let Some(encoding) = utf16(&bytes[..bytes.len().min(4096)]).filter(|_| !marked) {
        let (text, _) = encoding.decode_without_bom_handling(bytes);
        return (text, name(encoding));
    }
    if let Ok(text) = simdutf8::basic::from_utf8(bytes) {
        return (text.into(), "utf-8");
    }
    if marked || mixed::is_part_utf8(bytes) {
        let (text, other) = mixed::decode(bytes);
        return (text.into(), if other { "utf-8+gb18030" } else { "utf-8" });
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&bytes[..bytes.len().min(SAMPLE)], bytes.len() <= SAMPLE);
    let guess = detector.guess(Some(b"cn"), Utf8Detection::Deny);
    // GB18030 reads everything GBK does, and the rarer characters of names besides.
    let encoding = if guess == GBK { GB18030 } else { guess };
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    (text, name(encoding))
}

/// Text full of control characters is none.
fn is_noise(text: &str) -> bool {
    let odd = |c: &char| c.is_control() && !matches!(c, '\t' | '\r' | '\n' | '\0' | '\u{1a}') || *c == LOST;
    let (mut all, mut bad) = (0, 0);
    for c in text.chars().take(SAMPLE / 4) {
        all += 1;
        bad += usize::from(odd(&c));
    }
    bad * 20 > all
}

/// UTF-16: a mark in front, or so many separators and digits that every other byte is NUL in places, and
/// nothing that could not be text of that order of bytes.
fn utf16(sample: &[u8]) -> Option<&'static Encoding> {
    match sample {
        [0xFF, 0xFE, ..] => return Some(UTF_16LE),
        [0xFE, 0xFF, ..] => return Some(UTF_16BE),
        _ => {}
    }
    let printable = |b: u8| matches!(b, b'\t' | b'\r' | b'\n' | b' '..=b'~');
    // The first byte of a character whose second is zero: Chinese, full-width, punctuation.
    let wide = |b: u8| matches!(b, 0x20 | 0x30 | 0x4E..=0x9F | 0xFF);
    let (mut little, mut big) = ((0, true), (0, true));
    for pair in sample.chunks_exact(2) {
        match (pair[0], pair[1]) {
            (0, 0) => return None,
            (0, b) => {
                big = (big.0 + usize::from(printable(b)), big.1 && printable(b));
                little.1 &= wide(b);
            }
            (b, 0) => {
                little = (little.0 + usize::from(printable(b)), little.1 && printable(b));
                big.1 &= wide(b);
            }
            _ => {}
        }
    }
    let enough = (sample.len() / 40).max(2);
    let fits = |(count, is_possible): (usize, bool)| is_possible && count > enough;
    match (fits(little), fits(big)) {
        (true, false) => Some(UTF_16LE),
        (false, true) => Some(UTF_16BE),
        (true, true) => Some(if little.0 >= big.0 { UTF_16LE } else { UTF_16BE }),
        (false, false) => None,
    }
}

fn name(encoding: &'static Encoding) -> &'static str {
    if encoding == UTF_8 {
        "utf-8"
    } else if encoding == GB18030 {
        "gb18030"
    } else if encoding == UTF_16LE {
        "utf-16le"
    } else if encoding == UTF_16BE {
        "utf-16be"
    } else {
        encoding.name()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "名称,主办单位\n智慧校园,甲市教育局\n打卡签到,甲市人民政府办公室\n";

    #[test]
    fn every_usual_encoding_is_found() {
        let (gbk, _, _) = GBK.encode(TEXT);
        let le: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let be: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let marked = |mark: &[u8], body: &[u8]| [mark, body].concat();
        for (bytes, encoding) in [
            (TEXT.as_bytes().to_vec(), "utf-8"),
            (marked(b"\xEF\xBB\xBF", TEXT.as_bytes()), "utf-8"),
            (gbk.to_vec(), "gb18030"),
            (marked(&[0xFF, 0xFE], &le), "utf-16le"),
            (marked(&[0xFE, 0xFF], &be), "utf-16be"),
            (le, "utf-16le"),
            (be, "utf-16be"),
        ] {
            let content = Content::new(&bytes);
            assert_eq!((content.shape, content.encoding), (Shape::Text, Some(encoding)));
            assert_eq!(content.text, TEXT, "{encoding}");
        }
    }

    #[test]
    fn lines_of_two_encodings_and_broken_bytes_cost_only_themselves() {
        let (gbk, _, _) = GBK.encode("乙系统,乙市水利局\n");
        let body = [TEXT.as_bytes(), &gbk, "丙系统,丙市教育局\n".as_bytes()].concat();
        for bytes in [body.clone(), [b"\xEF\xBB\xBF", body.as_slice()].concat()] {
            let content = Content::new(&bytes);
            assert_eq!(content.text, format!("{TEXT}乙系统,乙市水利局\n丙系统,丙市教育局\n"));
            assert_eq!((content.encoding, content.lost()), (Some("utf-8+gb18030"), None));
        }
        let broken = [TEXT.as_bytes(), "丁系统，甲市教育局".as_bytes(), b"\xFF\n"].concat();
        let content = Content::new(&broken);
        assert_eq!(content.text, format!("{TEXT}丁系统，甲市教育局\u{fffd}\n"));
        assert_eq!((content.encoding, content.lost()), (Some("utf-8"), Some((4, 1))));
    }

    #[test]
    fn characters_with_a_zero_byte_are_no_obstacle_to_utf_16() {
        let text = "序号,名称\n1,退休需一开\n2,甲\n3,乙\n4,丙\n";
        for units in [u16::to_le_bytes, u16::to_be_bytes] {
            let bytes: Vec<u8> = text.encode_utf16().flat_map(units).collect();
            assert_eq!(Content::new(&bytes).text, text);
        }
    }

    #[test]
    fn noise_is_no_table() {
        let noise: Vec<u8> = (0..4000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8 | 1).collect();
        assert_eq!(Content::new(&noise).shape, Shape::Foreign("@ingest.reason.binary"));
    }

    #[test]
    fn rare_characters_of_gb18030_survive() {
        let text = "名称\n㐀䶮㙍之家\n智慧校园平台应用程序\n";
        let (bytes, _, unmappable) = GB18030.encode(text);
        assert!(!unmappable);
        assert_eq!(Content::new(&bytes).text, text);
    }

    #[test]
    fn other_programs_files_are_named() {
        for (bytes, shape) in [
            (&b"%PDF-1.7"[..], Shape::Foreign("@ingest.reason.pdf")),
            (b"<html><table>", Shape::Html),
            (b"\x89PNG\r\n", Shape::Foreign("@ingest.reason.image")),
            (b"PK\x03\x04....", Shape::Foreign("@ingest.reason.damaged-zip")),
            (&[0xD0, 0xCF, 0x11, 0xE0], Shape::Xls),
            (&[1, 0, 0, 0, 7, 0, 0, 0, 9, 0, 0, 0], Shape::Foreign("@ingest.reason.binary")),
        ] {
            assert_eq!(Content::new(bytes).shape, shape);
        }
    }

    proptest::proptest! {
        #[test]
        fn gbk_round_trips(text in "[名称甲市教育局群组微信公众号，。a-z0-9]{12,60}") {
            let (bytes, _, bad) = GB18030.encode(&text);
            proptest::prop_assume!(!bad && std::str::from_utf8(&bytes).is_err());
            let content = Content::new(&bytes);
            proptest::prop_assert_eq!(content.text.as_ref(), text.as_str());
        }

        #[test]
        fn any_bytes_are_survived(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..200)) {
            let _ = Content::new(&bytes);
        }
    }
}
