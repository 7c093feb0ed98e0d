//! Where the table of a form stands, and what its columns ask for.
//!
//! For: the header, over up to three rows, and the rows between it and what follows. Not for: writing. Invariant: a column is
//! filled only when its heading is known; a heading that is not is listed, never guessed at.

use super::part::SheetPart;
use crate::knowledge::lexicon::fields::{FieldBook, Look, Role};
use crate::knowledge::messages::{Catalogue, Lang};
use crate::knowledge::text::fold;
use crate::model::{Field, Kind};
use crate::views::report::{Column, REDUCTION_TABLES, ReportView, reduction};
use std::collections::{BTreeMap, BTreeSet};

/// Headings of superiors' forms beside the titles of our own columns: `key,headings`.
const HEADINGS: &str = include_str!("../../../../data/form_headings.csv");
/// Rows in which a header is looked for.
const SEARCHED: u32 = 60;
/// Rows that a header may take.
const DEEPEST: u32 = 3;
/// Columns that must be known, so that a title is not taken for a header.
const FEWEST: usize = 2;
/// A heading must be as good as known: no guesses in what goes to a superior.
const CERTAIN: f32 = 0.9;

/// Fields about persons, which scans hold masked.
const PERSONS: [Field; 8] = [
    Field::Maintainer,
    Field::GroupOwner,
    Field::GroupAdmin,
    Field::Members,
    Field::RectifyOwner,
    Field::ContactPerson,
    Field::ContactPhone,
    Field::ContactEmail,
];

/// Which rows the form asks for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Rows {
    /// One for each item in existence.
    Items,
    /// Those of a reduction table.
    Table(&'static str),
}

/// What a column asks for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Ask {
    /// A column of the ledger or of the table.
    Column(usize),
    /// A field that items carry.
    Field(Field),
}

/// A column of the form.
pub(super) struct Asked {
    /// 1-based.
    pub(super) column: u32,
    /// Its heading, upper part first.
    pub(super) heading: String,
    pub(super) ask: Option<Ask>,
}

/// The table of a form.
pub(super) struct Form {
    pub(super) rows: Rows,
    pub(super) columns: Vec<Asked>,
    /// First and last row to be filled, 1-based; the last is before the first where there is none.
    pub(super) body: (u32, u32),
    /// The row of sums, if there is one.
    pub(super) totals: Option<u32>,
    /// Rows that the form states itself, with what it calls them: those are filled, and none is put in.
    pub(super) stated: Vec<(u32, String)>,
    /// The only kind that title and headings speak of.
    pub(super) kind: Option<Kind>,
}

impl Form {
    /// The best table of a sheet with the number of its columns that are known.
    pub(super) fn find(
        sheet: &SheetPart,
        view: &ReportView<'_>,
        fields: &FieldBook,
    ) -> Option<(usize, Form)> {
        let sets = sets(view);
        let mut best: Option<(usize, u32, Rows, Vec<Asked>)> = None;
        let last = sheet.rows.iter().map(|row| row.number).filter(|&n| n <= SEARCHED);
        for number in last {
            let headings = headings(sheet, number);
            for (rows, columns, needed) in &sets {
                let asked = ask(&headings, *rows, columns, fields);
                let known = |key: &str| columns.iter().position(|c| c.key == key).map(Ask::Column);
                let has_needed = asked.iter().any(|a| a.ask.is_some() && a.ask == known(needed));
                let count = asked.iter().filter(|a| a.ask.is_some()).count();
                let better = best.as_ref().is_none_or(|(most, ..)| count > *most);
                if has_needed && count >= FEWEST && better {
                    best = Some((count, number, *rows, asked));
                }
            }
        }
        let (count, header, rows, columns) = best?;
        let above: Vec<&str> =
            (1..=header).filter_map(|r| sheet.row(r)).flat_map(|row| &row.cells).map(|c| &*c.text).collect();
        let (body, totals) = body(sheet, header, &columns, fields);
        let head = sets
            .iter()
            .find(|(set, ..)| *set == rows)
            .map(|(_, columns, key)| columns.iter().position(|c| c.key == *key).map(Ask::Column));
        let head = columns.iter().find(|asked| asked.ask.is_some() && head == Some(asked.ask));
        let is_table = rows != Rows::Items && body.1 < body.0;
        let stated = head.filter(|_| is_table).map(|head| stated(sheet, body.0, head.column, fields));
        let stated = stated.unwrap_or_default();
        Some((count, Form { kind: kind(&above, fields), rows, columns, body, totals, stated }))
    }
}

