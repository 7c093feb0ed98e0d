//! Forms that state their rows themselves: kinds, regions or units down the side, numbers to be put in.
//!
//! For: which row of the view belongs to which row of the form. Not for: forms with room for any rows (`values`).
//! Invariant: a row is filled only when its name is that of a row of the view; rows of the view without a place are told.

use super::form::{Ask, Form, Rows};
use super::values::Values;
use crate::knowledge::lexicon::fields::{FieldBook, Role};
use crate::knowledge::text::fold;
use crate::views::report::{ReportView, reduction};
use std::collections::{BTreeMap, BTreeSet};

/// Values by row of the form.
#[derive(Default)]
pub(super) struct Placed {
    pub(super) values: BTreeMap<u32, Values>,
    /// Names of rows of the view that the form does not have.
    pub(super) unplaced: Vec<String>,
}

/// The values of each row that the form states.
pub(super) fn rows(
    form: &Form,
    view: &ReportView<'_>,
    fields: &FieldBook,
    rows: &[Values],
    total: &Values,
) -> Placed {
    let Rows::Table(name) = form.rows else { return Placed::default() };
    let Some(reduction) = reduction(view, name).filter(|_| !form.stated.is_empty()) else {
        return Placed::default();
    };
    let table = reduction.table;
    let head = table.columns.iter().position(|c| c.key != "seq").unwrap_or_default();
    let names: Vec<String> = table.rows.iter().map(|row| row[head].plain().into_owned()).collect();
    let at: BTreeMap<String, usize> = names.iter().enumerate().map(|(at, name)| (fold(name), at)).collect();
    // What names the row, and its number, are the form's own.
    let own: Vec<u32> = (form.columns.iter())
        .filter(|asked| matches!(asked.ask, Some(Ask::Column(at)) if at <= head))
        .map(|asked| asked.column)
        .collect();
    let mut placed = Placed::default();
    let mut seen = BTreeSet::new();
    for (row, called) in &form.stated {
        // 政务APP is the kind of applications.
        let kinds = fields.words().title_kinds(called);
        let kind = kinds.iter().next().filter(|_| name == "by-kind" && kinds.len() == 1);
        let kind = kind.map(|kind| fold(&view.names.kind(kind.as_str())));
        let found = at.get(&fold(called)).or_else(|| at.get(&kind?));
        let values = match found {
            Some(&found) => {
                seen.insert(found);
                &rows[found]
            }
            None if fields.words().is(Role::Total, called) => total,
            None => continue,
        };
        let values = values.iter().filter(|(column, _)| !own.contains(column));
        placed.values.insert(*row, values.map(|(column, put)| (*column, put.clone())).collect());
    }
    let left = names.into_iter().enumerate().filter(|(at, _)| !seen.contains(at));
    placed.unplaced = left.map(|(_, name)| name).collect();
    placed
}
