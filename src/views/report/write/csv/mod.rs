//! The CSV files: one record of the scan a line, canonical English headers, ISO dates.
//!
//! For: other programs, and people who open them in a spreadsheet. Not for: people's tables (the
//! ledger). Invariant: every text cell that a spreadsheet would read as a formula is made inert by
//! one leading apostrophe, which can be taken off again: nothing is lost.

mod encode;
mod records;
mod single;
mod units;

pub(super) use records::{assets, clusters, findings, pairs, plan, rejected};
pub(super) use single::single;
pub(super) use units::units;

use super::{Cause, Encoding, Options, Out};
use encode::Encoder;
use std::borrow::Cow;

/// Text that a spreadsheet would run is quoted by an apostrophe.
///
/// CSV cannot say that a cell is text, and Excel, WPS and LibreOffice run what begins with `=`,
/// `+`, `-`, `@` (or their full-width forms), a tab or a line break. Texts that already have
/// apostrophes before such a sign get one more, so that taking one off always gives the original.
pub fn defuse(text: &str) -> Cow<'_, str> {
    if runs(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// Takes the apostrophe of [`defuse`] off.
#[cfg(test)]
pub(super) fn undefuse(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if runs(rest) => rest,
        _ => text,
    }
}

fn runs(text: &str) -> bool {
    matches!(
        text.trim_start_matches('\'').chars().next(),
        Some('=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠')
    )
}

/// Writes records in the encoding asked for, lines ended by CR LF.
struct Sheet<'o> {
    inner: ::csv::Writer<Encoder<&'o mut Out>>,
}

impl<'o> Sheet<'o> {
    fn new(out: &'o mut Out, options: Options, header: &[&str]) -> Result<Sheet<'o>, Cause> {
        let mut encoder = Encoder::new(out, options.encoding);
        if options.encoding == Encoding::Utf8 {
            std::io::Write::write_all(&mut encoder, "\u{feff}".as_bytes())?;
        }
        let mut inner = ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(encoder);
        inner.write_record(header)?;
        Ok(Sheet { inner })
    }

    /// One line; every field is text of the scan.
    fn row<T: AsRef<str>>(&mut self, fields: impl IntoIterator<Item = T>) -> Result<(), Cause> {
        for field in fields {
            self.inner.write_field(defuse(field.as_ref()).as_bytes())?;
        }
        self.inner.write_record(None::<&[u8]>)?;
        Ok(())
    }

    fn finish(mut self) -> Result<(), Cause> {
        self.inner.flush()?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn defused_text_never_runs_and_comes_back(text in "['=+@\\-＝a\\t]{0,4}\\PC{0,5}") {
            let safe = defuse(&text);
            prop_assert!(!safe.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']));
            prop_assert_eq!(undefuse(&safe), text.as_str());
        }
    }
}
