//! Text of two encodings: UTF-8 lines and GB18030 lines in one file, as when units' exports are put
//! together by appending them, and UTF-8 with single broken bytes.
//!
//! For: decoding line by line what is no valid UTF-8 as a whole. Not for: other pairs of encodings.
//! Invariant: a line that is valid UTF-8 with a Chinese character in it is never read as anything else.

use encoding_rs::GB18030;

/// One line in so many with other than ASCII must be plain UTF-8: single GB18030 lines pass for it by
/// chance.
const SHARE: usize = 10;

/// Whether a good part of the lines is UTF-8. The text as a whole is known not to be.
pub(super) fn is_part_utf8(bytes: &[u8]) -> bool {
    let (mut lines, mut plain) = (0, 0);
    for line in bytes.split(|&b| b == b'\n').filter(|line| !line.is_ascii()) {
        lines += 1;
        plain += usize::from(is_chinese_utf8(line) || fits(line).is_some());
    }
    plain * SHARE >= lines
}

/// The text, and whether any line was GB18030.
pub(super) fn decode(bytes: &[u8]) -> (String, bool) {
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 4);
    let mut other = false;
    for line in bytes.split_inclusive(|&b| b == b'\n') {
        if line.is_ascii() || is_chinese_utf8(line) {
            text.push_str(&String::from_utf8_lossy(line));
        } else if let Some(mended) = fits(line) {
            text.push_str(&mended);
        } else {
            other = true;
            text.push_str(&GB18030.decode_without_bom_handling(line).0);
        }
    }
    (text, other)
}

/// Valid UTF-8 with a character of three bytes; two bytes alone are also what GB18030 looks like.
fn is_chinese_utf8(line: &[u8]) -> bool {
    std::str::from_utf8(line).is_ok_and(|text| text.chars().any(|c| c >= '\u{2e80}'))
}

/// The line as UTF-8 when only a few of its characters are broken.
fn fits(line: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(line);
    let broken = text.matches(char::REPLACEMENT_CHARACTER).count();
    let chinese = text.chars().filter(|c| ('\u{2e80}'..'\u{fff0}').contains(c)).count();
    (chinese >= 2 && broken * 4 <= chinese).then(|| text.into_owned())
}
