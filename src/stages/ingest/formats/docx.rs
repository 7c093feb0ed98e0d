//! Tables in text documents (DOCX).
//!
//! For: inventories and filing forms that were written in Word or WPS. Our own, since the libraries that read
//! documents fail on some valid ones. Elements are those of ECMA-376 part 1, 17. Not for: text outside of
//! tables, but for the paragraphs above one, which are its title. Invariant: what was deleted under change
//! tracking is not read, what was inserted is; a merged cell shows its text in all of its places.

use super::grid::MOST_COLUMNS;
use super::package::Package;
use super::xml::{attribute, number, push_entity};
use super::{Reader, Unreadable};
use crate::model::Code;
use crate::stages::ingest::content::{Content, Shape, own};
use crate::stages::ingest::rows::{Cell, RowSink, TableStart};
use quick_xml::events::{BytesStart, Event};
use std::collections::{BTreeMap, VecDeque};
use std::io::BufRead;

/// Paragraphs above a table that may be its title.
const ABOVE: usize = 6;
/// Tables within cells of tables, and so on.
const DEEPEST: usize = 16;

/// Tables in text documents.
pub(super) struct Docx;

impl Reader for Docx {
    fn recognises(&self, content: &Content<'_>) -> bool {
        content.shape == Shape::Docx
    }

    fn read(&self, content: &Content<'_>, sink: &mut dyn RowSink) -> Result<&'static str, Unreadable> {
        let mut package = Package::open(content.bytes)?;
        package.vet(|_| false)?;
        if package.text("docProps/custom.xml")?.is_some_and(|properties| own::is_draft(&properties)) {
            return Err(own::result());
        }
        let Some(part) = package.part("word/document.xml")? else {
            return Err(Unreadable::new("@ingest.reason.workbook-parts"));
        };
        let mut xml = quick_xml::Reader::from_reader(std::io::BufReader::new(part));
        xml.config_mut().check_end_names = false;
        xml.config_mut().expand_empty_elements = true;
        let tables = Walk::default().tables(xml)?;
        if tables.is_empty() {
            return Err(Unreadable { code: Code::SkippedFile, ..Unreadable::new("@ingest.reason.no-table") });
        }
        for (number, table) in tables.iter().enumerate() {
            let name = format!("表{}", number + 1);
            sink.begin(&TableStart { name: &name, above: &table.above, ..TableStart::default() });
            for (row, texts) in table.rows.iter().enumerate() {
                let cells: Vec<Cell<'_>> = texts.iter().map(|text| Cell::Text(text)).collect();
                sink.row(row as u32 + 1, &cells);
            }
            sink.end();
        }
        Ok("docx")
    }
}

/// A table as it stands in the document.
#[derive(Default)]
struct Table {
    above: Vec<String>,
    rows: Vec<Vec<String>>,
    /// Cells that are merged downwards, by column.
    down: BTreeMap<usize, String>,
    row: Vec<String>,
    /// Whether the row at hand was deleted.
    is_deleted: bool,
    cell: CellAtHand,
}

#[derive(Default)]
struct CellAtHand {
    text: String,
    span: usize,
    down: Option<Down>,
}

/// How a cell is merged with the one above it.
#[derive(Clone, Copy, PartialEq)]
enum Down {
    Begins,
    GoesOn,
}

/// The walk through a document.
#[derive(Default)]
struct Walk {
    /// Tables that are open, the innermost last.
    open: Vec<Table>,
    done: Vec<(usize, Table)>,
    /// Number of tables begun.
    begun: usize,
    order: Vec<usize>,
    /// Paragraphs outside of tables since the last one.
    above: VecDeque<String>,
    paragraph: String,
    /// Elements whose content is passed over that are open.
    passed: usize,
}

/// Elements whose content is no text of the document: deleted and moved away, drawings and their fallbacks,
/// instructions of fields.
const PASSED: [&str; 7] = ["del", "moveFrom", "drawing", "pict", "Fallback", "instrText", "object"];

impl Walk {
    fn tables<R: BufRead>(mut self, mut xml: quick_xml::Reader<R>) -> Result<Vec<Table>, Unreadable> {
        let mut buffer = Vec::new();
        // Within the properties of a row, `del` says that the row was deleted and passes nothing over.
        let mut in_row_properties = false;
        loop {
            buffer.clear();
            match xml.read_event_into(&mut buffer) {
                Ok(Event::Start(tag)) => {
                    let name = tag.local_name();
                    let name: &str = name.as_ref();
                    if name == "trPr" {
                        in_row_properties = true;
                    } else if in_row_properties && name == "del" {
                        self.top(|table| table.is_deleted = true);
                    } else if PASSED.contains(&name) {
                        self.passed += 1;
                    }
                    if self.passed == 0 {
                        self.begin(name, &tag);
                    }
                }
                Ok(Event::End(tag)) => {
                    let name = tag.local_name();
                    let name: &str = name.as_ref();
                    if name == "trPr" {
                        in_row_properties = false;
                    } else if in_row_properties && name == "del" {
                    } else if PASSED.contains(&name) {
                        self.passed = self.passed.saturating_sub(1);
                    } else if self.passed == 0 {
                        self.end(name);
                    }
                }
                Ok(Event::Text(text)) => self.push(&text.xml10_content()),
                Ok(Event::CData(text)) => self.push(&text.into_inner()),
                Ok(Event::GeneralRef(entity)) => {
                    let mut text = String::new();
                    push_entity(&entity, &mut text);
                    self.push(&text);
                }
                Ok(Event::Eof) => break,
                Ok(_) => {}
                Err(e) => return Err(Unreadable::new("@ingest.reason.workbook").because(e)),
            }
        }
        self.done.sort_by_key(|(number, _)| *number);
        Ok(self.done.into_iter().map(|(_, table)| table).collect())
    }

