//! Platforms above that are in nobody's inventory (上级平台清单): which items they already cover.
//!
//! For: `--reference`. Not for: counting these platforms; they are nobody's items here. Invariant: what covers an item is
//! found by the same matching as everything else, over the inventories and the list together.

use super::audit::{Read, Request, parameters};
use crate::model::{
    AssetIx, AssetTable, Code, Covered, DecisionFile, Diagnostic, InputFile, Judgement, Location, Relation,
};
use crate::stages::ingest::{self, Naming};
use crate::stages::{matching, normalise};
use std::collections::BTreeMap;
use std::path::Path;

/// What the list says.
#[derive(Clone, Default)]
pub(super) struct Reference {
    /// The file: an input like any other.
    pub(super) file: Option<DecisionFile>,
    /// The items that its platforms cover, by item and platform.
    pub(super) covered: Vec<Covered>,
    /// What was wrong with it.
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// Where an item stands: digest of its file, number of the table in it, row.
type Place = (String, usize, u32);

/// Reads the list and finds what its platforms cover among the items.
///
/// # Errors
/// When the path does not exist.
pub(super) fn read(
    path: &Path,
    request: &Request<'_>,
    read: &Read,
    judgements: &[Judgement],
) -> Result<Reference, ingest::Error> {
    let options = |not_inventories| ingest::Options {
        fields: &request.knowledge.fields,
        naming: Naming::Items,
        overrides: &request.policy.columns,
        as_of: request.as_of,
        with_sm3: false,
        not_inventories,
        kept: None,
        progress: &|_, _| {},
    };
    let alone = ingest::ingest(&[path.to_owned()], &ingest::Options { with_sm3: true, ..options(&[]) })?;
    let Some(list) = alone.inputs.first().filter(|_| !alone.records.is_empty()) else {
        let mut diagnostics = alone.diagnostics;
        let at = Location::file(&path.file_name().map(|n| n.to_string_lossy()).unwrap_or_default());
        diagnostics.push(Diagnostic::new(Code::NoRecords, at));
        return Ok(Reference { diagnostics, ..Reference::default() });
    };
    let mut paths = request.paths.to_vec();
    paths.push(path.to_owned());
    let not_inventories = read.not_inventories(request);
    let both = ingest::ingest(&paths, &options(&not_inventories))?;
    let (table, _) = normalise::normalise(both.records, &request.knowledge.lexicon, &both.inputs);
    let items = places(&read.assets, &read.inputs);
    let items: BTreeMap<&Place, AssetIx> = items.iter().map(|(ix, place)| (place, *ix)).collect();
    let stands: BTreeMap<AssetIx, Place> = places(&table, &both.inputs).into_iter().collect();
    let item = |ix: AssetIx| items.get(&stands[&ix]).copied();
    let is_listed = |ix: AssetIx| stands[&ix].0 == list.blake3;
    let parameters = parameters(request.policy);
    let matched = matching::run(&table, &request.knowledge.lexicon, &parameters, judgements);
    let mut covered = Vec::new();
    for link in matched.links.iter().filter(|link| link.relation == Relation::CoveredAbove) {
        for (lower, upper) in [(link.left, link.right), (link.right, link.left)] {
            let depth = |ix: AssetIx| table.get(ix).meaning().level.depth();
            let Some(asset) = item(lower).filter(|_| !is_listed(lower) && is_listed(upper)) else { continue };
            if depth(upper) < depth(lower) {
                covered.push(cover(asset, &table, upper));
            }
        }
    }
    covered.sort_by(|a, b| (a.asset, &a.platform).cmp(&(b.asset, &b.platform)));
    covered.dedup_by(|a, b| (a.asset, &a.platform) == (b.asset, &b.platform));
    let file = DecisionFile {
        path: list.path.clone(),
        bytes: list.bytes,
        blake3: list.blake3.clone(),
        sm3: list.sm3.clone(),
    };
    Ok(Reference { file: Some(file), covered, diagnostics: Vec::new() })
}

/// A platform above as what it takes in.
fn cover(asset: AssetIx, table: &AssetTable, upper: AssetIx) -> Covered {
    let platform = table.get(upper);
    let owner = &platform.unit().canonical;
    Covered {
        asset,
        platform: if owner.is_empty() {
            platform.name().to_owned()
        } else {
            format!("{}（{owner}）", platform.name())
        },
        functions: platform.functions().to_vec(),
        audience: platform.meaning().audience,
    }
}

/// Where each asset stands.
fn places(table: &AssetTable, inputs: &[InputFile]) -> Vec<(AssetIx, Place)> {
    let sheets = &table.records.sheets;
    let mut first: BTreeMap<u32, usize> = BTreeMap::new();
    for (at, sheet) in sheets.iter().enumerate() {
        first.entry(sheet.file.0).or_insert(at);
    }
    let place = |asset: crate::model::AssetRef<'_>| {
        let row = table.records.place(asset.ix.index());
        let at = row.sheet.0 as usize;
        let file = sheets[at].file.0;
        (inputs[file as usize].blake3.clone(), at - first[&file], row.row)
    };
    table.iter().map(|asset| (asset.ix, place(asset))).collect()
}
