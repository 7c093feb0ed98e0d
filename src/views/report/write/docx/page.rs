//! The page: size, margins, grid and page numbers.
//!
//! For: section properties and footers. Not for: how paragraphs look (`styles`). Invariant: the measures are
//! those of GB/T 9704: A4, margins of 37, 35, 28 and 26 mm, 22 lines of 28 characters, "— 1 —" in 宋体 四号,
//! on the right of odd pages and on the left of even ones.

use super::xml::{SPACES, WORD, Xml, leaf, node, part, text, value};
use std::io;

/// Twentieths of a point that a line takes: 22 of them fill the page.
pub(super) const LINE: u32 = 579;
/// Characters a line.
const CHARACTERS: u32 = 28;
/// What characters of body text move together, in twentieths of a point, so that 28 of them fill a line: they would be two
/// millimetres too long otherwise.
pub(super) const CLOSER: i32 = (Page::Portrait.width() / CHARACTERS).cast_signed() - 10 * BODY.cast_signed();
/// Size of body text in half points (三号).
pub(super) const BODY: u32 = 32;

/// How a page lies.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Page {
    Portrait,
    /// For wide tables. The top of the table lies on the side where the document is bound.
    Landscape,
}

/// Millimetres in twentieths of a point.
const fn mm(mm: u32) -> u32 {
    (mm * 14_400 + 127) / 254
}

impl Page {
    /// Width and height of the paper.
    const fn paper(self) -> (u32, u32) {
        match self {
            Page::Portrait => (mm(210), mm(297)),
            Page::Landscape => (mm(297), mm(210)),
        }
    }

    /// Top, bottom, left, right, and the foot of the page number.
    const fn margins(self) -> [u32; 5] {
        match self {
            Page::Portrait => [mm(37), mm(35), mm(28), mm(26), mm(23)],
            Page::Landscape => [mm(28), mm(26), mm(35), mm(37), mm(14)],
        }
    }

    /// Width that text and tables may take.
    pub(super) const fn width(self) -> u32 {
        let [_, _, left, right, _] = self.margins();
        self.paper().0 - left - right
    }

    /// The properties of a section of such pages.
    pub(super) fn section(self, xml: &mut Xml) -> io::Result<()> {
        let (width, height) = self.paper();
        let [width, height] = [width, height].map(|n| n.to_string());
        let [top, bottom, left, right, foot] = self.margins().map(|n| n.to_string());
        node(xml, "w:sectPr", &[], |xml| {
            leaf(xml, "w:footerReference", &[("w:type", "default"), ("r:id", "odd")])?;
            leaf(xml, "w:footerReference", &[("w:type", "even"), ("r:id", "even")])?;
            value(xml, "w:type", "nextPage")?;
            let size = [("w:w", &*width), ("w:h", &height), ("w:orient", "landscape")];
            leaf(xml, "w:pgSz", &size[..if self == Page::Landscape { 3 } else { 2 }])?;
            let margins = [
                ("w:top", &*top),
                ("w:right", &right),
                ("w:bottom", &bottom),
                ("w:left", &left),
                ("w:header", "851"),
                ("w:footer", &foot),
                ("w:gutter", "0"),
            ];
            leaf(xml, "w:pgMar", &margins)?;
            let line = LINE.to_string();
            // Lines only: a grid of characters narrower than the characters themselves makes some suites give each two places.
            match self {
                Page::Portrait => leaf(xml, "w:docGrid", &[("w:type", "lines"), ("w:linePitch", &line)]),
                Page::Landscape => leaf(xml, "w:docGrid", &[("w:linePitch", &line)]),
            }
        })
    }
}

/// The foot of odd or even pages.
pub(super) fn footer(style: &str) -> io::Result<Vec<u8>> {
    part("w:ftr", WORD, |xml| {
        node(xml, "w:p", &[], |xml| {
            node(xml, "w:pPr", &[], |xml| value(xml, "w:pStyle", style))?;
            run(xml, |xml| text(xml, "w:t", SPACES, "— "))?;
            run(xml, |xml| leaf(xml, "w:fldChar", &[("w:fldCharType", "begin")]))?;
            run(xml, |xml| text(xml, "w:instrText", SPACES, " PAGE "))?;
            run(xml, |xml| leaf(xml, "w:fldChar", &[("w:fldCharType", "separate")]))?;
            run(xml, |xml| text(xml, "w:t", &[], "1"))?;
            run(xml, |xml| leaf(xml, "w:fldChar", &[("w:fldCharType", "end")]))?;
            run(xml, |xml| text(xml, "w:t", SPACES, " —"))
        })
    })
}

/// A run of the Chinese font: without the hint a dash would come from the Latin one.
fn run(xml: &mut Xml, inner: impl FnOnce(&mut Xml) -> io::Result<()>) -> io::Result<()> {
    node(xml, "w:r", &[], |xml| {
        node(xml, "w:rPr", &[], |xml| leaf(xml, "w:rFonts", &[("w:hint", "eastAsia")]))?;
        inner(xml)
    })
}
