//! Finding the header among the first rows of a table.
//!
//! For: headers under title lines, over one to three rows. Not for: deciding which column wins a
//! field (`columns`). Invariant: a header has a name column, and no cell of it is a number, a day or
//! a usual value.

use crate::knowledge::lexicon::fields::{FieldBook, Look};
use crate::model::Field;
use crate::stages::ingest::rows::Cell;
use crate::stages::ingest::values::Naming;
use std::collections::{BTreeMap, BTreeSet};

/// How many rows with content are looked at before a table is said to have no header.
pub(super) const LOOK_AHEAD: usize = 30;
/// Rows that one header may take.
const DEEPEST: usize = 3;
/// Rows between two headers that the upper one is believed to have.
const FEWEST_ROWS: usize = 2;
/// Longest text that may be a header where nothing is known of it, in characters.
const LONGEST_UNKNOWN: usize = 12;
/// By how much a header of more rows must score over one of fewer: one more field.
const DEEPER_GAIN: f32 = 0.5;

/// Weight of the confidences against the number of fields: a hundred columns do not make a field.
const TIE_BREAK: f32 = 0.001;

/// A header found: `depth` rows from `first` on, joined into one text per column.
#[derive(Debug, PartialEq)]
pub(super) struct Header {
    /// Index of its first row among those looked at.
    pub first: usize,
    /// Rows it takes.
    pub depth: usize,
    /// Text of each column, from column A; empty where there is none.
    pub texts: Vec<String>,
}

/// The best header among the rows, if any is good enough. `said` is the field that the policy gives
/// to a header. Typing errors in headers are forgiven only where no row is a header without that.
pub(super) fn find(
    (book, naming): (&FieldBook, Naming),
    said: &dyn Fn(&str) -> Option<Field>,
    rows: &[&[Cell<'_>]],
) -> Option<Header> {
    let search = |effort| {
        let known = Known { book, naming, said, effort, cache: BTreeMap::new() };
        best(known, book, rows)
    };
    [Effort::Certain, Effort::Guesses, Effort::NameOnly].into_iter().find_map(search)
}

/// What is taken for a header, more and more willingly.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Effort {
    /// Headers that we know.
    Certain,
    /// Those that are like known ones as well.
    Guesses,
    /// A name of one kind of object beside headers of which we know none.
    NameOnly,
}

fn best(mut known: Known<'_>, book: &FieldBook, rows: &[&[Cell<'_>]]) -> Option<Header> {
    let texts: Vec<Option<Vec<String>>> = rows.iter().map(|cells| candidate(book, cells)).collect();
    let mut best: Option<(f32, Header)> = None;
    for first in 0..rows.len() {
        let mut joined: Option<Vec<String>> = None;
        for depth in 1..=DEEPEST.min(rows.len() - first) {
            let Some(next) = &texts[first + depth - 1] else { break };
            // Neither titles nor data rows are part of a header of several rows: its first row has a header of
            // its own beside something else, its last one has a header of its own, and between them nothing
            // stands below a header of the first.
            let first_row = texts[first].as_deref().unwrap_or(&[]);
            if depth > 1 && (known.certain(first_row) == 0 || filled(first_row) < 2) {
                break;
            }
            let is_last = depth == 1 || known.certain(next) > 0;
            if !is_last && !known.is_between(first_row, next) {
                break;
            }
            let columns = joined.as_ref().map_or_else(|| next.clone(), |upper| join(upper, next));
            if is_last && let Some(score) = known.score(&columns) {
                let needed = match &best {
                    // No record is without a name: this is the lower half of the header, whatever it says.
                    Some((_, held))
                        if held.first == first && filled(next) > 1 && known.is_between(first_row, next) =>
                    {
                        0.0
                    }
                    Some((top, held)) if held.first == first => top + DEEPER_GAIN,
                    // Right below a line of two known words: the line was a title.
                    Some((top, held)) if first <= held.first + held.depth => top + DEEPER_GAIN,
                    // Further down stand the rows of the header we hold, and perhaps another table: only a
                    // single known word with next to nothing below it may have been no header after all.
                    Some((top, held)) if *top < 2.0 && first <= held.first + held.depth + FEWEST_ROWS => 2.0,
                    Some(_) => f32::INFINITY,
                    None => 0.0,
                };
                if score > needed {
                    best = Some((score, Header { first, depth, texts: columns.clone() }));
                }
            }
            joined = Some(columns);
        }
    }
    best.map(|(_, header)| header)
}

