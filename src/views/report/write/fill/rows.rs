//! Rows of a form with values in them.
//!
//! For: writing the rows that a form has, and more of them in the look of its last. Not for: which values (`values`).
//! Invariant: formats, heights and formulas of the form stay; text is text whatever it begins with.

use super::part::{CellPart, RowPart, SheetPart};
use super::refs::{End, Shift, copied, letters, map};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// What is put into a cell.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Put {
    /// Nothing: the cell stays as it is.
    Nothing,
    Text(String),
    Number(f64),
}

/// Most that a cell can hold, in UTF-16 units.
const LONGEST: usize = 32_767;

/// A row of the form with values, as its row `number`; `by` says how far it is copied down.
pub(super) fn filled(
    sheet: &SheetPart,
    model: Option<&RowPart>,
    number: u32,
    by: u32,
    values: &BTreeMap<u32, Put>,
) -> String {
    let prefix = &sheet.prefix;
    let mut cells: BTreeMap<u32, String> = BTreeMap::new();
    for cell in model.map_or(&[][..], |row| &row.cells) {
        let written = match (&cell.formula, by) {
            (Some(formula), 0) => with_formula(prefix, cell, number, formula, &cell.formula_attributes, None),
            (Some(formula), _) => match cell.resolved.as_ref().unwrap_or(formula) {
                formula if !formula.is_empty() => {
                    with_formula(prefix, cell, number, &copied(formula, by), "", None)
                }
                _ => with_value(prefix, cell.column, number, cell.style.as_deref(), &Put::Nothing),
            },
            // A value of the form is its own; a copy is of its look only.
            (None, 0) => sheet.xml[cell.span.clone()].to_owned(),
            (None, _) => with_value(prefix, cell.column, number, cell.style.as_deref(), &Put::Nothing),
        };
        cells.insert(cell.column, written);
    }
    for (&column, value) in values.iter().filter(|(_, value)| **value != Put::Nothing) {
        let cell = model.and_then(|row| row.cells.iter().find(|cell| cell.column == column));
        // The superior's own formula knows better.
        if cell.is_some_and(|cell| cell.formula.is_some()) {
            continue;
        }
        let style = cell.and_then(|cell| cell.style.as_deref());
        cells.insert(column, with_value(prefix, column, number, style, value));
    }
    let attributes = model.map_or("", |row| &row.attributes);
    let cells: String = cells.into_values().collect();
    format!("<{prefix}row r=\"{number}\"{attributes}>{cells}</{prefix}row>")
}

/// The first row of a sheet with values in cells that hold none.
pub(super) fn added(sheet: &SheetPart, number: u32, values: &BTreeMap<u32, Put>) -> String {
    let prefix = &sheet.prefix;
    let Some(row) = sheet.rows.first() else { return String::new() };
    let written = row.cells.iter().map(|cell| (cell.column, sheet.xml[cell.span.clone()].to_owned()));
    let mut cells: BTreeMap<u32, String> = written.collect();
    for (&column, value) in values {
        let style =
            row.cells.iter().find(|cell| cell.column == column).and_then(|cell| cell.style.as_deref());
        cells.insert(column, with_value(prefix, column, number, style, value));
    }
    let cells: String = cells.into_values().collect();
    format!("<{prefix}row r=\"{number}\"{}>{cells}</{prefix}row>", row.attributes)
}

/// A row that stands elsewhere now, its formulas following; sums over what was filled in get their result.
pub(super) fn moved(
    sheet: &SheetPart,
    row: &RowPart,
    shift: Shift,
    own: &str,
    result: &dyn Fn(&str) -> Option<f64>,
) -> String {
    let prefix = &sheet.prefix;
    let number = shift.row(row.number, End::Alone);
    let mut cells = String::new();
    for cell in &row.cells {
        match &cell.formula {
            Some(formula) => {
                let formula = shifted(formula, shift, own, true);
                let attributes = with_areas(&cell.formula_attributes, shift);
                cells += &with_formula(prefix, cell, number, &formula, &attributes, result(&formula));
            }
            None => cells += &renumbered(&sheet.xml[cell.span.clone()], cell.column, number),
        }
    }
    format!("<{prefix}row r=\"{number}\"{}>{cells}</{prefix}row>", row.attributes)
}

/// A formula after rows were put into the sheet `own`; `on_own` says that it stands on that sheet.
pub(super) fn shifted(formula: &str, shift: Shift, own: &str, on_own: bool) -> String {
    map(formula, &mut |sheet, row, _, end| match sheet {
        None if on_own => shift.row(row, end),
        Some(named) if named.eq_ignore_ascii_case(own) => shift.row(row, end),
        _ => row,
    })
}

