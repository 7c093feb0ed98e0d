//! Lines above the header: titles, and statements such as "填报单位：甲市教育局".
//!
//! For: the title of a table and values that hold for all its rows. Not for: lines below the table.
//! Invariant: a stated value is kept only for the few fields in [`STATED`]; personal data above a
//! table is not read at all.

use crate::knowledge::lexicon::fields::{FieldBook, Look, Role};
use crate::knowledge::text::mask;
use crate::model::Field;
use crate::stages::ingest::rows::Cell;

/// Fields that may be stated once for the whole table.
const STATED: [Field; 9] = [
    Field::OwnerUnit,
    Field::SupervisingUnit,
    Field::RegionName,
    Field::RegionCode,
    Field::Province,
    Field::City,
    Field::County,
    Field::Township,
    Field::FillDate,
];

/// What stands above a table.
#[derive(Clone, Default, Debug, PartialEq)]
pub(super) struct Above {
    /// Title texts joined by blanks.
    pub title: String,
    /// Stated values, first statement of a field wins.
    pub defaults: Vec<(Field, String)>,
}

impl Above {
    /// Takes over what only the other says.
    pub(super) fn complete(&mut self, other: &Above) {
        if self.title.is_empty() {
            self.title.clone_from(&other.title);
        }
        self.state(&other.defaults);
    }

    /// Keeps the statements of fields that nothing was said of yet.
    fn state(&mut self, stated: &[(Field, String)]) {
        for (field, value) in stated {
            if !self.defaults.iter().any(|(known, _)| known == field) {
                self.defaults.push((*field, value.clone()));
            }
        }
    }
}

/// Reads the rows above a header.
pub(super) fn read<'a>(book: &FieldBook, rows: impl Iterator<Item = &'a [Cell<'a>]>) -> Above {
    let mut above = Above::default();
    for cells in rows {
        let mut texts: Vec<String> = cells.iter().map(|c| c.display().trim().to_owned()).collect();
        texts.dedup();
        texts.retain(|t| !t.is_empty());
        let mut at = 0;
        while at < texts.len() {
            let next = texts.get(at + 1).filter(|n| !n.contains(['：', ':'])).map(String::as_str);
            let Statements { stated, used_next, is_title } = statements(book, &texts[at], next);
            if is_title {
                if !above.title.is_empty() {
                    above.title.push(' ');
                }
                above.title.push_str(&texts[at]);
            }
            above.state(&stated);
            at += if used_next { 2 } else { 1 };
        }
    }
    above
}

/// What a cell above a table says.
struct Statements {
    stated: Vec<(Field, String)>,
    /// Whether the cell beside it is the value of its last label.
    used_next: bool,
    /// Whether it is no statement at all.
    is_title: bool,
}

/// The statements of one cell: "填报单位：甲市教育局   填报日期：2026年5月1日". A label at the end of the
/// cell takes the cell beside it as its value. Who filled the form in and in what unit figures are given is
/// a statement too, though nothing is kept of it.
fn statements(book: &FieldBook, text: &str, beside: Option<&str>) -> Statements {
    let mut found = Vec::new();
    let mut used_beside = false;
    let mut is_title = !text.trim_end().ends_with(['：', ':']) && !text.starts_with("sep=");
    let divides = |c: char| c.is_whitespace() || "，,；;".contains(c);
    let pieces: Vec<&str> = text.split(['：', ':']).collect();
    for (i, pair) in pieces.windows(2).enumerate() {
        let label = pair[0].trim_end();
        let label = if i == 0 { label } else { label.rsplit(divides).next().unwrap_or("") };
        let last = i + 2 == pieces.len();
        // The next label is the last word of this piece.
        let value = if last {
            pair[1].trim()
        } else {
            pair[1].trim_end().rsplit_once(divides).map_or("", |(value, _)| value.trim())
        };
        let value = match beside {
            Some(beside) if last && value.is_empty() => {
                used_beside = true;
                beside
            }
            _ => value,
        };
        let bare = label.split(['（', '(']).next().unwrap_or(label).trim();
        is_title &= book.strong(label) == Look::Unknown && !book.words().is(Role::Note, bare);
        let Look::Field(hit) = book.strong(label) else { continue };
        let unfilled = value.is_empty() || value.chars().all(|c| "_＿ 年月日/-".contains(c));
        if STATED.contains(&hit.field) && !unfilled && !book.words().is(Role::Measure, value) {
            found.push((hit.field, mask::field(hit.field, value).into_owned()));
        }
    }
    Statements { stated: found, used_next: used_beside, is_title }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn above(rows: &[&[&'static str]]) -> Above {
        let cell = |t: &&'static str| Cell::Text(t);
        let rows: Vec<Vec<Cell<'_>>> = rows.iter().map(|row| row.iter().map(cell).collect()).collect();
        read(&FieldBook::load(), rows.iter().map(Vec::as_slice))
    }

    #[test]
    fn titles_and_statements_are_told_apart() {
        let found = above(&[
            &["附件2", "", ""],
            &["工作群组清理统计表", "工作群组清理统计表"],
            &["填报单位（盖章）：甲市教育局    填报日期：2026年5月1日，填表人：张某某"],
        ]);
        assert_eq!(found.title, "附件2 工作群组清理统计表");
        assert_eq!(
            found.defaults,
            [(Field::OwnerUnit, "甲市教育局".to_owned()), (Field::FillDate, "2026年5月1日".to_owned())]
        );
    }

    #[test]
    fn who_filled_it_in_is_no_title() {
        let found = above(&[&["摸底表"], &["填表人：张某某"], &["单位：人"], &["经办人：", "李某"]]);
        assert_eq!((found.title.as_str(), found.defaults.len()), ("摸底表", 0));
        assert_eq!(above(&[&["甲市：政务应用程序摸底表"]]).title, "甲市：政务应用程序摸底表");
    }

    #[test]
    fn labels_take_the_cell_beside_them_and_blanks_state_nothing() {
        let found = above(&[&["填报单位：", "甲市民政局", "填报日期：", "2026-05-01"], &["单位：个"]]);
        assert_eq!(found.defaults.len(), 2);
        assert_eq!(found.defaults[0], (Field::OwnerUnit, "甲市民政局".to_owned()));
        assert!(above(&[&["填报单位：", "填报日期：  年  月  日"]]).defaults.is_empty());
    }
}
