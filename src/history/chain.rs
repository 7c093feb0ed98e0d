//! Tamper evidence: each row names the digest of its content and of the row before.
//!
//! For: naming the first row that is not what was written. Not for: secrecy, nor for stopping who rewrites the whole
//! file; the last digest stands in every report, so that such a file does not fit the reports.

/// Digest of a list of parts, each prefixed by its length so that no two lists share their bytes.
pub(super) fn digest<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> String {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    hasher.finalize().to_hex().to_string()
}

/// What a row's digest is over, besides the row before.
pub(super) struct Sealed<'a> {
    pub(super) id: i64,
    pub(super) texts: [&'a str; 10],
    pub(super) counts: [i64; 4],
    /// What stands for what people said; nothing for scans of a form before it was sealed.
    pub(super) said: Option<&'a str>,
}

impl Sealed<'_> {
    /// The chain of this row.
    pub(super) fn chain(&self, before: &str) -> String {
        let counts: Vec<[u8; 8]> = self.counts.iter().chain([&self.id]).map(|n| n.to_le_bytes()).collect();
        let texts = self.texts.iter().map(|text| text.as_bytes());
        let said = self.said.map(str::as_bytes);
        digest(texts.chain(counts.iter().map(<[u8; 8]>::as_slice)).chain([before.as_bytes()]).chain(said))
    }
}