/// Attributes and elements with every area in `ref` and `sqref` where it is now.
pub(super) fn with_areas(written: &str, shift: Shift) -> String {
    with_each_area(written, &|area| shift.area(area))
}

/// Attributes and elements with every area in `ref` and `sqref` changed.
pub(super) fn with_each_area(written: &str, change: &dyn Fn(&str) -> String) -> String {
    let mut out = String::with_capacity(written.len() + 16);
    let mut rest = written;
    while let Some(at) = rest.find("ref=\"") {
        let (head, tail) = rest.split_at(at + 5);
        let area = tail.split('"').next().unwrap_or("");
        out.push_str(head);
        out.push_str(&change(area));
        rest = &tail[area.len()..];
    }
    out + rest
}

/// A cell as it is written, with another row.
fn renumbered(written: &str, column: u32, row: u32) -> String {
    let end = written.find('>').unwrap_or(written.len());
    let (tag, rest) = written.split_at(end);
    let place = format!(" r=\"{}{row}\"", letters(column));
    if let Some(at) = tag.find(" r=\"") {
        let after = at + 4 + tag[at + 4..].find('"').map_or(0, |n| n + 1);
        format!("{}{place}{}{rest}", &tag[..at], &tag[after..])
    } else {
        let name = tag.find([' ', '/']).unwrap_or(tag.len());
        format!("{}{place}{}{rest}", &tag[..name], &tag[name..])
    }
}

/// Without a result the program that opens the form works it out.
fn with_formula(
    prefix: &str,
    cell: &CellPart,
    row: u32,
    formula: &str,
    attributes: &str,
    result: Option<f64>,
) -> String {
    let style = cell.style.as_ref().map(|s| format!(" s=\"{s}\"")).unwrap_or_default();
    let result = result.map(|n| format!("<{prefix}v>{n}</{prefix}v>")).unwrap_or_default();
    let formula = quick_xml::escape::escape(formula);
    let place = letters(cell.column);
    format!(
        "<{prefix}c r=\"{place}{row}\"{style}><{prefix}f{attributes}>{formula}</{prefix}f>{result}</{prefix}c>"
    )
}

fn with_value(prefix: &str, column: u32, row: u32, style: Option<&str>, value: &Put) -> String {
    let place = letters(column);
    let style = style.map(|s| format!(" s=\"{s}\"")).unwrap_or_default();
    match value {
        Put::Nothing => format!("<{prefix}c r=\"{place}{row}\"{style}/>"),
        Put::Number(n) => {
            format!("<{prefix}c r=\"{place}{row}\"{style}><{prefix}v>{n}</{prefix}v></{prefix}c>")
        }
        Put::Text(text) => {
            let text = inert(text);
            format!(
                "<{prefix}c r=\"{place}{row}\"{style} t=\"inlineStr\"><{prefix}is>\
                 <{prefix}t xml:space=\"preserve\">{text}</{prefix}t></{prefix}is></{prefix}c>"
            )
        }
    }
}

/// Text as XML holds it: no markup, no character that XML does not have, nothing that looks like an escaped one, and no
/// longer than a cell can hold.
fn inert(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut used = 0;
    for (at, c) in text.char_indices() {
        // What is spelled out takes eight.
        used += if c.is_control() { 8 } else { c.len_utf16() };
        if used > LONGEST {
            break;
        }
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            // `_x000D_` would be read as the character of that number.
            '_' if text[at..].starts_with("_x") => out.push_str("_x005F_"),
            '\r' => {}
            '\n' | '\t' => out.push(c),
            c if c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}') => {
                let _ = write!(out, "⟨U+{:04X}⟩", c as u32);
            }
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_text() {
        assert_eq!(inert("=1+1"), "=1+1", "a cell of text is no formula");
        assert_eq!(inert("<a>&_x000D_\u{7}\r\n"), "&lt;a&gt;&amp;_x005F_x000D_⟨U+0007⟩\n");
        assert_eq!(inert(&"长".repeat(40_000)).chars().count(), LONGEST);
    }

    #[test]
    fn cells_keep_what_they_have_besides_their_place() {
        assert_eq!(
            renumbered("<c r=\"B7\" s=\"3\" t=\"s\"><v>1</v></c>", 2, 9),
            "<c r=\"B9\" s=\"3\" t=\"s\"><v>1</v></c>"
        );
        assert_eq!(renumbered("<c s=\"3\"/>", 2, 9), "<c r=\"B9\" s=\"3\"/>");
        assert_eq!(copied("D5/$E$5", 3), "D8/$E$5");
    }
}
