//! What an XLSX sheet says besides its values, and reading it with that in mind.
//!
//! For: hidden rows and columns, merges, filters, percentages, formulas without a value, errors that the
//! library does not know. Not for: values. Invariant: a sheet whose part cannot be found or looked through is
//! read all the same, without these facts.

use super::Bytes;
use super::cells::{Places, from_ref, shown};
use super::tags::{Tag, visit, visit_opening};
use crate::stages::ingest::formats::Unreadable;
use crate::stages::ingest::formats::grid::{Facts, Grid};
use crate::stages::ingest::formats::merges::Area;
use crate::stages::ingest::formats::package::Package;
use crate::stages::ingest::rows::{Held, RowSink};
use calamine::{DataRef, Xlsx, XlsxError, XlsxFormulaMetadata};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// Cells that the library could not read, in one sheet, before it is given up.
const MOST_FAULTS: usize = 100_000;

/// Most shared texts of a workbook: room for them takes 1 GB.
const MOST_TEXTS: usize = 40_000_000;

/// What the tags of every sheet tell, by its name.
pub(super) struct Parts(BTreeMap<String, Seen>);

/// What the tags of a sheet tell.
#[derive(Default)]
struct Seen {
    facts: Facts,
    /// Numbers shown as percentages.
    percents: Places,
    /// Formulas without a stored value.
    uncalculated: Places,
    /// Error values.
    errors: Places,
}

impl Parts {
    /// Finds the sheets and the formats of a workbook, and looks through the tags of each sheet. The library
    /// may open the same workbook at the same time.
    pub(super) fn new(mut package: Package<'_>) -> Result<Self, Unreadable> {
        let names: Vec<String> = package.names().map(|name| name.replace('\\', "/")).collect();
        let workbook = names.iter().find(|name| name.ends_with("workbook.xml"));
        let workbook = workbook.map_or("xl/workbook.xml", String::as_str).to_owned();
        let folder = workbook.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
        let mut targets = BTreeMap::new();
        let file = workbook.rsplit('/').next().unwrap_or("workbook.xml");
        each_tag(&mut package, &format!("{folder}/_rels/{file}.rels"), |tag| {
            if let (Some(id), Some(target)) = (tag.get("Id"), tag.get("Target")) {
                targets.insert(id.to_owned(), resolved(&folder, target));
            }
        })?;
        let mut sheets = BTreeMap::new();
        each_tag(&mut package, &workbook, |tag| {
            if tag.name == b"sheet"
                && let (Some(name), Some(id)) = (tag.get("name"), tag.get("r:id").or_else(|| tag.get("id")))
                && let Some(target) = targets.get(id)
            {
                sheets.insert(unescaped(name), target.clone());
            }
        })?;
        let percents = percents(&mut package, &format!("{folder}/styles.xml"))?;
        let seen = sheets.into_iter().map(|(name, part)| (name, look(&mut package, &part, &percents)));
        Ok(Parts(seen.collect()))
    }
}

/// Looks through the tags of a sheet; what cannot be looked through is as if nothing were said.
fn look(package: &mut Package<'_>, part: &str, percents: &BTreeSet<u32>) -> Seen {
    let mut seen = Seen::default();
    let Ok(Some(source)) = package.part(part) else { return seen };
    let mut cell = CellTags::default();
    // Merges and filters stand behind the cells.
    let outcome = visit_opening(source, |tag| {
        match tag.name {
            b"v" | b"is" => cell.has_value = true,
            b"f" => cell.has_formula = true,
            b"c" => {
                cell.end(&mut seen);
                cell = CellTags::new(tag, percents, &mut seen);
            }
            _ => sheet_tag(tag, &mut seen.facts),
        }
        true
    });
    cell.end(&mut seen);
    if outcome.is_err() {
        tracing::debug!(part, "the sheet could not be looked through");
    }
    seen
}

/// Refuses a workbook that claims to have more shared texts than are worth holding: the library makes room for
/// all of them before it reads the first.
///
/// # Errors
/// When there are too many.
pub(super) fn vet(package: &mut Package<'_>) -> Result<(), Unreadable> {
    let is_texts = |name: &String| name.to_lowercase().ends_with("sharedstrings.xml");
    for name in package.names().filter(is_texts).collect::<Vec<_>>() {
        let mut claimed = 0;
        let Some(source) = package.part(&name)? else { continue };
        let outcome = visit(source, |tag| {
            claimed = tag.get("uniqueCount").and_then(|count| count.trim().parse().ok()).unwrap_or(0);
            tag.name != b"sst"
        });
        outcome.map_err(|e| Unreadable::new("@ingest.reason.workbook").because(e))?;
        if claimed > MOST_TEXTS {
            let detail = format!("uniqueCount={claimed}");
            return Err(Unreadable::new("@ingest.reason.workbook").because(detail));
        }
    }
    Ok(())
}