/// Whether a row further down is a header of its own: enough certain headers, a name among them.
pub(super) fn is_header((book, naming): (&FieldBook, Naming), cells: &[Cell<'_>]) -> bool {
    // Asked of every row: most are told by their first cell.
    let Some(Cell::Text(first)) = cells.iter().find(|c| !c.is_blank()) else { return false };
    if !book.is_header(first.trim()) {
        return false;
    }
    let Some(texts) = candidate(book, cells) else { return false };
    let filled = texts.iter().filter(|t| !t.is_empty()).count();
    let mut known = Known { book, naming, said: &|_| None, effort: Effort::Certain, cache: BTreeMap::new() };
    let score = known.score(&texts).unwrap_or_default();
    filled >= 3 && score >= 2.5 && score >= filled as f32 / 2.0
}

/// The texts of a row that may belong to a header; `None` when a cell of it can be in no header.
fn candidate(book: &FieldBook, cells: &[Cell<'_>]) -> Option<Vec<String>> {
    let is_label = |cell: &&Cell<'_>| matches!(cell, Cell::Text(text) if text.trim().ends_with(['：', ':']));
    let filled = cells.iter().filter(|cell| !cell.is_blank()).count();
    let labels = cells.iter().filter(is_label).count();
    // "填报单位： | 甲 | 日期： | 5月" is no header; one of several with a colon behind it still is.
    if labels * 2 >= filled.max(1) && (labels < cells.len() || labels < 3) {
        return None;
    }
    if cells.iter().filter(|cell| is_statement(book, **cell)).count() * 2 >= filled.max(1) {
        return None;
    }
    let text = |cell: &Cell<'_>| match cell {
        Cell::Empty => Some(String::new()),
        Cell::Text(text) => {
            let plain = text.trim();
            let value = !plain.is_empty() && (book.is_value(plain) || plain.parse::<f64>().is_ok());
            (!value).then(|| plain.to_owned())
        }
        _ => None,
    };
    cells.iter().map(text).collect()
}

/// Whether a cell states something: "填报日期：2026年5月1日".
fn is_statement(book: &FieldBook, cell: Cell<'_>) -> bool {
    let Cell::Text(text) = cell else { return false };
    let Some((label, value)) = text.split_once(['：', ':']) else { return false };
    !value.trim().is_empty() && book.is_header(label.trim())
}

/// How many different texts a row has.
fn filled(row: &[String]) -> usize {
    row.iter().filter(|t| !t.is_empty()).collect::<BTreeSet<_>>().len()
}

/// Joins two header rows. A group heading stands over all columns of its group: where merged cells
/// do not say so, it reaches right as long as there are sub-headings and no heading of their own.
fn join(upper: &[String], lower: &[String]) -> Vec<String> {
    let width = upper.len().max(lower.len());
    let at = |row: &[String], i: usize| row.get(i).cloned().unwrap_or_default();
    let mut group = String::new();
    let mut columns = Vec::with_capacity(width);
    for i in 0..width {
        let (own, below) = (at(upper, i), at(lower, i));
        if !own.is_empty() {
            group.clone_from(&own);
        } else if below.is_empty() {
            group.clear();
        }
        columns.push(match (group.is_empty(), below.is_empty()) {
            (_, true) => own,
            (true, false) => below,
            (false, false) if group == below => below,
            (false, false) => format!("{group}-{below}"),
        });
    }
    columns
}

/// Certain headers, remembered per text.
struct Known<'a> {
    book: &'a FieldBook,
    naming: Naming,
    said: &'a dyn Fn(&str) -> Option<Field>,
    effort: Effort,
    cache: BTreeMap<String, Option<Sure>>,
}

