//! What a row below the header is.
//!
//! For: telling records from repeated headers, sums, notes and blanks. Not for: reading cells.
//! Invariant: a row that fits none of the other cases and has a name is a record; one without a
//! name is rejected, never dropped.

use super::numbering::is_numbering;
use crate::knowledge::lexicon::fields::{FieldBook, Role, Words};
use crate::model::Field;
use crate::stages::ingest::rows::Cell;

/// What a row is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Line {
    /// One item of the inventory.
    Record,
    /// Nothing but perhaps a serial number.
    Blank,
    /// The header again, numbers of the columns, or a section title.
    Heading,
    /// A sum of the rows above; `whole` when it is of the whole table and not of a section.
    Total { whole: bool },
    /// Signature, remark, sample row.
    Note,
    /// A unit says that it has nothing to report.
    Zero,
    /// Content without a name.
    NoName,
}

/// Whether a row is the line under the header of a table in plain text: |---|:---:|.
fn is_rule(cells: &[Cell<'_>]) -> bool {
    let is_dashes = |cell: &Cell<'_>| {
        let Cell::Text(text) = cell else { return false };
        let dashes = text.trim().trim_matches(':');
        dashes.len() >= 3 && dashes.bytes().all(|b| b == b'-' || b == b'=')
    };
    let mut filled = cells.iter().filter(|cell| !cell.is_blank()).peekable();
    filled.peek().is_some() && filled.all(is_dashes)
}

/// Columns that say who reports, not what.
const WHO_REPORTS: [Field; 6] = [
    Field::OwnerUnit,
    Field::SupervisingUnit,
    Field::RegionName,
    Field::RegionCode,
    Field::Level,
    Field::FillDate,
];

/// The columns that tell.
pub(super) struct Shape {
    /// Texts of the header by column.
    pub headers: Vec<String>,
    /// Columns (0-based) that may hold the name.
    pub names: Vec<usize>,
    /// The column of serial numbers.
    pub seq: Option<usize>,
    /// Field of each column.
    pub fields: Vec<Option<Field>>,
}

