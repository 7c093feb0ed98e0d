//! Meaning: every record gets its kind, place, owner, level, platform, audience, name and functions.
//!
//! For: turning what the files said into things the later stages can compare. Not for: comparing.
//! Invariant: every distinct text is worked out once, texts are interned in record order, and the
//! result does not depend on the number of threads.

mod cells;
mod distinct;
mod draft;
mod ids;
mod kind;
mod mistyped;
mod name;
mod office;
mod owners;
mod places;
mod remarks;
mod setting;
mod settle;
mod towns;

use crate::knowledge::lexicon::Lexicon;
use crate::model::{
    Addition, AssetTable, Diagnostic, FunctionId, FunctionSet, InputFile, Meaning, Records, RegionId, Sym,
};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::hash::Hash;
use std::ops::Range;

/// Records worked out in one go; bounds the memory for texts not yet interned.
const CHUNK: usize = 1 << 14;

/// Works out what every record means.
///
/// `inputs` are the files the records came from, for the paths in remarks and for the places that
/// file and folder names tell.
pub fn normalise(records: Records, lexicon: &Lexicon, inputs: &[InputFile]) -> (AssetTable, Vec<Diagnostic>) {
    let settings = setting::settings(&records, lexicon, inputs);
    let mut places = places::Places::new(lexicon);
    let mut columns = places::columns(&records, lexicon, &settings, &mut places);
    let mut owners = owners::Owners::default();
    owners.read(&records, lexicon, &settings, &columns, &mut places);
    if settle::settle(&records, lexicon, &settings, &mut columns, &owners) {
        owners.read(&records, lexicon, &settings, &columns, &mut places);
    }
    if towns::settle(&records, lexicon, &settings, &mut columns, &owners, places.regions()) {
        owners.read(&records, lexicon, &settings, &columns, &mut places);
    }
    owners.close();
    mistyped::settle(&mut owners, lexicon, places.regions());

    let cells = cells::Cells::new(&records, &lexicon.functions);
    let place_names = mistyped::PlaceNames::new(places.regions());
    let work = draft::Work {
        records: &records,
        lexicon,
        settings: &settings,
        columns: &columns,
        owners: &owners,
        regions: places.regions(),
        cells: &cells,
        place_names: &place_names,
    };
    let mut gathered = Gathered::new(&records, inputs);
    let chunk = |start: usize| start..(start + CHUNK).min(records.len());
    let draft = |chunk: Range<usize>| chunk.into_par_iter().map(|r| work.draft(r)).collect::<Vec<_>>();
    let mut drafts = draft(chunk(0));
    for start in (0..records.len()).step_by(CHUNK) {
        // What is drafted is gathered on one thread, while the next records are drafted on all others.
        let next = chunk((start + CHUNK).min(records.len()));
        let (next, ()) = rayon::join(|| draft(next), || gathered.add(start, drafts));
        drafts = next;
    }
    let Gathered { mut table, texts, remarks, .. } = gathered;
    drop((columns, cells, place_names));
    let mut records = records;
    records.pool.add_all(texts);
    settle_offices(&mut table.meaning, &mut records);
    records.pool.rest();
    table.units = owners.into_units();
    table.regions = places.into_regions();
    table.records = records;
    table.ids = ids::ids(&table, inputs);
    let mut diagnostics = remarks.finish();
    Diagnostic::sort(&mut diagnostics);
    (table, diagnostics)
}

/// What was drafted so far.
struct Gathered<'r, 'i> {
    records: &'r Records,
    table: AssetTable,
    texts: Addition,
    remarks: remarks::Remarks<'i>,
    function_sets: FxHashMap<Vec<FunctionId>, u32>,
    candidate_lists: FxHashMap<Vec<RegionId>, u32>,
}

impl<'r, 'i> Gathered<'r, 'i> {
    fn new(records: &'r Records, inputs: &'i [InputFile]) -> Self {
        let mut table = AssetTable {
            function_sets: vec![Vec::new()],
            region_candidates: vec![Vec::new()],
            ..AssetTable::default()
        };
        table.meaning.reserve_exact(records.len());
        Gathered {
            records,
            table,
            texts: Addition::to(&records.pool),
            remarks: remarks::Remarks::new(inputs),
            function_sets: FxHashMap::from_iter([(Vec::new(), 0)]),
            candidate_lists: FxHashMap::from_iter([(Vec::new(), 0)]),
        }
    }

    /// Adds the drafts of records that follow each other.
    fn add(&mut self, start: usize, drafts: Vec<draft::Draft>) {
        for (record, draft) in (start..).zip(drafts) {
            for remark in &draft.remarks {
                self.remarks.add(self.records, record, remark);
            }
            let mut meaning: Meaning = draft.meaning;
            let texts = [
                (&draft.folded, &mut meaning.folded),
                (&draft.stem, &mut meaning.stem),
                (&draft.number, &mut meaning.number),
                (&draft.body, &mut meaning.body),
                (&draft.office, &mut meaning.office),
            ];
            for (text, sym) in texts.into_iter().filter(|(text, _)| !text.is_empty()) {
                *sym = self.texts.intern(text);
            }
            let sets = &mut self.table.function_sets;
            meaning.functions = FunctionSet(number(&mut self.function_sets, sets, draft.functions));
            let lists = &mut self.table.region_candidates;
            meaning.place.candidates = number(&mut self.candidate_lists, lists, draft.candidates);
            self.table.meaning.push(meaning);
        }
    }
}

/// Gives every office the spelling that stands for it.
fn settle_offices(meanings: &mut [Meaning], records: &mut Records) {
    let mut counts: FxHashMap<Sym, usize> = FxHashMap::default();
    for meaning in meanings.iter().filter(|m| !m.office.is_empty()) {
        *counts.entry(meaning.office).or_default() += 1;
    }
    let chosen: Vec<(Sym, String)> = {
        let texts: BTreeMap<&str, Sym> = counts.keys().map(|&sym| (records.pool.get(sym), sym)).collect();
        let found = office::representatives(texts.iter().map(|(text, sym)| (*text, counts[sym])).collect());
        found.into_iter().map(|(office, chosen)| (texts[office], chosen.to_owned())).collect()
    };
    let chosen: FxHashMap<Sym, Sym> =
        chosen.into_iter().map(|(office, chosen)| (office, records.pool.intern(&chosen))).collect();
    for meaning in meanings {
        meaning.office = chosen.get(&meaning.office).copied().unwrap_or_default();
    }
}

/// The position of a list among the distinct ones, adding it when it is new.
fn number<T: Hash + Eq + Clone>(
    known: &mut FxHashMap<Vec<T>, u32>,
    lists: &mut Vec<Vec<T>>,
    list: Vec<T>,
) -> u32 {
    if let Some(&at) = known.get(&list) {
        return at;
    }
    let at = lists.len() as u32;
    lists.push(list.clone());
    known.insert(list, at);
    at
}
