//! Bytes in any of the usual encodings → UTF-8, as they are read.

use encoding_rs::{CoderResult, Decoder, Encoding, GB18030, UTF_8};
use std::io::{self, BufReader, Read};

/// Bytes that are looked at to tell the encoding, and read at a time.
const BLOCK: usize = 64 << 10;

/// Text being decoded.
pub(super) struct Utf8<R> {
    input: R,
    decoder: Decoder,
    raw: Vec<u8>,
    /// Bytes of `raw` that are still to be decoded.
    pending: std::ops::Range<usize>,
    ready: Vec<u8>,
    at: usize,
    ended: bool,
}

/// Text of any input, buffered.
pub(super) type Decoded = BufReader<Utf8<Box<dyn Read>>>;

/// A reader of UTF-8 over any input, and whether it began with a byte order mark, which is left out.
pub(super) fn reader(mut input: Box<dyn Read>) -> io::Result<(Decoded, bool)> {
    let mut raw = Vec::with_capacity(BLOCK);
    input.by_ref().take(BLOCK as u64).read_to_end(&mut raw)?;
    let mark = Encoding::for_bom(&raw);
    let encoding = mark.map_or_else(|| guess(&raw), |(encoding, _)| encoding);
    let pending = mark.map_or(0, |(_, length)| length)..raw.len();
    let decoder = encoding.new_decoder_without_bom_handling();
    let utf8 = Utf8 { input, decoder, raw, pending, ready: Vec::new(), at: 0, ended: false };
    let mut reader = BufReader::with_capacity(BLOCK, utf8);
    io::BufRead::fill_buf(&mut reader)?;
    Ok((reader, mark.is_some()))
}

fn guess(head: &[u8]) -> &'static Encoding {
    // A block may end within a character.
    let is_utf8 = match std::str::from_utf8(head) {
        Ok(_) => true,
        Err(error) => error.error_len().is_none() && head.len() - error.valid_up_to() < 4,
    };
    if is_utf8 {
        return UTF_8;
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(head, false);
    let found = detector.guess(None, chardetng::Utf8Detection::Allow);
    // GB18030 reads all that GBK does, and more.
    if found == encoding_rs::GBK { GB18030 } else { found }
}

impl<R: Read> Read for Utf8<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while self.at == self.ready.len() {
            if self.ended {
                return Ok(0);
            }
            if self.pending.is_empty() {
                self.raw.resize(BLOCK, 0);
                let read = self.input.read(&mut self.raw)?;
                self.pending = 0..read;
            }
            let is_last = self.pending.is_empty();
            let most = self.decoder.max_utf8_buffer_length(self.pending.len()).unwrap_or(BLOCK * 4);
            self.ready.resize(most, 0);
            let bytes = &self.raw[self.pending.clone()];
            let (result, read, written, _) = self.decoder.decode_to_utf8(bytes, &mut self.ready, is_last);
            self.pending.start += read;
            self.ready.truncate(written);
            self.at = 0;
            self.ended = is_last && result == CoderResult::InputEmpty;
        }
        let length = out.len().min(self.ready.len() - self.at);
        out[..length].copy_from_slice(&self.ready[self.at..self.at + length]);
        self.at += length;
        Ok(length)
    }
}

/// What can be told of a reader without taking from it.
pub(super) trait Peek {
    /// Whether the first character that is no blank is this one.
    fn starts_with(&self, c: char) -> bool;
}

impl<R: Read> Peek for BufReader<R> {
    fn starts_with(&self, c: char) -> bool {
        let head = self.buffer();
        let first = head.iter().find(|byte| !byte.is_ascii_whitespace());
        first.is_some_and(|byte| char::from(*byte) == c)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: Vec<u8>) -> (String, bool) {
        let (mut reader, has_mark) = reader(Box::new(io::Cursor::new(bytes))).unwrap();
        let mut text = String::new();
        reader.read_to_string(&mut text).unwrap();
        (text, has_mark)
    }

    #[test]
    fn text_of_any_encoding_comes_out_whole_across_blocks() {
        let text = "每日打卡签到，按月通报排名。".repeat(9000);
        assert_eq!(decoded(text.clone().into_bytes()), (text.clone(), false));
        assert_eq!(decoded(GB18030.encode(&text).0.into_owned()), (text.clone(), false));
        assert_eq!(decoded(format!("\u{feff}{text}").into_bytes()), (text.clone(), true));
        let utf16 = [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        assert_eq!(decoded(utf16), (text, true));
        assert_eq!(decoded(Vec::new()), (String::new(), false));
    }
}
