//! OpenDocument spreadsheets.
//!
//! For: tables as LibreOffice and WPS save them, streamed. Our own, since the workbook library tells neither
//! merged nor hidden cells of this format, and makes room for every repeated one. Elements are those of ODF 1.2
//! part 1, 9. Not for: text documents. Invariant: repeated cells without content cost nothing.

use super::grid::{Facts, Grid, MOST_COLUMNS, MOST_ROWS};
use super::merges::Area;
use super::package::Package;
use super::xml::{attribute, number, push_entity};
use super::{Reader, Unreadable};
use crate::model::{Code, Diagnostic, Location};
use crate::stages::ingest::content::{Content, Shape, own};
use crate::stages::ingest::rows::{Held, RowSink, TableStart};
use jiff::civil::Date;
use quick_xml::events::{BytesStart, Event};
use std::collections::BTreeSet;
use std::io::BufRead;

/// Rows with content that one element may repeat; people fill down, but not for ever.
const MOST_REPEATS: u32 = 10_000;
/// Cells with content that one element may repeat.
const MOST_COPIES: u32 = 1_000;

type Xml<R> = quick_xml::Reader<R>;

/// OpenDocument spreadsheets.
pub(super) struct Ods;

impl Reader for Ods {
    fn recognises(&self, content: &Content<'_>) -> bool {
        content.shape == Shape::Ods
    }

    fn read(&self, content: &Content<'_>, sink: &mut dyn RowSink) -> Result<&'static str, Unreadable> {
        let mut package = Package::open(content.bytes)?;
        package.vet(|_| false)?;
        if package.text("META-INF/manifest.xml")?.is_some_and(|text| text.contains("encryption-data")) {
            return Err(Unreadable { code: Code::PasswordProtected, ..Unreadable::new("") });
        }
        let names = names(&mut package)?;
        if !sink.takes_results() && own::is_ledger(names.iter().map(String::as_str)) {
            return Err(own::result());
        }
        let Some(part) = package.part("content.xml")? else {
            return Err(Unreadable::new("@ingest.reason.workbook-parts"));
        };
        let mut xml = Xml::from_reader(std::io::BufReader::new(part));
        xml.config_mut().check_end_names = false;
        let mut document = Document { xml, buffer: Vec::new(), hidden_styles: BTreeSet::new() };
        document.read(sink)?;
        Ok("ods")
    }
}

/// The names of the sheets.
fn names(package: &mut Package<'_>) -> Result<Vec<String>, Unreadable> {
    let mut names = Vec::new();
    let Some(part) = package.part("content.xml")? else { return Ok(names) };
    let mut xml = Xml::from_reader(std::io::BufReader::new(part));
    xml.config_mut().check_end_names = false;
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer) {
            Ok(Event::Start(tag)) if tag.name().as_ref() == "table:table" => {
                names.extend(attribute(&tag, "name"));
            }
            Ok(Event::Eof) | Err(_) => return Ok(names),
            Ok(_) => {}
        }
    }
}

struct Document<R> {
    xml: Xml<R>,
    buffer: Vec<u8>,
    /// Styles of sheets that are not displayed.
    hidden_styles: BTreeSet<String>,
}

/// An element that began.
struct Opened {
    name: String,
    tag: BytesStart<'static>,
    is_empty: bool,
}

/// Where the reading of an element stands.
enum Step {
    Opened(Opened),
    Closed(String),
    Text(String),
    End,
}

