//! `changes.md`: the comparison as Markdown.
//!
//! Invariant: text of the inputs is escaped, as in `summary.md`.

use super::ChangesView;
use crate::views::report::write::escape;
use crate::views::report::{Cell, Row, Table};
use std::fmt::Write as _;

/// Rows shown of a table; the rest is in the JSON form.
const SHOWN: usize = 500;

/// The whole file.
pub fn markdown(view: &ChangesView<'_>) -> String {
    let mut out = format!("# {}\n\n", escape(&view.title));
    for sentence in &view.summary {
        let _ = writeln!(out, "{}\n", escape(sentence));
    }
    for part in view.tables() {
        table(view, part, &mut out);
    }
    let _ = writeln!(out, "---\n\n{}", escape(&view.provenance));
    out
}

fn table(view: &ChangesView<'_>, table: &Table<'_>, out: &mut String) {
    let _ = writeln!(out, "## {}\n", escape(&table.title));
    let titles: Vec<String> = table.columns.iter().map(|column| escape(&column.title)).collect();
    let number = |at: usize| table.rows.iter().any(|row| row[at].is_number());
    let rules: Vec<&str> = (0..titles.len()).map(|at| if number(at) { "---:" } else { "---" }).collect();
    let _ = writeln!(out, "| {} |\n| {} |", titles.join(" | "), rules.join(" | "));
    let rows = table.rows.iter().take(SHOWN).chain(&table.total);
    rows.for_each(|row| line(row, out));
    out.push('\n');
    if table.rows.len() > SHOWN {
        let rest = (table.rows.len() - SHOWN).to_string();
        let _ = writeln!(out, "{}\n", escape(&view.names.fill("changes.more", &[("count", &rest)])));
    }
}

fn line(row: &Row<'_>, out: &mut String) {
    let cells: Vec<String> = row.iter().map(|cell: &Cell<'_>| escape(&cell.plain())).collect();
    let _ = writeln!(out, "| {} |", cells.join(" | "));
}
