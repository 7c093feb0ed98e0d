//! What the rows of a form are filled with.
//!
//! For: cells of the view and fields of items as a form takes them. Not for: where they go (`rows`). Invariant: numbers are
//! numbers; a rate is a number where the form shows per cent, and else text with its fraction.

use super::form::{Ask, Form, Rows};
use super::rows::Put;
use crate::model::{ActionKind, Kind};
use crate::scan::document::Asset;
use crate::views::Names;
use crate::views::report::{Cell, ReportView, Row, Table, by_platform, reduction};
use serde_json::Value as Json;
use std::collections::BTreeMap;

/// The values of a row, by column of the form.
pub(super) type Values = BTreeMap<u32, Put>;

/// The rows, and the values of the row of sums.
pub(super) fn rows(
    form: &Form,
    view: &ReportView<'_>,
    table: Option<&Table<'_>>,
    is_percent: &dyn Fn(u32) -> bool,
) -> (Vec<Values>, Values) {
    let Some(table) = table else { return items(form, view) };
    let values = |row: &Row<'_>| of_row(form, row, is_percent);
    let total = table.total.as_ref().map(values).unwrap_or_default();
    (table.rows.iter().map(values).collect(), total)
}

/// The table whose rows the form asks for; none where it asks for items.
pub(super) fn table<'a>(form: &Form, view: &ReportView<'a>) -> Option<Table<'a>> {
    let Rows::Table(name) = form.rows else { return None };
    // Platforms down the side belong to groups only where the form speaks of groups, or leaves its rows to us.
    let of_groups = form.kind == Some(Kind::Group) || form.kind.is_none() && form.stated.is_empty();
    let found = match name {
        "groups" if !of_groups => Some(by_platform(view, form.kind)),
        name => reduction(view, name),
    };
    found.map(|reduction| reduction.table)
}

/// The values of a row of a table.
pub(super) fn of_row(form: &Form, row: &Row<'_>, is_percent: &dyn Fn(u32) -> bool) -> Values {
    let columns = form.columns.iter().filter_map(|asked| match asked.ask? {
        Ask::Column(at) => Some((asked.column, put(&row[at], is_percent(asked.column)))),
        Ask::Field(_) => None,
    });
    columns.collect()
}

/// Items in existence, of the kind that the form is about.
fn items(form: &Form, view: &ReportView<'_>) -> (Vec<Values>, Values) {
    let document = view.document;
    let wanted = |at: &usize| {
        let kind = &document.assets[*at].kind;
        let action = view.index.action(*at).and_then(|a| ActionKind::parse(&a.action));
        let counts = [Kind::App, Kind::Account, Kind::Group].iter().any(|k| k.as_str() == kind);
        counts && action != Some(ActionKind::None) && form.kind.is_none_or(|k| k.as_str() == kind)
    };
    let mut rows = Vec::new();
    for at in (0..document.assets.len()).filter(wanted) {
        let mut cells = (view.ledger.row)(at);
        if let (Some(seq), Some(first)) =
            (view.ledger.columns.iter().position(|c| c.key == "seq"), Some(rows.len() as u64 + 1))
        {
            cells[seq] = Cell::Count(first);
        }
        let value = |ask: Ask| match ask {
            Ask::Column(at) => put(&cells[at], false),
            Ask::Field(field) => carried(&document.assets[at], field.as_str(), view.names),
        };
        let values = form.columns.iter().filter_map(|asked| Some((asked.column, value(asked.ask?))));
        rows.push(values.collect());
    }
    (rows, Values::new())
}

fn put(cell: &Cell<'_>, is_percent: bool) -> Put {
    match cell {
        Cell::Empty => Put::Nothing,
        Cell::Text(text) => Put::Text(text.to_string()),
        Cell::Count(n) => Put::Number(*n as f64),
        Cell::Number(n) => Put::Number(*n),
        Cell::Rate(rate) if is_percent => Put::Number(rate.value),
        Cell::Rate(_) => Put::Text(cell.plain().into_owned()),
    }
}

/// A field of an item: as it was written where that says more.
fn carried(asset: &Asset, field: &str, names: Names<'_>) -> Put {
    let Some(found) = asset.fields.get(field) else { return Put::Nothing };
    match (&found.value, &found.raw) {
        (Json::Number(number), None) => number.as_f64().map_or(Put::Nothing, Put::Number),
        (Json::Bool(yes), None) => Put::Text(names.text(if *yes { "explain.yes" } else { "explain.no" })),
        (Json::String(text), None) => Put::Text(text.clone()),
        (Json::Array(list), None) => {
            let texts: Vec<&str> = list.iter().filter_map(Json::as_str).collect();
            Put::Text(texts.join(names.enumerated()))
        }
        (_, Some(raw)) => Put::Text(raw.clone()),
        _ => Put::Nothing,
    }
}
