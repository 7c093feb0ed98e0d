//! What the first rows of a table are, and what its columns mean.
//!
//! For: going from rows that are only held to a table that is read. Not for: recognising headers, forms and
//! tables beside each other, which have modules of their own. Invariant: every row held is booked or read.

use super::{Beside, Lane, Stage, Taken};
use crate::knowledge::lexicon::fields::Role;
use crate::knowledge::text::mask;
use crate::model::{Code, Diagnostic, Field};
use crate::stages::ingest::Output;
use crate::stages::ingest::layout::above::{self, Above};
use crate::stages::ingest::layout::table::{Table, Window};
use crate::stages::ingest::layout::{Source, beside, columns, form, header};
use crate::stages::ingest::rows::{Batch, Cell, Item};
use crate::stages::ingest::values::Naming;
use std::sync::Arc;

impl Lane {
    /// Decides what all rows still held are, which may bring to light one table after another. Called when the
    /// sheet ends.
    pub(in super::super) fn settle_rest(&mut self, source: &Source<'_>, out: &mut Output) -> Taken {
        while matches!(&self.stage, Stage::Looking(held) if held.rows() > 0) {
            if let beside @ Taken::Beside(_) = self.settle(source, out) {
                return beside;
            }
        }
        Taken::Read
    }

    /// Decides what the rows held are.
    pub(super) fn settle(&mut self, source: &Source<'_>, out: &mut Output) -> Taken {
        let Stage::Looking(held) = &mut self.stage else { return Taken::Read };
        if held.rows() == 0 {
            return Taken::Read;
        }
        let held = std::mem::take(held);
        let mut numbers = Vec::new();
        let mut grid: Vec<Vec<Cell<'_>>> = Vec::new();
        for at in 0..held.len() {
            let mut cells = Vec::new();
            if let Item::Row(number) | Item::Line(number, _) = held.get(at, &mut cells) {
                numbers.push((at, number));
                grid.push(cells);
            }
        }
        let rows: Vec<&[Cell<'_>]> = grid.iter().map(Vec::as_slice).collect();
        let (book, naming) = (source.context.book, source.context.naming);
        let widest = rows.iter().map(|cells| header::distinct(cells)).max().unwrap_or(0);
        if widest <= 2 && self.is_instructions(source) {
            // Lines of text quote headings, and are none.
            self.without_header(source, out, widest, &held);
            return Taken::Read;
        }
        if form::is_form(book, &rows) {
            self.stage = Stage::Form(held);
            return Taken::Read;
        }
        if self.window == Window::ALL
            && let Some((windows, first)) = beside::windows((book, naming), &rows)
        {
            let shared = self.above(source, &rows[..first]);
            return Taken::Beside(Beside { windows, shared, held, from: 0 });
        }
        let said = |text: &str| {
            let mut entries = source.overrides.iter();
            entries.find(|entry| columns::applies(entry, &self.at, text)).and_then(|entry| entry.field)
        };
        let Some(found) = header::find((book, naming), &said, &rows) else {
            if naming == Naming::Units && widest == 1 {
                // A list of units, one per line.
                self.start_body(source, out, vec![Field::OwnerUnit.to_string()], Above::default(), &[]);
                return self.take_held(&held, 0, source, out);
            }
            self.without_header(source, out, widest, &held);
            return Taken::Read;
        };
        let above = self.above(source, &rows[..found.first]);
        let (first, last) = (found.first, found.first + found.depth - 1);
        self.book_headings(out, &held, numbers[last].0 + 1);
        self.sheet(out).header_row = Some(numbers[first].1);
        self.start_body(source, out, found.texts, above, &rows[last + 1..]);
        self.take_held(&held, numbers[last].0 + 1, source, out)
    }

    /// Takes rows held so far, from one on, now that it is known what they are.
    fn take_held(&mut self, held: &Batch, from: usize, source: &Source<'_>, out: &mut Output) -> Taken {
        // They were counted when they came in.
        let fed = self.fed;
        let taken = self.take(held, from, &mut Vec::new(), source, out);
        self.fed = fed;
        if let Taken::Beside(mut beside) = taken {
            let mut cells = Vec::new();
            for at in beside.from..held.len() {
                let item = held.get(at, &mut cells);
                beside.held.push_item(&item, &cells);
            }
            return Taken::Beside(Beside { from: 0, ..beside });
        }
        Taken::Read
    }

    /// Whether the sheet is called instructions (填表说明).
    fn is_instructions(&self, source: &Source<'_>) -> bool {
        source.context.book.words().is(Role::Instructions, &self.at.sheet)
    }

    /// Rows in which no header was found are remarks or rows that we cannot use.
    pub(super) fn without_header(
        &mut self,
        source: &Source<'_>,
        out: &mut Output,
        widest: usize,
        held: &Batch,
    ) {
        let prose = widest <= 2;
        self.stage = if prose { Stage::Prose } else { Stage::Headless };
        let code = if prose { Code::TextSheet } else { Code::NoHeader };
        let says_zero = prose && !self.is_instructions(source) && self.zero_in_words(source, out, held);
        // A sheet that is called instructions holds what it says.
        if !(says_zero || prose && self.is_instructions(source)) {
            out.diagnostics.push(Diagnostic::new(code, self.at.clone()));
        }
        let mut cells = Vec::new();
        for at in 0..held.len() {
            let item = held.get(at, &mut cells);
            self.book(out, &item, &cells);
        }
    }

    /// What stands above the table at hand: lines in no row of it, then the rows above its header.
    pub(super) fn above(&self, source: &Source<'_>, rows: &[&[Cell<'_>]]) -> Above {
        let lines = self.above.iter().map(|line| line.iter().map(|text| Cell::Text(text)).collect());
        let lines: Vec<Vec<Cell<'_>>> = lines.collect();
        let lines = lines.iter().map(Vec::as_slice).chain(rows.iter().copied());
        let mut above = above::read(source.context.book, lines);
        above.complete(&self.shared);
        above
    }

    /// Maps the columns and goes over to the body. `below` are the rows below the header, as far as they are at hand.
    pub(super) fn start_body(
        &mut self,
        source: &Source<'_>,
        out: &mut Output,
        headers: Vec<String>,
        above: Above,
        below: &[&[Cell<'_>]],
    ) {
        self.stage = match self.map(source, out, headers, above, below) {
            Some(table) => Stage::Body(Arc::new(table)),
            None => Stage::Headless,
        };
    }

    /// Maps the columns; nothing when none of them names the items.
    pub(super) fn map(
        &mut self,
        source: &Source<'_>,
        out: &mut Output,
        headers: Vec<String>,
        above: Above,
        below: &[&[Cell<'_>]],
    ) -> Option<Table> {
        let name = source.path.rsplit('/').next().unwrap_or("");
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let mapping = columns::Mapping {
            book: source.context.book,
            overrides: source.overrides,
            at: self.at.clone(),
            titles: &[&above.title, &self.at.sheet, stem],
            rows: below,
        };
        let mapped = columns::map(&mapping, &headers);
        for remark in mapped.remarks {
            self.remarks.add(remark.code, || remark);
        }
        let place = (self.sheet, self.at.clone(), self.window);
        let defaults = above.defaults.clone();
        let mut table = Table::new(
            (source.context.book, source.context.naming),
            place,
            &mapped.columns,
            headers,
            defaults,
        );
        (table.is_1904, table.fixed_width) = (self.is_1904, self.fixed_width);
        let sheet = self.sheet(out);
        sheet.kind = mapped.kind;
        sheet.columns = mapped.columns;
        sheet.title = mask::free(&above.title).into_owned();
        sheet.defaults = above.defaults;
        if !table.has_name() {
            out.diagnostics.push(Diagnostic::new(Code::NoHeader, self.at.clone()));
            return None;
        }
        Some(table)
    }
}
