//! The place that a record's own columns tell, and the divisions that only this scan knows.

use super::distinct::Distinct;
use super::setting::{Setting, stated};
use crate::knowledge::lexicon::Lexicon;
use crate::knowledge::lexicon::regions::{Choice, Locality, Path};
use crate::knowledge::text::fold;
use crate::model::{Field, Level, Records, Region, RegionId, Regions, Sym};
use std::collections::BTreeMap;

/// The lexicon's divisions and those that a text of this scan adds below them.
pub(super) struct Places {
    regions: Regions,
    /// Ids from here on are of this scan only.
    first_added: RegionId,
    /// What was added, by the place above and by name or code.
    added: BTreeMap<(RegionId, String), RegionId>,
}

impl Places {
    pub(super) fn new(lexicon: &Lexicon) -> Places {
        let regions = lexicon.regions.regions().clone();
        let first_added = RegionId(regions.iter().count() as u32 + 1);
        Places { regions, first_added, added: BTreeMap::new() }
    }

    pub(super) fn regions(&self) -> &Regions {
        &self.regions
    }

    pub(super) fn into_regions(self) -> Regions {
        self.regions
    }

    /// The division that `below` leads to from `base`. What no table lists is added, with the code
    /// of the closest listed division above it unless it has its own. Of several names with one code the first stands.
    pub(super) fn place(&mut self, base: RegionId, below: &[Locality]) -> RegionId {
        below.iter().fold(base, |at, Locality { level, name, code }| {
            let keys = [code, name].map(|text| (at, text.clone())).into_iter().filter(|k| !k.1.is_empty());
            let keys: Vec<_> = keys.collect();
            if let Some(&known) = keys.iter().find_map(|key| self.added.get(key)) {
                for key in keys {
                    self.added.entry(key).or_insert(known);
                }
                return known;
            }
            let code = if code.is_empty() { &self.regions.get(at).code } else { code }.clone();
            let new = self.regions.push(Region { code, name: name.clone(), level: *level, parent: at });
            self.added.extend(keys.into_iter().map(|key| (key, new)));
            new
        })
    }

    /// The listed division at or above `region`, and the way down from it.
    pub(super) fn listed(&self, region: RegionId) -> (RegionId, Vec<Locality>) {
        let listed = self.regions.ancestry(region).find(|&r| r < self.first_added).unwrap_or_default();
        let mut below: Vec<Locality> = (self.regions.ancestry(region).take_while(|&r| r >= self.first_added))
            .map(|r| self.regions.get(r))
            .map(|r| Locality { level: r.level, name: r.name.clone(), code: r.code.clone() })
            .collect();
        below.reverse();
        (listed, below)
    }
}

/// What the region columns of a record tell.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct ColumnPlace {
    /// The division, `NONE` when the columns tell nothing or are ambiguous.
    pub(super) region: RegionId,
    /// The candidates when they are ambiguous, with the text.
    pub(super) candidates: Vec<RegionId>,
    /// Townships that the bare name in the columns may mean as well: 望城 is 望城区 or a 望城街道.
    pub(super) others: Vec<RegionId>,
    /// The ambiguous text and the column it stands in.
    pub(super) found: Option<(Field, String)>,
    /// Whether a code decided.
    pub(super) by_code: bool,
    /// A code that no division has.
    pub(super) unknown_code: bool,
}

const NAMED: [Field; 5] = [Field::Province, Field::City, Field::County, Field::Township, Field::RegionName];

type Key = (u32, Sym, [Sym; 5]);

/// Works out the place of every record's region columns.
pub(super) fn columns(
    records: &Records,
    lexicon: &Lexicon,
    settings: &[Setting],
    places: &mut Places,
) -> Distinct<ColumnPlace> {
    let any = records.has(Field::RegionCode) || NAMED.iter().any(|&f| records.has(f));
    let symbol = |record: usize, field| records.value(record, field).sym().unwrap_or_default();
    let key = |record: usize| -> Key {
        let sheet = records.place(record).sheet.0;
        if !any {
            return (sheet, Sym::EMPTY, [Sym::EMPTY; 5]);
        }
        (sheet, symbol(record, Field::RegionCode), NAMED.map(|f| symbol(record, f)))
    };
    let read = |key: Key| read(key, records, lexicon, settings);
    let found = Distinct::work_out(records.len(), key, read);
    // Codes that no table lists come first, in an order of their own: which of its names one goes by, and which names
    // lead to it, must not depend on the order of records.
    let is_coded = |below: &[Locality]| below.iter().any(|locality| !locality.code.is_empty());
    let mut coded: Vec<(RegionId, &[Locality])> = (found.values.iter())
        .filter(|(place, below)| place.region.is_known() && is_coded(below))
        .map(|(place, below)| (place.region, below.as_slice()))
        .collect();
    coded.sort_unstable_by_key(|(region, below)| {
        (*region, below.iter().map(|l| (l.code.as_str(), l.name.as_str())).collect::<Vec<_>>())
    });
    for (region, below) in coded {
        places.place(region, below);
    }
    found.map(|(mut place, below)| {
        // A town of nobody knows which county is no place yet.
        if place.region.is_known() {
            place.region = places.place(place.region, &below);
        }
        place
    })
}

