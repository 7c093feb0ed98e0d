//! Which headers people write for which field, and the words that shape a table.
//!
//! For: "what does this header mean". Not for: reading cells (`stages::ingest::values`) and not for
//! choosing among the columns of one sheet (`stages::ingest::layout`). The knowledge is data:
//! `fields.csv` (one line per field, headers strongest first), `ambiguous_headers.csv` (headers that
//! mean different things in different tables) and `table_words.csv` (sums, notes, titles, marks).
//! Invariant: a header belongs to one field or is listed as ambiguous, and no value is a header.

mod guess;
mod load;
mod slip;
mod telling;
#[cfg(test)]
mod tests;
mod words;

pub use words::{Role, Words};

use crate::knowledge::text::fold;
use crate::model::{Field, Kind, MappedBy};
use hashbrown::{HashMap, HashSet};
use std::collections::{BTreeMap, BTreeSet};

/// Confidence of a header that is a known variant letter for letter.
const EXACT: f32 = 1.0;
/// Of one that is equal after folding.
const FOLDED: f32 = 0.98;
/// Of one that is equal after folding and dropping brackets and a leading number.
const STRIPPED: f32 = 0.95;
/// Of the last part of a two-level header ("经办人信息-姓名", "owner.name").
const LAST_PART: f32 = 0.9;

/// Of each half of a header that names two fields.
const HALF: f32 = 0.85;
/// What stands between two fields in one header.
const BOTH: [char; 11] = ['/', '／', '、', '及', '和', '与', '，', ',', '|', '+', '\n'];

/// Header variants and table words.
pub struct FieldBook {
    /// By field index: the kinds of object whose tables have the field; empty for all.
    kinds: Vec<Vec<Kind>>,
    /// Fields for which "无" is an answer and not the absence of one.
    none_is_value: BTreeSet<Field>,
    exact: HashMap<String, Variant>,
    /// Every variant as written, ambiguous ones too.
    headers: HashSet<String>,
    folded: BTreeMap<String, Variant>,
    ambiguous: BTreeMap<String, Vec<Choice>>,
    /// Folded values of every vocabulary.
    values: BTreeSet<String>,
    /// Pairs of neighbouring characters in any known header or value: the guess uses them to tell
    /// a typing error from another word.
    pairs: BTreeSet<(char, char)>,
    words: Words,
    telling: telling::Telling,
}

/// A header of a field.
#[derive(Clone, Copy)]
struct Variant {
    field: Field,
    /// Position in the field's list; the first is the strongest.
    rank: u16,
}

/// What an ambiguous header means, and when.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// The field it then is.
    pub field: Field,
    /// In tables of these kinds.
    pub kinds: Vec<Kind>,
    /// In tables of several kinds.
    pub several: bool,
    /// Or beside a column of one of these fields (tried before the kinds).
    pub beside: Vec<Field>,
}

/// A field that a header was taken for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit {
    /// The field.
    pub field: Field,
    /// 0–1.
    pub confidence: f32,
    /// What it rests on.
    pub by: MappedBy,
    /// Strength among the field's own variants; 0 is the strongest.
    pub rank: u16,
}

/// What a header means.
#[derive(Clone, Debug, PartialEq)]
pub enum Look<'a> {
    /// One field.
    Field(Hit),
    /// One of several, depending on the table; see [`FieldBook::resolve`].
    Ambiguous(&'a [Choice]),
    /// Nothing we know.
    Unknown,
}

impl FieldBook {
    /// The book that ships with the program.
    ///
    /// # Panics
    /// If the compiled-in tables are malformed, which a test rules out.
    pub fn load() -> FieldBook {
        load::load()
    }

