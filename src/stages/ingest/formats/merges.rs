//! Merged cells: every cell of a merged area shows what its first cell holds.
//!
//! For: filling rows as they stream by. Not for: deciding whether a merge is a title, a header or a
//! body value, which is `layout`. Invariant: areas are used in the order of their first row, and
//! memory holds only the areas that are still open.

use crate::stages::ingest::rows::{Cell, Held};

/// A merged area, 0-based and inclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Area {
    /// First row.
    pub top: u32,
    /// First column.
    pub left: u32,
    /// Last row.
    pub bottom: u32,
    /// Last column.
    pub right: u32,
}

impl Area {
    /// Whether it has more than one cell.
    fn is_wide(&self) -> bool {
        self.bottom >= self.top
            && self.right >= self.left
            && (self.top, self.left) != (self.bottom, self.right)
    }
}

/// Widest row that merges may create: merges over whole rows would otherwise make every row wide.
const WIDEST: u32 = 512;

/// The areas of a sheet.
pub(super) struct Merges {
    /// Not yet reached, the next one last.
    ahead: Vec<Area>,
    /// Reached, with the value of their first cell.
    open: Vec<(Area, Held<'static>)>,
}

impl Merges {
    /// Areas in any order; those of one cell, or that end before they begin, are ignored.
    pub(super) fn new(mut areas: Vec<Area>) -> Self {
        areas.retain(Area::is_wide);
        areas.sort_unstable_by(|a, b| b.cmp(a));
        Merges { ahead: areas, open: Vec::new() }
    }

    /// Adds an area that begins in the row that is filled next.
    pub(super) fn add(&mut self, area: Area) {
        if area.is_wide() {
            self.ahead.push(area);
        }
    }

    /// Whether an area that began in a row above covers a place.
    pub(super) fn covers(&self, row: u32, column: u32) -> bool {
        let covers =
            |area: &Area| area.top < row && area.bottom >= row && (area.left..=area.right).contains(&column);
        self.open.iter().any(|(area, _)| covers(area))
    }

    /// Fills a row (0-based). Rows must come in ascending order.
    pub(super) fn fill<'m>(&'m mut self, row: u32, cells: &mut Vec<Cell<'m>>) {
        self.open.retain(|(area, _)| area.bottom >= row);
        while let Some(area) = self.ahead.pop_if(|area| area.top <= row) {
            if area.bottom >= row {
                let first = if area.top == row { cells.get(area.left as usize) } else { None };
                let first = first.filter(|cell| !cell.is_blank());
                self.open.push((area, first.map_or(Held::Empty, |cell| Held::of(*cell))));
            }
        }
        for (area, value) in &self.open {
            let value = value.cell();
            if value == Cell::Empty {
                continue;
            }
            let right = area.right.min(area.left.saturating_add(WIDEST)) as usize;
            if cells.len() <= right {
                cells.resize(right + 1, Cell::Empty);
            }
            for cell in &mut cells[area.left as usize..=right] {
                if cell.is_blank() {
                    *cell = value;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(t: &'static str) -> Cell<'static> {
        if t.is_empty() { Cell::Empty } else { Cell::Text(t) }
    }

    #[test]
    fn areas_fill_down_and_right_and_end() {
        let area = |top, left, bottom, right| Area { top, left, bottom, right };
        let mut merges = Merges::new(vec![
            area(1, 0, 2, 0),
            area(0, 0, 0, 2),
            area(1, 1, 2, 0),
            area(2, 1, 1, 4),
            area(5, 5, 5, 5),
        ]);
        let rows = [
            vec![text("标题")],
            vec![text("教育局"), text("a")],
            vec![text(""), text("b")],
            vec![text(""), text("c")],
        ];
        let mut filled = Vec::new();
        for (i, row) in rows.iter().enumerate() {
            let mut cells = row.clone();
            merges.fill(i as u32, &mut cells);
            filled.push(cells.iter().map(|cell| Held::of(*cell)).collect::<Vec<_>>());
        }
        let shown = |row: usize| filled[row].iter().map(Held::cell).collect::<Vec<_>>();
        assert_eq!(shown(0), [text("标题"), text("标题"), text("标题")]);
        assert_eq!(shown(2), [text("教育局"), text("b")]);
        assert_eq!(shown(3), [text(""), text("c")]);
    }
}