fn read(
    (sheet, code, names): Key,
    records: &Records,
    lexicon: &Lexicon,
    settings: &[Setting],
) -> (ColumnPlace, Vec<Locality>) {
    let mut place = ColumnPlace::default();
    let sheet_here = &records.sheets[sheet as usize];
    let text = |sym: Sym, field| {
        let own = records.pool.get(sym);
        if own.is_empty() { stated(sheet_here, field) } else { own }
    };
    let digits: String = text(code, Field::RegionCode).chars().filter(char::is_ascii_digit).collect();
    if digits.len() >= 2 {
        place.region = lexicon.regions.by_code(&digits);
        let county = lexicon.regions.get(place.region).level == Level::County;
        // New townships come every year: the code of one in a known county is as good as known.
        let below_tables = county && digits.len() >= 9 && digits[6..9] != *"000";
        place.unknown_code = !below_tables && !lexicon.regions.has_code(&digits);
        place.by_code = place.region.is_known() && !place.unknown_code;
        if below_tables {
            let name = [Field::Township, Field::RegionName].into_iter().find_map(|field| {
                let at = NAMED.iter().position(|&f| f == field)?;
                let folded = fold(text(names[at], field));
                let rest = &folded[lexicon.regions.path_in(&folded, &[place.region]).end..];
                let read = lexicon.regions.localities(rest, place.region);
                let known =
                    read.below.into_iter().next_back().filter(|_| read.end == rest.len()).map(|l| l.name);
                known.or_else(|| Some(rest.to_owned()).filter(|n| !n.is_empty()))
            });
            // Without a name the owner's text may still tell which town it is.
            place.by_code = name.is_some();
            let code = digits[..9].to_owned();
            let town = name.map(|name| Locality { level: Level::Township, name, code });
            return (place, town.into_iter().collect());
        }
        if place.by_code && lexicon.regions.get(place.region).level == Level::Township {
            return (place, Vec::new());
        }
    }
    let coded = if place.by_code { place.region } else { RegionId::NONE };
    let regions = &lexicon.regions;
    let context = settings[sheet as usize].region;
    let mut below = Vec::new();
    for (field, sym) in NAMED.into_iter().zip(names) {
        let written = text(sym, field);
        let folded = fold(written);
        let contexts = [place.region, context];
        let mut path = regions.path_in(&folded, &contexts);
        let reads_on =
            |end: usize| regions.localities(&folded[end..], place.region).end == folded.len() - end;
        if !path.whole && !reads_on(path.end) {
            // 五峰山 is not the rest of 五峰.
            path = Path::default();
        }
        match regions.choose(&path.candidates, &contexts) {
            Choice::One(found) if regions.agree(found, place.region) => {
                if !regions.regions().covers(found, place.region) {
                    place.region = found;
                }
                (place.candidates, place.found) = (Vec::new(), None);
            }
            Choice::Many(candidates) if !place.region.is_known() => {
                (place.candidates, place.found) = (candidates, Some((field, written.to_owned())));
            }
            _ => {}
        }
        if !path.whole || path.candidates.is_empty() {
            let near = |town: &&RegionId| contexts.iter().all(|&context| regions.agree(**town, context));
            let fits = regions.towns_called(&folded).iter().filter(near);
            place.others.extend(fits);
        }
        let more = regions.localities(&folded[path.end..], place.region);
        place.region = more.listed.unwrap_or(place.region);
        if !more.below.is_empty() && more.end + path.end == folded.len() {
            below = more.below;
        }
    }
    if coded.is_known() {
        // Names narrow a code and never overrule it.
        place.region =
            if lexicon.regions.regions().covers(coded, place.region) { place.region } else { coded };
        (place.candidates, place.others, place.found) = (Vec::new(), Vec::new(), None);
    }
    (place, below)
}
