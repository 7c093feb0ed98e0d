//! One sheet: header, columns, row account.
//!
//! For: a part of `inspect`. Not for: files. Invariant: an unbalanced account is shown as such.

use crate::scan::document::{Column, RowAccount, Sheet, ZeroReport};
use crate::views::names::Names;
use crate::views::terminal::{Align, Col, Screen, Tone, grid};
use crate::views::text::{truncate, wrap};
use std::fmt::Write as _;

/// Everything about a sheet.
pub(super) fn text(names: Names<'_>, screen: Screen, sheet: &Sheet) -> String {
    let mut out = String::new();
    let mut parts = Vec::new();
    if !sheet.name.is_empty() {
        parts.push(sheet.name.clone());
    }
    if let Some(range) = &sheet.range {
        parts.push(names.fill("inspect.range", &[("range", range)]));
    }
    parts.push(match (&sheet.layout, sheet.header_row) {
        (Some(layout), _) => names.text(&format!("inspect.{layout}")),
        (None, Some(row)) => names.fill("inspect.header-row", &[("row", &row.to_string())]),
        (None, None) => names.text("inspect.no-header"),
    });
    if let Some(kind) = &sheet.kind {
        parts.push(names.fill("inspect.kind", &[("kind", &names.kind(kind))]));
    }
    if !sheet.title.is_empty() {
        parts.push(names.fill("inspect.title", &[("title", &sheet.title)]));
    }
    let line = truncate(&parts.join(" · "), screen.columns());
    let _ = writeln!(out, "\n{}", screen.paint().tone(Tone::Heading, &line));
    for (key, list) in [("stated", stated(names, sheet)), ("zero", zero(names, sheet))] {
        if !list.is_empty() {
            for line in wrap(&names.fill(&format!("inspect.{key}"), &[("list", &list)]), screen.columns()) {
                let _ = writeln!(out, "{line}");
            }
        }
    }
    if !sheet.columns.is_empty() {
        out += &columns(names, screen, &sheet.columns);
    }
    let balanced = balances(&sheet.row_account);
    let tone = if balanced { Tone::Good } else { Tone::Bad };
    for line in wrap(&equation(names, &sheet.row_account), screen.columns()) {
        let _ = writeln!(out, "{}", screen.paint().tone(tone, &line));
    }
    out
}

/// What stands above the table and holds for all of its rows.
fn stated(names: Names<'_>, sheet: &Sheet) -> String {
    let one = |(field, text): (&String, &String)| format!("{} = {text}", names.field(field));
    sheet.stated.iter().map(one).collect::<Vec<_>>().join(names.enumerated())
}

/// Units that have nothing to report.
fn zero(names: Names<'_>, sheet: &Sheet) -> String {
    let one = |zero: &ZeroReport| {
        let row = names.fill("report.place.row", &[("row", &zero.row.to_string())]);
        if zero.unit.is_empty() { row } else { format!("{}（{row}）", zero.unit) }
    };
    sheet.zero_reports.iter().map(one).collect::<Vec<_>>().join(names.enumerated())
}

fn columns(names: Names<'_>, screen: Screen, columns: &[Column]) -> String {
    let title = |key: &str, align| Col { title: names.text(&format!("inspect.column.{key}")), align };
    let heads = [
        title("letter", Align::Left),
        title("header", Align::Flexible),
        title("field", Align::Flexible),
        title("canonical", Align::Flexible),
        title("confidence", Align::Right),
        title("by", Align::Left),
    ];
    let rows: Vec<(Tone, Vec<String>)> = columns
        .iter()
        .map(|column| {
            let canonical = column.field.clone().unwrap_or_default();
            let field = match &column.field {
                Some(field) => names.field(field),
                None => names.text("inspect.not-understood"),
            };
            let confidence = if column.field.is_some() {
                format!("{:.0}%", column.confidence * 100.0)
            } else {
                String::new()
            };
            let tone = match (&column.field, column.by.as_str()) {
                (None, _) => Tone::Dim,
                (Some(_), "fuzzy" | "table-kind" | "shared") => Tone::Warn,
                _ => Tone::Plain,
            };
            let by = names.text(&format!("inspect.by.{}", column.by));
            let by = if column.second { names.fill("inspect.second", &[("by", &by)]) } else { by };
            let place = column.cell.clone().unwrap_or_else(|| letters(column.column));
            (tone, vec![place, column.header.clone(), field, canonical, confidence, by])
        })
        .collect();
    grid(&heads, &rows, screen)
}

/// Spreadsheet letters of a 1-based column.
fn letters(column: u32) -> String {
    let mut n = column;
    let mut out = Vec::new();
    while n > 0 {
        out.push(char::from(b'A' + ((n - 1) % 26) as u8));
        n = (n - 1) / 26;
    }
    out.iter().rev().collect()
}

fn balances(a: &RowAccount) -> bool {
    a.rows_read == a.records + a.headings + a.blank + a.notes + a.rejected
}

/// Rows read = records + headings + blank + notes + rejected.
fn equation(names: Names<'_>, a: &RowAccount) -> String {
    let key = if balances(a) { "inspect.account" } else { "inspect.account-unbalanced" };
    names.fill(
        key,
        &[
            ("read", &a.rows_read.to_string()),
            ("records", &a.records.to_string()),
            ("headings", &a.headings.to_string()),
            ("blank", &a.blank.to_string()),
            ("notes", &a.notes.to_string()),
            ("rejected", &a.rejected.to_string()),
        ],
    )
}

#[cfg(test)]
mod tests {
    #[test]
    fn columns_are_lettered_like_a_spreadsheet() {
        let of = |n| super::letters(n);
        assert_eq!(
            (of(1), of(26), of(27), of(702), of(703)),
            ("A".into(), "Z".into(), "AA".into(), "ZZ".into(), "AAA".into())
        );
    }
}