impl<R: BufRead> Document<R> {
    fn step(&mut self) -> Result<Step, String> {
        loop {
            self.buffer.clear();
            let event = self.xml.read_event_into(&mut self.buffer).map_err(|e| e.to_string())?;
            let opened = |tag: BytesStart<'_>, is_empty| {
                let name = tag.name().as_ref().to_owned();
                Step::Opened(Opened { name, tag: tag.into_owned(), is_empty })
            };
            return Ok(match event {
                Event::Start(tag) => opened(tag, false),
                Event::Empty(tag) => opened(tag, true),
                Event::End(tag) => Step::Closed(tag.name().as_ref().to_owned()),
                Event::Text(text) => Step::Text(text.xml10_content().into_owned()),
                Event::CData(text) => Step::Text(text.into_inner().into_owned()),
                Event::GeneralRef(entity) => {
                    let mut text = String::new();
                    push_entity(&entity, &mut text);
                    Step::Text(text)
                }
                Event::Eof => Step::End,
                _ => continue,
            });
        }
    }

    fn read(&mut self, sink: &mut dyn RowSink) -> Result<(), Unreadable> {
        let mut style = None;
        let damaged = |e: String| Unreadable::new("@ingest.reason.workbook").because(e);
        loop {
            match self.step().map_err(damaged)? {
                Step::End => return Ok(()),
                Step::Opened(Opened { name, tag, is_empty }) => match name.as_str() {
                    "style:style" => style = attribute(&tag, "name"),
                    "style:table-properties" if attribute(&tag, "display").as_deref() == Some("false") => {
                        self.hidden_styles.extend(style.clone());
                    }
                    "table:table" if !is_empty => {
                        let sheet = attribute(&tag, "name").unwrap_or_default();
                        sink.begin(&TableStart { name: &sheet, ..TableStart::default() });
                        let is_hidden = attribute(&tag, "style-name")
                            .is_some_and(|style| self.hidden_styles.contains(&style));
                        if is_hidden {
                            sink.remark(Diagnostic::new(Code::HiddenSheet, Location::default()));
                        }
                        let outcome = self.table(sink);
                        if let Err(detail) = &outcome {
                            let remark = Diagnostic::new(Code::BrokenSheet, Location::default());
                            let remark = remark.with("reason", "@ingest.reason.workbook");
                            sink.remark(remark.with("detail", detail));
                        }
                        sink.end();
                        if outcome.is_err() {
                            return Ok(());
                        }
                    }
                    _ => {}
                },
                _ => {}
            }
        }
    }

    /// The rows of a table, to its end.
    fn table(&mut self, sink: &mut dyn RowSink) -> Result<(), String> {
        // Columns stand before the rows, so what is hidden is known when the first row comes.
        let mut facts = Some(Facts::default());
        let mut grid = None;
        let mut sink = Some(sink);
        let (mut row, mut column) = (0, 0);
        loop {
            match self.step()? {
                Step::End => return Err("content.xml".to_owned()),
                Step::Closed(name) if name == "table:table" => break,
                Step::Opened(opened) => match opened.name.as_str() {
                    "table:table-column" => {
                        let repeats = number(&opened.tag, "number-columns-repeated").unwrap_or(1).max(1);
                        if is_hidden(&opened.tag).is_some()
                            && let Some(facts) = &mut facts
                        {
                            facts.hidden_columns.add(column, column + repeats.min(MOST_COLUMNS) - 1);
                        }
                        column = column.saturating_add(repeats);
                    }
                    "table:table-row" => {
                        if let (Some(facts), Some(sink)) = (facts.take(), sink.take()) {
                            grid = Some(Grid::new(facts, sink));
                        }
                        if let Some(grid) = &mut grid {
                            row = self.row(opened, row, grid)?;
                        }
                    }
                    "draw:frame" | "draw:image" => {
                        if let Some(facts) = &mut facts {
                            facts.has_pictures = true;
                        }
                    }
                    // A table within a shape is no part of this one.
                    "table:table" if !opened.is_empty => self.pass(&opened.name)?,
                    _ => {}
                },
                _ => {}
            }
        }
        // A table without rows may still have pictures.
        match (grid, facts, sink) {
            (Some(grid), _, _) => grid.finish(),
            (None, Some(facts), Some(sink)) => Grid::new(facts, sink).finish(),
            _ => {}
        }
        Ok(())
    }

    /// A row element; returns the number of the row behind it.
    fn row(&mut self, opened: Opened, row: u32, grid: &mut Grid<'_, 'static>) -> Result<u32, String> {
        let repeats = number(&opened.tag, "number-rows-repeated").unwrap_or(1).max(1);
        let behind = row.saturating_add(repeats);
        let hidden = is_hidden(&opened.tag);
        let cells = if opened.is_empty { Vec::new() } else { self.cells(row)? };
        if cells.is_empty() || row >= MOST_ROWS {
            return Ok(behind);
        }
        if repeats > MOST_REPEATS {
            return Err(format!("row {} × {repeats}", row + 1));
        }
        for copy in 0..repeats {
            if let Some(is_filter) = hidden {
                grid.hide(row + copy, is_filter);
            }
            grid.begin_row(row + copy)?;
            for (column, cell, area) in &cells {
                grid.put(row + copy, *column, cell.clone())?;
                if let Some(area) = area.filter(|_| copy == 0) {
                    grid.merge(area);
                }
            }
        }
        Ok(behind)
    }

    /// The cells with content of a row: column, value, merged area.
    fn cells(&mut self, row: u32) -> Result<Vec<(u32, Held<'static>, Option<Area>)>, String> {
        let mut cells = Vec::new();
        let mut column = 0_u32;
        loop {
            match self.step()? {
                Step::End => return Err("content.xml".to_owned()),
                Step::Closed(name) if name == "table:table-row" => return Ok(cells),
                Step::Opened(opened)
                    if opened.name == "table:table-cell" || opened.name == "table:covered-table-cell" =>
                {
                    let repeats = number(&opened.tag, "number-columns-repeated").unwrap_or(1).max(1);
                    let covered = opened.name == "table:covered-table-cell";
                    let cell = self.cell(&opened)?;
                    if cell != Held::Empty && !covered {
                        let span = |name| number(&opened.tag, name).unwrap_or(1).max(1);
                        let (wide, high) = (span("number-columns-spanned"), span("number-rows-spanned"));
                        let area = (wide > 1 || high > 1).then(|| Area {
                            top: row,
                            left: column,
                            bottom: row.saturating_add(high - 1).min(MOST_ROWS),
                            right: column.saturating_add(wide - 1).min(MOST_COLUMNS),
                        });
                        if repeats > MOST_COPIES {
                            return Err(format!("row {}, column {} × {repeats}", row + 1, column + 1));
                        }
                        for copy in 0..repeats {
                            cells.push((
                                column.saturating_add(copy),
                                cell.clone(),
                                area.filter(|_| copy == 0),
                            ));
                        }
                    }
                    column = column.saturating_add(repeats);
                }
                _ => {}
            }
        }
    }

    /// The value of a cell.
    fn cell(&mut self, opened: &Opened) -> Result<Held<'static>, String> {
        let text = if opened.is_empty { String::new() } else { self.text(&opened.name)? };
        let tag = &opened.tag;
        let kind = attribute(tag, "value-type").unwrap_or_default();
        let value = || attribute(tag, "value").and_then(|value| value.trim().parse::<f64>().ok());
        // LibreOffice marks errors beside the standard's own type.
        if text.starts_with("Err:") || text.starts_with('#') && text.ends_with(['!', '?', 'A']) {
            return Ok(Held::Error(text.into()));
        }
        let shown = |text: String| if text.is_empty() { Held::Empty } else { Held::Text(text.into()) };
        Ok(match kind.as_str() {
            "float" | "currency" => value().map_or_else(|| shown(text), Held::Number),
            "percentage" => match value() {
                Some(n) if text.is_empty() => super::workbook::percent(n),
                _ => shown(text),
            },
            "date" => {
                let date = attribute(tag, "date-value").unwrap_or_default();
                date.get(..10)
                    .and_then(|day| day.parse::<Date>().ok())
                    .map_or_else(|| shown(text), Held::Date)
            }
            "boolean" => Held::Bool(attribute(tag, "boolean-value").as_deref() == Some("true")),
            "string" => shown(attribute(tag, "string-value").filter(|_| text.is_empty()).unwrap_or(text)),
            _ if text.is_empty() => match attribute(tag, "formula") {
                // No value and no text: no program has calculated it.
                Some(formula) if kind.is_empty() => Held::Error(plain_formula(&formula).into()),
                _ => Held::Empty,
            },
            _ => shown(text),
        })
    }

    /// The text of a cell to its end: paragraphs as lines, comments left out.
    fn text(&mut self, end: &str) -> Result<String, String> {
        let mut text = String::new();
        let mut paragraphs = 0;
        loop {
            match self.step()? {
                Step::End => return Err("content.xml".to_owned()),
                Step::Closed(name) if name == end => return Ok(text),
                Step::Text(piece) if paragraphs > 0 => text.push_str(&piece),
                Step::Opened(opened) => match opened.name.as_str() {
                    "text:p" | "text:h" => {
                        if paragraphs > 0 {
                            text.push('\n');
                        }
                        paragraphs += 1;
                    }
                    "text:s" => {
                        let count = number(&opened.tag, "c").unwrap_or(1).min(256);
                        text.extend(std::iter::repeat_n(' ', count as usize));
                    }
                    "text:tab" => text.push('\t'),
                    "text:line-break" => text.push('\n'),
                    "office:annotation" | "draw:frame" | "draw:custom-shape" | "table:table"
                        if !opened.is_empty =>
                    {
                        self.pass(&opened.name)?;
                    }
                    _ => {}
                },
                _ => {}
            }
        }
    }

    /// Passes over an element, to its end.
    fn pass(&mut self, name: &str) -> Result<(), String> {
        let mut depth = 1;
        while depth > 0 {
            match self.step()? {
                Step::End => return Err("content.xml".to_owned()),
                Step::Opened(opened) if opened.name == name && !opened.is_empty => depth += 1,
                Step::Closed(closed) if closed == name => depth -= 1,
                _ => {}
            }
        }
        Ok(())
    }
}

/// Whether a row or column is hidden, and if so whether by a filter.
fn is_hidden(tag: &BytesStart<'_>) -> Option<bool> {
    match attribute(tag, "visibility").as_deref() {
        Some("filter") => Some(true),
        Some("collapse") => Some(false),
        _ => None,
    }
}

/// "of:=SUM([.A1:.A3])" → "=SUM([.A1:.A3])".
fn plain_formula(formula: &str) -> String {
    let start = formula.find('=').unwrap_or(0);
    formula[start..].to_owned()
}
