//! Hand-made asset tables for tests of the later stages.
//!
//! For: building the few assets a test is about, with their meaning stated. Not for: testing how meaning
//! is found out. Compiled for tests only.

use super::{
    AssetIx, AssetTable, Audience, Field, FunctionId, FunctionSet, Kind, Level, Meaning, PlatformId, Region,
    RegionId, RowRef, Sheet, SheetId, Status, Unit, UnitId, Value,
};

/// One asset to be.
#[derive(Clone, Debug)]
pub(crate) struct Sample {
    pub(crate) name: String,
    pub(crate) stem: String,
    pub(crate) number: String,
    pub(crate) kind: Kind,
    /// Name of the owner; empty for unknown.
    pub(crate) unit: String,
    /// Line of the owner.
    pub(crate) line: String,
    /// 0 unknown, 1 the province, 2 and 3 its cities, 4 a county of 2.
    pub(crate) region: u32,
    pub(crate) platform: u16,
    pub(crate) audience: Audience,
    pub(crate) status: Status,
    pub(crate) functions: Vec<u16>,
    pub(crate) fields: Vec<(Field, Value)>,
    pub(crate) texts: Vec<(Field, String)>,
}

impl Sample {
    /// An asset of a kind in the first city, in use, everything else unknown. The stem is the name.
    pub(crate) fn new(kind: Kind, name: &str) -> Sample {
        Sample {
            name: name.to_owned(),
            stem: name.to_owned(),
            number: String::new(),
            kind,
            unit: String::new(),
            line: String::new(),
            region: 2,
            platform: 0,
            audience: Audience::Unknown,
            status: Status::Active,
            functions: Vec::new(),
            fields: Vec::new(),
            texts: Vec::new(),
        }
    }
}

/// The divisions of samples: 示例省 with 甲市 (and its 子县) and 乙市.
fn regions() -> super::Regions {
    let mut regions = super::Regions::default();
    for (code, name, level, parent) in [
        ("990000", "示例省", Level::Province, 0),
        ("990100", "甲市", Level::Prefecture, 1),
        ("990200", "乙市", Level::Prefecture, 1),
        ("990121", "子县", Level::County, 2),
    ] {
        regions.push(Region { code: code.into(), name: name.into(), level, parent: RegionId(parent) });
    }
    regions
}

/// A table of samples; ids are the names, numbered where they repeat.
pub(crate) fn table(samples: &[Sample]) -> AssetTable {
    let mut table = AssetTable {
        regions: regions(),
        units: vec![Unit::default()],
        function_sets: vec![vec![]],
        region_candidates: vec![vec![]],
        ..AssetTable::default()
    };
    table.records.sheets.push(Sheet { header_row: Some(1), ..Sheet::new(super::FileId(0), "") });
    for (index, sample) in samples.iter().enumerate() {
        add(&mut table, index as u32, sample);
    }
    table
}

fn add(table: &mut AssetTable, index: u32, sample: &Sample) {
    table.records.push(RowRef { sheet: SheetId(0), row: index + 2 });
    let name = table.records.pool.intern(&sample.name);
    let mut fields = vec![(Field::Name, Value::Text(name))];
    for (field, text) in &sample.texts {
        fields.push((*field, Value::Text(table.records.pool.intern(text))));
    }
    fields.extend(sample.fields.iter().copied());
    for (field, value) in fields {
        table.records.set(field, value, None);
    }
    let level = match sample.region {
        0 => Level::Unknown,
        1 => Level::Province,
        4 => Level::County,
        _ => Level::Prefecture,
    };
    let region = RegionId(sample.region);
    let unit = if sample.unit.is_empty() {
        UnitId::default()
    } else {
        let unit = Unit {
            canonical: sample.unit.clone(),
            body: sample.unit.clone(),
            line: sample.line.clone(),
            office: String::new(),
            region,
            level,
        };
        let known = table.units.iter().position(|u| *u == unit);
        UnitId(known.unwrap_or_else(|| {
            table.units.push(unit);
            table.units.len() - 1
        }) as u32)
    };
    let mut functions: Vec<FunctionId> = sample.functions.iter().map(|&f| FunctionId(f)).collect();
    functions.sort_unstable();
    functions.dedup();
    let set = table.function_sets.iter().position(|s| *s == functions).unwrap_or_else(|| {
        table.function_sets.push(functions);
        table.function_sets.len() - 1
    });
    let pool = &mut table.records.pool;
    table.meaning.push(Meaning {
        kind: sample.kind,
        listed_as: sample.kind,
        level,
        audience: sample.audience,
        status: sample.status,
        platform: PlatformId(sample.platform),
        place: super::RegionRef { region, candidates: 0 },
        unit,
        folded: name,
        stem: pool.intern(&sample.stem),
        number: pool.intern(&sample.number),
        functions: FunctionSet(set as u32),
        ..Meaning::default()
    });
    let repeats = table.ids.iter().filter(|id| id.split('~').next() == Some(&sample.name)).count();
    let id = if repeats == 0 { sample.name.clone() } else { format!("{}~{}", sample.name, repeats + 1) };
    table.ids.push(id);
}

/// The asset with this id.
pub(crate) fn find(table: &AssetTable, id: &str) -> AssetIx {
    let at = table.ids.iter().position(|known| known == id).unwrap_or_else(|| panic!("no asset {id}"));
    AssetIx(at as u32)
}
