//! What reading a file gave, kept for the next run: an unchanged file is recognised and not read again.
//!
//! For: the weekly run over hundreds of workbooks of which a few changed. Not for: where it is kept (a [`Shelf`] of the
//! caller's), and not for files that are read in blocks: recognising one takes as long as reading it. Invariants: what
//! comes off the shelf is what reading would give, byte by byte of every output; it is bound to the file's content,
//! its path, everything else that reading depends on, and the very program; whatever is damaged or does not fit is
//! read anew; and nobody can read what is kept without having the file it was read from.

mod bytes;
mod reading;
mod seal;

use super::file::Outcome;
use super::{Options, Output, values::AsOf};
use crate::model::InputFile;
use seal::Key;

/// Where readings are kept between runs, by name. A shelf may forget anything at any time.
pub trait Shelf: Sync {
    /// What was put there under a name.
    fn take(&self, name: &str) -> Option<Vec<u8>>;
    /// Says that what was taken was of use.
    fn served(&self, name: &str);
    /// Puts something there. That it could not be kept is nobody's fault and no error.
    fn put(&self, name: &str, bytes: &[u8]);
}

/// A shelf, and which program its readings must come from.
pub struct Kept<'a> {
    /// Where they are.
    pub shelf: &'a dyn Shelf,
    /// Digest of the program: another one may read otherwise.
    pub program: &'a str,
}

/// The form of what is written, in the key of all of it.
const FORM: &str = "zhijian reading 1";

/// A place on a shelf for the reading of one file.
pub(super) struct Slot<'a> {
    shelf: &'a dyn Shelf,
    key: Key,
    path: &'a str,
}

impl<'a> Slot<'a> {
    /// The place for a file of this content.
    pub(super) fn of(kept: &Kept<'a>, path: &'a str, bytes: &[u8], options: &Options<'_>) -> Slot<'a> {
        let settings = format!("{:?} {:?} {}", options.naming, options.overrides, options.with_sm3);
        let key = Key::of(FORM, &[kept.program.as_bytes(), settings.as_bytes(), path.as_bytes(), bytes]);
        Slot { shelf: kept.shelf, key, path }
    }

    /// What an earlier run kept, if it is whole and holds on the day asked for.
    pub(super) fn take(&self, options: &Options<'_>) -> Option<Outcome> {
        let sealed = self.shelf.take(&self.key.name())?;
        let plain = self.key.open(&sealed)?;
        let (input, out) = reading::decode(&plain, self.path, options.as_of)?;
        self.shelf.served(&self.key.name());
        Some(Ok((input, out)))
    }

    /// Keeps what reading gave.
    pub(super) fn put(&self, input: &InputFile, out: &Output, as_of: &AsOf) {
        let plain = reading::encode(input, out, as_of.asked());
        // Words that are not known to be fixed ones could not be read back.
        let is_whole = reading::decode(&plain, self.path, as_of.day()).is_some();
        if let Some(sealed) = is_whole.then(|| self.key.seal(&plain)).flatten() {
            self.shelf.put(&self.key.name(), &sealed);
        }
    }
}
