//! Rows of a form → labelled values.
//!
//! For: pairing each label with what was filled in beside it, below it, or behind its colon. Not for: what a
//! label means. Invariant: every value is kept, under its label or without one.

use super::{Label, Piece, label, pieces};
use crate::knowledge::lexicon::fields::{FieldBook, Look, Role};
use crate::knowledge::text::fold;
use crate::model::FieldType;
use crate::stages::ingest::rows::Cell;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The forms of a sheet.
#[derive(Default)]
pub(in super::super) struct Forms<'a> {
    /// Every label, in order of first appearance; a label that stands twice in one form is in it twice.
    pub labels: Vec<String>,
    /// One entry per form.
    pub filled: Vec<Filled<'a>>,
    /// By row, whether a label stands in it.
    pub labelled: Vec<bool>,
    /// Whether the items stand beside each other: a table on its side.
    pub is_turned: bool,
}

/// One form.
#[derive(Default)]
pub(in super::super) struct Filled<'a> {
    /// Index of the row of its first label.
    pub first: usize,
    /// What was filled in.
    pub values: Vec<Value<'a>>,
}

/// A value of a form.
pub(in super::super) struct Value<'a> {
    /// Index of its label.
    pub label: usize,
    /// The cell as it was, or what several cells say together.
    pub content: Content<'a>,
    /// Index of its row.
    pub row: usize,
    /// Its first column, 0-based.
    pub column: usize,
}

/// What was filled in.
pub(in super::super) enum Content<'a> {
    /// One cell.
    One(Cell<'a>),
    /// Several, joined.
    Joined(String),
}

impl Content<'_> {
    /// As a cell.
    pub(in super::super) fn cell(&self) -> Cell<'_> {
        match self {
            Content::One(cell) => *cell,
            Content::Joined(text) => Cell::Text(text),
        }
    }
}

