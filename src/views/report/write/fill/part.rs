//! A sheet of a workbook as it is written: where each row and cell stands in the text of its part.
//!
//! For: reading a form and changing only some of its bytes. Not for: inventories (`stages::ingest` reads those). Invariant:
//! spans are those of the text, in order, and do not overlap.

use super::refs::{copied, parse, parse_area};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::BTreeMap;
use std::ops::Range;

/// A cell.
#[derive(Clone, Debug)]
pub(super) struct CellPart {
    /// 1-based.
    pub(super) column: u32,
    /// Index of its format, as written.
    pub(super) style: Option<String>,
    /// What it shows; empty for nothing.
    pub(super) text: String,
    /// Its formula, unescaped; empty for one that is shared with another cell.
    pub(super) formula: Option<String>,
    /// Attributes of the formula as written, with a space before each.
    pub(super) formula_attributes: String,
    /// A shared formula as this cell would write it for itself; known where the other cell stands in its column.
    pub(super) resolved: Option<String>,
    /// Where it stands.
    pub(super) span: Range<usize>,
}

/// A row.
#[derive(Clone, Debug)]
pub(super) struct RowPart {
    /// 1-based.
    pub(super) number: u32,
    /// Its attributes but the number, as written, with a space before each.
    pub(super) attributes: String,
    pub(super) cells: Vec<CellPart>,
    /// Where it stands.
    pub(super) span: Range<usize>,
}

/// A sheet.
pub(super) struct SheetPart {
    /// The whole part.
    pub(super) xml: String,
    /// Where the rows stand, with the element around them.
    pub(super) data: Range<usize>,
    /// Prefix of element names, with its colon; usually none.
    pub(super) prefix: String,
    pub(super) rows: Vec<RowPart>,
    /// Merged areas: first and last cell, as column and row.
    pub(super) merges: Vec<[(u32, u32); 2]>,
}

impl SheetPart {
    /// Reads a part.
    ///
    /// # Errors
    /// When it is not well-formed or has no rows element.
    pub(super) fn read(xml: String, shared: &[String]) -> Result<SheetPart, quick_xml::Error> {
        let mut sheet =
            SheetPart { data: 0..0, prefix: String::new(), rows: Vec::new(), merges: Vec::new(), xml };
        let text = std::mem::take(&mut sheet.xml);
        let mut reader = Reader::from_str(&text);
        let (mut before, mut kind, mut in_text, mut in_formula) = (0, String::new(), false, false);
        loop {
            let event = reader.read_event()?;
            let after = reader.buffer_position() as usize;
            match &event {
                Event::Start(tag) | Event::Empty(tag) => {
                    let is_empty = matches!(event, Event::Empty(_));
                    match tag.local_name().as_ref() {
                        "sheetData" => {
                            let name = tag.name();
                            name.as_ref().trim_end_matches("sheetData").clone_into(&mut sheet.prefix);
                            sheet.data = before..after;
                        }
                        "row" => sheet.rows.push(row(tag, sheet.rows.last(), before..after)),
                        "c" => {
                            if let Some(row) = sheet.rows.last_mut() {
                                row.cells.push(cell(tag, row.cells.last(), before..after));
                            }
                            kind = attribute(tag, "t").unwrap_or_default();
                        }
                        "v" | "t" if !is_empty => in_text = true,
                        "f" => {
                            if let Some(cell) = sheet.cell() {
                                cell.formula = Some(String::new());
                                cell.formula_attributes = attributes(tag, "");
                            }
                            in_formula = !is_empty;
                        }
                        "mergeCell" => {
                            sheet.merges.extend(attribute(tag, "ref").and_then(|r| parse_area(&r)));
                        }
                        _ => {}
                    }
                }
                Event::End(tag) => match tag.local_name().as_ref() {
                    "sheetData" => sheet.data.end = after,
                    "row" => {
                        if let Some(row) = sheet.rows.last_mut() {
                            row.span.end = after;
                        }
                    }
                    "c" => {
                        if let Some(cell) = sheet.cell() {
                            cell.span.end = after;
                            if kind == "s" {
                                let known = cell.text.trim().parse().ok().and_then(|i: usize| shared.get(i));
                                cell.text = known.cloned().unwrap_or_default();
                            }
                        }
                    }
                    "v" | "t" => in_text = false,
                    "f" => in_formula = false,
                    _ => {}
                },
                Event::Text(_) | Event::GeneralRef(_) | Event::CData(_) if in_text || in_formula => {
                    let piece = piece(&event);
                    if let Some(cell) = sheet.cell() {
                        match &mut cell.formula {
                            Some(formula) if in_formula => formula.push_str(&piece),
                            _ => cell.text.push_str(&piece),
                        }
                    }
                }
                Event::Eof => break,
                _ => {}
            }
            before = after;
        }
        drop(reader);
        sheet.xml = text;
        sheet.resolve();
        Ok(sheet)
    }

