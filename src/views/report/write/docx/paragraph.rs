//! Paragraphs and runs.
//!
//! For: text in a style. Not for: the styles themselves (`styles`).

use super::xml::{SPACES, Xml, leaf, node, text, value};
use std::io;

/// A paragraph of a style with runs in it.
pub(super) fn styled(
    xml: &mut Xml,
    style: &str,
    runs: impl FnOnce(&mut Xml) -> io::Result<()>,
) -> io::Result<()> {
    node(xml, "w:p", &[], |xml| {
        node(xml, "w:pPr", &[], |xml| value(xml, "w:pStyle", style))?;
        runs(xml)
    })
}

/// A run of text, in a character style if one is named. `chinese` takes quotation marks and dashes from the
/// Chinese font.
pub(super) fn run(xml: &mut Xml, style: Option<&str>, chinese: bool, words: &str) -> io::Result<()> {
    node(xml, "w:r", &[], |xml| {
        if style.is_some() || chinese {
            node(xml, "w:rPr", &[], |xml| {
                style.map_or(Ok(()), |style| value(xml, "w:rStyle", style))?;
                if chinese { leaf(xml, "w:rFonts", &[("w:hint", "eastAsia")]) } else { Ok(()) }
            })?;
        }
        text(xml, "w:t", SPACES, words)
    })
}