/// Reads the forms among rows of a sheet.
pub(in super::super) fn read<'a>(book: &'a FieldBook, rows: &[&[Cell<'a>]]) -> Forms<'a> {
    let rows: Vec<Vec<Piece<'a>>> = rows.iter().map(|cells| pieces(cells)).collect();
    if let Some(columns) = turned(book, &rows) {
        return read_turned(book, &rows, &columns);
    }
    let mut reader =
        Reader { book, out: Forms::default(), before: Vec::new(), waiting: Vec::new(), has_empty_box: false };
    for (at, row) in rows.iter().enumerate() {
        reader.row(at, row);
    }
    reader.out
}

struct Reader<'a> {
    book: &'a FieldBook,
    out: Forms<'a>,
    /// What the row before said, for merged cells that go on.
    before: Vec<(String, Piece<'a>)>,
    /// Labels of the row before that had no value beside them: their values stand below.
    waiting: Vec<Piece<'a>>,
    /// Whether the waiting label has an empty box beside it.
    has_empty_box: bool,
}

/// A value and what stands in front of it.
struct Entry<'a> {
    label: String,
    /// Which part of its label's matter it is, where the form asks for several ("立项审核情况 › 依据").
    part: Option<Cow<'a, str>>,
    value: Piece<'a>,
}

impl<'a> Reader<'a> {
    fn row(&mut self, at: usize, row: &[Piece<'a>]) {
        let texts = row.iter().filter(|piece| !piece.text.is_blank()).count();
        let has_label = row.iter().any(|piece| label(self.book, piece).is_some());
        let over = std::mem::take(&mut self.waiting);
        let before = std::mem::take(&mut self.before);
        // Of merged labels on the left only.
        let goes_on = |piece: &Piece<'_>| over.iter().any(|o| o.text == piece.text && o.from == piece.from);
        let fresh = row.iter().filter(|piece| label(self.book, piece).is_some() && !goes_on(piece));
        let is_below = !over.is_empty() && fresh.count() == 0 && texts > 0 && !self.is_foot(&over, row);
        self.out.labelled.push(has_label || is_below);
        let entries = if is_below {
            self.below(&over, row)
        } else if has_label || texts > 1 {
            self.beside(row, texts)
        } else {
            // A title or a remark.
            Vec::new()
        };
        for entry in entries {
            self.before.push((entry.label.clone(), entry.value));
            self.keep(at, entry, &before);
        }
    }

    /// Labels with their values to the right.
    fn beside(&mut self, row: &[Piece<'a>], texts: usize) -> Vec<Entry<'a>> {
        let mut entries = Vec::new();
        let mut pending: Vec<Piece<'a>> = Vec::new();
        for (i, piece) in row.iter().enumerate() {
            let is_last = row[i + 1..].iter().all(|later| later.text.is_blank());
            match label(self.book, piece) {
                Some(Label { text, value: Some(value) }) if !value.is_empty() => {
                    let value = Piece { text: Cell::Text(value), ..*piece };
                    entries.push(Entry { label: text.to_owned(), part: None, value });
                }
                Some(_) => pending.push(*piece),
                // The number of the box.
                None if pending.is_empty() && is_number(piece) => {}
                // A label that nobody filled in; one alone in its row may have its value below.
                None if piece.text.is_blank() => pending.truncate(usize::from(texts == 1)),
                // Which part of the matter of the label before it comes now.
                None if !pending.is_empty() && !is_last && self.is_part_word(piece) => pending.push(*piece),
                // A label that we do not know.
                None if pending.is_empty() && !is_last => pending.push(*piece),
                None => {
                    entries.push(self.entry(&pending, *piece));
                    pending.clear();
                }
            }
        }
        if pending.len() == texts && pending.iter().all(|piece| label(self.book, piece).is_some()) {
            self.waiting = pending;
            self.has_empty_box = texts == 1 && row.iter().any(|piece| piece.text.is_blank());
        }
        entries
    }

    /// Values below their labels.
    fn below(&self, over: &[Piece<'a>], row: &[Piece<'a>]) -> Vec<Entry<'a>> {
        let values = row.iter().filter(|p| !p.text.is_blank() && label(self.book, p).is_none());
        let entry = |value: &Piece<'a>| {
            let above = over.iter().find(|label| label.from < value.to && value.from < label.to);
            let above = above.or(over.first().filter(|_| over.len() == 1));
            self.entry(above.map_or(&[], std::slice::from_ref), *value)
        };
        values.map(entry).collect()
    }

    /// Whether a row below a label is no value of it: the label has an empty box beside it, and the row is a
    /// remark, or does not begin where the label does.
    fn is_foot(&self, over: &[Piece<'a>], pieces: &[Piece<'a>]) -> bool {
        let mut texts = pieces.iter().filter(|piece| !piece.text.is_blank());
        let (Some(text), None) = (texts.next(), texts.next()) else { return self.has_empty_box };
        let shown = text.text.display();
        let is_note = || self.book.words().of(Role::Note).any(|word| shown.trim_start().starts_with(word));
        self.has_empty_box && (text.from != over[0].from || is_note())
    }

    /// A value under one label, or under a group and a label of it.
    fn entry(&self, pending: &[Piece<'a>], value: Piece<'a>) -> Entry<'a> {
        let texts: Vec<Cow<'a, str>> = pending.iter().map(trimmed).collect();
        let (label, part) = match texts.as_slice() {
            [.., group, part] if self.is_part(group, part) => (group.to_string(), Some(part.clone())),
            [.., group, sub] => (format!("{group}-{sub}"), None),
            [only] => (only.to_string(), None),
            [] => (String::new(), None),
        };
        Entry { label, part, value }
    }

    /// Whether a sub-label only says which part of its group's matter a value is: a word that says no more,
    /// or another header of the same field.
    fn is_part(&self, group: &str, part: &str) -> bool {
        let Look::Field(group) = self.book.strong(group) else { return false };
        let same = matches!(self.book.strong(part), Look::Field(hit) if hit.field == group.field);
        let generic = matches!(fold(part).as_str(), "名称" | "全称");
        group.field.field_type() == FieldType::Text
            && !generic
            && (same || self.book.words().is(Role::Part, part))
    }

    fn is_part_word(&self, piece: &Piece<'_>) -> bool {
        self.book.words().is(Role::Part, &trimmed(piece))
    }

    /// Keeps a value under its label; a merged label goes on from the row before.
    fn keep(&mut self, row: usize, entry: Entry<'a>, before: &[(String, Piece<'a>)]) {
        let Entry { label, part, value } = entry;
        let goes_on = before.iter().any(|(held, _)| *held == label);
        if before.iter().any(|(held, piece)| *held == label && *piece == value) {
            return;
        }
        let labels = &mut self.out.labels;
        let begins = |filled: &Filled<'_>| filled.values.first().is_some_and(|v| labels[v.label] == label);
        // In one row, the label is of the same form again: each form has rows of its own.
        let is_next =
            |filled: &Filled<'_>| filled.first != row && !goes_on && part.is_none() && begins(filled);
        if self.out.filled.last().is_none_or(is_next) {
            self.out.filled.push(Filled { first: row, values: Vec::new() });
        }
        let Some(filled) = self.out.filled.last_mut() else { return };
        let content = match &part {
            Some(part) => Content::Joined(format!("{part}：{}", value.text.display().trim())),
            None => Content::One(value.text),
        };
        let held = filled.values.iter_mut().rfind(|v| labels[v.label] == label);
        if let Some(held) = held.filter(|_| goes_on || part.is_some()) {
            let joined = format!("{}；{}", held.content.cell().display(), content.cell().display());
            held.content = Content::Joined(joined);
            return;
        }
        let times = filled.values.iter().filter(|v| labels[v.label] == label).count();
        let mut same = labels.iter().enumerate().filter(|(_, known)| **known == label);
        let known = same.nth(times).map(|(at, _)| at);
        let index = known.unwrap_or(labels.len());
        if known.is_none() {
            labels.push(label);
        }
        filled.values.push(Value { label: index, content, row, column: value.from });
    }
}