/// Rows, columns, merges, filters, pictures.
fn sheet_tag(tag: &Tag<'_>, facts: &mut Facts) {
    match tag.name {
        b"col" if tag.is_set("hidden") => {
            if let (Some(from @ 1..), Some(to)) = (tag.number("min"), tag.number("max")) {
                facts.hidden_columns.add(from - 1, to.max(from) - 1);
            }
        }
        b"row" if tag.is_set("hidden") => {
            if let Some(row @ 1..) = tag.number("r") {
                facts.hidden_rows.add(row - 1, row - 1);
            }
        }
        b"mergeCell" => facts.merges.extend(tag.get("ref").and_then(area)),
        b"filterColumn" => facts.is_filtered = true,
        b"drawing" | b"picture" | b"legacyDrawing" => facts.has_pictures |= tag.name != b"legacyDrawing",
        _ => {}
    }
}

/// The cell that is being passed.
#[derive(Default)]
struct CellTags {
    place: Option<(u32, u32)>,
    has_formula: bool,
    has_value: bool,
}

impl CellTags {
    fn new(tag: &Tag<'_>, percents: &BTreeSet<u32>, seen: &mut Seen) -> Self {
        let mut cell = CellTags::default();
        let (mut is_error, mut style) = (false, None);
        for (name, value) in tag.attributes() {
            match name {
                b"r" => cell.place = place(value),
                b"t" => is_error = value == b"e",
                b"s" if !percents.is_empty() => style = number(value),
                _ => {}
            }
        }
        if let Some(place) = cell.place {
            if is_error {
                seen.errors.insert(place);
            }
            if style.is_some_and(|style| percents.contains(&style)) {
                seen.percents.insert(place);
            }
        }
        cell
    }

    /// What is known once all of the cell has been passed.
    fn end(&self, seen: &mut Seen) {
        if let Some(place) = self.place.filter(|_| self.has_formula && !self.has_value) {
            seen.uncalculated.insert(place);
        }
    }
}

/// Sends the rows of a sheet, streamed: a sheet with one cell in its last corner costs nothing.
pub(super) fn read(
    book: &mut Xlsx<Bytes<'_>>,
    parts: &mut Parts,
    name: &str,
    sink: &mut dyn RowSink,
) -> Result<(), String> {
    let seen = parts.0.remove(name).unwrap_or_default();
    let mut errors = seen.errors.iter().copied().peekable();
    let mut cells = book.worksheet_cells_reader(name).map_err(|e| e.to_string())?;
    let mut grid = Grid::new(seen.facts, sink);
    let mut faults = 0;
    // Formulas cost time, and are of interest only where they stand for a value that is missing.
    let has_formulas = !seen.uncalculated.is_empty();
    let mut next = || {
        if has_formulas {
            let cell = cells.next_cell_with_formula_metadata()?;
            Ok(cell.map(|cell| (cell.pos, cell.value, cell.formula)))
        } else {
            Ok(cells.next_cell()?.map(|cell| (cell.get_position(), cell.get_value().clone(), None)))
        }
    };
    let outcome = loop {
        match next() {
            Ok(None) => break Ok(()),
            Ok(Some((place, value, formula))) => {
                while errors.next_if(|error| *error <= place).is_some() {}
                let value = match (value, formula) {
                    (DataRef::Empty, Some(formula)) if seen.uncalculated.contains(&place) => {
                        Held::Error(formula_text(&formula).into())
                    }
                    (value, _) => shown(from_ref(value), seen.percents.contains(&place)),
                };
                if let Err(fault) = grid.put(place.0, place.1, value) {
                    break Err(fault);
                }
            }
            Err(
                e @ (XlsxError::Xml(_)
                | XlsxError::XmlAttr(_)
                | XlsxError::XmlEof(_)
                | XlsxError::Io(_)
                | XlsxError::Zip(_)),
            ) => {
                break Err(e.to_string());
            }
            // Newer error values (#SPILL!) and faulty cells: the cell is kept as an error.
            Err(e) => {
                faults += 1;
                if faults > MOST_FAULTS {
                    break Err(e.to_string());
                }
                let text = if let XlsxError::CellError(found) = &e { found.clone() } else { e.to_string() };
                match errors.next() {
                    Some((row, column)) => {
                        if let Err(fault) = grid.put(row, column, Held::Error(text.into())) {
                            break Err(fault);
                        }
                    }
                    None => grid.put_after(Held::Error(text.into())),
                }
            }
        }
    };
    grid.finish();
    outcome
}