    fn begin(&mut self, name: &str, tag: &BytesStart<'_>) {
        match name {
            "tbl" if self.open.len() < DEEPEST => {
                let above = match self.open.last() {
                    None => std::mem::take(&mut self.above).into(),
                    // The lines of the cell that it stands in.
                    Some(outer) => {
                        let lines = outer.cell.text.lines().filter(|line| !line.is_empty());
                        lines.map(str::to_owned).collect()
                    }
                };
                self.open.push(Table { above, ..Table::default() });
                self.order.push(self.begun);
                self.begun += 1;
            }
            "tr" => self.top(|table| {
                table.row.clear();
                table.is_deleted = false;
            }),
            "tc" => self.top(|table| table.cell = CellAtHand { span: 1, ..CellAtHand::default() }),
            "gridSpan" => {
                let span = number(tag, "val").unwrap_or(1).clamp(1, MOST_COLUMNS) as usize;
                self.top(|table| table.cell.span = span);
            }
            "gridBefore" => {
                let before = number(tag, "val").unwrap_or(0).min(MOST_COLUMNS) as usize;
                self.top(|table| table.row.resize(before, String::new()));
            }
            "vMerge" => {
                let begins = attribute(tag, "val").as_deref() == Some("restart");
                self.top(|table| table.cell.down = Some(if begins { Down::Begins } else { Down::GoesOn }));
            }
            "tab" if attribute(tag, "val").is_none() => self.push_mark("\t"),
            "br" | "cr" => self.push_mark("\n"),
            "noBreakHyphen" => self.push_mark("-"),
            "sym" => self.push_mark(symbol(&attribute(tag, "char").unwrap_or_default())),
            // Of the boxes of old forms only the last word counts: default, then what was ticked.
            "checkBox" => self.push_mark("□"),
            "checked" | "default" if self.text().ends_with('□') && is_on(tag) => {
                self.text().pop();
                self.push_mark("☑");
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "p" => self.end_paragraph(),
            "tc" => self.top(Table::end_cell),
            "tr" => self.top(|table| {
                let row = std::mem::take(&mut table.row);
                if !table.is_deleted {
                    table.rows.push(row);
                }
            }),
            "tbl" => {
                if let (Some(table), Some(number)) = (self.open.pop(), self.order.pop()) {
                    self.done.push((number, table));
                }
            }
            _ => {}
        }
    }

    fn end_paragraph(&mut self) {
        if let Some(table) = self.open.last_mut() {
            return table.cell.text.push('\n');
        }
        let paragraph = std::mem::take(&mut self.paragraph).trim().to_owned();
        if !paragraph.is_empty() {
            if self.above.len() == ABOVE {
                self.above.pop_front();
            }
            self.above.push_back(paragraph);
        }
    }

    fn top(&mut self, change: impl FnOnce(&mut Table)) {
        if let Some(table) = self.open.last_mut() {
            change(table);
        }
    }

    /// The text that characters go to.
    fn text(&mut self) -> &mut String {
        match self.open.last_mut() {
            Some(table) => &mut table.cell.text,
            None => &mut self.paragraph,
        }
    }

    fn push(&mut self, text: &str) {
        // Between the elements of a document there is nothing but the line breaks of its XML.
        if self.passed == 0 && !text.trim_matches(['\n', '\r']).is_empty() {
            self.text().push_str(text);
        }
    }

    fn push_mark(&mut self, mark: &str) {
        if self.passed == 0 {
            self.text().push_str(mark);
        }
    }
}

impl Table {
    fn end_cell(&mut self) {
        let CellAtHand { text, span, down } = std::mem::take(&mut self.cell);
        let text = text.trim_matches('\n').to_owned();
        let column = self.row.len();
        let text = match down {
            Some(Down::GoesOn) => self.down.get(&column).cloned().unwrap_or(text),
            Some(Down::Begins) => {
                self.down.insert(column, text.clone());
                text
            }
            None => {
                self.down.remove(&column);
                text
            }
        };
        let room = (MOST_COLUMNS as usize).saturating_sub(column);
        self.row.extend(std::iter::repeat_n(text, span.clamp(1, 512).min(room)));
    }
}

/// Whether a switch is on: it is, unless it says otherwise.
fn is_on(tag: &BytesStart<'_>) -> bool {
    !matches!(attribute(tag, "val").as_deref(), Some("0" | "false" | "off"))
}

/// Ticks and boxes of the Wingdings fonts, as the characters that people type.
fn symbol(code: &str) -> &'static str {
    match code.to_ascii_uppercase().trim_start_matches("F0").trim_start_matches("00") {
        "FE" | "52" | "54" => "☑",
        "FD" | "53" | "51" => "☒",
        "A8" | "A3" | "6F" | "71" | "72" | "2A" => "□",
        "FC" | "50" => "√",
        "FB" | "4F" => "×",
        _ => "",
    }
}
