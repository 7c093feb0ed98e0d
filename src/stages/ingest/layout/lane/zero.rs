//! A unit that says in words that it has nothing to report, on a sheet without a table.
//!
//! For: "本单位无政务应用程序，特此说明" under "填报单位：某局", or "某局没有工作群组". Not for: rows of a table (`lines`).
//! Invariant: the rows stay what they are, remarks; what is added is who says it and where.

use super::Lane;
use crate::knowledge::lexicon::fields::Role;
use crate::knowledge::text::mask;
use crate::model::{Code, Diagnostic, Field};
use crate::stages::ingest::Output;
use crate::stages::ingest::layout::Source;
use crate::stages::ingest::rows::{Batch, Cell, Item};

/// Rows of the longest sheet that is such a statement and no instruction that quotes one.
const LONGEST: usize = 12;
/// Last characters of units.
const ENDINGS: &str = "局委办部厅院校所站心会社府处室镇乡县区市道司团校";
/// Characters of the longest unit that stands in front of what it has not.
const UNIT: usize = 24;

impl Lane {
    /// Books what the rows held say that a unit has not; whether they say so.
    pub(super) fn zero_in_words(&mut self, source: &Source<'_>, out: &mut Output, held: &Batch) -> bool {
        let (mut rows, mut cells) = (Vec::new(), Vec::new());
        for at in 0..held.len() {
            if let Item::Row(number) | Item::Line(number, _) = held.get(at, &mut cells) {
                rows.push((number, cells.clone()));
            }
        }
        if rows.len() > LONGEST {
            return false;
        }
        let words: Vec<&str> = source.context.book.words().of(Role::Zero).collect();
        let said = rows.iter().find_map(|(number, cells)| {
            let unit = cells.iter().find_map(|cell| in_front(&words, cell))?;
            Some((*number, unit))
        });
        let Some((row, unit)) = said else { return false };
        let lines: Vec<&[Cell<'_>]> = rows.iter().map(|(_, cells)| cells.as_slice()).collect();
        let stated = self.above(source, &lines).defaults;
        let stated = stated.into_iter().find(|(field, _)| *field == Field::OwnerUnit).map(|(_, unit)| unit);
        let unit = stated.unwrap_or(unit);
        let remark = Diagnostic::new(Code::ZeroReport, self.at.clone().at_row(row));
        self.remarks.add(Code::ZeroReport, || remark.with("unit", &unit));
        self.sheet(out).zero_reports.push((row, unit));
        true
    }
}

/// What stands in front of a word for having nothing, in a cell that says no more than that: the unit, or nothing.
fn in_front(words: &[&str], cell: &Cell<'_>) -> Option<String> {
    let shown = cell.display();
    let text = shown.trim();
    let (at, word) = words.iter().filter_map(|word| Some((text.find(word)?, word))).min()?;
    // 无工作群组的单位…, 零报告制度: about having nothing, and nobody says so.
    let behind = text[at + word.len()..].chars().next();
    if behind == Some('的') || word.starts_with('零') && behind.is_some_and(char::is_alphabetic) {
        return None;
    }
    let unit = text[..at].trim_end_matches(['：', ':', '，', ',', ' ', '\u{3000}']);
    let is_unit = unit.chars().all(char::is_alphabetic)
        && unit.chars().count() <= UNIT
        && unit.ends_with(|c| ENDINGS.contains(c));
    // "经核查，本单位无…": what was done is no unit.
    let unit = if is_unit { unit } else { text[..at].rsplit(['：', ':', '，', ',']).next().unwrap_or("") };
    (is_unit || unit.is_empty()).then(|| mask::field(Field::OwnerUnit, unit).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_who_has_nothing_says_so() {
        let words = ["本单位无", "没有工作群组", "无公众账号", "零报告"];
        let found = |text: &'static str| in_front(&words, &Cell::Text(text));
        for (text, unit) in [
            ("本单位无政务应用程序，特此说明", Some("")),
            ("经核查，本单位无政务应用程序。", Some("")),
            ("甲市林业局没有工作群组", Some("甲市林业局")),
            ("甲市林业局：零报告", Some("甲市林业局")),
            ("没有事项的请填零报告", None),
            ("零报告制度", None),
            ("无公众账号的单位不填", None),
            ("甲市林业局工作群", None),
        ] {
            assert_eq!(found(text).as_deref(), unit, "{text}");
        }
    }
}
