//! Forms that state their rows themselves: kinds, regions or units down the side, numbers to be put in.
//!
//! For: which row of the view belongs to which row of the form. Not for: forms with room for any rows (`values`).
//! Invariant: a row is filled only when its name is that of a row of the view; rows of the view without a
//! place and rows of the form without data are told; sums are over the rows that the form has.

use super::form::{Ask, Form, Rows};
use super::values::{Values, of_row};
use crate::knowledge::lexicon::fields::{FieldBook, Role};
use crate::knowledge::text::fold;
use crate::views::report::{Cell, Rate, ReportView, Row, Table};
use std::collections::{BTreeMap, BTreeSet};

/// Values by row of the form.
#[derive(Default)]
pub(super) struct Placed {
    pub(super) values: BTreeMap<u32, Values>,
    /// Columns of the form that name and number its rows: those are its own.
    pub(super) own: Vec<u32>,
    /// Names of rows of the view that the form does not have.
    pub(super) unplaced: Vec<String>,
    /// What the form calls rows that the view does not have.
    pub(super) unknown: Vec<String>,
}

/// The values of each row that the form states.
pub(super) fn rows(
    form: &Form,
    view: &ReportView<'_>,
    fields: &FieldBook,
    table: Option<&Table<'_>>,
    is_percent: &dyn Fn(u32) -> bool,
) -> Placed {
    let Some(table) = table.filter(|_| !form.stated.is_empty()) else { return Placed::default() };
    let head = table.columns.iter().position(|c| c.key != "seq").unwrap_or_default();
    let names: Vec<String> = table.rows.iter().map(|row| row[head].plain().into_owned()).collect();
    let at: BTreeMap<String, usize> = names.iter().enumerate().map(|(at, name)| (fold(name), at)).collect();
    // What names the row, and its number, are the form's own.
    let own = (form.columns.iter())
        .filter(|asked| matches!(asked.ask, Some(Ask::Column(at)) if at <= head))
        .map(|asked| asked.column);
    let mut placed = Placed { own: own.collect(), ..Placed::default() };
    let mut seen = BTreeSet::new();
    let mut sums = Vec::new();
    for (row, called) in &form.stated {
        // 政务APP is the kind of applications.
        let kinds = fields.words().title_kinds(called);
        let kind = kinds.iter().next().filter(|_| form.rows == Rows::Table("by-kind") && kinds.len() == 1);
        let kind = kind.map(|kind| fold(&view.names.kind(kind.as_str())));
        let found = at.get(&fold(called)).or_else(|| at.get(&kind?));
        match found {
            Some(&found) => {
                seen.insert(found);
                let values = of_row(form, &table.rows[found], is_percent);
                placed.values.insert(*row, values);
            }
            None if fields.words().is(Role::Total, called) => sums.push(*row),
            None => placed.unknown.push(called.clone()),
        }
    }
    let total = of_row(form, &total(table, &seen), is_percent);
    placed.values.extend(sums.into_iter().map(|row| (row, total.clone())));
    for values in placed.values.values_mut() {
        values.retain(|column, _| !placed.own.contains(column));
    }
    let left = names.into_iter().enumerate().filter(|(at, _)| !seen.contains(at));
    placed.unplaced = left.map(|(_, name)| name).collect();
    placed
}

/// The sums over some rows of a table: its total where these are all of them. A column whose total is no sum of its rows,
/// because an item counts once there, has none over a part of them.
fn total<'a>(table: &Table<'a>, chosen: &BTreeSet<usize>) -> Row<'a> {
    let Some(whole) = &table.total else { return vec![Cell::Empty; table.columns.len()] };
    if chosen.len() == table.rows.len() {
        return whole.clone();
    }
    let all: Row<'_> = sums(table, &(0..table.rows.len()).collect());
    let part = sums(table, chosen);
    let cells = whole.iter().zip(all).zip(part);
    let mut row: Row<'a> =
        cells.map(|((whole, all), part)| if *whole == all { part } else { Cell::Empty }).collect();
    let rate = row.iter().find_map(|cell| if let Cell::Rate(rate) = cell { Some(*rate) } else { None });
    if let (Some(rate), Some(at)) = (rate, table.column("formula")) {
        let Rate { numerator, denominator, .. } = rate;
        row[at] = Cell::text(format!("({denominator} - {}) / {denominator}", denominator - numerator));
    }
    row
}

/// Sums of counts and of the two parts of rates.
fn sums<'a>(table: &Table<'_>, chosen: &BTreeSet<usize>) -> Row<'a> {
    let sum = |column: usize| {
        let (mut count, mut rate) = (None, None);
        for row in chosen {
            match &table.rows[*row][column] {
                Cell::Count(n) => *count.get_or_insert(0) += n,
                Cell::Rate(r) => {
                    let (numerator, denominator) = rate.unwrap_or((0, 0));
                    rate = Some((numerator + r.numerator, denominator + r.denominator));
                }
                _ => {}
            }
        }
        match (count, rate) {
            (Some(count), None) => Cell::Count(count),
            (None, Some((numerator, denominator))) if denominator > 0 => {
                Cell::Rate(Rate { value: numerator as f64 / denominator as f64, numerator, denominator })
            }
            _ => Cell::Empty,
        }
    };
    (0..table.columns.len()).map(sum).collect()
}
