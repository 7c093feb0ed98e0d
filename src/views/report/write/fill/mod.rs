//! The superior's own form (上级表样): a given workbook with its table filled.
//!
//! For: `report --fill FORM`. Not for: forms of our own (`xlsx`). Invariant: only the sheet with the table changes, and of
//! it only the rows of the table and what stands below them; every other part is copied byte by byte, but for references
//! into rows that moved.

mod form;
mod package;
mod part;
mod placed;
mod refs;
mod rows;
mod values;

use super::ReportView;
use crate::knowledge::lexicon::fields::FieldBook;
use form::{Asked, Form};
use package::Package;
use part::SheetPart;
use refs::{Change, Shift};
use rows::{Put, added, filled, moved, shifted, with_areas};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use values::Values;

/// A form with its table filled.
pub struct Filled {
    /// The workbook.
    pub bytes: Vec<u8>,
    /// The sheet with the table.
    pub sheet: String,
    /// What its rows are: the title of the ledger or of a reduction table.
    pub rows_of: String,
    /// How many rows were filled.
    pub rows: usize,
    /// Headings of the columns that were filled.
    pub mapped: Vec<String>,
    /// Rows of the scan that the form, which states its rows itself, has no place for.
    pub unplaced: Vec<String>,
    /// Rows that the form states and the scan has nothing for: they are left as they are.
    pub unknown: Vec<String>,
    /// Headings of the columns that were left alone, because the scan has nothing for them.
    pub unmapped: Vec<String>,
}

/// Why a form cannot be filled.
#[derive(Debug, thiserror::Error)]
pub enum Unfillable {
    /// It is no workbook of the format XLSX.
    #[error("no workbook: {0}")]
    NoWorkbook(String),
    /// No sheet has a header with two columns that are known.
    #[error("no table")]
    NoTable,
}

impl Unfillable {
    fn no_workbook(fault: impl std::fmt::Display) -> Unfillable {
        Unfillable::NoWorkbook(fault.to_string())
    }
}

/// Fills the table of a form with rows of the view.
///
/// # Errors
/// When the form is no workbook, or has no table whose headings are known.
pub fn fill(form: &[u8], view: &ReportView<'_>) -> Result<Filled, Unfillable> {
    let mut package = Package::open(form)?;
    let shared = package.shared()?;
    let fields = FieldBook::load();
    let mut best: Option<(usize, usize, SheetPart, Form)> = None;
    for (at, sheet) in package.sheets()?.iter().enumerate() {
        let part = SheetPart::read(package.text(&sheet.part)?, &shared).map_err(Unfillable::no_workbook)?;
        let Some((count, form)) = Form::find(&part, view, &fields) else { continue };
        if best.as_ref().is_none_or(|(most, ..)| count > *most) {
            best = Some((count, at, part, form));
        }
    }
    let (_, at, part, form) = best.ok_or(Unfillable::NoTable)?;
    let sheet = package.sheets()?.swap_remove(at);
    let percent = package.percent_styles()?;
    let model = part.row(form.body.0);
    let is_percent = |column: u32| {
        let cell = model.and_then(|row| row.cells.iter().find(|cell| cell.column == column));
        cell.and_then(|cell| cell.style.as_ref()).is_some_and(|style| percent.contains(style))
    };
    let table = values::table(&form, view);
    let (rows, total) = values::rows(&form, view, table.as_ref(), &is_percent);
    let placed = placed::rows(&form, view, &fields, table.as_ref(), &is_percent);
    let rows = if form.stated.is_empty() { rows } else { Vec::new() };
    let (xml, shift) = sheet_of(&part, &form, &rows, &placed.values, &total, &sheet.name);
    let filled = (form.body.0, (form.body.0 + rows.len() as u32).saturating_sub(1));
    let bytes = package.with(&sheet, xml, Change { shift, filled })?;
    let rows_of = table.map_or_else(|| view.ledger.title.clone(), |table| table.title);
    // What is known and empty in every row has not been filled either.
    let is_filled = |asked: &Asked| {
        let own = !form.stated.is_empty() && placed.own.contains(&asked.column);
        let mut values = rows.iter().chain(placed.values.values());
        asked.ask.is_some()
            && (own || values.any(|row| row.get(&asked.column).is_some_and(|put| *put != Put::Nothing)))
    };
    let headings = |filled: bool| {
        let columns = form.columns.iter().filter(|asked| is_filled(asked) == filled);
        columns.map(|asked| asked.heading.clone()).collect()
    };
    Ok(Filled {
        bytes,
        sheet: sheet.name,
        rows_of,
        rows: rows.len() + placed.values.len(),
        mapped: headings(true),
        unmapped: headings(false),
        unplaced: placed.unplaced,
        unknown: placed.unknown,
    })
}