/// Which tables a form may ask for, with the column that it must have. Items first: they win where several fit as well.
fn sets(view: &ReportView<'_>) -> Vec<(Rows, Vec<Column>, &'static str)> {
    let mut sets = vec![(Rows::Items, view.ledger.columns.clone(), "name")];
    // The table by kind has the whole as its total.
    for name in REDUCTION_TABLES.into_iter().filter(|name| *name != "overall") {
        let Some(table) = reduction(view, name) else { continue };
        let head = table.table.columns.iter().map(|c| c.key).find(|key| *key != "seq").unwrap_or("");
        sets.push((Rows::Table(name), table.table.columns, head));
    }
    sets
}

/// The headings over a row, each column's from the upper to the lower. A heading over several columns belongs to the first
/// of them, unless something stands below it; one over all of them is a title.
fn headings(sheet: &SheetPart, bottom: u32) -> Vec<(u32, Vec<String>)> {
    let columns: Vec<u32> = (1..=sheet.last_column())
        .filter(|&column| sheet.anchor(column, bottom).0 == column && !sheet.text(column, bottom).is_empty())
        .collect();
    let path = |&column: &u32| {
        let mut path = vec![sheet.text(column, bottom).to_owned()];
        for row in (bottom.saturating_sub(DEEPEST - 1).max(1)..bottom).rev() {
            let above = sheet.text(column, row);
            let covered =
                columns.iter().filter(|&&c| sheet.anchor(c, row) == sheet.anchor(column, row)).count();
            if above.is_empty() || covered == columns.len() {
                break;
            }
            if covered > 1 && path.last().is_some_and(|last| last != above) {
                path.push(above.to_owned());
            }
        }
        path.reverse();
        (column, path)
    };
    columns.iter().map(path).collect()
}

/// What each column asks for; a column of ours is given away once.
fn ask(headings: &[(u32, Vec<String>)], rows: Rows, columns: &[Column], fields: &FieldBook) -> Vec<Asked> {
    let known = titles(columns);
    let mut taken: Vec<Ask> = Vec::new();
    let mut asked = Vec::new();
    for (column, path) in headings {
        let lowest = path.last().map_or("", String::as_str);
        let whole = path.join("-");
        let of = |text: &str| known.get(&fold(text)).map(|&at| Ask::Column(at));
        let field = || if rows == Rows::Items { of_field(lowest, &whole, columns, fields) } else { None };
        let ask = of(&whole).or_else(|| of(lowest)).or_else(field).filter(|ask| !taken.contains(ask));
        taken.extend(ask);
        asked.push(Asked { column: *column, heading: whole, ask });
    }
    asked
}

/// Folded headings of our columns: their titles in both languages, and what superiors call them.
fn titles(columns: &[Column]) -> BTreeMap<String, usize> {
    let mut titles = BTreeMap::new();
    for (at, column) in columns.iter().enumerate().filter(|(_, c)| c.key != "id") {
        let own = [Lang::Zh, Lang::En].map(|lang| {
            let catalogue = Catalogue::of(lang);
            let [special, shared] =
                [format!("reduction.column.{}", column.key), format!("report.column.{}", column.key)];
            if catalogue.has(&special) {
                catalogue.text(&special).into_owned()
            } else {
                catalogue.text(&shared).into_owned()
            }
        });
        let others =
            HEADINGS.lines().filter_map(|line| line.split_once(',')).filter(|(key, _)| *key == column.key);
        let others = others.flat_map(|(_, headings)| headings.split('|'));
        for title in own.iter().map(String::as_str).chain(others).chain([column.title.as_str()]) {
            titles.entry(fold(title)).or_insert(at);
        }
    }
    titles
}

