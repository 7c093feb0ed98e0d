//! Builds the book from its three tables.
//!
//! For: parsing compiled-in data once. Not for: user files. Invariant: malformed data stops the
//! program's tests, never a user's run.

use super::{Choice, FieldBook, Role, Variant, Words};
use crate::knowledge::text::fold;
use crate::model::{Field, Kind};
use hashbrown::{HashMap, HashSet};
use std::collections::{BTreeMap, BTreeSet};

pub(super) const FIELDS: &str = include_str!("../../../data/fields.csv");
pub(super) const AMBIGUOUS: &str = include_str!("../../../data/ambiguous_headers.csv");
pub(super) const WORDS: &str = include_str!("../../../data/table_words.csv");

/// Lines of a compiled-in table, without its header.
pub(super) fn lines(text: &'static str) -> impl Iterator<Item = Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().from_reader(text.as_bytes());
    let rows: Vec<_> = reader.records().map(|row| row.expect("a compiled-in table")).collect();
    rows.into_iter().map(|row| row.iter().map(str::to_owned).collect())
}

pub(super) fn load() -> FieldBook {
    let mut book = FieldBook {
        kinds: vec![Vec::new(); Field::ALL.len()],
        none_is_value: BTreeSet::new(),
        exact: HashMap::new(),
        headers: HashSet::new(),
        folded: BTreeMap::new(),
        ambiguous: BTreeMap::new(),
        values: BTreeSet::new(),
        pairs: BTreeSet::new(),
        words: Words::default(),
        telling: super::telling::Telling::load(),
    };
    for line in lines(FIELDS) {
        add_field(&mut book, &line);
    }
    for line in lines(AMBIGUOUS) {
        let choice = choice(field(&line[1]), &line[2]);
        add_pairs(&mut book.pairs, &line[0]);
        book.headers.insert(line[0].clone());
        book.ambiguous.entry(fold(&line[0])).or_default().push(choice);
    }
    book.headers.extend(book.exact.keys().cloned());
    for line in lines(WORDS) {
        let role = Role::parse(&line[0]).expect("a role of table_words.csv");
        book.words.add(role, &line[1], Kind::parse(&line[2]));
    }
    book
}

fn add_field(book: &mut FieldBook, line: &[String]) {
    let field = field(&line[0]);
    book.kinds[field.index()] = line[1].split('|').filter_map(Kind::parse).collect();
    // The canonical name is always a header of its field, behind the people's own words.
    let canonical = field.as_str();
    let headers = line[2].split('|').filter(|h| !h.is_empty()).chain([canonical]);
    for (rank, header) in headers.enumerate() {
        let variant = Variant { field, rank: rank as u16 };
        book.exact.entry(header.to_owned()).or_insert(variant);
        book.folded.entry(fold(header)).or_insert(variant);
        add_pairs(&mut book.pairs, header);
    }
    for value in line[3].split('|').filter(|v| !v.is_empty()) {
        if value == "无" {
            book.none_is_value.insert(field);
        }
        let folded = fold(value);
        if !folded.is_empty() {
            book.values.insert(folded);
        }
        add_pairs(&mut book.pairs, value);
    }
}

/// `app|account` are kinds of table, `several` is a table of more than one, `+rectify_measure` is a column
/// beside it.
fn choice(means: Field, when: &str) -> Choice {
    Choice {
        field: means,
        kinds: when.split('|').filter_map(Kind::parse).collect(),
        several: when.split('|').any(|t| t == "several"),
        beside: when.split('|').filter_map(|t| t.strip_prefix('+')).map(field).collect(),
    }
}

fn add_pairs(pairs: &mut BTreeSet<(char, char)>, text: &str) {
    let folded: Vec<char> = fold(text).chars().collect();
    pairs.extend(folded.windows(2).map(|w| (w[0], w[1])));
}

fn field(name: &str) -> Field {
    Field::parse(name).unwrap_or_else(|| panic!("no field {name}"))
}
