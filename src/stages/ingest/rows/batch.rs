//! Many rows in three allocations, to be handed from thread to thread.
//!
//! For: rows of one table in the order of the file. Not for: what they mean. Invariant: what comes
//! out is what went in; the cells of a row borrow from the batch.

use super::Cell;
use jiff::civil::Date;
use memchr::memchr_iter;

/// Most cells of a row that may stand above a header: two labels and their values.
const MOST_ABOVE: usize = 4;

/// A run of rows.
#[derive(Default, Clone)]
pub(in super::super) struct Batch {
    text: String,
    cells: Vec<Stored>,
    items: Vec<StoredItem>,
    rows: usize,
}

/// A cell whose text ends at an offset of the batch's text and begins where the one before ended.
#[derive(Clone, Copy)]
enum Stored {
    Empty,
    Text(u32, u32),
    Number(f64),
    Date(Date),
    Bool(bool),
    Error(u32, u32),
}

#[derive(Clone)]
enum StoredItem {
    Row { number: u32, cells_end: u32 },
    Line { number: u32, from: u32, to: u32, delimiter: u8 },
    Blank(u64),
    Broken { number: u32, text: String, reason: &'static str, detail: String },
}

/// One thing that stands in a batch.
#[derive(Debug, PartialEq)]
pub(in super::super) enum Item<'a> {
    /// A row; its cells are in the buffer handed in.
    Row(u32),
    /// A row that is a line of text; its cells are in the buffer handed in.
    Line(u32, &'a str),
    /// So many rows in which nothing is stored.
    Blank(u64),
    /// A row that could not be parsed.
    Broken {
        /// Its number.
        number: u32,
        /// What can be shown of it.
        text: &'a str,
        /// Key of the reason in the catalogue.
        reason: &'static str,
        /// What the parser says.
        detail: &'a str,
    },
}

impl Batch {
    /// Adds a row.
    pub(in super::super) fn push(&mut self, number: u32, cells: &[Cell<'_>]) {
        for cell in cells {
            let stored = match *cell {
                Cell::Empty => Stored::Empty,
                Cell::Text(text) => {
                    let (from, to) = self.keep(text);
                    Stored::Text(from, to)
                }
                Cell::Number(n) => Stored::Number(n),
                Cell::Date(date) => Stored::Date(date),
                Cell::Bool(b) => Stored::Bool(b),
                Cell::Error(text) => {
                    let (from, to) = self.keep(text);
                    Stored::Error(from, to)
                }
            };
            self.cells.push(stored);
        }
        self.items.push(StoredItem::Row { number, cells_end: self.cells.len() as u32 });
        self.rows += 1;
    }

    /// Adds a row as a line of text, to be cut when it is asked for.
    pub(in super::super) fn push_line(&mut self, number: u32, line: &str, delimiter: u8) {
        let (from, to) = self.keep(line);
        self.items.push(StoredItem::Line { number, from, to, delimiter });
        self.rows += 1;
    }

    /// Adds what stood in another batch; the cells are those of a row.
    pub(in super::super) fn push_item(&mut self, item: &Item<'_>, cells: &[Cell<'_>]) {
        match *item {
            Item::Row(number) | Item::Line(number, _) => self.push(number, cells),
            Item::Blank(rows) => self.push_blank(rows),
            Item::Broken { number, text, reason, detail } => self.push_broken(number, text, reason, detail),
        }
    }

    /// How many rows it holds; blank and broken ones do not count.
    pub(in super::super) fn rows(&self) -> usize {
        self.rows
    }

    fn keep(&mut self, text: &str) -> (u32, u32) {
        let from = self.text.len() as u32;
        self.text.push_str(text);
        (from, self.text.len() as u32)
    }

    /// Adds blank rows.
    pub(in super::super) fn push_blank(&mut self, rows: u64) {
        match self.items.last_mut() {
            Some(StoredItem::Blank(before)) => *before += rows,
            _ if rows > 0 => self.items.push(StoredItem::Blank(rows)),
            _ => {}
        }
    }

    /// Adds a row that could not be parsed.
    pub(in super::super) fn push_broken(
        &mut self,
        number: u32,
        text: &str,
        reason: &'static str,
        detail: &str,
    ) {
        let (text, detail) = (text.to_owned(), detail.to_owned());
        self.items.push(StoredItem::Broken { number, text, reason, detail });
    }

    /// How many things it holds.
    pub(in super::super) fn len(&self) -> usize {
        self.items.len()
    }

