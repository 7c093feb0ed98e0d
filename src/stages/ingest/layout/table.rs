//! How the rows of one table are read: fixed once its header is known.
//!
//! For: sharing between threads what every row needs. Not for: reading rows (`read`). Invariant: nothing
//! in here changes while rows are read, so any run of rows gives the same records whoever reads it.

use super::lines::Shape;
use crate::knowledge::lexicon::fields::{FieldBook, Look};
use crate::knowledge::text::mask;
use crate::model::{ColumnMap, Field, Location, SheetId};
use crate::stages::ingest::rows::Cell;
use crate::stages::ingest::values::{self, Naming, Scale};

/// A column that has a field.
pub(super) struct Column {
    /// The field.
    pub field: Field,
    /// 0-based position.
    pub at: usize,
    /// What its header multiplies figures by.
    pub scale: Scale,
    /// Whether it speaks only where the field's own column says nothing.
    pub is_second: bool,
}

/// A column that holds two fields ("名称/平台").
pub(super) struct Pair {
    /// 0-based position.
    pub at: usize,
    /// In the order of the header.
    pub fields: [Field; 2],
}

/// The columns of a sheet that a table takes, 0-based; tables may stand beside each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Window {
    /// First column.
    pub from: usize,
    /// First column behind.
    pub to: usize,
}

impl Window {
    /// The whole sheet.
    pub(super) const ALL: Window = Window { from: 0, to: usize::MAX };

    /// First and last column, 1-based, unless it is the whole sheet.
    pub(super) fn shown(self) -> Option<(u32, Option<u32>)> {
        let last = (self.to != usize::MAX).then_some(self.to as u32);
        (self != Window::ALL).then_some((self.from as u32 + 1, last))
    }

    /// Empties cells outside, so that positions stay those of the sheet.
    pub(super) fn apply(self, cells: &mut Vec<Cell<'_>>) {
        cells.truncate(self.to);
        let before = self.from.min(cells.len());
        cells[..before].fill(Cell::Empty);
    }
}

/// Everything that reading a row needs to know about its table.
pub(super) struct Table {
    /// Its entry among the sheets.
    pub sheet: SheetId,
    /// File and sheet.
    pub at: Location,
    /// Its part of the sheet.
    pub window: Window,
    /// Whether days are counted from 1904 and not from 1900.
    pub is_1904: bool,
    /// Whether a row with more or fewer cells than the header is a fault of the format.
    pub fixed_width: bool,
    /// Columns with a field; second columns of a field stand behind the first.
    pub columns: Vec<Column>,
    /// Columns with two fields.
    pub pairs: Vec<Pair>,
    /// Values stated above the table, for cells that hold nothing.
    pub defaults: Vec<(Field, String)>,
    /// By position, the field as which a value is masked when it is shown: its own, or the one that its
    /// header speaks of although another column was taken for it.
    pub masks: Vec<Option<Field>>,
    /// Which rows are records.
    pub shape: Shape,
    /// Positions with an entry in the sheet's column map.
    pub mapped: Vec<bool>,
    /// In a filing form, where each value stands: row and column, 1-based.
    pub places: Option<Vec<(u32, u32)>>,
}

impl Table {
    /// Prepares reading by the columns of a table.
    pub(super) fn new(
        (book, naming): (&FieldBook, Naming),
        place: (SheetId, Location, Window),
        columns: &[ColumnMap],
        headers: Vec<String>,
        defaults: Vec<(Field, String)>,
    ) -> Self {
        let (sheet, at, window) = place;
        let width = headers.len();
        let mut fields = vec![None; width];
        let mut mapped = vec![false; width];
        let (mut read, mut pairs) = (Vec::<Column>::new(), Vec::<Pair>::new());
        for column in columns {
            let at = column.column as usize - 1;
            mapped[at] = true;
            let Some(field) = column.field else { continue };
            if let Some(first) = fields[at] {
                read.retain(|c| c.at != at);
                pairs.push(Pair { at, fields: [first, field] });
                continue;
            }
            fields[at] = Some(field);
            let is_second = column.is_second;
            read.push(Column { field, at, scale: values::scale_of_header(&column.header), is_second });
        }
        read.sort_by_key(|column| (column.is_second, column.at));
        let spoken = |header: &str| match book.look(header) {
            Look::Field(hit) if hit.field.is_personal() => Some(hit.field),
            _ => mask::under(header),
        };
        let masks =
            fields.iter().zip(&headers).map(|(field, header)| field.or_else(|| spoken(header))).collect();
        let first = |field| columns.iter().find(|c| c.field == Some(field) && !c.is_second);
        let position = |field| first(field).map(|column| column.column as usize - 1);
        let mut names: Vec<usize> = naming.fields().iter().copied().filter_map(position).collect();
        if names.is_empty() {
            names.extend(naming.otherwise().iter().copied().filter_map(position));
        }
        let shape = Shape { names, seq: position(Field::Seq), fields, headers };
        Table {
            sheet,
            at,
            window,
            is_1904: false,
            fixed_width: false,
            columns: read,
            pairs,
            defaults,
            masks,
            shape,
            mapped,
            places: None,
        }
    }

    /// Whether the table has a column that names its items.
    pub(super) fn has_name(&self) -> bool {
        !self.shape.names.is_empty()
    }

    /// Row and column, 1-based, of the value at a position of a row.
    pub(super) fn place(&self, row: u32, at: usize) -> (u32, u32) {
        let column = at as u32 + 1;
        self.places.as_ref().and_then(|places| places.get(at)).copied().unwrap_or((row, column))
    }

    /// A cell as it may be shown, by the field of its column.
    pub(super) fn masked(&self, at: usize, cell: Cell<'_>) -> String {
        let text = cell.display();
        match self.masks.get(at).copied().flatten() {
            Some(field) => mask::field(field, text.trim()).into_owned(),
            None => mask::free(text.trim()).into_owned(),
        }
    }
}
