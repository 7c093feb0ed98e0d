//! Numbers and texts as bytes, one after the other.
//!
//! For: kept readings. Not for: what they mean. Invariant: taking never panics and never asks for more memory than
//! there are bytes.

/// Bytes that grow.
#[derive(Default)]
pub(super) struct Out(pub(super) Vec<u8>);

impl Out {
    /// Adds a number, seven bits a byte.
    pub(super) fn number(&mut self, number: impl TryInto<u64>) {
        let mut rest = number.try_into().unwrap_or(u64::MAX);
        while rest >= 128 {
            self.0.push(rest as u8 | 128);
            rest >>= 7;
        }
        self.0.push(rest as u8);
    }

    /// Adds a text.
    pub(super) fn text(&mut self, text: &str) {
        self.number(text.len());
        self.0.extend_from_slice(text.as_bytes());
    }

    /// Adds what may be absent.
    pub(super) fn maybe<T>(&mut self, value: Option<T>, put: impl FnOnce(&mut Out, T)) {
        self.0.push(u8::from(value.is_some()));
        if let Some(value) = value {
            put(self, value);
        }
    }

    /// Adds a list.
    pub(super) fn list<T>(&mut self, values: &[T], mut put: impl FnMut(&mut Out, &T)) {
        self.number(values.len());
        for value in values {
            put(self, value);
        }
    }
}

/// Bytes that are left.
pub(super) struct In<'a>(pub(super) &'a [u8]);

impl<'a> In<'a> {
    /// Takes a number.
    pub(super) fn number<N: TryFrom<u64>>(&mut self) -> Option<N> {
        let mut number = 0u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 127) << shift;
            if byte < 128 {
                return N::try_from(number).ok();
            }
        }
        None
    }

    /// Takes a byte.
    pub(super) fn byte(&mut self) -> Option<u8> {
        let (&byte, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(byte)
    }

    /// Takes four bytes as they are.
    pub(super) fn four(&mut self) -> Option<[u8; 4]> {
        let (four, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*four)
    }

    /// Takes a text.
    pub(super) fn text(&mut self) -> Option<&'a str> {
        let len = self.number()?;
        let (text, rest) = self.0.split_at_checked(len)?;
        self.0 = rest;
        std::str::from_utf8(text).ok()
    }

    /// Takes what may be absent.
    #[allow(clippy::option_option)] // the outer one says whether there were bytes at all
    pub(super) fn maybe<T>(&mut self, take: impl FnOnce(&mut In<'a>) -> Option<T>) -> Option<Option<T>> {
        match self.byte()? {
            0 => Some(None),
            1 => take(self).map(Some),
            _ => None,
        }
    }

    /// Takes a list.
    pub(super) fn list<T>(&mut self, mut take: impl FnMut(&mut In<'a>) -> Option<T>) -> Option<Vec<T>> {
        let count: usize = self.number()?;
        (0..count).map(|_| take(self)).collect()
    }
}
