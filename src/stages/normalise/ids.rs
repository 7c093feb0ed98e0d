//! The id of every asset: owner, kind and folded name, never a row or a file.

use crate::model::{AssetIx, AssetTable, Field, InputFile, Value};
use rayon::prelude::*;
use std::hash::BuildHasher;

/// One unique id per record. Where a key repeats, the records are told apart by `~2`, `~3` … in the
/// order of a digest of their content; only records equal in every cell fall back on their place.
pub(super) fn ids(table: &AssetTable, inputs: &[InputFile]) -> Vec<String> {
    let mut ids: Vec<String> =
        (0..table.len() as u32).into_par_iter().map(|i| key(table, AssetIx(i))).collect();
    let mut order: Vec<u32> = (0..table.len() as u32).collect();
    // By hash first: long keys with common fronts are dear to compare, and only equality matters.
    let state = hashbrown::DefaultHashBuilder::default();
    let hashes: Vec<u64> = ids.par_iter().map(|id| state.hash_one(id)).collect();
    let by_key = |i: u32| (hashes[i as usize], &ids[i as usize], i);
    order.par_sort_unstable_by(|&a, &b| by_key(a).cmp(&by_key(b)));
    let runs: Vec<&[u32]> =
        order.chunk_by(|&a, &b| ids[a as usize] == ids[b as usize]).filter(|r| r.len() > 1).collect();
    let numbered: Vec<(u32, usize)> = runs
        .into_par_iter()
        .flat_map_iter(|run| {
            let mut ranked: Vec<_> = run
                .iter()
                .map(|&i| {
                    let at = table.records.place(i as usize);
                    let sheet = table.records.sheet_of(at.sheet);
                    let path = inputs.get(sheet.file.0 as usize).map_or("", |f| f.path.as_str());
                    (content(table, i as usize), path, sheet.name.as_str(), at.row, i)
                })
                .collect();
            ranked.sort_unstable();
            ranked.into_iter().enumerate().skip(1).map(|(rank, r)| (r.4, rank + 1)).collect::<Vec<_>>()
        })
        .collect();
    for (i, rank) in numbered {
        let id = &mut ids[i as usize];
        *id = format!("{id}~{rank}");
    }
    ids
}

fn key(table: &AssetTable, ix: AssetIx) -> String {
    let asset = table.get(ix);
    let meaning = asset.meaning();
    let unit = asset.unit();
    let region = if unit.region.is_known() { table.regions.get(unit.region) } else { asset.region() };
    let code = if region.code.is_empty() { "000000" } else { &region.code };
    let body = if unit.body.is_empty() { "unknown" } else { &unit.body };
    let folded = table.records.pool.get(meaning.folded);
    let kind = meaning.kind.as_str();
    let mut key = String::with_capacity(code.len() + body.len() + kind.len() + folded.len() + 3);
    for part in [code, "-", body, ".", kind, ".", folded] {
        key.push_str(part);
    }
    key
}

/// A digest of everything a record says, in field order.
fn content(table: &AssetTable, record: usize) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    for &field in Field::ALL {
        let value = table.records.value(record, field);
        let text = match value {
            Value::Missing => continue,
            Value::Text(s) | Value::List(s) | Value::Invalid(s) => table.records.pool.get(s).to_owned(),
            Value::Date { date, .. } => date.to_string(),
            Value::Count { count, .. } => count.get().to_string(),
            Value::Flag(flag) => flag.to_string(),
        };
        hasher.update(field.as_str().as_bytes());
        hasher.update(&(text.len() as u64).to_le_bytes());
        hasher.update(text.as_bytes());
    }
    *hasher.finalize().as_bytes()
}
