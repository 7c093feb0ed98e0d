//! The owner of every record: its unit's text, read once per distinct text and surroundings.

use super::distinct::Distinct;
use super::places::{ColumnPlace, Places};
use super::setting::{Setting, stated};
use crate::knowledge::lexicon::Lexicon;
use crate::knowledge::lexicon::units::{UnitReading, UnitSetting};
use crate::knowledge::text::fold;
use crate::model::{Field, Level, Pool, Records, RegionId, Sym, Unit, UnitId};
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// Texts read in one go; bounds the memory for what their readings have in common.
const CHUNK: usize = 1 << 14;

/// The owner that a record's text names. There are nearly as many as records, so its words are symbols of
/// [`Owners::word`].
#[derive(Clone, Debug, Default)]
pub(super) struct Owner {
    /// Position among the distinct units; 0 when the record names none.
    pub(super) unit: UnitId,
    /// Whether the text itself names the place.
    pub(super) names_place: bool,
    /// Whether the text decides the level.
    pub(super) level_is_certain: bool,
    /// The name of its body without its place, to be cut from item names.
    pub(super) name: Sym,
    /// Its internal office as typed; empty when none is named.
    pub(super) office: Sym,
    /// What its unit is made of, when it names one.
    is_unit: bool,
    level: Level,
    region: RegionId,
    canonical: Sym,
    body: Sym,
    line: Sym,
    open: Option<Box<Open>>,
}

/// What few owners have: places that are left open.
#[derive(Clone, Debug)]
struct Open {
    candidates: Vec<RegionId>,
    others: Vec<RegionId>,
}

impl Owner {
    /// The candidates when its place is ambiguous.
    pub(super) fn candidates(&self) -> &[RegionId] {
        self.open.as_ref().map_or(&[], |open| &open.candidates)
    }

    /// Townships that its bare place may mean as well.
    pub(super) fn others(&self) -> &[RegionId] {
        self.open.as_ref().map_or(&[], |open| &open.others)
    }
}

/// The owners of all records. Each distinct text is read once for all: when places become known, only what they
/// change is read again.
#[derive(Default)]
pub(super) struct Owners {
    /// Position in `list` by record.
    of_record: Vec<u32>,
    /// Everything read so far.
    list: Vec<Owner>,
    /// What is of some record, in the order of first appearance.
    present: Vec<u32>,
    /// Distinct units; entry 0 is the unknown one.
    units: Vec<Unit>,
    /// By what they were read from.
    known: FxHashMap<Key, u32>,
    /// Names with their places.
    canonical: Pool,
    /// Names, offices, bodies and lines, of which there are few.
    words: Pool,
}

/// Text, sheet, place and level.
type Key = (Sym, u32, RegionId, Level);

impl Owners {
    /// The owner of a record, and its unit.
    pub(super) fn get(&self, record: usize) -> (&Owner, &Unit) {
        let owner = &self.list[self.of_record[record] as usize];
        (owner, &self.units[owner.unit.0 as usize])
    }

    /// The name or office of an owner.
    pub(super) fn word(&self, word: Sym) -> &str {
        self.words.get(word)
    }

    /// Every distinct owner, in the order of first appearance.
    pub(super) fn distinct(&self) -> impl Iterator<Item = &Owner> {
        self.present.iter().map(|&at| &self.list[at as usize])
    }

    /// Distinct units; entry 0 is the unknown one.
    pub(super) fn units(&self) -> &[Unit] {
        &self.units
    }

    /// Gives up what is only needed for reading on, and what is of no record any more.
    pub(super) fn close(&mut self) {
        (self.known, self.canonical) = (FxHashMap::default(), Pool::default());
    }

    /// Gives the distinct units away.
    pub(super) fn into_units(self) -> Vec<Unit> {
        self.units
    }

    /// Replaces the unit and office of distinct owners, by their position among them.
    pub(super) fn take(&mut self, meant: Vec<(u32, UnitId, String)>) {
        for (at, unit, office) in meant {
            let office = self.words.intern(&office);
            let owner = &mut self.list[self.present[at as usize] as usize];
            (owner.unit, owner.office) = (unit, office);
        }
    }

