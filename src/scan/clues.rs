//! The clues among the records: which practices they speak of, and of which items.
//!
//! For: `audit`. Invariant: every clue of the inputs comes out once, in their order, linked or not.

use crate::knowledge::detect::Detector;
use crate::model::{AssetIx, AssetRef, AssetTable, Clue, Field, Kind};
use crate::screen::Verdict;
use crate::stages::clues::{Linker, Named};
use rayon::prelude::*;

/// Reads every clue of a table.
pub(super) fn read(assets: &AssetTable, detector: &Detector) -> Vec<Clue> {
    let is_clue = |asset: &AssetRef<'_>| asset.meaning().kind == Kind::Clue;
    let clues: Vec<AssetRef<'_>> = assets.iter().filter(is_clue).collect();
    if clues.is_empty() {
        return Vec::new();
    }
    let (numbers, items): (Vec<AssetIx>, Vec<Named>) =
        assets.iter().filter(|asset| !is_clue(asset)).map(|asset| (asset.ix, named(asset))).unzip();
    let linker = Linker::new(&items);
    clues
        .par_iter()
        .map(|clue| {
            let text = clue.text(Field::ClueText);
            let verdict = Verdict::of(&detector.read(text));
            let about = format!("{}。{text}", clue.text(Field::ClueSubject));
            let place = [Field::OwnerUnit, Field::RegionName].map(|field| clue.text(field)).join("。");
            let links = linker.links(&about, &place).into_iter();
            Clue {
                record: clue.ix,
                practices: verdict.labels.iter().map(|label| label.category.as_str()).collect(),
                denied: verdict.negated.iter().map(|(category, _)| category.as_str()).collect(),
                items: links.map(|link| (numbers[link.item], link.confidence)).collect(),
            }
        })
        .collect()
}

fn named(asset: AssetRef<'_>) -> Named {
    let table = asset.table;
    Named {
        name: asset.name().to_owned(),
        stem: table.records.pool.get(asset.meaning().stem).to_owned(),
        owners: vec![asset.text(Field::OwnerUnit).to_owned(), asset.unit().canonical.clone()],
        places: table.regions.path(asset.meaning().place.region).into_iter().map(str::to_owned).collect(),
    }
}
