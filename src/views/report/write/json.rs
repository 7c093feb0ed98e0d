//! `scan.json`: the stored scan itself.
//!
//! For: other programs, and rendering again without a re-scan. Not for: people, though every asset,
//! pair and finding stands on a line of its own, so that line tools and `diff` work on it.
//! Invariant: reading it back gives an equal document.

use super::{Cause, Options, Out, ReportView};
use serde::Serialize as _;
use serde_json::ser::{CompactFormatter, Formatter, Serializer};
use std::io::{self, Write};

/// Writes the document.
pub(super) fn draw(view: &ReportView<'_>, _: Options, out: &mut Out) -> Result<(), Cause> {
    view.document.serialize(&mut Serializer::with_formatter(&mut *out, Lines::default()))?;
    out.write_all(b"\n")?;
    Ok(())
}

/// Breaks lines between the keys of the outermost objects and the entries of the outermost lists.
#[derive(Default)]
struct Lines {
    depth: usize,
}

/// Objects this deep have one key a line.
const KEYS: usize = 2;
/// Lists this deep have one entry a line (`plan.actions` is the deepest such list).
const ENTRIES: usize = 3;

impl Lines {
    fn line<W: ?Sized + Write>(&self, out: &mut W) -> io::Result<()> {
        out.write_all(b"\n")?;
        (0..self.depth).try_for_each(|_| out.write_all(b" "))
    }
}

impl Formatter for Lines {
    fn begin_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.depth += 1;
        CompactFormatter.begin_array(out)
    }

    fn end_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.depth -= 1;
        CompactFormatter.end_array(out)
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        CompactFormatter.begin_array_value(out, first)?;
        if self.depth <= ENTRIES { self.line(out) } else { Ok(()) }
    }

    fn begin_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.depth += 1;
        CompactFormatter.begin_object(out)
    }

    fn end_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.depth -= 1;
        if self.depth < KEYS {
            self.line(out)?;
        }
        CompactFormatter.end_object(out)
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        CompactFormatter.begin_object_key(out, first)?;
        if self.depth <= KEYS { self.line(out) } else { Ok(()) }
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        out.write_all(b": ")
    }
}
