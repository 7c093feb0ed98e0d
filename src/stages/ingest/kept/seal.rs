//! Kept bytes that only the owner of the file they come from can open.
//!
//! For: readings hold what files say, personal data included, and must not become a second copy of them that outlives
//! the first. The key is derived from the file's whole content, so with the file gone they are noise. Not for: hiding
//! that something is kept. Invariant: `open(seal(x)) == x`; anything else that is opened gives nothing.
//!
//! A keyed digest of the content is its initial value and its proof at once (the construction is Rogaway and
//! Shrimpton's SIV, "Deterministic Authenticated-Encryption", 2006), with BLAKE3 as digest and as stream.

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use std::io::{Read as _, Write as _};

/// Bytes of a proof.
const MARK: usize = blake3::OUT_LEN;
/// The most that may be unpacked; far more than the largest file that is read whole gives.
const MOST: u64 = 16 << 30;

/// What opens one kept reading.
pub(super) struct Key([u8; blake3::KEY_LEN]);

impl Key {
    /// The key to what comes of all these.
    pub(super) fn of(form: &str, parts: &[&[u8]]) -> Key {
        let mut hasher = blake3::Hasher::new_derive_key(form);
        for part in parts {
            hasher.update(&(part.len() as u64).to_le_bytes()).update(part);
        }
        Key(*hasher.finalize().as_bytes())
    }

    /// The name under which it is kept.
    pub(super) fn name(&self) -> String {
        self.digest("name", b"").to_hex().to_string()
    }

    /// Packs and closes; nothing when memory is short.
    pub(super) fn seal(&self, plain: &[u8]) -> Option<Vec<u8>> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(plain).ok()?;
        let mut packed = encoder.finish().ok()?;
        let mark = self.digest("mark", &packed);
        self.turn(&mark, &mut packed);
        Some([mark.as_bytes().as_slice(), &packed].concat())
    }

    /// Opens and unpacks.
    pub(super) fn open(&self, sealed: &[u8]) -> Option<Vec<u8>> {
        let (mark, rest) = sealed.split_first_chunk::<MARK>()?;
        let mark = blake3::Hash::from_bytes(*mark);
        let mut packed = rest.to_owned();
        self.turn(&mark, &mut packed);
        if self.digest("mark", &packed) != mark {
            return None;
        }
        let mut plain = Vec::new();
        ZlibDecoder::new(packed.as_slice()).take(MOST).read_to_end(&mut plain).ok()?;
        Some(plain)
    }

    fn digest(&self, purpose: &str, bytes: &[u8]) -> blake3::Hash {
        blake3::Hasher::new_keyed(&self.0).update(purpose.as_bytes()).update(bytes).finalize()
    }

    /// Adds the stream that a mark begins; twice is not at all.
    fn turn(&self, mark: &blake3::Hash, bytes: &mut [u8]) {
        let mut hasher = blake3::Hasher::new_keyed(&self.0);
        let mut stream = hasher.update(b"stream").update(mark.as_bytes()).finalize_xof();
        let mut block = vec![0; 64 << 10];
        for chunk in bytes.chunks_mut(64 << 10) {
            let block = &mut block[..chunk.len()];
            stream.fill(block);
            chunk.iter_mut().zip(&*block).for_each(|(byte, noise)| *byte ^= noise);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_same_file_opens_it_and_only_whole() {
        let key = Key::of("form", &[b"program", b"the file"]);
        let text = "机主 张某 ".repeat(20_000).into_bytes();
        let sealed = key.seal(&text).unwrap();
        assert_eq!(key.open(&sealed).unwrap(), text);
        assert_eq!(sealed, key.seal(&text).unwrap(), "the same bytes each time");
        let cut = "programt".len();
        assert!(Key::of("form", &[b"programt", b"he file"]).open(&sealed).is_none());
        assert!(Key::of("form", &[b"program", b"another file"]).open(&sealed).is_none());
        for at in [0, cut, MARK, sealed.len() - 1] {
            let mut broken = sealed.clone();
            broken[at] ^= 1;
            assert!(key.open(&broken).is_none(), "byte {at}");
        }
        assert!(key.open(&sealed[..sealed.len() - 1]).is_none() && key.open(&[]).is_none());
        let hidden = ["机主".as_bytes(), "张某".as_bytes()];
        assert!(hidden.iter().all(|word| memchr::memmem::find(&sealed, word).is_none()));
    }
}
