//! Meaning: every record gets its kind, place, owner, level, platform, audience, name and functions.
//!
//! For: turning what the files said into things the later stages can compare. Not for: comparing.
//! Invariant: every distinct text is worked out once, texts are interned in record order, and the
//! result does not depend on the number of threads.

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
    AssetTable, Diagnostic, FunctionId, FunctionSet, InputFile, Meaning, Records, RegionId, Sym,
};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

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

    let mut table = AssetTable {
        function_sets: vec![Vec::new()],
        region_candidates: vec![Vec::new()],
        ..AssetTable::default()
    };
    let mut remarks = remarks::Remarks::new(inputs);
    let mut function_sets: BTreeMap<Vec<FunctionId>, u32> = BTreeMap::from([(Vec::new(), 0)]);
    let mut candidate_lists: BTreeMap<Vec<RegionId>, u32> = BTreeMap::from([(Vec::new(), 0)]);
    let mut records = records;
    table.meaning.reserve(records.len());
    for start in (0..records.len()).step_by(CHUNK) {
        let end = (start + CHUNK).min(records.len());
        let work = draft::Work {
            records: &records,
            lexicon,
            settings: &settings,
            columns: &columns,
            owners: &owners,
            regions: places.regions(),
        };
        let drafts: Vec<draft::Draft> = (start..end).into_par_iter().map(|r| work.draft(r)).collect();
        for (record, draft) in (start..end).zip(drafts) {
            for remark in &draft.remarks {
                remarks.add(&records, record, remark);
            }
            let mut meaning: Meaning = draft.meaning;
            meaning.folded = records.pool.intern(&draft.folded);
            meaning.stem = records.pool.intern(&draft.stem);
            meaning.number = records.pool.intern(&draft.number);
            meaning.body = records.pool.intern(&draft.body);
            meaning.office = records.pool.intern(&draft.office);
            meaning.functions =
                FunctionSet(number(&mut function_sets, &mut table.function_sets, draft.functions));
            meaning.place.candidates =
                number(&mut candidate_lists, &mut table.region_candidates, draft.candidates);
            table.meaning.push(meaning);
        }
    }
    settle_offices(&mut table.meaning, &mut records);
    table.units = owners.into_units();
    table.regions = places.into_regions();
    table.records = records;
    table.ids = ids::ids(&table, inputs);
    let mut diagnostics = remarks.finish();
    Diagnostic::sort(&mut diagnostics);
    (table, diagnostics)
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
fn number<T: Ord + Clone>(known: &mut BTreeMap<Vec<T>, u32>, lists: &mut Vec<Vec<T>>, list: Vec<T>) -> u32 {
    if let Some(&at) = known.get(&list) {
        return at;
    }
    let at = lists.len() as u32;
    lists.push(list.clone());
    known.insert(list, at);
    at
}