/// What a text that surely is a header means: its fields (none where it is ambiguous, two where it names
/// two), and how sure that is.
type Sure = ([Option<Field>; 2], f32);

impl Known<'_> {
    /// The meaning of a text, if it surely is a header.
    fn look(&mut self, text: &str) -> Option<Sure> {
        if let Some(&found) = self.cache.get(text) {
            return found;
        }
        let both = || {
            let [first, second] = self.book.both(text)?;
            Some(([Some(first.field), Some(second.field)], first.confidence))
        };
        let found = match self.book.strong(text) {
            _ if (self.said)(text).is_some() => Some(([(self.said)(text), None], 1.0)),
            Look::Field(hit) => Some(([Some(hit.field), None], hit.confidence)),
            Look::Ambiguous(_) => Some(([None, None], 0.9)),
            Look::Unknown => both().or_else(|| self.guess(text)),
        };
        self.cache.insert(text.to_owned(), found);
        found
    }

    fn guess(&self, text: &str) -> Option<Sure> {
        if self.effort != Effort::Guesses {
            return None;
        }
        match self.book.look(text) {
            Look::Field(hit) => Some(([Some(hit.field), None], hit.confidence)),
            _ => None,
        }
    }

    /// How many texts of a row are certain headers by themselves.
    fn certain(&mut self, row: &[String]) -> usize {
        row.iter().filter(|text| !text.is_empty() && self.look(text).is_some()).count()
    }

    /// Whether a row without known headers may divide groups of the row above: it has something, but nothing
    /// below the header of a name, unless that is the same in a merged cell.
    fn is_between(&mut self, upper: &[String], row: &[String]) -> bool {
        let text = |row: &[String], i: usize| row.get(i).cloned().unwrap_or_default();
        let stands = |i: &usize| !text(row, *i).is_empty() && text(row, *i) != text(upper, *i);
        let is_name = |i: &usize| self.is_name(&text(upper, *i)) || self.may_be_name(&text(upper, *i));
        let names: Vec<usize> = (0..upper.len()).filter(is_name).collect();
        !names.is_empty() && (0..row.len()).any(|i| stands(&i)) && !names.iter().any(stands)
    }

    /// How good a header is: the number of certain fields, and a little for how certain they are. `None`
    /// when it is none: a header has a name column and at least two certain fields, or is a single column.
    fn score(&mut self, columns: &[String]) -> Option<f32> {
        let filled: BTreeSet<&String> = columns.iter().filter(|t| !t.is_empty()).collect();
        let (mut score, mut ambiguous, mut has_name) = (0.0, 0, false);
        let mut fields: BTreeMap<Field, f32> = BTreeMap::new();
        for text in &filled {
            let Some((found, confidence)) = self.look(text) else { continue };
            if found == [None, None] {
                score += confidence;
                ambiguous += 1;
                has_name |= self.may_be_name(text);
            }
            for field in found.into_iter().flatten() {
                let best = fields.entry(field).or_default();
                *best = best.max(confidence);
            }
        }
        has_name |= fields.keys().any(|&field| self.names(field));
        let certain = ambiguous + fields.len();
        score += fields.values().sum::<f32>();
        // A title is often like the header of a name.
        let enough = certain >= 2
            || certain == 1
                && match self.effort {
                    Effort::Certain => filled.len() <= 2,
                    Effort::Guesses => false,
                    Effort::NameOnly => self.is_name_only(&filled),
                };
        (has_name && enough).then_some(certain as f32 + score * TIE_BREAK)
    }

    /// Whether texts are short and one of them is the header of a name that says what is named.
    fn is_name_only(&mut self, texts: &BTreeSet<&String>) -> bool {
        let is_short = |text: &&String| text.chars().count() <= LONGEST_UNKNOWN;
        let is_telling = |text: &str| match self.look(text) {
            Some((fields, _)) => fields.into_iter().flatten().any(|field| Field::NAMES[..3].contains(&field)),
            None => false,
        };
        texts.iter().all(is_short) && texts.iter().copied().map(String::as_str).any(is_telling)
    }

    /// Whether a text surely is the header of a name.
    fn is_name(&mut self, text: &str) -> bool {
        let fields = self.look(text).map_or([None, None], |(fields, _)| fields);
        fields.into_iter().flatten().any(|field| self.names(field))
    }

    fn may_be_name(&self, text: &str) -> bool {
        let Look::Ambiguous(choices) = self.book.strong(text) else { return false };
        choices.iter().any(|choice| self.names(choice.field))
    }

    /// Whether a field names the rows of a table.
    fn names(&self, field: Field) -> bool {
        self.naming.fields().contains(&field) || self.naming.otherwise().first() == Some(&field)
    }
}

