//! Spreadsheets in one XML file (SpreadsheetML 2003), often named ".xls" or ".xml".
//!
//! For: exports of older systems. Not for: the XML inside of XLSX. Invariant: positions follow `ss:Index`, as
//! Excel reads them.

use super::grid::{Facts, Grid, MOST_COLUMNS, MOST_ROWS};
use super::merges::Area;
use super::xml::{attribute, number, push_entity};
use super::{Reader, Unreadable};
use crate::model::{Code, Diagnostic, Location};
use crate::stages::ingest::content::{Content, Shape};
use crate::stages::ingest::rows::{Held, RowSink, TableStart};
use jiff::civil::Date;
use quick_xml::events::{BytesStart, Event};

type Xml<'t> = quick_xml::Reader<&'t [u8]>;

/// Spreadsheets in one XML file.
pub(super) struct XmlSheet;

impl Reader for XmlSheet {
    fn recognises(&self, content: &Content<'_>) -> bool {
        content.shape == Shape::XmlSheet
    }

    fn read(&self, content: &Content<'_>, sink: &mut dyn RowSink) -> Result<&'static str, Unreadable> {
        let mut xml = Xml::from_str(&content.text);
        xml.config_mut().check_end_names = false;
        xml.config_mut().expand_empty_elements = true;
        loop {
            match xml.read_event() {
                Ok(Event::Start(tag)) if tag.local_name().as_ref() == "Worksheet" => {
                    let name = attribute(&tag, "Name").unwrap_or_default();
                    sink.begin(&TableStart { name: &name, ..TableStart::default() });
                    if let Err(detail) = sheet(&mut xml, sink) {
                        let remark = Diagnostic::new(Code::BrokenSheet, Location::default());
                        let remark = remark.with("reason", "@ingest.reason.workbook");
                        sink.remark(remark.with("detail", detail));
                    }
                    sink.end();
                }
                Ok(Event::Eof) => return Ok("xml"),
                Ok(_) => {}
                Err(e) => return Err(Unreadable::new("@ingest.reason.workbook").because(e)),
            }
        }
    }
}

/// A cell that is being read.
#[derive(Default)]
struct CellAtHand {
    text: String,
    kind: String,
    in_data: bool,
}

fn sheet(xml: &mut Xml<'_>, sink: &mut dyn RowSink) -> Result<(), String> {
    let mut hidden = Facts::default();
    let mut sink = Some(sink);
    let mut grid: Option<Grid<'_, 'static>> = None;
    // The next row and column, 0-based.
    let (mut row, mut column, mut width) = (0_u32, 0_u32, 0_u32);
    let mut cell = CellAtHand::default();
    loop {
        match xml.read_event().map_err(|e| e.to_string())? {
            Event::Start(tag) => match tag.local_name().as_ref() {
                "Column" => {
                    let at = index(&tag).unwrap_or(column).min(MOST_COLUMNS);
                    let to = at.saturating_add(number(&tag, "Span").unwrap_or(0)).min(MOST_COLUMNS);
                    if is_hidden(&tag) {
                        hidden.hidden_columns.add(at, to);
                    }
                    column = to + 1;
                }
                "Row" => {
                    row = index(&tag).unwrap_or(row);
                    if let Some(sink) = sink.take() {
                        grid = Some(Grid::new(std::mem::take(&mut hidden), sink));
                    }
                    if let Some(grid) = &mut grid {
                        if is_hidden(&tag) {
                            grid.hide(row, false);
                        }
                        grid.begin_row(row)?;
                    }
                    column = 0;
                }
                "Cell" => {
                    column = index(&tag).unwrap_or(column);
                    let (wide, high) =
                        (number(&tag, "MergeAcross").unwrap_or(0), number(&tag, "MergeDown").unwrap_or(0));
                    width = wide.min(MOST_COLUMNS);
                    cell = CellAtHand::default();
                    if let Some(grid) = grid.as_mut().filter(|_| wide > 0 || high > 0) {
                        let (bottom, right) = (row.saturating_add(high), column.saturating_add(wide));
                        grid.merge(Area {
                            top: row,
                            left: column,
                            bottom: bottom.min(MOST_ROWS),
                            right: right.min(MOST_COLUMNS),
                        });
                    }
                }
                "Data" => {
                    cell.kind = attribute(&tag, "Type").unwrap_or_default();
                    cell.in_data = true;
                }
                _ => {}
            },
            Event::Text(text) if cell.in_data => cell.text.push_str(&text.xml10_content()),
            Event::CData(text) if cell.in_data => cell.text.push_str(&text.into_inner()),
            Event::GeneralRef(entity) if cell.in_data => push_entity(&entity, &mut cell.text),
            Event::End(tag) => match tag.local_name().as_ref() {
                "Data" => cell.in_data = false,
                "Cell" => {
                    let value = value(std::mem::take(&mut cell));
                    if let Some(grid) = grid.as_mut().filter(|_| value != Held::Empty) {
                        grid.put(row, column, value)?;
                    }
                    column = column.saturating_add(width + 1);
                }
                "Row" => row = row.saturating_add(1),
                "Worksheet" => break,
                _ => {}
            },
            Event::Eof => return Err("Worksheet".to_owned()),
            _ => {}
        }
    }
    if let Some(grid) = grid {
        grid.finish();
    }
    Ok(())
}

/// The 0-based position that an element states; they count from 1.
fn index(tag: &BytesStart<'_>) -> Option<u32> {
    number(tag, "Index")?.checked_sub(1)
}

fn is_hidden(tag: &BytesStart<'_>) -> bool {
    attribute(tag, "Hidden").as_deref() == Some("1")
}

fn value(cell: CellAtHand) -> Held<'static> {
    let CellAtHand { text, kind, .. } = cell;
    match kind.as_str() {
        _ if text.is_empty() => Held::Empty,
        "Number" => text.trim().parse().map_or_else(|_| Held::Text(text.into()), Held::Number),
        "Boolean" => Held::Bool(text.trim() == "1"),
        "Error" => Held::Error(text.into()),
        "DateTime" => {
            let day = text.get(..10).and_then(|day| day.parse::<Date>().ok());
            day.map_or_else(|| Held::Text(text.into()), Held::Date)
        }
        _ => Held::Text(text.into()),
    }
}
