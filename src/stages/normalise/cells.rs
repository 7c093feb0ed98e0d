//! Cells of few words, folded and understood once for all records that have them.
//!
//! For: kind, platform, level and the like, of which a list has a handful of spellings, and lists of functions, which are
//! often copied from row to row. Not for: names and prose. Invariant: nothing here is more than a short cut.

use crate::knowledge::lexicon::FunctionBook;
use crate::knowledge::text::fold;
use crate::model::{Field, FunctionId, RecordRef, Records, Sym};
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

/// Fields of few words.
const FIELDS: [Field; 8] = [
    Field::Kind,
    Field::Platform,
    Field::AppForm,
    Field::Level,
    Field::Audience,
    Field::Status,
    Field::CancelRecord,
    Field::Disposal,
];

/// Distinct texts of one field that are kept; a field with more of them is prose.
const MOST: usize = 1 << 16;

/// What distinct cells say.
pub(super) struct Cells {
    folded: FxHashMap<Sym, String>,
    tags: FxHashMap<Sym, Vec<FunctionId>>,
}

impl Cells {
    /// Folds and tags what the records have.
    pub(super) fn new(records: &Records, functions: &FunctionBook) -> Cells {
        let syms: FxHashSet<Sym> =
            FIELDS.par_iter().flat_map_iter(|&field| distinct(records, field)).collect();
        let folded = syms.into_par_iter().map(|sym| (sym, fold(records.pool.get(sym)))).collect();
        let tagged = |sym| (sym, tags(RecordRef::items_of(records.pool.get(sym)), functions));
        let tags = distinct(records, Field::Functions).into_par_iter().map(tagged).collect();
        Cells { folded, tags }
    }

    /// The folded text of a cell of few words, if it is kept.
    pub(super) fn folded(&self, sym: Sym) -> Option<&str> {
        self.folded.get(&sym).map(String::as_str)
    }

    /// The functions that a list of functions speaks of, if it is kept.
    pub(super) fn tags(&self, sym: Sym) -> Option<&[FunctionId]> {
        self.tags.get(&sym).map(Vec::as_slice)
    }
}

/// The functions that the items of a list speak of, each once.
pub(super) fn tags<'t>(items: impl Iterator<Item = &'t str>, functions: &FunctionBook) -> Vec<FunctionId> {
    let mut found = Vec::new();
    items.for_each(|item| functions.tag_name(&fold(item), &mut found));
    found
}

/// The distinct texts of a field; no more than are kept.
fn distinct(records: &Records, field: Field) -> Vec<Sym> {
    let mut seen: FxHashSet<Sym> = FxHashSet::default();
    let count = if records.has(field) { records.len() } else { 0 };
    for sym in (0..count).filter_map(|record| records.value(record, field).sym()) {
        if seen.len() == MOST {
            break;
        }
        seen.insert(sym);
    }
    let mut syms: Vec<Sym> = seen.into_iter().collect();
    syms.sort_unstable();
    syms
}