/// Different texts in a row: a merged title counts once.
pub(super) fn distinct(cells: &[Cell<'_>]) -> usize {
    let mut texts: Vec<_> = cells.iter().filter(|c| !c.is_blank()).map(|cell| cell.display()).collect();
    texts.sort_unstable();
    texts.dedup();
    texts.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid<'a>(rows: &[&'a str]) -> Vec<Vec<Cell<'a>>> {
        let cell = |t| if str::is_empty(t) { Cell::Empty } else { Cell::Text(t) };
        rows.iter().map(|row| row.split('|').map(cell).collect()).collect()
    }

    fn header(rows: &[&str]) -> Option<Header> {
        let grid = grid(rows);
        let rows: Vec<&[Cell<'_>]> = grid.iter().map(Vec::as_slice).collect();
        find((&FieldBook::load(), Naming::Items), &|_| None, &rows)
    }

    #[test]
    fn a_header_stands_under_titles() {
        let found = header(&[
            "附件2",
            "工作群组清理统计表",
            "填报单位：甲市教育局||填报日期：2026年5月1日",
            "序号|群名称|群主|成员人数",
            "1|甲市教育系统工作群|张某某|120",
        ]);
        assert_eq!(found.map(|h| (h.first, h.depth)), Some((3, 1)));
    }

    #[test]
    fn statements_are_no_upper_header() {
        let found = header(&["填报单位（盖章）：甲局|填报日期：2026-05-01", "序号|群名称", "1|工作群"]);
        assert_eq!(found.map(|h| (h.first, h.depth)), Some((1, 1)));
    }

    #[test]
    fn headers_of_two_rows_are_joined() {
        for rows in [
            ["序号|应用名称|经办人信息||用户数", "||姓名|办公电话|", "1|智慧校园|张某某|0|5"],
            ["序号|应用名称|经办人信息|经办人信息|用户数", "序号|应用名称|姓名|办公电话|用户数", "1|a|b|0|5"],
        ] {
            let found = header(&rows).unwrap();
            assert_eq!((found.first, found.depth), (0, 2));
            assert_eq!(found.texts, ["序号", "应用名称", "经办人信息-姓名", "经办人信息-办公电话", "用户数"]);
        }
    }

    #[test]
    fn values_and_prose_are_no_header() {
        assert_eq!(header(&["微信公众号|在用|已备案", "抖音|停用|未备案"]), None);
        assert_eq!(header(&["填表说明", "一、请逐项填写名称。"]), None);
        assert_eq!(header(&["主办单位|备注", "甲市教育局|"]), None, "no name column");
    }

    #[test]
    fn the_first_of_two_tables_is_not_lost() {
        let found = header(&["应用名称|主办单位", "智慧校园|甲市教育局", "序号|群名称|群主|成员人数"]);
        assert_eq!(found.map(|h| h.first), Some(0));
        let found = header(&["群名称|", "说明如下|", "序号|群名称|群主|成员人数"]);
        assert_eq!(found.map(|h| h.first), Some(2));
    }

    #[test]
    fn a_single_column_of_names_is_a_table() {
        assert_eq!(header(&["群名称", "第一群"]).map(|h| h.first), Some(0));
    }
}