/// A formula as a program shows it. Of a shared one only the first cell has the text.
fn formula_text(formula: &XlsxFormulaMetadata) -> String {
    match formula {
        XlsxFormulaMetadata::Normal { formula } | XlsxFormulaMetadata::Shared { formula, .. } => {
            format!("={formula}")
        }
        _ => "=…".to_owned(),
    }
}

/// The cell formats whose number format is a percentage (built in: 9 and 10; ECMA-376 part 1, 18.8.30).
fn percents(package: &mut Package<'_>, styles: &str) -> Result<BTreeSet<u32>, Unreadable> {
    let mut formats = BTreeSet::from([9, 10]);
    let mut found = BTreeSet::new();
    let (mut inside, mut index) = (false, 0);
    each_tag(package, styles, |tag| match tag.name {
        b"numFmt" if tag.get("formatCode").is_some_and(|code| code.contains('%')) => {
            formats.extend(tag.number("numFmtId"));
        }
        b"cellXfs" => inside = !tag.closes,
        b"xf" if inside && !tag.closes => {
            if tag.number("numFmtId").is_some_and(|format| formats.contains(&format)) {
                found.insert(index);
            }
            index += 1;
        }
        _ => {}
    })?;
    Ok(found)
}

/// Visits the tags of a part; nothing when there is no such part.
fn each_tag(package: &mut Package<'_>, part: &str, mut each: impl FnMut(&Tag<'_>)) -> Result<(), Unreadable> {
    if let Some(source) = package.part(part)? {
        visit(source, |tag| {
            each(tag);
            true
        })
        .map_err(|e| Unreadable::new("@ingest.reason.workbook").because(e))?;
    }
    Ok(())
}

/// A target relative to a folder, or from the root of the container.
fn resolved(folder: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            ".." => drop(parts.pop()),
            "." | "" => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}

fn unescaped(text: &str) -> String {
    quick_xml::escape::unescape(text).map_or_else(|_| text.to_owned(), Cow::into_owned)
}

/// "B12" → row 11, column 1.
fn place(reference: &[u8]) -> Option<(u32, u32)> {
    let letters = reference.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let (letters, digits) = reference.split_at(letters);
    let column = letters.iter().try_fold(0_u32, |column, letter| {
        column.checked_mul(26)?.checked_add(u32::from(letter.to_ascii_uppercase() - b'A') + 1)
    })?;
    Some((number(digits)?.checked_sub(1)?, column.checked_sub(1)?))
}

/// Digits and nothing else.
fn number(digits: &[u8]) -> Option<u32> {
    let add = |number: u32, digit: &u8| {
        let digit = digit.is_ascii_digit().then(|| u32::from(digit - b'0'))?;
        number.checked_mul(10)?.checked_add(digit)
    };
    if digits.is_empty() { None } else { digits.iter().try_fold(0, add) }
}

/// "B2:D4" → the area.
fn area(reference: &str) -> Option<Area> {
    let (first, last) = reference.split_once(':')?;
    let ((top, left), (bottom, right)) = (place(first.as_bytes())?, place(last.as_bytes())?);
    Some(Area { top, left, bottom, right })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_positions() {
        assert_eq!(place(b"A1"), Some((0, 0)));
        assert_eq!(place(b"AB12"), Some((11, 27)));
        assert_eq!(place(b"XFD1048576"), Some((1_048_575, 16_383)));
        for text in ["", "A", "1", "A0", "甲1", "ZZZZZZZZZ1"] {
            assert_eq!(place(text.as_bytes()), None, "{text}");
        }
        assert_eq!(area("B2:D4"), Some(Area { top: 1, left: 1, bottom: 3, right: 3 }));
    }

    #[test]
    fn targets_are_found_from_where_they_are_named() {
        assert_eq!(resolved("xl", "worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolved("xl", "/xl/worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolved("xl/a", "../b/./c.xml"), "xl/b/c.xml");
    }
}