/// The text of a piece as it stands in a label.
fn trimmed<'a>(piece: &Piece<'a>) -> Cow<'a, str> {
    match piece.text.display() {
        Cow::Borrowed(text) => text.trim().trim_end_matches(['：', ':']).into(),
        Cow::Owned(text) => text.trim().to_owned().into(),
    }
}

/// The number of a box of the form.
fn is_number(piece: &Piece<'_>) -> bool {
    let text = piece.text.display();
    let text = text.trim().trim_end_matches(['.', '、', '．']);
    !text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || "一二三四五六七八九十".contains(c))
}

/// The columns of the items of a table that was turned on its side: most labels have several values beside
/// them, in the same columns.
fn turned(book: &FieldBook, rows: &[Vec<Piece<'_>>]) -> Option<Vec<usize>> {
    let mut labelled = 0;
    let mut columns = BTreeMap::<usize, usize>::new();
    for row in rows {
        let Some(first) = row.iter().position(|piece| label(book, piece).is_some()) else { continue };
        let values = &row[first + 1..];
        if values.iter().any(|piece| label(book, piece).is_some()) {
            return None;
        }
        labelled += 1;
        for piece in values.iter().filter(|piece| !piece.text.is_blank()) {
            for column in piece.from..piece.to {
                *columns.entry(column).or_default() += 1;
            }
        }
    }
    let items: Vec<usize> = columns.into_iter().filter(|(_, n)| n * 2 > labelled).map(|(at, _)| at).collect();
    let apart = |row: &Vec<Piece<'_>>| row.iter().filter(|p| items.contains(&p.from)).count() > 1;
    let differing = rows.iter().filter(|row| apart(row)).count();
    (items.len() > 1 && differing * 2 > labelled).then_some(items)
}

fn read_turned<'a>(book: &FieldBook, rows: &[Vec<Piece<'a>>], columns: &[usize]) -> Forms<'a> {
    let mut out = Forms { is_turned: true, ..Forms::default() };
    // Where most labels stand; a label that we do not know stands there too.
    let mut places: BTreeMap<usize, usize> = BTreeMap::new();
    for piece in rows.iter().filter_map(|row| row.iter().rfind(|piece| label(book, piece).is_some())) {
        *places.entry(piece.from).or_default() += 1;
    }
    let place = places.iter().max_by_key(|(_, count)| **count).map_or(0, |(at, _)| *at);
    let item = || Filled { first: usize::MAX, values: Vec::new() };
    out.filled.extend(columns.iter().map(|_| item()));
    for (row, pieces) in rows.iter().enumerate() {
        let found = pieces.iter().rfind(|piece| label(book, piece).is_some());
        let values = pieces.iter().filter(|p| columns.contains(&p.from) && !p.text.is_blank()).count();
        let unknown = || pieces.iter().find(|p| p.from == place && !p.text.is_blank() && values > 0);
        let found = found.or_else(unknown);
        out.labelled.push(found.is_some());
        let Some(found) = found else { continue };
        let label = out.labels.len();
        out.labels.push(trimmed(found).into_owned());
        for (filled, &column) in out.filled.iter_mut().zip(columns) {
            filled.first = filled.first.min(row);
            let value = pieces.iter().find(|p| p.from <= column && column < p.to && p.from > found.from);
            if let Some(value) = value.filter(|value| !value.text.is_blank()) {
                filled.values.push(Value { label, content: Content::One(value.text), row, column });
            }
        }
    }
    out
}
