//! The styles: which paragraph has which font, size and place.
//!
//! For: `styles.xml`. Not for: the page (`page`). Invariant: fonts and sizes are those of GB/T 9704; Latin
//! letters and digits are Times New Roman.

use super::fonts::{HEADING, LATIN, SONG, SUBHEADING, TEXT, TITLE};
use super::page::{BODY, CLOSER, LINE};
use super::xml::{WORD, Xml, leaf, node, part, value};
use std::io;

/// A paragraph style. Sizes are in half points, measures in twentieths of a point or hundredths of a character.
struct Style {
    id: &'static str,
    font: &'static str,
    size: u32,
    /// Exact height of a line; zero leaves it to the font.
    line: u32,
    /// `left`, `center`, `right` or `both`.
    side: &'static str,
    /// Attribute of the indent and its characters.
    indent: Option<(&'static str, u32)>,
    /// Level in the outline of the document.
    outline: Option<&'static str>,
}

const PLAIN: Style =
    Style { id: "Body", font: TEXT, size: BODY, line: LINE, side: "both", indent: None, outline: None };
/// Two characters into the first line.
const FIRST: Option<(&str, u32)> = Some(("w:firstLineChars", 200));
/// Lines of the title: higher than those of the text.
const TITLE_LINE: u32 = 720;

const STYLES: [Style; 15] = [
    // Words above the title; in black, for a draft has no red head.
    Style { id: "Letterhead", font: TITLE, size: 44, line: TITLE_LINE, side: "center", ..PLAIN },
    Style { id: "Title", font: TITLE, size: 44, line: TITLE_LINE, side: "center", ..PLAIN },
    Style { id: "Mark", font: SUBHEADING, side: "center", ..PLAIN },
    Style { id: "Flush", ..PLAIN },
    Style { indent: FIRST, ..PLAIN },
    // Under the first entry of the list of attachments.
    Style { id: "Entry", indent: Some(("w:leftChars", 500)), ..PLAIN },
    Style { id: "Heading", font: HEADING, indent: FIRST, outline: Some("0"), ..PLAIN },
    Style { id: "Signature", side: "right", indent: Some(("w:rightChars", 400)), ..PLAIN },
    Style { id: "Label", font: HEADING, side: "left", outline: Some("0"), ..PLAIN },
    Style { id: "Note", size: 21, line: 0, side: "left", ..PLAIN },
    Style { id: "TableHead", font: HEADING, size: 18, line: 0, side: "center", ..PLAIN },
    Style { id: "TableText", font: SONG, size: 18, line: 0, side: "left", ..PLAIN },
    Style { id: "TableNumber", font: SONG, size: 18, line: 0, side: "center", ..PLAIN },
    Style {
        id: "FootOdd",
        font: SONG,
        size: 28,
        line: 0,
        side: "right",
        indent: Some(("w:rightChars", 100)),
        ..PLAIN
    },
    Style {
        id: "FootEven",
        font: SONG,
        size: 28,
        line: 0,
        side: "left",
        indent: Some(("w:leftChars", 100)),
        ..PLAIN
    },
];

/// `styles.xml`.
pub(super) fn styles() -> io::Result<Vec<u8>> {
    part("w:styles", WORD, |xml| {
        node(xml, "w:docDefaults", &[], |xml| {
            node(xml, "w:rPrDefault", &[], |xml| letters(xml, TEXT, BODY))?;
            leaf(xml, "w:pPrDefault", &[])
        })?;
        node(
            xml,
            "w:style",
            &[("w:type", "paragraph"), ("w:default", "1"), ("w:styleId", "Normal")],
            |xml| {
                value(xml, "w:name", "Normal")?;
                leaf(xml, "w:qFormat", &[])
            },
        )?;
        STYLES.iter().try_for_each(|style| paragraph(xml, style))?;
        node(xml, "w:style", &[("w:type", "character"), ("w:styleId", "Subheading")], |xml| {
            value(xml, "w:name", "Zhijian Subheading")?;
            letters(xml, SUBHEADING, BODY)
        })
    })
}

fn paragraph(xml: &mut Xml, style: &Style) -> io::Result<()> {
    node(xml, "w:style", &[("w:type", "paragraph"), ("w:styleId", style.id)], |xml| {
        value(xml, "w:name", &format!("Zhijian {}", style.id))?;
        value(xml, "w:basedOn", "Normal")?;
        leaf(xml, "w:qFormat", &[])?;
        node(xml, "w:pPr", &[], |xml| {
            if style.outline.is_some() {
                leaf(xml, "w:keepNext", &[])?;
            }
            if style.line == 0 {
                value(xml, "w:snapToGrid", "0")?;
            } else {
                let line = style.line.to_string();
                leaf(xml, "w:spacing", &[("w:line", &line), ("w:lineRule", "exact")])?;
            }
            if let Some((name, characters)) = style.indent {
                // Readers that do not know characters take the measure.
                let measure = (characters * style.size / 10).to_string();
                let plain = name.trim_end_matches("Chars");
                leaf(xml, "w:ind", &[(name, &characters.to_string()), (plain, &measure)])?;
            }
            value(xml, "w:jc", style.side)?;
            style.outline.map_or(Ok(()), |level| value(xml, "w:outlineLvl", level))
        })?;
        letters(xml, style.font, style.size)
    })
}

fn letters(xml: &mut Xml, font: &str, size: u32) -> io::Result<()> {
    // A page number is in 宋体 as a whole, digits too.
    let latin = if font == SONG && size == 28 { SONG } else { LATIN };
    node(xml, "w:rPr", &[], |xml| {
        let fonts = [("w:ascii", latin), ("w:eastAsia", font), ("w:hAnsi", latin), ("w:cs", LATIN)];
        leaf(xml, "w:rFonts", &fonts)?;
        // Other sizes undo what the defaults say.
        value(xml, "w:spacing", &if size == BODY { CLOSER } else { 0 }.to_string())?;
        value(xml, "w:sz", &size.to_string())?;
        value(xml, "w:szCs", &size.to_string())?;
        leaf(xml, "w:lang", &[("w:val", "en-US"), ("w:eastAsia", "zh-CN")])
    })
}
