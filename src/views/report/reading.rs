//! How the inputs were read, and what could not be.
//!
//! For: the row account, the data problems (台账数据问题) and what was not checked (未能机检事项).
//! Not for: column mappings (`views::inspect`). Invariant: every unread file and rejected row is
//! listed, and the rows of the account add up to its total.

use super::view::Build;
use super::{Cell, Listing, Table};
use crate::scan::document::{Rejected, RowAccount, Sheet};

/// Where every row went, by file and sheet.
pub(super) fn accounts<'a>(build: &Build<'a>) -> Table<'a> {
    let mut table = build.table(
        "reading",
        &[
            ("file", 34),
            ("sheet", 20),
            ("kind", 11),
            ("rows-read", 10),
            ("records", 10),
            ("headings", 10),
            ("blank", 10),
            ("notes", 10),
            ("rejected", 10),
        ],
    );
    let mut sum = RowAccount::default();
    for input in &build.document.inputs {
        for sheet in &input.sheets {
            let mut row = vec![
                Cell::text(input.path.as_str()),
                Cell::text(sheet.name.as_str()),
                Cell::text(kind(build, sheet)),
            ];
            row.extend(counts(&sheet.row_account).map(Cell::Count));
            table.rows.push(row);
            add(&mut sum, &sheet.row_account);
        }
    }
    let mut total = vec![Cell::text(build.names.text("report.total")), Cell::Empty, Cell::Empty];
    total.extend(counts(&sum).map(Cell::Count));
    table.total = Some(total);
    table
}

fn kind(build: &Build<'_>, sheet: &Sheet) -> String {
    sheet.kind.as_deref().map(|k| build.names.kind(k)).unwrap_or_default()
}

fn counts(account: &RowAccount) -> [u64; 6] {
    let a = account;
    [a.rows_read, a.records, a.headings, a.blank, a.notes, a.rejected]
}

fn add(sum: &mut RowAccount, account: &RowAccount) {
    sum.rows_read += account.rows_read;
    sum.records += account.records;
    sum.headings += account.headings;
    sum.blank += account.blank;
    sum.notes += account.notes;
    sum.rejected += account.rejected;
}

/// Remarks on the inputs, then rejected rows with their text.
pub(super) fn data_problems<'a>(build: &Build<'a>) -> Listing<'a> {
    let columns =
        [("seq", 6), ("alert", 6), ("place", 30), ("problem-found", 40), ("row-text", 30), ("help", 36)];
    let remarks = build.document.diagnostics.len();
    let len = remarks + build.document.rejected.len();
    let b = build.clone();
    build.listing("data-problems", &columns, len, move |i| {
        let seq = Cell::Count(i as u64 + 1);
        if let Some(remark) = b.document.diagnostics.get(i) {
            vec![
                seq,
                Cell::text(b.names.alert(&remark.alert)),
                Cell::text(remark.at.as_str()),
                Cell::text(remark.text.as_str()),
                Cell::Empty,
                Cell::text(remark.help.as_str()),
            ]
        } else {
            let row = &b.document.rejected[i - remarks];
            vec![
                seq,
                Cell::text(b.names.text("report.rejected-row")),
                Cell::text(b.names.place(&row.source)),
                Cell::text(reason(row)),
                Cell::text(row.text.as_str()),
                Cell::Empty,
            ]
        }
    })
}

/// The reason without the text of the row, which has its own column.
fn reason(row: &Rejected) -> &str {
    let reason = row.reason.strip_suffix(row.text.as_str()).unwrap_or(&row.reason);
    reason.trim_end_matches([' ', ':', '：'])
}

/// Unread files, units that sent nothing, rules that did not run.
pub(super) fn not_checked<'a>(build: &Build<'a>) -> Listing<'a> {
    let columns = [("seq", 6), ("what", 16), ("matter", 84), ("cause", 34)];
    let coverage = &build.document.coverage;
    let mut rows: Vec<[String; 3]> = Vec::new();
    let text = |key: &str| build.names.text(&format!("report.not-checked.{key}"));
    for file in &coverage.unread {
        rows.push([text("unread"), file.clone(), text("unread-cause")]);
    }
    for unit in &coverage.not_reported {
        rows.push([text("not-reported"), unit.clone(), text("not-reported-cause")]);
    }
    for rule in &coverage.rules_not_run {
        rows.push([text("rule"), build.names.rule(&rule.rule), rule.reason.clone()]);
    }
    build.listing("not-checked", &columns, rows.len(), move |i| {
        let mut row = vec![Cell::Count(i as u64 + 1)];
        row.extend(rows[i].iter().map(|text| Cell::text(text.clone())));
        row
    })
}
