//! `summary.md`: the report in two pages.
//!
//! For: reading, mailing, pasting. Not for: every item (the ledger has them). Invariant: text of
//! the inputs is escaped, so a name can neither become markup nor break a table.

use super::super::{Cell, Listing, Reduction, Row, Table};
use super::{Cause, Options, Out, ReportView};
use crate::views::text::visible;
use std::io::Write as _;

/// Rows shown of a long table; the rest is in the ledger.
const SHOWN: usize = 20;
/// Characters shown of a long text.
const LONG: usize = 200;

/// Writes the summary.
pub(super) fn draw(view: &ReportView<'_>, _: Options, out: &mut Out) -> Result<(), Cause> {
    writeln!(out, "# {}\n", escape(&view.title))?;
    for sentence in &view.summary {
        writeln!(out, "{}\n", escape(sentence))?;
    }
    table(view, &view.headline, out)?;
    for (i, note) in view.notes.iter().enumerate() {
        let gap = if i == 0 { "" } else { ">\n" };
        writeln!(out, "{gap}> {}", escape(note))?;
    }
    writeln!(out)?;
    table(view, &view.needs, out)?;
    for part in [&view.rules, &view.relations, &view.by_level, &view.by_platform, &view.by_unit] {
        table(view, part, out)?;
    }
    listing(
        view,
        &view.duplicates,
        &["seq", "relation", "left-name", "left-unit", "right-name", "right-unit"],
        out,
    )?;
    listing(
        view,
        &view.cross_unit,
        &["seq", "left-name", "left-unit", "right-name", "right-unit", "evidence"],
        out,
    )?;
    if view.asked.len > 0 {
        let keys = ["asked-what", "asked-by", "region", "asked-apps", "asking-before", "asking-after"];
        listing(view, &view.asked, &keys, out)?;
    }
    if view.clues.len > 0 {
        listing(view, &view.clues, &["clue", "practices", "about"], out)?;
    }
    if view.pages.len > 0 {
        listing(
            view,
            &view.pages,
            &["name", "page-source", "page-state", "contradiction", "taken", "blake3"],
            out,
        )?;
    }
    table(view, &view.reading, out)?;
    listing(view, &view.data_problems, &["alert", "place", "problem-found", "help"], out)?;
    listing(view, &view.not_checked, &["what", "matter", "cause"], out)?;
    table(view, &view.figures, out)?;
    writeln!(out, "---\n\n{}", escape(&view.provenance))?;
    Ok(())
}

fn table(view: &ReportView<'_>, table: &Table<'_>, out: &mut Out) -> Result<(), Cause> {
    writeln!(out, "## {}\n", escape(&table.title))?;
    if table.rows.is_empty() {
        writeln!(out, "{}\n", escape(&view.names.text("report.nothing")))?;
        return Ok(());
    }
    // Figures and files are never cut: they are what the others can be checked against.
    let shown = if matches!(table.id, "figures" | "reading") { usize::MAX } else { SHOWN };
    rows(table, shown, out)?;
    more(view, table.rows.len(), shown, out)
}

/// One reduction table by itself: all of it, with its notes.
pub(super) fn single<'a>(
    reduction: &Reduction<'a>,
    view: &ReportView<'a>,
    _: Options<'_>,
    out: &mut Out,
) -> Result<(), Cause> {
    let dated = view.names.fill("reduction.dated", &[("as_of", &view.document.as_of)]);
    writeln!(out, "# {}\n\n{}\n", escape(&reduction.table.title), escape(&dated))?;
    rows(&reduction.table, usize::MAX, out)?;
    for note in &reduction.notes {
        writeln!(out, "{}\n", escape(note))?;
    }
    writeln!(out, "---\n\n{}", escape(&view.provenance_short))?;
    Ok(())
}

/// The first rows of a table with its total.
fn rows(table: &Table<'_>, shown: usize, out: &mut Out) -> Result<(), Cause> {
    let all: Vec<usize> = (0..table.columns.len()).collect();
    let titles: Vec<&str> = table.columns.iter().map(|c| c.title.as_str()).collect();
    let numeric: Vec<bool> = (0..titles.len()).map(|c| table.rows.iter().any(|r| r[c].is_number())).collect();
    head(&titles, &numeric, out)?;
    for row in table.rows.iter().take(shown) {
        cells(row, &all, out)?;
    }
    if let Some(total) = &table.total {
        cells(total, &all, out)?;
    }
    writeln!(out)?;
    Ok(())
}

fn listing(view: &ReportView<'_>, listing: &Listing<'_>, keys: &[&str], out: &mut Out) -> Result<(), Cause> {
    writeln!(out, "## {}\n", escape(&listing.title))?;
    if listing.len == 0 {
        writeln!(out, "{}\n", escape(&view.names.text("report.nothing")))?;
        return Ok(());
    }
    let chosen: Vec<usize> =
        keys.iter().filter_map(|k| listing.columns.iter().position(|c| c.key == *k)).collect();
    let titles: Vec<&str> = chosen.iter().map(|&c| listing.columns[c].title.as_str()).collect();
    head(&titles, &vec![false; titles.len()], out)?;
    for row in listing.rows().take(SHOWN) {
        cells(&row, &chosen, out)?;
    }
    writeln!(out)?;
    more(view, listing.len, SHOWN, out)
}

fn head(titles: &[&str], numeric: &[bool], out: &mut Out) -> Result<(), Cause> {
    let titles: Vec<String> = titles.iter().map(|t| escape(t)).collect();
    let rules: Vec<&str> = numeric.iter().map(|&n| if n { "---:" } else { "---" }).collect();
    writeln!(out, "| {} |\n| {} |", titles.join(" | "), rules.join(" | "))?;
    Ok(())
}

fn cells(row: &Row<'_>, columns: &[usize], out: &mut Out) -> Result<(), Cause> {
    let texts: Vec<String> = columns.iter().map(|&c| cell(&row[c])).collect();
    writeln!(out, "| {} |", texts.join(" | "))?;
    Ok(())
}

fn cell(cell: &Cell<'_>) -> String {
    let text = cell.plain();
    if text.chars().count() > LONG {
        let cut: String = text.chars().take(LONG).collect();
        return escape(&cut) + "…";
    }
    escape(&text)
}

fn more(view: &ReportView<'_>, len: usize, shown: usize, out: &mut Out) -> Result<(), Cause> {
    if len > shown {
        let rest = (len - shown).to_string();
        writeln!(out, "{}\n", escape(&view.names.fill("report.more-in-ledger", &[("count", &rest)])))?;
    }
    Ok(())
}

/// Text as text: one line, no markup, no HTML.
pub(in crate::views) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in visible(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\\' | '|' | '`' | '*' | '_' | '[' | ']' | '~' | '$' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}