    /// Reads the owner of every record in the light of its place.
    pub(super) fn read(
        &mut self,
        records: &Records,
        lexicon: &Lexicon,
        settings: &[Setting],
        columns: &Distinct<ColumnPlace>,
        places: &mut Places,
    ) {
        let symbol = |record: usize, field| records.value(record, field).sym().unwrap_or_default();
        let mut levels: FxHashMap<Sym, Level> = FxHashMap::default();
        for record in 0..records.len() {
            let read = |stated| lexicon.values.level(&fold(records.pool.get(stated)));
            let stated = symbol(record, Field::Level);
            levels.entry(stated).or_insert_with(|| read(stated));
        }
        let key = |record: usize| -> Key {
            let place = columns.get(record);
            // A bare name in the columns may mean another place, which the owner's text may tell.
            let region = if place.others.is_empty() { place.region } else { RegionId::NONE };
            let level = levels[&symbol(record, Field::Level)];
            (symbol(record, Field::OwnerUnit), records.place(record).sheet.0, region, level)
        };
        let found: Vec<Result<u32, Key>> = (0..records.len())
            .into_par_iter()
            .map(|record| {
                let key = key(record);
                self.known.get(&key).copied().ok_or(key)
            })
            .collect();
        let (mut new, first_new) = (Vec::new(), self.list.len());
        let known = &mut self.known;
        let number = |found| match found {
            Ok(at) => at,
            Err(key) => *known.entry(key).or_insert_with(|| {
                new.push(key);
                (first_new + new.len() - 1) as u32
            }),
        };
        self.of_record = found.into_iter().map(number).collect();
        for keys in new.chunks(CHUNK) {
            self.read_some(keys, records, lexicon, settings, places);
        }
        self.note_present();
        self.number_units();
    }

    /// Reads texts that were not read before.
    fn read_some(
        &mut self,
        keys: &[Key],
        records: &Records,
        lexicon: &Lexicon,
        settings: &[Setting],
        places: &mut Places,
    ) {
        let read = |&(unit, sheet, region, level): &Key| {
            let here = records.pool.get(unit);
            let text = if here.is_empty() {
                stated(&records.sheets[sheet as usize], Field::OwnerUnit)
            } else {
                here
            };
            let (listed, below) = places.listed(region);
            let contexts = [listed, settings[sheet as usize].region];
            let setting = UnitSetting { contexts: &contexts, below: &below, level };
            read_owner(text, lexicon, setting)
        };
        let mut readings: Vec<(UnitReading, RegionId)> =
            keys.par_iter().map(|key| (read(key), RegionId::NONE)).collect();
        for (reading, region) in readings.iter_mut().filter(|(reading, _)| !reading.body.is_empty()) {
            *region = places.place(reading.region, &reading.below);
        }
        let canonical = |(reading, region): &(UnitReading, RegionId)| {
            let shows_place = region.is_known() && reading.level != Level::Central && !reading.is_proper_name;
            if reading.typed_place.is_empty() && shows_place {
                lexicon.regions.display(places.regions(), *region) + &reading.name
            } else {
                format!("{}{}", reading.typed_place, reading.name)
            }
        };
        let names: Vec<String> = readings.par_iter().map(canonical).collect();
        for ((reading, region), name) in readings.into_iter().zip(names) {
            let owner = self.owner(reading, region, &name);
            self.list.push(owner);
        }
    }

    fn owner(&mut self, reading: UnitReading, region: RegionId, canonical: &str) -> Owner {
        if reading.body.is_empty() {
            return Owner::default();
        }
        let is_open = !reading.candidates.is_empty() || !reading.others.is_empty();
        let open = Open { candidates: reading.candidates, others: reading.others };
        Owner {
            unit: UnitId::default(),
            names_place: reading.names_place,
            level_is_certain: reading.level_is_certain,
            name: self.words.intern(&reading.name),
            office: self.words.intern(&reading.office),
            is_unit: true,
            level: reading.level,
            region,
            canonical: self.canonical.intern(canonical),
            body: self.words.intern(&reading.body),
            line: self.words.intern(&reading.line),
            open: is_open.then(|| Box::new(open)),
        }
    }

    fn note_present(&mut self) {
        let mut is_present = vec![false; self.list.len()];
        self.present.clear();
        for &at in &self.of_record {
            if !std::mem::replace(&mut is_present[at as usize], true) {
                self.present.push(at);
            }
        }
    }

    /// Numbers the distinct units of what is present.
    fn number_units(&mut self) {
        // The first owner of each unit, and whether all agree on its office: one unit is one owner, whichever of its
        // offices a row names.
        let mut firsts: Vec<(u32, bool)> = Vec::new();
        let mut known: FxHashMap<(Sym, RegionId), UnitId> = FxHashMap::default();
        for &at in &self.present {
            let owner = &self.list[at as usize];
            if !owner.is_unit {
                continue;
            }
            let unit = *known.entry((owner.canonical, owner.region)).or_insert_with(|| {
                firsts.push((at, true));
                UnitId(firsts.len() as u32)
            });
            let (first, agree) = &mut firsts[unit.0 as usize - 1];
            *agree &= self.list[*first as usize].office == owner.office;
            self.list[at as usize].unit = unit;
        }
        let unit = |&(first, agree): &(u32, bool)| {
            let owner = &self.list[first as usize];
            Unit {
                canonical: self.canonical.get(owner.canonical).to_owned(),
                body: self.word(owner.body).to_owned(),
                line: self.word(owner.line).to_owned(),
                office: if agree { self.word(owner.office).to_owned() } else { String::new() },
                region: owner.region,
                level: owner.level,
            }
        };
        self.units = rayon::iter::once(Unit::default()).chain(firsts.par_iter().map(unit)).collect();
    }
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