/// A heading that inventories have too.
fn of_field(lowest: &str, whole: &str, columns: &[Column], fields: &FieldBook) -> Option<Ask> {
    let certain = |text: &str| match fields.strong(text) {
        Look::Field(hit) if hit.confidence >= CERTAIN => Some(hit.field),
        _ => None,
    };
    let field = certain(lowest).or_else(|| certain(whole))?;
    let key = match field {
        _ if Field::NAMES.contains(&field) => "name",
        Field::OwnerUnit => "unit",
        Field::RegionName => "region",
        Field::Level => "level",
        Field::Kind => "kind",
        Field::Platform => "platform",
        Field::Status => "status",
        Field::Seq => "seq",
        // What the plan says, not what the unit's own file said.
        Field::Disposal => "action",
        Field::DisposalTarget => "target",
        Field::ProblemCategory => "problem",
        Field::RectifyMeasure => "measure",
        Field::RectifyDeadline => "deadline",
        Field::Remark => "remark",
        // Masked names and numbers of persons are of no use to anybody.
        field if PERSONS.contains(&field) => return None,
        field => return Some(Ask::Field(field)),
    };
    columns.iter().position(|c| c.key == key).map(Ask::Column)
}

/// The rows to be filled: below the header, below column numbers and examples, up to the first row that says something.
fn body(sheet: &SheetPart, header: u32, columns: &[Asked], fields: &FieldBook) -> ((u32, u32), Option<u32>) {
    let words = fields.words();
    let seq = columns.iter().find(|c| c.ask == Some(Ask::Column(0))).map(|c| c.column);
    let mut first = header + 1;
    let mut last = header;
    for number in header + 1..=sheet.rows.last().map_or(header, |row| row.number) {
        let cells = sheet.row(number).map_or(&[][..], |row| &row.cells);
        let mut says = cells.iter().filter(|c| !c.text.trim().is_empty() && c.formula.is_none());
        let texts: Vec<&str> = says.clone().map(|c| c.text.trim()).collect();
        let is_number = |t: &&str| t.chars().all(|c| c.is_ascii_digit() || "（()）".contains(c));
        let is_numbering =
            texts.len() >= FEWEST && texts.len() * 2 > columns.len() && texts.iter().all(&is_number);
        let is_example = texts.first().is_some_and(|t| words.is(Role::Example, t));
        if last < first && (is_numbering || is_example) {
            (first, last) = (number + 1, number);
            continue;
        }
        let only_number = says.all(|c| Some(c.column) == seq && is_number(&c.text.trim()));
        if !only_number {
            let is_total = texts.iter().any(|t| words.is(Role::Total, t));
            return ((first, last), is_total.then_some(number));
        }
        last = number;
    }
    ((first, last), None)
}

/// Rows that a form states itself: from the first on, as long as they are called something that is no note.
fn stated(sheet: &SheetPart, first: u32, head: u32, fields: &FieldBook) -> Vec<(u32, String)> {
    let rows = sheet.rows.iter().filter(|row| row.number >= first);
    let called = rows.map(|row| (row.number, sheet.text(head, row.number).to_owned()));
    let is_note = |text: &str| fields.words().of(Role::Note).any(|note| text.starts_with(note));
    called.take_while(|(_, text)| !text.is_empty() && !is_note(text)).collect()
}

/// The one kind of which title and headings speak.
fn kind(texts: &[&str], fields: &FieldBook) -> Option<Kind> {
    let kinds: BTreeSet<Kind> = texts.iter().flat_map(|text| fields.words().title_kinds(text)).collect();
    let mut kinds = kinds.into_iter();
    match (kinds.next(), kinds.next()) {
        (Some(kind), None) => Some(kind),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_heading_of_superiors_belongs_to_one_column() {
        let catalogue = Catalogue::of(Lang::Zh);
        let mut seen = BTreeSet::new();
        for line in HEADINGS.lines() {
            let (key, headings) = line.split_once(',').unwrap();
            let has = |area: &str| catalogue.has(&format!("{area}.column.{key}"));
            assert!(has("report") || has("reduction"), "{key} is no column");
            for heading in headings.split('|') {
                assert!(seen.insert(fold(heading)), "{heading} of {key} is another column's too");
            }
        }
    }
}
