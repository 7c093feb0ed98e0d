//! The items of a stored scan, found in the rows that are screened.
//!
//! For: `screen --assets`. Not for: finding them (`stages/clues`). Invariant: columns of the input that say what a row
//! is about, or where, are read by their headers like those of an inventory.

use crate::knowledge::lexicon::fields::{FieldBook, Look};
use crate::model::Field;
use crate::scan::document::{Asset, ScanDocument};
use crate::screen::Row;
use crate::stages::clues::{Linker, Named};

/// The items with what finds them.
pub(super) struct Known {
    assets: Vec<Asset>,
    linker: Linker,
    /// Columns that name what a row is about, by position and name.
    subjects: Vec<(usize, String)>,
    /// Columns that say where.
    places: Vec<(usize, String)>,
}

impl Known {
    /// From a scan, for rows with these columns.
    pub(super) fn new(scan: ScanDocument, columns: &[String]) -> Known {
        let named = |asset: &Asset| Named {
            name: asset.name.clone(),
            stem: asset.stem.clone(),
            owners: vec![asset.owner_unit.text.clone(), asset.owner_unit.canonical.clone()],
            places: asset.region.path.clone(),
        };
        let named: Vec<Named> = scan.assets.iter().map(named).collect();
        let book = FieldBook::load();
        let of = |is: &dyn Fn(Field) -> bool| -> Vec<(usize, String)> {
            let fits = |header: &str| match book.look(header) {
                Look::Field(hit) => is(hit.field),
                Look::Ambiguous(choices) => choices.iter().any(|choice| is(choice.field)),
                Look::Unknown => false,
            };
            let columns = columns.iter().cloned().enumerate();
            columns.filter(|(_, header)| fits(header)).collect()
        };
        Known {
            linker: Linker::new(&named),
            assets: scan.assets,
            subjects: of(&|field| field == Field::ClueSubject || Field::NAMES.contains(&field)),
            places: of(&|field| matches!(field, Field::OwnerUnit | Field::RegionName)),
        }
    }

    /// Ids and names of the items that a row is about, parted like labels and their names.
    pub(super) fn about(&self, row: &Row, text: &str) -> [String; 2] {
        let read = |columns: &[(usize, String)]| {
            let cells = columns.iter().map(|(at, name)| row.text(*at, name));
            cells.fold(String::new(), |all, cell| all + &cell + "。")
        };
        let links = self.linker.links(&(read(&self.subjects) + text), &read(&self.places));
        let join = |value: &dyn Fn(&Asset) -> &str, part: &str| {
            links.iter().map(|link| value(&self.assets[link.item])).collect::<Vec<_>>().join(part)
        };
        [join(&|asset| &asset.id, ";"), join(&|asset| &asset.name, "；")]
    }
}
