//! Bytes of a page → text: a mark, the header, the page's own word, and only then a guess.

use chardetng::EncodingDetector;
use encoding_rs::{Encoding, GB18030, GBK, UTF_8};

/// Bytes of a page in which its own word about its encoding must stand (HTML standard).
const PRESCAN: usize = 1024;

/// The text with the name of the encoding it was read by.
pub fn decode(bytes: &[u8], content_type: Option<&str>) -> (String, &'static str) {
    let stated = content_type.and_then(|header| label(header.as_bytes()));
    let (encoding, skip) = match Encoding::for_bom(bytes) {
        Some((encoding, length)) => (encoding, length),
        None => (stated.or_else(|| own(bytes)).unwrap_or_else(|| guess(bytes)), 0),
    };
    // GBK is a part of GB18030, and pages use more than they say.
    let encoding = if encoding == GBK { GB18030 } else { encoding };
    let (text, _) = encoding.decode_without_bom_handling(&bytes[skip..]);
    (text.into_owned(), encoding.name())
}

fn own(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(PRESCAN)];
    let meta = head.windows(5).position(|w| w.eq_ignore_ascii_case(b"<meta"))?;
    // Whoever could write this in UTF-16 would have set a mark.
    label(&head[meta..]).map(|encoding| if encoding.is_ascii_compatible() { encoding } else { UTF_8 })
}

/// What stands behind `charset=`.
fn label(bytes: &[u8]) -> Option<&'static Encoding> {
    let at = bytes.windows(7).position(|w| w.eq_ignore_ascii_case(b"charset"))?;
    let rest = &bytes[at + 7..];
    let skip = rest.iter().take_while(|b| b" =\"'".contains(b)).count();
    let name = &rest[skip..];
    let end =
        name.iter().position(|b| !b.is_ascii_alphanumeric() && !b"-_".contains(b)).unwrap_or(name.len());
    Encoding::for_label(&name[..end])
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    if std::str::from_utf8(bytes).is_ok() {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(Some(b"cn"), chardetng::Utf8Detection::Allow)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn header_then_meta_then_guess() {
        let page = "<title>政务服务打卡签到平台</title>";
        let (gbk, _, _) = GB18030.encode(page);
        assert_eq!(decode(&gbk, Some("text/html; charset=GBK")), (page.to_owned(), "gb18030"));
        assert_eq!(decode(&gbk, Some("text/html")).0, page, "guessed");
        let with_meta = [b"<meta charset=\"gb2312\">".as_slice(), &gbk].concat();
        assert!(decode(&with_meta, None).0.ends_with(page));
        let old = [b"<meta http-equiv='Content-Type' content='text/html; charset=gb2312'>".as_slice(), &gbk]
            .concat();
        assert!(decode(&old, None).0.ends_with(page));
        assert_eq!(decode(page.as_bytes(), None), (page.to_owned(), "UTF-8"));
        let marked = [b"\xef\xbb\xbf".as_slice(), page.as_bytes()].concat();
        assert_eq!(decode(&marked, Some("text/html; charset=gbk")).0, page, "a mark wins");
    }
}
