//! UTF-8 in, the encoding asked for out.
//!
//! For: CSV files for tools that know GB18030 only. Not for: reading. Invariant: a character that
//! comes in two writes is encoded once; GB18030 has every character of Unicode, so none is lost.

use super::Encoding;
use std::io::{self, Write};

/// Encodes what passes through.
pub(super) struct Encoder<W> {
    out: W,
    encoding: Encoding,
    /// Bytes of a character that is not complete yet.
    pending: Vec<u8>,
}

impl<W: Write> Encoder<W> {
    /// An encoder before `out`.
    pub(super) fn new(out: W, encoding: Encoding) -> Self {
        Encoder { out, encoding, pending: Vec::new() }
    }
}

impl<W: Write> Write for Encoder<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.encoding == Encoding::Utf8 {
            return self.out.write(bytes);
        }
        self.pending.extend_from_slice(bytes);
        let complete = match std::str::from_utf8(&self.pending) {
            Ok(text) => text.len(),
            Err(e) if e.error_len().is_none() => e.valid_up_to(),
            Err(e) => return Err(io::Error::new(io::ErrorKind::InvalidData, e)),
        };
        let text = String::from_utf8_lossy(&self.pending[..complete]);
        let (encoded, _, _) = encoding_rs::GB18030.encode(&text);
        self.out.write_all(&encoded)?;
        self.pending.drain(..complete);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_split_over_writes_survive() {
        let text = "甲市通𠮷😀,a";
        let mut out = Vec::new();
        let mut encoder = Encoder::new(&mut out, Encoding::Gb18030);
        for byte in text.as_bytes() {
            encoder.write_all(&[*byte]).unwrap();
        }
        assert_eq!(encoding_rs::GB18030.decode(&out).0, text);
    }
}