    /// How many rows of the file the things from one on stand for.
    pub(in super::super) fn stands_for(&self, from: usize) -> u64 {
        let rows = |item: &StoredItem| if let StoredItem::Blank(rows) = item { *rows } else { 1 };
        self.items[from..].iter().map(rows).sum()
    }

    /// Whether the last row may stand above a header: whoever looks for one should not stop behind it.
    pub(in super::super) fn ends_above(&self) -> bool {
        let mut cells = Vec::new();
        let Some(last) = self.len().checked_sub(1) else { return false };
        match self.get(last, &mut cells) {
            Item::Blank(_) => true,
            Item::Broken { .. } => false,
            Item::Row(_) | Item::Line(..) => {
                cells.iter().filter(|cell| !cell.is_blank()).count() <= MOST_ABOVE
            }
        }
    }

    /// Forgets everything and keeps the memory.
    pub(in super::super) fn clear(&mut self) {
        self.text.clear();
        self.cells.clear();
        self.items.clear();
        self.rows = 0;
    }

    /// Bytes of memory in use.
    pub(in super::super) fn size(&self) -> usize {
        self.text.len() + self.cells.len() * size_of::<Stored>() + self.items.len() * size_of::<StoredItem>()
    }

    /// The thing at a position; if it is a row, its cells are put into `cells`.
    pub(in super::super) fn get<'a>(&'a self, at: usize, cells: &mut Vec<Cell<'a>>) -> Item<'a> {
        cells.clear();
        match &self.items[at] {
            StoredItem::Row { number, cells_end } => {
                let from = self.cells_before(at);
                cells.extend(self.cells[from..*cells_end as usize].iter().map(|cell| self.cell(*cell)));
                Item::Row(*number)
            }
            StoredItem::Line { number, from, to, delimiter } => {
                let line = &self.text[*from as usize..*to as usize];
                let mut start = 0;
                for end in memchr_iter(*delimiter, line.as_bytes()) {
                    cells.push(Cell::Text(&line[start..end]));
                    start = end + 1;
                }
                cells.push(Cell::Text(&line[start..]));
                Item::Line(*number, line)
            }
            StoredItem::Blank(rows) => Item::Blank(*rows),
            StoredItem::Broken { number, text, reason, detail } => {
                Item::Broken { number: *number, text, reason, detail }
            }
        }
    }

    fn cells_before(&self, at: usize) -> usize {
        let rows = self.items[..at].iter().rev();
        let ends = rows.filter_map(|item| match item {
            StoredItem::Row { cells_end, .. } => Some(*cells_end as usize),
            _ => None,
        });
        ends.take(1).next().unwrap_or(0)
    }

    fn cell(&self, cell: Stored) -> Cell<'_> {
        match cell {
            Stored::Empty => Cell::Empty,
            Stored::Text(from, to) => Cell::Text(&self.text[from as usize..to as usize]),
            Stored::Number(n) => Cell::Number(n),
            Stored::Date(date) => Cell::Date(date),
            Stored::Bool(b) => Cell::Bool(b),
            Stored::Error(from, to) => Cell::Error(&self.text[from as usize..to as usize]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_come_out_as_they_went_in() {
        let mut batch = Batch::default();
        let rows = [
            vec![Cell::Text("甲"), Cell::Empty, Cell::Number(1.5)],
            vec![],
            vec![Cell::Error("#REF!"), Cell::Bool(true), Cell::Text("")],
        ];
        batch.push(3, &rows[0]);
        batch.push_blank(2);
        batch.push_blank(0);
        batch.push_blank(1);
        batch.push_broken(7, "{", "@ingest.reason.json", "1:2");
        batch.push(8, &rows[1]);
        batch.push(9, &rows[2]);
        batch.push_line(10, "a,,甲", b',');
        let mut cells = Vec::new();
        assert_eq!(batch.len(), 6);
        assert_eq!(batch.get(1, &mut cells), Item::Blank(3));
        assert_eq!((batch.get(0, &mut cells), &cells), (Item::Row(3), &rows[0]));
        let broken = Item::Broken { number: 7, text: "{", reason: "@ingest.reason.json", detail: "1:2" };
        assert_eq!(batch.get(2, &mut cells), broken);
        assert_eq!((batch.get(3, &mut cells), &cells), (Item::Row(8), &rows[1]));
        assert_eq!((batch.get(4, &mut cells), &cells), (Item::Row(9), &rows[2]));
        let line = vec![Cell::Text("a"), Cell::Text(""), Cell::Text("甲")];
        assert_eq!((batch.get(5, &mut cells), &cells), (Item::Line(10, "a,,甲"), &line));
    }
}
