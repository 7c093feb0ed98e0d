//! The asset table: records with their meaning and their ids.
//!
//! For: the one value that matching, rules and planning read. Not for: clues and rejected rows.
//! Invariant: ids are unique, and contain neither a row number nor a file name.

use super::{
    Field, FunctionId, FunctionSet, Meaning, RecordRef, Records, Region, RegionId, Regions, Unit, UnitId,
    Value,
};

/// An asset, by its position in the table (file order; never shown).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct AssetIx(pub u32);

impl AssetIx {
    /// As an index into columns.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// All assets of a scan.
#[derive(Clone, Default)]
pub struct AssetTable {
    /// What the files said.
    pub records: Records,
    /// What it means; one entry per record.
    pub meaning: Vec<Meaning>,
    /// Unique ids; one per record.
    pub ids: Vec<String>,
    /// Distinct owners; entry 0 is the unknown one.
    pub units: Vec<Unit>,
    /// Distinct sets of functions, each sorted; entry 0 is empty.
    pub function_sets: Vec<Vec<FunctionId>>,
    /// Distinct lists of candidate regions, each sorted; entry 0 is empty.
    pub region_candidates: Vec<Vec<RegionId>>,
    /// Every division known to the scan.
    pub regions: Regions,
}

impl AssetTable {
    /// Number of assets.
    pub fn len(&self) -> usize {
        self.meaning.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.meaning.is_empty()
    }

    /// A borrowed asset.
    pub fn get(&self, ix: AssetIx) -> AssetRef<'_> {
        AssetRef { table: self, ix }
    }

    /// Every asset in table order.
    pub fn iter(&self) -> impl Iterator<Item = AssetRef<'_>> {
        (0..self.len() as u32).map(|i| self.get(AssetIx(i)))
    }

    /// The functions of a set.
    pub fn functions(&self, set: FunctionSet) -> &[FunctionId] {
        &self.function_sets[set.0 as usize]
    }

    /// An owner.
    pub fn unit(&self, unit: UnitId) -> &Unit {
        &self.units[unit.0 as usize]
    }
}

/// One asset of a table.
#[derive(Clone, Copy)]
pub struct AssetRef<'a> {
    /// The table.
    pub table: &'a AssetTable,
    /// Position in it.
    pub ix: AssetIx,
}

impl<'a> AssetRef<'a> {
    /// Its id.
    pub fn id(self) -> &'a str {
        &self.table.ids[self.ix.index()]
    }

    /// What it was understood to be.
    pub fn meaning(self) -> &'a Meaning {
        &self.table.meaning[self.ix.index()]
    }

    /// What the file said of it.
    pub fn record(self) -> RecordRef<'a> {
        self.table.records.record(self.ix.index())
    }

    /// Its name as the file wrote it.
    pub fn name(self) -> &'a str {
        self.record().name()
    }

    /// The value of a field.
    pub fn value(self, field: Field) -> Value {
        self.record().value(field)
    }

    /// The characters of a field, empty when it has none.
    pub fn text(self, field: Field) -> &'a str {
        self.record().text(field)
    }

    /// Its owner.
    pub fn unit(self) -> &'a Unit {
        self.table.unit(self.meaning().unit)
    }

    /// Its region; a nameless one when unknown.
    pub fn region(self) -> &'a Region {
        self.table.regions.get(self.meaning().place.region)
    }

    /// What it does.
    pub fn functions(self) -> &'a [FunctionId] {
        self.table.functions(self.meaning().functions)
    }
}
