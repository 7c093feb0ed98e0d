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
    bound(xml, style, false, runs)
}

/// The same; `bound` to the paragraph behind it, so that both stand on one page.
pub(super) fn bound(
    xml: &mut Xml,
    style: &str,
    bound: bool,
    runs: impl FnOnce(&mut Xml) -> io::Result<()>,
) -> io::Result<()> {
    node(xml, "w:p", &[], |xml| {
        node(xml, "w:pPr", &[], |xml| {
            value(xml, "w:pStyle", style)?;
            if bound { leaf(xml, "w:keepNext", &[]) } else { Ok(()) }
        })?;
        runs(xml)
    })
}

/// A heading of a table: broken at its space, where it has one, and not in the middle of a word.
pub(super) fn heading(xml: &mut Xml, chinese: bool, words: &str) -> io::Result<()> {
    match words.split_once(' ').filter(|_| chinese) {
        Some((first, second)) => {
            run(xml, None, chinese, &format!("{first} "))?;
            node(xml, "w:r", &[], |xml| leaf(xml, "w:br", &[]))?;
            run(xml, None, chinese, second)
        }
        None => run(xml, None, chinese, words),
    }
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
