//! Reading a unit's text: place, then body, then office or branch.
//!
//! For: one text and what is known around it → one reading. Not for: which place the record is about when text
//! and columns differ (`normalise`).

mod body;
mod central;
mod grassroots;
mod mend;
mod place;

use super::super::regions::{Locality, RegionBook};
use super::UnitBook;
use crate::model::{Level, RegionId};
use body::{ORGANISATIONS, own_unit};
use mend::Mended;

/// What is known about a unit before its text is read.
#[derive(Clone, Copy, Debug, Default)]
pub struct UnitSetting<'a> {
    /// Places the record or its file name, most telling first.
    pub contexts: &'a [RegionId],
    /// Places below the first context that the record's columns tell and no table lists.
    pub below: &'a [Locality],
    /// The level the record states.
    pub level: Level,
}

/// A unit's text, understood.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct UnitReading {
    /// The listed division it belongs to; `NONE` when unknown or ambiguous.
    pub region: RegionId,
    /// The candidates when its place is ambiguous.
    pub candidates: Vec<RegionId>,
    /// Townships that the bare place in front may mean as well: 望城 is 望城区 or a 望城街道.
    pub others: Vec<RegionId>,
    /// Places below `region` that no table lists, widest first.
    pub below: Vec<Locality>,
    /// Whether the text itself names the place.
    pub names_place: bool,
    /// Id of the body, or `u` and six hex digits for a unit of its own.
    pub body: String,
    /// Line of work, empty when unknown.
    pub line: String,
    /// Internal office named in the text.
    pub office: String,
    /// Full name of the body at its level, without its place.
    pub name: String,
    /// The place as typed, where it could not be resolved; it then stands for the place's name.
    pub typed_place: String,
    /// Whether `name` is a proper name that already has its place in it (广州大学).
    pub is_proper_name: bool,
    /// Level of the unit.
    pub level: Level,
    /// Whether text and level words decide the level, or it only follows from the surroundings.
    pub level_is_certain: bool,
}

impl UnitReading {
    /// Whether it is a unit of its own, with a body that no table has.
    fn is_own(&self) -> bool {
        self.body.starts_with('u') && self.body.bytes().skip(1).all(|b| b.is_ascii_hexdigit())
    }
}

/// Characters of the longest name that is read again for slips.
const LONGEST: usize = 100;

/// Honorific fronts that change nothing about which unit is meant.
const FRONTS: [&str; 4] = ["中国共产党", "中共", "中华人民共和国", "全国"];

impl UnitBook {
    /// Reads a folded text: 乙县人社局, 市教育局办公室, 城关镇党政办. Empty text gives an empty reading. A text without a
    /// known body is read again with its slips mended, if that finds one.
    pub fn read(&self, text: &str, regions: &RegionBook, setting: UnitSetting<'_>) -> UnitReading {
        let reading = self.read_as_typed(text, regions, setting);
        // Mending tries every character: no unit's name is that long, and a cell full of text would take minutes.
        if !reading.is_own() || text.chars().nth(LONGEST).is_some() {
            return reading;
        }
        let context = setting.contexts.iter().copied().find(|c| c.is_known()).unwrap_or_default();
        let again = match self.mended(text, regions, context) {
            Some(Mended::Text(mended)) => self.read_as_typed(&mended, regions, setting),
            Some(Mended::Unlisted { place, name, level }) => {
                let body =
                    self.read_as_typed(&name, regions, UnitSetting { level, ..UnitSetting::default() });
                let level_is_certain = level != Level::Unknown;
                UnitReading { typed_place: place, names_place: true, level, level_is_certain, ..body }
            }
            None => return reading,
        };
        // 杜区卫生服务中心 of a township is its 社区卫生服务中心: of its own, and known by name.
        if again.is_own() && self.names.get(&again.name).is_empty() { reading } else { again }
    }

    fn read_as_typed(&self, text: &str, regions: &RegionBook, setting: UnitSetting<'_>) -> UnitReading {
        let mut reading = UnitReading::default();
        if text.is_empty() {
            return reading;
        }
        if self.read_central(text, regions, &mut reading) {
            return reading;
        }
        let text = FRONTS.iter().find_map(|f| text.strip_prefix(f)).filter(|t| !t.is_empty()).unwrap_or(text);
        // 共青团甲市委员会 is 甲市团委.
        let league = text.strip_prefix("共青团").filter(|t| regions.path(t).end > 0);
        let text = league.unwrap_or(text);
        let (rest, bare_place) = self.read_place(text, regions, setting, &mut reading);
        let rest = if league.is_some() && matches!(rest, "委" | "委员会") { "团委" } else { rest };
        self.read_body(rest, regions, &mut reading);

        let resolved = reading.region.is_known();
        if !resolved {
            // 老君镇 of nobody knows which county: the name as typed is all there is.
            reading.below.clear();
        }
        let known = self.starting(rest).is_some_and(|(length, _)| rest[..length].ends_with(ORGANISATIONS));
        if resolved && bare_place && !known && reading.is_own() && reading.below.is_empty() {
            // 广州大学: the bare place is part of a proper name.
            let name = format!("{}{}", reading.typed_place, reading.name);
            let line = std::mem::take(&mut reading.line);
            own_unit(name, line, &mut reading);
            reading.typed_place.clear();
            reading.is_proper_name = true;
        } else if resolved {
            reading.typed_place.clear();
        }
        reading
    }
}
