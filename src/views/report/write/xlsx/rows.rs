//! The rows of a long sheet, as the XML of the format.
//!
//! For: lists of tens of thousands of rows, several of which are drawn at once. The workbook library draws everything else,
//! but looks every cell's format up by its whole content and keeps each cell in two maps on its way out: for long sheets that
//! was four fifths of the time (`benches/README.md`). Not for: where the rows go (`book`). Invariant: a cell holds what the
//! view holds, as text or as number and never as a formula; nothing of a row is kept once it is written.

use super::links::{Link, Links, MOST, is_linkable};
use super::sheet::{fit, height, lines};
use crate::views::report::{Cell, Column, Listing, Row};
use rust_xlsxwriter::utility::column_number_to_name;
use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{self, Write};

/// Bytes of XML that are handed on at a time.
const BATCH: usize = 1 << 16;

/// Where rows come from; several sheets are drawn at once.
pub(super) trait Source: Sync {
    /// The row at an index.
    fn row(&self, at: usize) -> Cow<'_, [Cell<'_>]>;

    /// The items that it is about.
    fn items(&self, at: usize) -> [Option<u32>; 2];
}

impl Source for Listing<'_> {
    fn row(&self, at: usize) -> Cow<'_, [Cell<'_>]> {
        Cow::Owned((self.row)(at))
    }

    fn items(&self, at: usize) -> [Option<u32>; 2] {
        (self.items)(at)
    }
}

impl Source for Vec<Row<'_>> {
    fn row(&self, at: usize) -> Cow<'_, [Cell<'_>]> {
        Cow::Borrowed(&self[at])
    }

    fn items(&self, _: usize) -> [Option<u32>; 2] {
        [None; 2]
    }
}

/// The rows of one sheet.
pub(super) struct Rows<'s> {
    pub(super) source: &'s dyn Source,
    pub(super) columns: &'s [Column],
    /// The row of the sheet at which they begin, the first being 0.
    pub(super) first: u32,
    /// How many there are.
    pub(super) len: u32,
    /// Columns whose cells lead elsewhere.
    pub(super) linked: Vec<(u16, Link)>,
}

/// Numbers that the library gave to the formats of cells.
#[derive(Clone, Copy, Debug)]
pub(super) struct Looks {
    pub(super) text: u32,
    pub(super) link: u32,
    pub(super) count: u32,
    pub(super) number: u32,
}

/// The same, spelled out once and not for every cell.
struct Spelled {
    text: String,
    link: String,
    count: String,
    number: String,
}

impl Spelled {
    fn of(looks: Looks) -> Spelled {
        let Looks { text, link, count, number } = looks;
        let [text, link, count, number] = [text, link, count, number].map(|look| look.to_string());
        Spelled { text, link, count, number }
    }
}

impl Rows<'_> {
    /// Writes the rows; gives the element with their links, which stands further down in the part, or nothing.
    ///
    /// # Errors
    /// When `out` refuses.
    pub(super) fn write(&self, links: &Links, looks: Looks, out: &mut impl Write) -> io::Result<String> {
        let names: Vec<String> = (0..self.columns.len() as u16).map(column_number_to_name).collect();
        let mut found = String::new();
        let mut left = MOST;
        let mut xml = String::with_capacity(BATCH * 2);
        let looks = Spelled::of(looks);
        for at in 0..self.len as usize {
            let cells = self.source.row(at);
            let number = (self.first as usize + at + 1).to_string();
            let items = if self.linked.is_empty() { [None; 2] } else { self.source.items(at) };
            // Writing into a string cannot fail.
            let _ = write!(
                xml,
                "<row r=\"{number}\" ht=\"{}\" customHeight=\"1\">",
                height(&cells, self.columns)
            );
            let mut led: Vec<(&str, u32)> = Vec::new();
            for ((c, cell), name) in (0..).zip(cells.iter()).zip(&names) {
                let place = if left > 0 { self.leads(c, cell, links, items) } else { None };
                // A row leads to each place once: a sheet holds only so many links.
                let place = place.filter(|place| !led.contains(place));
                if let Some((title, row)) = place {
                    led.push((title, row));
                    left -= 1;
                    let _ =
                        write!(found, "<hyperlink ref=\"{name}{number}\" location=\"'{title}'!A{row}\"/>");
                }
                draw(&mut xml, cell, name, &number, &looks, place.is_some());
            }
            xml.push_str("</row>");
            if xml.len() >= BATCH {
                out.write_all(xml.as_bytes())?;
                xml.clear();
            }
        }
        out.write_all(xml.as_bytes())?;
        Ok(if found.is_empty() { found } else { format!("<hyperlinks>{found}</hyperlinks>") })
    }
}

