//! Words that shape a table: sums, notes, marks for nothing, titles.
//!
//! For: recognising lines that are not records, and marks that are not values. Not for: headers.
//! Invariant: within a role words are compared without regard to width, case and blanks.

use crate::model::Kind;
use std::collections::{BTreeMap, BTreeSet};
use unicode_normalization::UnicodeNormalization;

/// What a word does to a table.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Role {
    /// Before a header it makes another thing of it: 原, 上级, 是否.
    ChangesMeaning,
    /// Marks a sample row: 示例.
    Example,
    /// What a sheet of nothing but instructions is called in our own blank inventories.
    Instructions,
    /// A unit of measure after "单位：": 个, 万元.
    Measure,
    /// Nothing was written: "—", "/".
    Missing,
    /// Says that there is none: 无, 暂无.
    None,
    /// Begins a note or signature line: 填表人, 备注.
    Note,
    /// Below another label, says which part of its matter a value is: 依据, 审核结果.
    Part,
    /// Ends a table: 以下空白.
    Stop,
    /// Adds nothing behind a header: 情况, 信息.
    Tail,
    /// Names the object in a title.
    Title,
    /// Begins a sum line: 合计.
    Total,
    /// A zero report: 零报告.
    Zero,
}

impl Role {
    pub(super) fn parse(text: &str) -> Option<Role> {
        Some(match text {
            "changes-meaning" => Role::ChangesMeaning,
            "example" => Role::Example,
            "instructions" => Role::Instructions,
            "measure" => Role::Measure,
            "missing" => Role::Missing,
            "none" => Role::None,
            "note" => Role::Note,
            "part" => Role::Part,
            "stop" => Role::Stop,
            "tail" => Role::Tail,
            "title" => Role::Title,
            "total" => Role::Total,
            "zero" => Role::Zero,
            _ => return None,
        })
    }
}

/// The words of `table_words.csv`.
#[derive(Default)]
pub struct Words {
    by_role: BTreeMap<Role, BTreeSet<String>>,
    titles: Vec<(String, Kind)>,
    /// First characters of marks for nothing and of words that there is none.
    nothing_starts: Vec<char>,
    /// Those of them that are ASCII, one bit each.
    nothing_ascii: u128,
    /// First characters of words that begin a line, and last ones of those that end a label.
    line_starts: BTreeSet<char>,
    label_ends: BTreeSet<char>,
}

impl Words {
    pub(super) fn add(&mut self, role: Role, word: &str, kind: Option<Kind>) {
        let word = narrow(word);
        if let Some(kind) = kind {
            self.titles.push((word.clone(), kind));
        }
        if !matches!(role, Role::ChangesMeaning | Role::Measure | Role::Part | Role::Tail | Role::Title) {
            self.line_starts.extend(word.chars().next());
        }
        if matches!(role, Role::Missing | Role::None) {
            self.nothing_starts.extend(word.chars().next());
            let ascii = self.nothing_starts.iter().filter(|c| c.is_ascii());
            self.nothing_ascii = ascii.fold(0, |bits, &c| bits | 1 << u32::from(c));
        }
        if role == Role::Total {
            self.label_ends.extend(word.chars().next_back());
        }
        self.by_role.entry(role).or_default().insert(word);
    }

    /// Whether the whole text is a word of this role.
    pub fn is(&self, role: Role, text: &str) -> bool {
        self.by_role.get(&role).is_some_and(|words| words.contains(&narrow(text)))
    }

    /// Whether a text may be a mark for nothing, or say that there is none. Cheap; true too often rather
    /// than too seldom.
    pub fn may_say_nothing(&self, text: &str) -> bool {
        match text.chars().next().map(|first| first.to_ascii_lowercase()) {
            None => true,
            Some(first) if first.is_ascii() => {
                self.nothing_ascii & 1 << u32::from(first) != 0 || first == ' '
            }
            Some(first) => !is_itself(first) || self.nothing_starts.contains(&first),
        }
    }

    /// Whether a text can begin with, or be a label ending in, a word that makes a line something other
    /// than a record. Cheap, and true too often rather than too seldom.
    pub fn may_be_line(&self, text: &str) -> bool {
        let mut chars = text.chars().filter(|c| c.is_alphanumeric());
        let Some(first) = chars.next() else { return true };
        let last = chars.rfind(|c| !c.is_ascii_digit() && !"个共条家项".contains(*c));
        let first = first.to_lowercase().next().unwrap_or(first);
        self.line_starts.contains(&first) || last.is_some_and(|last| self.label_ends.contains(&last))
    }

    /// The words of a role, sorted, in half width, lower case and without blanks.
    pub fn of(&self, role: Role) -> impl Iterator<Item = &str> {
        self.by_role.get(&role).into_iter().flatten().map(String::as_str)
    }

    /// The kinds of object that a title names, each once.
    pub fn title_kinds(&self, title: &str) -> BTreeSet<Kind> {
        let title = narrow(title);
        self.titles.iter().filter(|(word, _)| names(&title, word)).map(|&(_, kind)| kind).collect()
    }
}

/// Whether a title contains a word; Latin words only as whole words ("mapping" is no APP).
fn names(title: &str, word: &str) -> bool {
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
    title.match_indices(word).any(|(at, _)| {
        let around =
            letter(title[..at].chars().next_back()) || letter(title[at + word.len()..].chars().next());
        !(word.is_ascii() && around)
    })
}

/// Half width, lower case, no blanks: enough to compare short words, and much cheaper than folding.
/// Punctuation stays, since some of the words are nothing else.
fn narrow(text: &str) -> String {
    if text.is_ascii() {
        return text.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_lowercase()).collect();
    }
    if text.chars().all(is_itself) {
        return text.to_owned();
    }
    text.nfkc().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

/// Characters that only ever stand for themselves.
fn is_itself(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}' | '0'..='9' | 'a'..='z')
}
