//! Filing forms of a sheet → records.
//!
//! For: giving each form the shape of a row, so that it is read like one. Not for: finding labels and values
//! (`form`). Invariant: every value knows the cell it stands in.

use super::{Lane, Stage};
use crate::knowledge::lexicon::fields::Look;
use crate::model::{Code, Diagnostic, Layout};
use crate::stages::ingest::Output;
use crate::stages::ingest::layout::read::read_form;
use crate::stages::ingest::layout::{Source, form};
use crate::stages::ingest::rows::{Batch, Cell, Item};

impl Lane {
    /// Reads the forms that the rows held are, each one record.
    pub(super) fn form(&mut self, source: &Source<'_>, out: &mut Output, held: &Batch) {
        let mut cells = Vec::new();
        let (mut numbers, mut grid) = (Vec::new(), Vec::new());
        for at in 0..held.len() {
            match held.get(at, &mut cells) {
                Item::Row(number) | Item::Line(number, _) => {
                    numbers.push(number);
                    grid.push(cells.clone());
                }
                item => self.book(out, &item, &[]),
            }
        }
        let rows: Vec<&[Cell<'_>]> = grid.iter().map(Vec::as_slice).collect();
        let book = source.context.book;
        let forms = form::read(book, &rows);
        let before = forms.labelled.iter().position(|is_labelled| *is_labelled).unwrap_or(rows.len());
        let above = self.above(source, &rows[..before]);
        let layout = if forms.is_turned { Layout::Turned } else { Layout::Form };
        // Labels known letter for letter leave nothing to check.
        let is_sure =
            |label: &String| matches!(book.strong(label), Look::Field(hit) if hit.confidence >= 1.0);
        if forms.is_turned || !forms.labels.iter().all(is_sure) {
            let remark = Diagnostic::new(Code::FormRead, self.at.clone());
            out.diagnostics.push(remark.with("count", forms.filled.len()));
        }
        let filled = forms.filled.iter().map(|filled| {
            let mut cells = vec![Cell::Empty; forms.labels.len()];
            filled.values.iter().for_each(|value| cells[value.label] = value.content.cell());
            cells
        });
        let filled: Vec<Vec<Cell<'_>>> = filled.collect();
        let below: Vec<&[Cell<'_>]> = filled.iter().map(Vec::as_slice).collect();
        let Some(mut table) = self.map(source, out, forms.labels.clone(), above, &below) else {
            self.stage = Stage::Headless;
            for (&number, cells) in numbers.iter().zip(&grid) {
                self.book(out, &Item::Row(number), cells);
            }
            return;
        };
        self.sheet(out).layout = layout;
        for (at, filled) in forms.filled.iter().enumerate() {
            let mut cells = vec![Cell::Empty; forms.labels.len()];
            let mut places = vec![(0, 0); forms.labels.len()];
            for value in &filled.values {
                cells[value.label] = value.content.cell();
                places[value.label] = (numbers[value.row], value.column as u32 + 1);
            }
            for column in &mut self.sheet(out).columns {
                let place = places[column.column as usize - 1];
                column.cell = column.cell.or((place.0 > 0).then_some(place));
            }
            let column = filled.values.first().map_or(at, |value| value.column) as u32 + 1;
            let row = if forms.is_turned { column } else { numbers[filled.first] };
            table.places = Some(places);
            let fragment = read_form(&table, &source.context, row, &cells);
            self.follow(source, out, fragment);
        }
        self.book_form(out, &forms, rows.len() as u64);
    }

    /// Books the rows of forms: each form is a record, its other rows are headings. A table on its side has
    /// its columns for rows.
    fn book_form(&mut self, out: &mut Output, forms: &form::Forms<'_>, rows: u64) {
        let records = forms.filled.len() as u64;
        if forms.is_turned {
            self.fed = self.fed - rows + records + 1;
            return self.count(out, |a| &mut a.headings, 1);
        }
        let last = forms.labelled.iter().rposition(|is_labelled| *is_labelled).map_or(0, |i| i + 1) as u64;
        self.count(out, |a| &mut a.headings, last - records);
        self.count(out, |a| &mut a.notes, rows - last);
    }
}