impl Rows<'_> {
    /// Where a cell leads: to the first place that there is. Only what stands on one line does: suites that do not wrap a
    /// link would hide the rest of it.
    fn leads<'l>(
        &self,
        column: u16,
        cell: &Cell<'_>,
        links: &'l Links,
        items: [Option<u32>; 2],
    ) -> Option<(&'l str, u32)> {
        let mut ways = self.linked.iter().filter(|(linked, _)| *linked == column);
        let place = ways.find_map(|(_, link)| links.place(link.to, items[link.side]?))?;
        let Cell::Text(text) = cell else { return None };
        (is_linkable(text) && lines(cell, &self.columns[usize::from(column)]) == 1).then_some(place)
    }
}

/// A cell: numbers as numbers, text as text; rates are text, because a bare share would lose its fraction.
fn draw(xml: &mut String, cell: &Cell<'_>, column: &str, row: &str, looks: &Spelled, is_link: bool) {
    let look = match cell {
        Cell::Text(_) if is_link => &looks.link,
        Cell::Empty | Cell::Text(_) => &looks.text,
        Cell::Count(_) | Cell::Rate(_) => &looks.count,
        Cell::Number(_) => &looks.number,
    };
    for piece in ["<c r=\"", column, row, "\" s=\"", look] {
        xml.push_str(piece);
    }
    match cell {
        Cell::Empty => xml.push_str("\"/>"),
        Cell::Count(n) => drop(write!(xml, "\"><v>{n}</v></c>")),
        Cell::Number(n) => drop(write!(xml, "\"><v>{n}</v></c>")),
        Cell::Text(text) => inline(xml, &fit(text)),
        Cell::Rate(_) => inline(xml, &cell.plain()),
    }
}

/// The rest of a cell of text.
fn inline(xml: &mut String, text: &str) {
    xml.push_str("\" t=\"inlineStr\"><is><t");
    let blank = [' ', '\t', '\n'];
    if text.starts_with(blank) || text.ends_with(blank) {
        xml.push_str(" xml:space=\"preserve\"");
    }
    xml.push('>');
    escape(xml, text);
    xml.push_str("</t></is></c>");
}

/// Text as the format spells it: markup as entities, control characters as `_x001F_`, and what only looks like such a
/// spelling with its underscore spelled out.
pub(super) fn escape(xml: &mut String, text: &str) {
    let bytes = text.as_bytes();
    let mut done = 0;
    for (at, &byte) in bytes.iter().enumerate() {
        if !SPECIAL[usize::from(byte)] {
            continue;
        }
        let spelled = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'_' if is_spelling(&bytes[at..]) => "_x005F_",
            b'_' => continue,
            _ => "",
        };
        xml.push_str(&text[done..at]);
        if spelled.is_empty() {
            let _ = write!(xml, "_x{byte:04X}_");
        } else {
            xml.push_str(spelled);
        }
        done = at + 1;
    }
    xml.push_str(&text[done..]);
}

/// Bytes that may not stand as they are.
const SPECIAL: [bool; 256] = {
    let mut special = [false; 256];
    let mut byte = 0;
    while byte < 0x20 {
        special[byte] = byte != b'\t' as usize && byte != b'\n' as usize;
        byte += 1;
    }
    special[b'&' as usize] = true;
    special[b'<' as usize] = true;
    special[b'>' as usize] = true;
    special[b'"' as usize] = true;
    special[b'_' as usize] = true;
    special
};

/// Whether a text begins like `_x001F_`.
fn is_spelling(bytes: &[u8]) -> bool {
    matches!(bytes, [b'_', b'x', digits @ .., ] if digits.len() >= 5
        && digits[..4].iter().all(u8::is_ascii_hexdigit) && digits[4] == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_format_forbids_is_spelled_out() {
        let spelled = |text: &str| {
            let mut xml = String::new();
            escape(&mut xml, text);
            xml
        };
        assert_eq!(spelled("=1+1 表\t\n"), "=1+1 表\t\n");
        assert_eq!(spelled("<a b=\"c\">&"), "&lt;a b=&quot;c&quot;&gt;&amp;");
        assert_eq!(spelled("\u{0}\r\u{1f}"), "_x0000__x000D__x001F_");
        assert_eq!(spelled("_x000D_ _x0_ __x00ff_"), "_x005F_x000D_ _x0_ __x005F_x00ff_");
        assert_eq!(spelled("_x000"), "_x000");
    }
}
