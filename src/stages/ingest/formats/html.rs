//! Web pages that were saved as workbooks.
//!
//! For: the exports of many systems, which are a page with a table, named ".xls". Not for: pages collected from
//! the network. Invariant: nothing of a page runs or is fetched; cells that span others show their text in all
//! of their places, as merged cells do.

use super::grid::{MOST_COLUMNS, MOST_ROWS};
use super::merges::{Area, Merges};
use super::{Reader, Unreadable};
use crate::stages::ingest::content::{Content, Shape, own};
use crate::stages::ingest::rows::{Cell, RowSink, TableStart};
use scraper::{ElementRef, Html, Node, Selector};

/// Longest page. The library holds the whole tree, some twenty times the text.
const LONGEST_MIB: usize = 256;

/// Web pages.
pub(super) struct Page;

impl Reader for Page {
    fn recognises(&self, content: &Content<'_>) -> bool {
        content.shape == Shape::Html
    }

    fn read(&self, content: &Content<'_>, sink: &mut dyn RowSink) -> Result<&'static str, Unreadable> {
        if own::is_page(&content.text) {
            return Err(own::result());
        }
        if content.text.len() > LONGEST_MIB << 20 {
            return Err(Unreadable::new("@ingest.reason.too-large").because(LONGEST_MIB));
        }
        let page = Html::parse_document(&content.text);
        let (table, row) = (selector("table")?, selector("tr")?);
        // A table that holds other tables is there for the layout of the page.
        let tables = page.select(&table).filter(|t| t.select(&table).next().is_none());
        let mut count = 0;
        for (number, table) in tables.enumerate() {
            let name = format!("表{}", number + 1);
            sink.begin(&TableStart { name: &name, ..TableStart::default() });
            let mut merges = Merges::new(Vec::new());
            for (at, tr) in table.select(&row).take(MOST_ROWS as usize).enumerate() {
                send_row(at as u32, tr, &mut merges, sink);
            }
            sink.end();
            count += 1;
        }
        if count == 0 { Err(Unreadable::new("@ingest.reason.no-table")) } else { Ok("html") }
    }
}

fn send_row(at: u32, tr: ElementRef<'_>, merges: &mut Merges, sink: &mut dyn RowSink) {
    let mut texts: Vec<String> = Vec::new();
    let mut column = 0;
    for cell in tr.child_elements().filter(|cell| matches!(cell.value().name(), "td" | "th")) {
        // Places taken by cells of the rows above.
        while merges.covers(at, column) {
            column += 1;
        }
        let span = |name| cell.attr(name).and_then(|n| n.trim().parse().ok()).unwrap_or(1_u32).max(1);
        let (wide, high) = (span("colspan").min(MOST_COLUMNS), span("rowspan").min(MOST_ROWS));
        if column + wide > MOST_COLUMNS {
            break;
        }
        texts.resize(column as usize, String::new());
        texts.push(text_of(cell));
        merges.add(Area { top: at, left: column, bottom: at + high - 1, right: column + wide - 1 });
        column += wide;
    }
    let mut cells: Vec<Cell<'_>> = texts.iter().map(|text| Cell::Text(text)).collect();
    merges.fill(at, &mut cells);
    sink.row(at + 1, &cells);
}

/// The text of a cell as a browser shows it: blanks and line ends of the source are one blank, elements that
/// break the line do.
fn text_of(cell: ElementRef<'_>) -> String {
    let mut text = String::new();
    for node in cell.descendants() {
        match node.value() {
            Node::Text(piece) => {
                for (i, word) in piece.split([' ', '\n', '\r', '\t']).enumerate() {
                    if i > 0 && !text.is_empty() && !text.ends_with([' ', '\n']) {
                        text.push(' ');
                    }
                    text.push_str(word);
                }
            }
            Node::Element(element) if matches!(element.name(), "br" | "p" | "div") && !text.is_empty() => {
                text.push('\n');
            }
            _ => {}
        }
    }
    text.trim().to_owned()
}

fn selector(text: &str) -> Result<Selector, Unreadable> {
    Selector::parse(text).map_err(|e| Unreadable::new("@ingest.reason.format").because(e))
}