/// The sheet with its rows, and how far what stands below them moved.
fn sheet_of(
    part: &SheetPart,
    form: &Form,
    rows: &[Values],
    placed: &BTreeMap<u32, Values>,
    total: &Values,
    own: &str,
) -> (String, Shift) {
    let (first, last) = form.body;
    let room = (last + 1).saturating_sub(first);
    let more = (rows.len() as u32).saturating_sub(room);
    let shift = Shift { after: last, by: more };
    let sums = |formula: &str| sum(formula, first, rows);
    let mut out = String::with_capacity(part.xml.len() + rows.len() * 512);
    out.push_str(&with_areas(&part.xml[..part.data.start], shift));
    let prefix = &part.prefix;
    let _ = write!(out, "<{prefix}sheetData>");
    for row in part.rows.iter().filter(|row| row.number < first) {
        out.push_str(&moved(part, row, shift, own, &sums));
    }
    let model = part.row(last).filter(|_| room > 0);
    let written = (rows.len() as u32).max(room);
    for (at, number) in (first..first + written).enumerate() {
        let nothing = Values::new();
        let values = rows.get(at).unwrap_or(&nothing);
        let (model, by) = if number <= last { (part.row(number), 0) } else { (model, number - last) };
        if model.is_some() || !values.is_empty() {
            out.push_str(&filled(part, model, number, by, values));
        }
    }
    for row in part.rows.iter().filter(|row| row.number > last.max(first - 1)) {
        let written = match placed.get(&row.number) {
            Some(values) => filled(part, Some(row), row.number, 0, values),
            None => moved(part, row, shift, own, &sums),
        };
        if placed.is_empty() && form.totals == Some(row.number) && !total.is_empty() {
            out.push_str(&with_totals(part, row.number, total, shift, &written));
        } else {
            out.push_str(&written);
        }
    }
    let _ = write!(out, "</{prefix}sheetData>");
    out.push_str(&below(part, shift, own, (room > 0).then_some(last)));
    (out, shift)
}

/// The row of sums with the totals of the view in its empty cells.
fn with_totals(part: &SheetPart, number: u32, total: &Values, shift: Shift, written: &str) -> String {
    let Some(row) = part.row(number) else { return written.to_owned() };
    let is_empty = |column: &u32| {
        row.cells
            .iter()
            .find(|c| c.column == *column)
            .is_none_or(|c| c.text.is_empty() && c.formula.is_none())
    };
    let values: Values = total
        .iter()
        .filter(|(column, put)| is_empty(column) && matches!(put, Put::Number(_)))
        .map(|(c, p)| (*c, p.clone()))
        .collect();
    if values.is_empty() {
        return written.to_owned();
    }
    // Read back as written, so that what was moved stays as it is.
    let moved = SheetPart::read(format!("<{0}sheetData>{written}</{0}sheetData>", part.prefix), &[]);
    match moved {
        Ok(moved) => added(&moved, shift.row(number, refs::End::Alone), &values),
        Err(_) => written.to_owned(),
    }
}

/// What stands behind the rows: merged areas, filters, validations, with what is in the copied row repeated.
fn below(part: &SheetPart, shift: Shift, own: &str, copied: Option<u32>) -> String {
    let text = with_areas(&part.xml[part.data.end..], shift);
    let text = with_formulas(&text, &|formula| shifted(formula, shift, own, true));
    let Some(row) = copied.filter(|_| shift.by > 0) else { return text };
    let prefix = &part.prefix;
    let mut repeated = String::new();
    let mut count = 0;
    for [start, end] in part.merges.iter().filter(|[start, end]| start.1 == row && end.1 == row) {
        for number in row + 1..=row + shift.by {
            let (start, end) = (refs::letters(start.0), refs::letters(end.0));
            let _ = write!(repeated, "<{prefix}mergeCell ref=\"{start}{number}:{end}{number}\"/>");
            count += 1;
        }
    }
    if count == 0 {
        return text;
    }
    // A merged area that ends in the copied row has grown with it; it is the first of the repeated ones again.
    let text = part.merges.iter().filter(|[start, end]| start.1 == row && end.1 == row).fold(
        text,
        |text, [start, end]| {
            let (start, end) = (refs::letters(start.0), refs::letters(end.0));
            let grown = format!("ref=\"{start}{row}:{end}{}\"", row + shift.by);
            text.replacen(&grown, &format!("ref=\"{start}{row}:{end}{row}\""), 1)
        },
    );
    let all = part.merges.len() + count;
    let text = text.replacen(&format!("count=\"{}\"", part.merges.len()), &format!("count=\"{all}\""), 1);
    text.replacen(&format!("</{prefix}mergeCells>"), &format!("{repeated}</{prefix}mergeCells>"), 1)
}

/// Text with every formula in `<formula>`, `<formula1>` and `<formula2>` changed.
fn with_formulas(text: &str, change: &dyn Fn(&str) -> String) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("formula") {
        let open = rest[..at]
            .rfind('<')
            .filter(|open| rest[open + 1..at].chars().all(|c| c.is_alphanumeric() || c == ':'));
        let end = rest[at..].find('>').map(|end| at + end + 1);
        let (Some(_), Some(end)) = (open, end) else {
            out.push_str(&rest[..at + 7]);
            rest = &rest[at + 7..];
            continue;
        };
        let inner = rest[end..].find('<').unwrap_or(0);
        out.push_str(&rest[..end]);
        match quick_xml::escape::unescape(&rest[end..end + inner]) {
            Ok(formula) => out.push_str(&quick_xml::escape::escape(change(&formula).as_str())),
            Err(_) => out.push_str(&rest[end..end + inner]),
        }
        rest = &rest[end + inner..];
        // The closing tag has the word too.
        let close = rest.find('>').map_or(rest.len(), |close| close + 1);
        out.push_str(&rest[..close]);
        rest = &rest[close..];
    }
    out + rest
}

/// The result of a sum over one column of the rows that were filled.
fn sum(formula: &str, first: u32, rows: &[Values]) -> Option<f64> {
    let area = formula.trim_start_matches('=').strip_prefix("SUM(")?.strip_suffix(')')?;
    let [start, end] = refs::parse_area(area)?;
    let covered = start.1 <= first && end.1 + 1 >= first + rows.len() as u32 && start.0 == end.0;
    let values = rows.iter().filter_map(|values| match values.get(&start.0) {
        Some(Put::Number(n)) => Some(*n),
        _ => None,
    });
    covered.then(|| values.sum())
}
