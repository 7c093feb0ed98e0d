//! The owner of every record: its unit's text, read once per distinct text and surroundings.

use super::distinct::Distinct;
use super::places::{ColumnPlace, Places};
use super::setting::{Setting, stated};
use crate::knowledge::lexicon::Lexicon;
use crate::knowledge::lexicon::units::{UnitReading, UnitSetting};
use crate::knowledge::text::fold;
use crate::model::{Field, Level, Records, RegionId, Sym, Unit, UnitId};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The owner that a record's text names.
#[derive(Clone, Debug, Default)]
pub(super) struct Owner {
    /// Position among the distinct units; 0 when the record names none.
    pub(super) unit: UnitId,
    /// The candidates when its place is ambiguous.
    pub(super) candidates: Vec<RegionId>,
    /// Townships that its bare place may mean as well.
    pub(super) others: Vec<RegionId>,
    /// Whether the text itself names the place.
    pub(super) names_place: bool,
    /// Whether the text decides the level.
    pub(super) level_is_certain: bool,
    /// The name of its body without its place, to be cut from item names.
    pub(super) name: String,
    /// Its internal office as typed; empty when none is named.
    pub(super) office: String,
}

pub(super) struct Owners {
    of_record: Distinct<Owner>,
    /// Distinct units; entry 0 is the unknown one.
    pub(super) units: Vec<Unit>,
}

impl Owners {
    /// The owner of a record, and its unit.
    pub(super) fn get(&self, record: usize) -> (&Owner, &Unit) {
        let owner = self.of_record.get(record);
        (owner, &self.units[owner.unit.0 as usize])
    }

    /// Every distinct owner, in the order of first appearance.
    pub(super) fn distinct(&self) -> &[Owner] {
        &self.of_record.values
    }

    /// Replaces the unit and office of every owner for which `meant` finds others.
    pub(super) fn take_for(&mut self, meant: impl Fn(&Owner) -> Option<(UnitId, String)>) {
        for owner in &mut self.of_record.values {
            if let Some((unit, office)) = meant(owner) {
                (owner.unit, owner.office) = (unit, office);
            }
        }
    }
}

type Key = (Sym, u32, RegionId, Level);

/// Texts read so far, by what they were read from: when places become known, only what they change is read again.
#[derive(Default)]
pub(super) struct Readings(FxHashMap<Key, Arc<UnitReading>>);

/// The owner of every record in the light of its place.
pub(super) fn owners(
    records: &Records,
    lexicon: &Lexicon,
    settings: &[Setting],
    columns: &Distinct<ColumnPlace>,
    places: &mut Places,
    so_far: &mut Readings,
) -> Owners {
    let mut levels: FxHashMap<Sym, Level> = FxHashMap::default();
    let key = |record: usize| -> Key {
        let unit = records.value(record, Field::OwnerUnit).sym().unwrap_or_default();
        let sheet = records.place(record).sheet.0;
        let stated = records.value(record, Field::Level).sym().unwrap_or_default();
        let read = || lexicon.values.level(&fold(records.pool.get(stated)));
        let level = *levels.entry(stated).or_insert_with(read);
        let place = columns.get(record);
        // A bare name in the columns may mean another place, which the owner's text may tell.
        let region = if place.others.is_empty() { place.region } else { RegionId::NONE };
        (unit, sheet, region, level)
    };
    let read = |key: Key| {
        if let Some(reading) = so_far.0.get(&key) {
            return (key, Arc::clone(reading));
        }
        let (unit, sheet, region, level) = key;
        let here = records.pool.get(unit);
        let text =
            if here.is_empty() { stated(&records.sheets[sheet as usize], Field::OwnerUnit) } else { here };
        let (listed, below) = places.listed(region);
        let contexts = [listed, settings[sheet as usize].region];
        let setting = UnitSetting { contexts: &contexts, below: &below, level };
        (key, Arc::new(read_owner(text, lexicon, setting)))
    };
    let readings = Distinct::work_out(records.len(), key, read);
    so_far.0.extend(readings.values.iter().map(|(key, reading)| (*key, Arc::clone(reading))));
    let mut units = vec![Unit::default()];
    let mut known: BTreeMap<(String, RegionId), UnitId> = BTreeMap::new();
    let of_record = readings.map(|(_, reading)| intern(&reading, lexicon, places, &mut units, &mut known));
    Owners { of_record, units }
}

/// Reads the first unit of a text that may name several (甲局、乙局).
fn read_owner(text: &str, lexicon: &Lexicon, setting: UnitSetting<'_>) -> UnitReading {
    let read = |text: &str| lexicon.units.read(&fold(text), &lexicon.regions, setting);
    let first =
        text.split(['、', '，', ',', '；', ';', '\n', '|', '/']).map(str::trim).find(|t| !t.is_empty());
    match first {
        Some(first) if first.len() < text.trim().len() => {
            let reading = read(first);
            let is_unit = !reading.body.is_empty() && (reading.names_place || !reading.body.starts_with('u'));
            if is_unit { reading } else { read(text) }
        }
        _ => read(text),
    }
}

fn intern(
    reading: &UnitReading,
    lexicon: &Lexicon,
    places: &mut Places,
    units: &mut Vec<Unit>,
    known: &mut BTreeMap<(String, RegionId), UnitId>,
) -> Owner {
    if reading.body.is_empty() {
        return Owner::default();
    }
    let region = places.place(reading.region, &reading.below);
    let shows_place = region.is_known() && reading.level != Level::Central && !reading.is_proper_name;
    let place = if reading.typed_place.is_empty() && shows_place {
        lexicon.regions.display(places.regions(), region)
    } else {
        reading.typed_place.clone()
    };
    let canonical = place + &reading.name;
    let unit = *known.entry((canonical.clone(), region)).or_insert_with(|| {
        let UnitReading { body, line, office, level, .. } = reading.clone();
        units.push(Unit { canonical, body, line, office, region, level });
        UnitId(units.len() as u32 - 1)
    });
    // The office is kept while all texts agree on it: one unit is one owner, whichever of its
    // offices a row names.
    let entry = &mut units[unit.0 as usize];
    if entry.office != reading.office {
        entry.office.clear();
    }
    Owner {
        unit,
        candidates: reading.candidates.clone(),
        others: reading.others.clone(),
        names_place: reading.names_place,
        level_is_certain: reading.level_is_certain,
        name: reading.name.clone(),
        office: reading.office.clone(),
    }
}