    /// Gives every cell that shares a formula its own.
    fn resolve(&mut self) {
        let mut masters: BTreeMap<String, (u32, u32, String)> = BTreeMap::new();
        for row in &mut self.rows {
            for cell in &mut row.cells {
                let Some(formula) = &cell.formula else { continue };
                let shared = cell.formula_attributes.contains("t=\"shared\"");
                let Some(group) = cell.formula_attributes.split(" si=").nth(1).filter(|_| shared) else {
                    continue;
                };
                if formula.is_empty() {
                    let master = masters.get(group).filter(|(column, ..)| *column == cell.column);
                    cell.resolved = master.map(|(_, first, formula)| copied(formula, row.number - first));
                } else {
                    masters.insert(group.to_owned(), (cell.column, row.number, formula.clone()));
                }
            }
        }
    }

    fn cell(&mut self) -> Option<&mut CellPart> {
        self.rows.last_mut()?.cells.last_mut()
    }

    /// The row of this number.
    pub(super) fn row(&self, number: u32) -> Option<&RowPart> {
        let at = self.rows.binary_search_by_key(&number, |row| row.number).ok()?;
        Some(&self.rows[at])
    }

    /// The cell here.
    pub(super) fn at(&self, column: u32, row: u32) -> Option<&CellPart> {
        self.row(row)?.cells.iter().find(|cell| cell.column == column)
    }

    /// The first cell of the merged area that a cell is in, or the cell itself.
    pub(super) fn anchor(&self, column: u32, row: u32) -> (u32, u32) {
        let covers = |[first, last]: &&[(u32, u32); 2]| {
            (first.0..=last.0).contains(&column) && (first.1..=last.1).contains(&row)
        };
        self.merges.iter().find(covers).map_or((column, row), |[first, _]| *first)
    }

    /// What is shown here, through merged areas.
    pub(super) fn text(&self, column: u32, row: u32) -> &str {
        let (column, row) = self.anchor(column, row);
        self.at(column, row).map_or("", |cell| cell.text.trim())
    }

    /// The last column in which a cell stands.
    pub(super) fn last_column(&self) -> u32 {
        self.rows.iter().filter_map(|row| row.cells.last()).map(|cell| cell.column).max().unwrap_or(0)
    }
}

/// The text of every shared string.
pub(super) fn shared(xml: &str) -> Result<Vec<String>, quick_xml::Error> {
    let mut reader = Reader::from_str(xml);
    let mut texts: Vec<String> = Vec::new();
    let (mut in_text, mut in_reading) = (false, false);
    loop {
        let event = reader.read_event()?;
        match &event {
            Event::Start(tag) => match tag.local_name().as_ref() {
                "si" => texts.push(String::new()),
                "t" => in_text = true,
                // How a Japanese name is read.
                "rPh" => in_reading = true,
                _ => {}
            },
            Event::Empty(tag) if tag.local_name().as_ref() == "si" => texts.push(String::new()),
            Event::End(tag) => match tag.local_name().as_ref() {
                "t" => in_text = false,
                "rPh" => in_reading = false,
                _ => {}
            },
            Event::Text(_) | Event::GeneralRef(_) | Event::CData(_) if in_text && !in_reading => {
                if let Some(text) = texts.last_mut() {
                    text.push_str(&piece(&event));
                }
            }
            Event::Eof => return Ok(texts),
            _ => {}
        }
    }
}

/// Text of an event, entities resolved.
fn piece(event: &Event<'_>) -> String {
    match event {
        Event::Text(text) => text.as_ref().to_owned(),
        Event::CData(text) => text.as_ref().to_owned(),
        Event::GeneralRef(name) => {
            let written = format!("&{};", name.as_ref() as &str);
            quick_xml::escape::unescape(&written)
                .map_or_else(|_| written.clone(), std::borrow::Cow::into_owned)
        }
        _ => String::new(),
    }
}

/// An attribute by its local name, unescaped.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.attributes().flatten().find(|a| a.key.local_name().as_ref() == name)?;
    Some(
        quick_xml::escape::unescape(&found.value)
            .map_or_else(|_| found.value.to_string(), std::borrow::Cow::into_owned),
    )
}

fn row(tag: &BytesStart<'_>, last: Option<&RowPart>, span: Range<usize>) -> RowPart {
    let next = last.map_or(1, |row| row.number + 1);
    let number = attribute(tag, "r").and_then(|r| r.parse().ok()).unwrap_or(next);
    RowPart { number, attributes: attributes(tag, "r"), cells: Vec::new(), span }
}

/// All attributes but one, as written.
fn attributes(tag: &BytesStart<'_>, but: &str) -> String {
    let others = tag.attributes().flatten().filter(|a| a.key.as_ref() as &str != but);
    let written = others.map(|a| format!(" {}=\"{}\"", a.key.as_ref() as &str, a.value));
    written.collect::<Vec<_>>().concat()
}

fn cell(tag: &BytesStart<'_>, last: Option<&CellPart>, span: Range<usize>) -> CellPart {
    let next = last.map_or(1, |cell| cell.column + 1);
    let column = attribute(tag, "r").and_then(|r| parse(&r)).map_or(next, |(column, _)| column);
    CellPart {
        column,
        style: attribute(tag, "s"),
        text: String::new(),
        formula: None,
        formula_attributes: String::new(),
        resolved: None,
        span,
    }
}