impl Shape {
    /// Classifies a row.
    pub(super) fn classify(&self, book: &FieldBook, cells: &[Cell<'_>]) -> Line {
        let words = book.words();
        let Some(first_at) = cells.iter().position(|cell| !cell.is_blank()) else { return Line::Blank };
        let first = cells[first_at];
        let serial = self.is_serial(first_at, first);
        let beside = || others(cells, first_at);
        if serial && beside().next().is_none() {
            return Line::Blank;
        }
        if self.repeats_header(cells) || is_rule(cells) || is_numbering(cells, self.headed()) {
            return Line::Heading;
        }
        let label_at = if serial { beside().next() } else { Some((first_at, first)) };
        if let Some((at, label)) = label_at
            && let Some(line) = self.by_label(words, cells, at, label)
        {
            return line;
        }
        let has_name = self.names.iter().any(|&at| {
            cells.get(at).is_some_and(|cell| !cell.is_blank() && !is_nothing(words, cell.display().trim()))
        });
        if !has_name && self.is_zero_report(words, cells) {
            return Line::Zero;
        }
        if self.is_section_title(cells, first_at) {
            return Line::Heading;
        }
        if has_name { Line::Record } else { Line::NoName }
    }

    /// Whether a row has too few texts for a record of this table to be told from a title by them, or states
    /// something of a table ("填报单位： | 甲市教育局").
    pub(super) fn may_be_title(&self, cells: &[Cell<'_>]) -> bool {
        let mut filled = cells.iter().filter(|cell| !cell.is_blank());
        let Some(first) = filled.next() else { return false };
        let is_label = matches!(first, Cell::Text(text) if text.trim_end().ends_with(['：', ':']));
        match self.headed() {
            0 | 1 => false,
            2 => filled.next().is_none(),
            _ => is_label || filled.nth(1).is_none(),
        }
    }

    /// Columns with a header.
    fn headed(&self) -> usize {
        self.headers.iter().filter(|header| !header.is_empty()).count()
    }

    /// One text in a merged row, or alone where no name stands, or with the number of a section.
    fn is_section_title(&self, cells: &[Cell<'_>], first_at: usize) -> bool {
        if others(cells, first_at).next().is_some() {
            return false;
        }
        let text = cells[first_at].display();
        let wide = cells.iter().filter(|c| !c.is_blank()).count() > 2;
        let in_name = self.names.contains(&first_at);
        wide || !in_name && is_section(text.trim()) || is_section_number(text.trim())
    }

    fn is_serial(&self, at: usize, cell: Cell<'_>) -> bool {
        self.seq == Some(at) && {
            let text = cell.display();
            let text = text.trim().trim_matches(['(', ')', '（', '）', '.', '、']);
            !text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || "一二三四五六七八九十".contains(c))
        }
    }

    /// A unit reporting that it has nothing: 无 for a name and nothing beside it but the unit itself, or
    /// 零报告 anywhere in a row. Asked only of rows without a name.
    fn is_zero_report(&self, words: &Words, cells: &[Cell<'_>]) -> bool {
        let (mut none, mut zero, mut content) = (false, false, false);
        for (at, &cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_blank()) {
            let shown = cell.display();
            let text = shown.trim();
            if words.of(Role::Zero).any(|word| text.starts_with(word)) {
                zero = true;
            } else if self.names.contains(&at) {
                none |= words.is(Role::None, text.trim_end_matches(['。', '.']));
            } else if !is_nothing(words, text) && text != "0" && !self.is_serial(at, cell) {
                content |= !self.fields.get(at).copied().flatten().is_some_and(|f| WHO_REPORTS.contains(&f));
            }
        }
        if none { zero || !content } else { zero && !content }
    }

    /// Whether the name column holds its own header and three in four of all cells theirs.
    pub(super) fn repeats_header(&self, cells: &[Cell<'_>]) -> bool {
        let same = |i: usize| {
            let header = self.headers.get(i).map_or("", String::as_str);
            let text = cells.get(i).map(|cell| cell.display()).unwrap_or_default();
            let text = text.trim();
            // Of a header over two rows, the upper or the lower text alone.
            !text.is_empty() && (text == header || header.split('-').any(|part| part == text))
        };
        self.names.iter().any(|&i| same(i)) && {
            let filled = cells.iter().enumerate().filter(|(_, c)| !c.is_blank());
            let (all, equal) =
                filled.fold((0, 0), |(all, equal), (i, _)| (all + 1, equal + usize::from(same(i))));
            equal * 4 >= all * 3
        }
    }

    /// Lines told by their first word.
    fn by_label(&self, words: &Words, cells: &[Cell<'_>], at: usize, label: Cell<'_>) -> Option<Line> {
        let Cell::Text(label) = label else { return None };
        let label = label.trim();
        // Long first cells are names or descriptions, unless a colon ends a label.
        let (head, has_colon) = match label.split_once(['：', ':']) {
            Some((head, _)) => (head, true),
            None => (label, false),
        };
        let before_note = head.split(['（', '(']).next().filter(|t| !t.is_empty()).unwrap_or(head);
        if head.chars().count() > 12 || !words.may_be_line(before_note) {
            return None;
        }
        if words.is(Role::Stop, label)
            || words.is(Role::Stop, label.trim_matches(['（', '）', '(', ')', '—', '-']))
        {
            return Some(Line::Note);
        }
        let others_say_nothing =
            || others(cells, at).all(|(i, c)| self.is_serial(i, c) || is_nothing(words, c.display().trim()));
        let zero = is_nothing(words, label) || words.of(Role::Zero).any(|word| label.starts_with(word));
        if zero && others_say_nothing() {
            return Some(Line::Zero);
        }
        if words.is(Role::Example, head.trim_matches(['（', '）', '(', ')'])) {
            return Some(Line::Note);
        }
        if let Some(whole) = total(words, cells, at, head) {
            return Some(Line::Total { whole });
        }
        let bare = head.split(['（', '(']).next().unwrap_or("").trim();
        let numbered = bare.trim_end_matches(|c: char| c.is_ascii_digit());
        let is_note = words.is(Role::Note, bare) || words.is(Role::Note, numbered);
        // "备注" alone in the name column of a full row would be a strange name, but is one.
        (is_note && (has_colon || others(cells, at).count() <= 1)).then_some(Line::Note)
    }
}

/// Whether a label begins a sum line, and of what. "甲市合计" counts only beside numbers.
fn total(words: &Words, cells: &[Cell<'_>], at: usize, head: &str) -> Option<bool> {
    let plain: String = head.chars().filter(|c| !c.is_whitespace()).collect();
    let plain = plain.split(['（', '(']).next().unwrap_or("");
    let bare = plain.trim_end_matches(|c: char| c.is_ascii_digit() || "个共条家项".contains(c));
    let section = |word: &str| word == "小计";
    if let Some(word) = words.of(Role::Total).find(|word| *word == bare) {
        return Some(!section(word));
    }
    let numbers_only = || {
        let mut beside = others(cells, at).peekable();
        beside.peek().is_some()
            && beside.all(|(_, c)| {
                super::super::values::number(c).is_some() || is_nothing(words, c.display().trim())
            })
    };
    let word = words.of(Role::Total).find(|word| bare.ends_with(word))?;
    numbers_only().then(|| !section(word))
}

/// Filled cells that are neither the given one nor say the same (a merged cell).
fn others<'a>(cells: &'a [Cell<'a>], at: usize) -> impl Iterator<Item = (usize, Cell<'a>)> {
    let own = cells[at];
    let other = move |&(i, cell): &(usize, Cell<'_>)| i != at && !cell.is_blank() && cell != own;
    cells.iter().copied().enumerate().filter(other)
}

/// A mark for nothing, or "无".
fn is_nothing(words: &Words, text: &str) -> bool {
    text.is_empty()
        || text.len() <= 12
            && words.may_say_nothing(text)
            && (words.is(Role::Missing, text) || words.is(Role::None, text.trim_end_matches(['。', '.'])))
}

/// A title of a section or of another table: "甲县", "附件3", "…统计表".
fn is_section(text: &str) -> bool {
    is_section_number(text)
        || ["表", "县", "区", "市", "单位", "部门", "乡镇", "类"].iter().any(|end| text.ends_with(end))
        || text.starts_with("附件")
}

/// "一、市直部门", "（二）乡镇".
pub(super) fn is_section_number(text: &str) -> bool {
    let text = text.trim_start_matches(['（', '(']);
    let rest = text.trim_start_matches(|c| "一二三四五六七八九十".contains(c));
    rest.len() < text.len() && rest.starts_with(['、', '）', ')', '．'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn classify(row: &str) -> Line {
        let shape = Shape {
            headers: ["序号", "群名称", "主办单位", "成员人数"].map(str::to_owned).to_vec(),
            names: vec![1],
            seq: Some(0),
            fields: vec![
                Some(Field::Seq),
                Some(Field::GroupName),
                Some(Field::OwnerUnit),
                Some(Field::MemberCount),
            ],
        };
        let cell = |t| if str::is_empty(t) { Cell::Empty } else { Cell::Text(t) };
        let cells: Vec<Cell<'_>> = row.split('|').map(cell).collect();
        shape.classify(&FieldBook::load(), &cells)
    }

    #[test]
    fn rows_are_what_they_look_like() {
        for (row, line) in [
            ("1|甲市教育工作群|甲市教育局|120", Line::Record),
            ("|甲市教育工作群||", Line::Record),
            ("2|备注|甲市教育局|3", Line::Record),
            ("3|合计群|甲市教育局|3", Line::Record),
            ("|||", Line::Blank),
            ("7|||", Line::Blank),
            ("（7）|||", Line::Blank),
            ("序号|群名称|主办单位|成员人数", Line::Heading),
            ("一、市直部门|||", Line::Heading),
            ("甲县|||", Line::Heading),
            ("乙县|乙县|乙县|乙县", Line::Heading),
            ("合计|||120", Line::Total { whole: true }),
            ("合 计|12个||120", Line::Total { whole: true }),
            ("|合计：12||", Line::Total { whole: true }),
            ("小计|||3", Line::Total { whole: false }),
            ("甲市合计|||3", Line::Total { whole: true }),
            ("填表人：张某某|||", Line::Note),
            ("备注：以上为公开群|||", Line::Note),
            ("注1：含已解散|||", Line::Note),
            ("填表人|张某某||", Line::Note),
            ("以下空白|||", Line::Note),
            ("|以下空白||", Line::Note),
            ("1|无|无|0", Line::Zero),
            ("1|无|甲县水利局|", Line::Zero),
            ("|无|甲县水利局|零报告", Line::Zero),
            ("||甲县水利局|零报告", Line::Zero),
            ("|零报告工作群|甲县水利局|5", Line::Record),
            ("3|无|甲县水利局|12", Line::NoName),
            ("1|无||", Line::Zero),
            ("1|无|无|/", Line::Zero),
            ("零报告|||", Line::Zero),
            ("示例|某某工作群|某单位|10", Line::Note),
            ("4||甲市教育局|12", Line::NoName),
        ] {
            assert_eq!(classify(row), line, "{row}");
        }
    }
}