    /// The meaning of a header that is certain enough to tell a header row from a data row:
    /// everything but guesses.
    pub fn strong(&self, header: &str) -> Look<'_> {
        let header = header.trim();
        if let Some(&variant) = self.exact.get(header) {
            return hit(variant, EXACT, MappedBy::Exact);
        }
        let folded = fold(header);
        if folded.is_empty() {
            return Look::Unknown;
        }
        if let look @ (Look::Field(_) | Look::Ambiguous(_)) = self.by_folded(&folded, FOLDED) {
            return look;
        }
        if self.values.contains(&folded) {
            return Look::Unknown;
        }
        // "区(县)（必填）": the last brackets are the note, the first belong to the header.
        let last = header.rfind(['(', '（', '[', '【', '〔', '［']).unwrap_or(header.len());
        for plain in [header, &header[..last], &strip_brackets(header)] {
            let look = self.by_folded(&fold(strip_number(plain)), STRIPPED);
            if look != Look::Unknown {
                return look;
            }
        }
        self.by_parts(header)
    }

    /// The meaning of a header, guesses included.
    pub fn look(&self, header: &str) -> Look<'_> {
        match self.strong(header) {
            Look::Unknown => self.guess(header).map_or(Look::Unknown, Look::Field),
            known => known,
        }
    }

    /// The two fields of a header that names both ("名称/平台", "联系人及电话"), in its order. Only for headers
    /// that [`strong`](Self::strong) does not know as a whole; each half must be certain by itself.
    pub fn both(&self, header: &str) -> Option<[Hit; 2]> {
        let plain = strip_brackets(header);
        let (first, second) = strip_number(&plain).split_once(BOTH)?;
        let half = |text| match self.strong(text) {
            Look::Field(hit) if hit.confidence >= STRIPPED => {
                Some(Hit { confidence: HALF, by: MappedBy::Shared, ..hit })
            }
            _ => None,
        };
        let (first, second) = (half(first)?, half(second)?);
        (first.field != second.field).then_some([first, second])
    }

    /// Decides among the choices of an ambiguous header: first by the columns beside it, then by
    /// the kinds that the table lists (none where that is not known). `None` when neither tells.
    pub fn resolve(
        &self,
        choices: &[Choice],
        kinds: &BTreeSet<Kind>,
        has: &dyn Fn(Field) -> bool,
    ) -> Option<Field> {
        let beside = choices.iter().find(|c| c.beside.iter().any(|&f| has(f)));
        let fits = |choice: &&Choice| match kinds.len() {
            0 => false,
            1 => choice.kinds.iter().any(|kind| kinds.contains(kind)),
            _ => choice.several,
        };
        beside.or_else(|| choices.iter().find(fits)).map(|c| c.field)
    }

    /// The one among the choices of an ambiguous header that the cells below it are values of: at least a third of
    /// them. `None` where none is, or nothing is below it.
    pub fn by_cells(&self, choices: &[Choice], cells: &[&str]) -> Option<Field> {
        let fitting =
            |field| cells.iter().filter(|cell| self.telling.fits(field, cell) == Some(true)).count();
        // A form says more of an app than the platform it implies, and both more than a kind.
        let tried = [Field::AppForm, Field::Platform, Field::Kind].into_iter();
        let offered = tried.filter(|&field| choices.iter().any(|choice| choice.field == field));
        let counted = offered.map(|field| (fitting(field), field)).rev();
        let (most, field) = counted.max_by_key(|&(count, _)| count)?;
        (most > 0 && most * 3 >= cells.len()).then_some(field)
    }

    /// The kinds of object that the cells of a column say their rows are.
    pub fn kinds_of_cells<'c>(&self, cells: impl IntoIterator<Item = &'c &'c str>) -> BTreeSet<Kind> {
        cells.into_iter().filter_map(|cell| self.telling.kind(cell)).collect()
    }

    /// Whether a text is a header variant letter for letter: cheap enough to ask of every row.
    pub fn is_header(&self, text: &str) -> bool {
        self.headers.contains(text)
    }

    /// Whether a text is a usual *value* (微信, 已备案, 在用), which no header is.
    pub fn is_value(&self, text: &str) -> bool {
        let folded = fold(text);
        self.values.contains(&folded) && !self.folded.contains_key(&folded)
    }

    /// The kinds of object whose tables have this field; empty for all of them.
    pub fn kinds(&self, field: Field) -> &[Kind] {
        &self.kinds[field.index()]
    }

    /// Whether "无" in this field is an answer ("no requirement") and not the absence of one.
    pub fn none_is_value(&self, field: Field) -> bool {
        self.none_is_value.contains(&field)
    }

    /// Words that shape a table.
    pub fn words(&self) -> &Words {
        &self.words
    }

    fn by_folded(&self, folded: &str, confidence: f32) -> Look<'_> {
        if let Some(choices) = self.ambiguous.get(folded) {
            return Look::Ambiguous(choices);
        }
        self.folded.get(folded).map_or(Look::Unknown, |&v| hit(v, confidence, MappedBy::Folded))
    }

    /// Two-level headers, written "parent-child" or "parent.child": the child decides, unless it
    /// only says "name" or "text" of a parent that is itself known.
    fn by_parts(&self, header: &str) -> Look<'_> {
        let Some((parent, child)) = header.rsplit_once(['-', '.', '－']) else { return Look::Unknown };
        let whole = self.by_folded(&fold(child), LAST_PART);
        let (parent, child) = (fold(&strip_brackets(parent)), fold(&strip_brackets(child)));
        if matches!(child.as_str(), "name" | "text" | "value" | "title" | "名称") {
            let look = self.by_folded(&parent, LAST_PART);
            if look != Look::Unknown {
                return look;
            }
        }
        if whole == Look::Unknown { self.by_folded(&child, LAST_PART) } else { whole }
    }
}

fn hit(variant: Variant, confidence: f32, by: MappedBy) -> Look<'static> {
    Look::Field(Hit { field: variant.field, confidence, by, rank: variant.rank })
}

/// Without bracketed notes: "用户数（万）" → "用户数". An unclosed bracket runs to the end.
fn strip_brackets(header: &str) -> String {
    let mut depth = 0_u32;
    let mut out = String::with_capacity(header.len());
    for c in header.chars() {
        match c {
            '(' | '（' | '[' | '【' | '〔' | '［' => depth += 1,
            ')' | '）' | ']' | '】' | '〕' | '］' => depth = depth.saturating_sub(1),
            _ if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

/// Without a leading number: "4 立项审核情况", "3.名称", "二、名称".
fn strip_number(header: &str) -> &str {
    let trimmed = header.trim_start();
    let number = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    let rest = trimmed.trim_start_matches(number);
    let after = rest.trim_start_matches([' ', '.', '、', '．', '\u{3000}']);
    if after.len() < rest.len() && rest.len() < trimmed.len() { after } else { trimmed }
}
