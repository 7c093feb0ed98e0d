//! Tables that stand beside each other in one sheet.
//!
//! For: two inventories side by side, and a long list folded into two or three columns to save paper.
//! Not for: tables below each other, which a lane follows by itself. Invariant: columns are divided only
//! where every part has a header of its own with a name in it.

use super::header;
use super::table::Window;
use crate::knowledge::lexicon::fields::{FieldBook, Look};
use crate::model::Field;
use crate::stages::ingest::rows::Cell;
use crate::stages::ingest::values::Naming;
use std::collections::BTreeSet;

/// Fewest columns of a table beside another: a name and something about it.
const NARROWEST: usize = 2;

/// The columns of each table, left to right, if there are several, and how many rows stand above all of them.
pub(super) fn windows(book: (&FieldBook, Naming), rows: &[&[Cell<'_>]]) -> Option<(Vec<Window>, usize)> {
    let by_gap = std::iter::once_with(|| gaps(rows));
    let by_header = rows.iter().map(|cells| repeats(book.0, cells));
    let mut several = by_gap.chain(by_header).filter(|windows| windows.len() > 1);
    several.find_map(|windows| highest_header(book, rows, &windows).map(|first| (windows, first)))
}

/// The row of the highest header; none unless every part has one.
fn highest_header(book: (&FieldBook, Naming), rows: &[&[Cell<'_>]], windows: &[Window]) -> Option<usize> {
    let headers = windows.iter().map(|window| {
        let mut part: Vec<Vec<Cell<'_>>> = rows.iter().map(|cells| cells.to_vec()).collect();
        for cells in &mut part {
            window.apply(cells);
        }
        let part: Vec<&[Cell<'_>]> = part.iter().map(Vec::as_slice).collect();
        let found = header::find(book, &|_| None, &part)?;
        // A merged title says the same in each of its columns.
        let texts: BTreeSet<_> = found.texts.iter().filter(|text| !text.is_empty()).collect();
        (texts.len() >= NARROWEST).then_some(found.first)
    });
    headers.collect::<Option<Vec<usize>>>()?.into_iter().min()
}

/// Parts with a column between them in which no row has anything. Titles over the whole sheet do not
/// count: merged, they fill every column.
fn gaps(rows: &[&[Cell<'_>]]) -> Vec<Window> {
    let tabular = rows.iter().filter(|cells| header::distinct(cells) > 1);
    let filled: BTreeSet<usize> = tabular
        .flat_map(|cells| cells.iter().enumerate().filter(|(_, c)| !c.is_blank()).map(|(at, _)| at))
        .collect();
    let mut windows: Vec<Window> = Vec::new();
    for at in filled {
        match windows.last_mut() {
            Some(window) if window.to == at => window.to = at + 1,
            _ => windows.push(Window { from: at, to: at + 1 }),
        }
    }
    open_ended(windows)
}

/// Parts that have the same headers, or each begin with a serial number.
fn repeats(book: &FieldBook, cells: &[Cell<'_>]) -> Vec<Window> {
    let Some(first) = cells.iter().position(|cell| !cell.is_blank()) else { return Vec::new() };
    let same = |at: &usize| cells[*at] == cells[first];
    let mut starts: Vec<usize> = (first..cells.len()).filter(same).collect();
    starts.dedup_by(|next, before| *next - *before < NARROWEST);
    let ends = starts.iter().copied().skip(1).chain([usize::MAX]);
    let windows: Vec<Window> =
        starts.iter().copied().zip(ends).map(|(from, to)| Window { from, to }).collect();
    let texts = |window: &Window| {
        let part = &cells[window.from..window.to.min(cells.len())];
        part.iter().filter(|cell| !cell.is_blank()).collect::<Vec<_>>()
    };
    let serial = matches!(book.strong(&cells[first].display()), Look::Field(hit) if hit.field == Field::Seq);
    let equal = windows.windows(2).all(|pair| texts(&pair[0]) == texts(&pair[1]));
    if serial || equal { windows } else { Vec::new() }
}

/// What stands right of the last part belongs to it.
fn open_ended(mut windows: Vec<Window>) -> Vec<Window> {
    if let Some(last) = windows.last_mut() {
        last.to = usize::MAX;
    }
    windows
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(rows: &[&'static str]) -> Vec<(usize, usize)> {
        let cell = |t| if str::is_empty(t) { Cell::Empty } else { Cell::Text(t) };
        let grid: Vec<Vec<Cell<'_>>> = rows.iter().map(|row| row.split('|').map(cell).collect()).collect();
        let rows: Vec<&[Cell<'_>]> = grid.iter().map(Vec::as_slice).collect();
        let (windows, _) = windows((&FieldBook::load(), Naming::Items), &rows).unwrap_or_default();
        windows.iter().map(|w| (w.from, if w.to == usize::MAX { 99 } else { w.to })).collect()
    }

    #[test]
    fn a_gap_divides_tables_and_not_a_table() {
        let both =
            ["统计表|统计表|统计表|统计表|统计表", "应用名称|主办单位||群名称|群主", "甲|甲局||乙群|丙"];
        assert_eq!(found(&both), [(0, 2), (3, 99)]);
        assert_eq!(found(&["应用名称|主办单位||用户数|备注", "甲|甲局||5|x"]), []);
        assert_eq!(found(&["应用名称|主办单位||说明", "甲|甲局||请逐项填写", "乙|乙局||"]), []);
    }

    #[test]
    fn a_repeated_header_divides_a_folded_list() {
        assert_eq!(found(&["序号|群名称|人数|序号|群名称|人数", "1|甲|5|2|乙|6"]), [(0, 3), (3, 99)]);
        assert_eq!(found(&["序号|应用名称|经办人信息|经办人信息", "1|甲|乙|5"]), []);
    }
}
