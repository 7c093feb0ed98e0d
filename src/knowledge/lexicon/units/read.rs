//! Reading a unit's text: place, then body, then office or branch.

use super::super::regions::{Choice, Localities, Locality, Path, RegionBook, bare};
use super::{Body, UnitBook};
use crate::model::{Level, RegionId};

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

/// Honorific fronts that change nothing about which unit is meant.
const FRONTS: [&str; 4] = ["中国共产党", "中共", "中华人民共和国", "全国"];

impl UnitBook {
    /// Reads a folded text: 乙县人社局, 市教育局办公室, 城关镇党政办. Empty text gives an empty reading.
    pub fn read(&self, text: &str, regions: &RegionBook, setting: UnitSetting<'_>) -> UnitReading {
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
        if resolved && bare_place && !known && reading.body.starts_with('u') && reading.below.is_empty() {
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

    /// Reads the place in front of a unit's body: what is left of the text, and whether the place
    /// was a bare one (广州, not 广州市).
    fn read_place<'t>(
        &self,
        text: &'t str,
        regions: &RegionBook,
        setting: UnitSetting<'_>,
        reading: &mut UnitReading,
    ) -> (&'t str, bool) {
        let context = setting.contexts.iter().copied().find(|c| c.is_known()).unwrap_or_default();
        let mut path = regions.path_near(text, setting.contexts);
        if !path.whole && self.starting(&text[path.end..]).is_none() {
            // 长安公司 in 甲市: a word, not the district of another city.
            path = regions.path_in(text, setting.contexts);
        }
        if path.end == 0
            && let Some((region, end)) = own_name_in_front(text, regions, context)
        {
            // 城区民政局 in a row of 阳泉市城区: a name too common to count anywhere else.
            path = Path { candidates: vec![region], end, whole: true };
        }
        let is_body = |rest: &str| self.starting(rest).is_some();
        if path.end == 0 {
            reading.others = regions.towns_before(text, is_body).to_vec();
        } else if !path.whole {
            reading.others = regions.towns_called(&text[..path.end]).to_vec();
        }
        let mut rest = &text[path.end..];
        let mut word_level = Level::Unknown;
        match regions.choose(&path.candidates, setting.contexts) {
            Choice::One(region) => (reading.region, reading.names_place) = (region, true),
            Choice::Many(candidates) => (reading.candidates, reading.names_place) = (candidates, true),
            Choice::None => {}
        }
        if let Some((region, level, length)) = self.relative(rest, regions, reading.region, context) {
            // 市教育局 alone, or the doubled word of 甲市市教育局.
            rest = &rest[length..];
            if !reading.names_place {
                (reading.region, reading.names_place, word_level) = (region, region.is_known(), level);
            }
        }
        if !reading.names_place {
            reading.region = at_level(regions, context, setting.level);
        }
        if !is_body(rest)
            && let Some((town, length)) = regions.bare_town(rest, reading.region, is_body)
        {
            // 陈咀便民中心 in a row of 武清区.
            (reading.region, reading.names_place) = (town, true);
            rest = &rest[length..];
        } else if self.starting(rest).is_none_or(|(_, b)| b.id == "zone-committee") {
            let Localities { listed, below, end } = regions.localities(rest, reading.region);
            rest = &rest[end..];
            reading.region = listed.unwrap_or(reading.region);
            reading.names_place |= end > 0;
            reading.below = below;
        }
        let grassroots = matches!(setting.level, Level::Unknown | Level::Township | Level::Village)
            && matches!(word_level, Level::Unknown | Level::Township | Level::Village);
        if !reading.names_place && grassroots {
            // 农服中心 in a row of 乙县山前镇.
            reading.below = setting.below.to_vec();
            // 东明卫生院 in a row of 东明镇.
            let town = reading.below.last().map_or("", |l| l.name.as_str());
            let bare = ["街道", "镇", "乡"].iter().find_map(|e| town.strip_suffix(e)).unwrap_or(town);
            rest = rest.strip_prefix(bare).filter(|_| bare.chars().count() > 1).unwrap_or(rest);
        }
        text[..text.len() - rest.len()].clone_into(&mut reading.typed_place);
        reading.level = match reading.below.last() {
            Some(locality) => locality.level,
            None if word_level != Level::Unknown && !reading.region.is_known() => word_level,
            // Which 城关镇 is open; that it is a township is not.
            None => match reading.candidates.split_first() {
                Some((&first, rest)) if !reading.region.is_known() => {
                    let level = regions.get(first).level;
                    let same = rest.iter().all(|&other| regions.get(other).level == level);
                    if same { level } else { Level::Unknown }
                }
                _ => regions.get(reading.region).level,
            },
        };
        // The rank of a zone is no matter of its name.
        let in_zone = reading.below.last().is_some_and(|l| l.level == Level::County);
        reading.level_is_certain = !in_zone && (reading.names_place || word_level != Level::Unknown);
        (rest, path.end > 0 && !path.whole)
    }

    /// Bodies of the centre: 教育部, 国家税务总局, 国务院办公厅; but not their branches in a place.
    fn read_central(&self, text: &str, regions: &RegionBook, reading: &mut UnitReading) -> bool {
        let bare =
            text.strip_prefix("中华人民共和国").filter(|_| self.starting(text).is_none()).unwrap_or(text);
        let Some((length, body)) = self.starting(bare) else { return false };
        let name = &bare[..length];
        let is_central = name == super::fold(&body.central)
            || ["国家", "国务院", "中央", "最高", "中华", "中国", "全国"].iter().any(|f| name.starts_with(f))
            || name.ends_with("总局")
            || bare.len() < text.len();
        if !is_central {
            return false;
        }
        let rest = &bare[length..];
        let path = regions.path(rest);
        if let Choice::One(region) = regions.choose(&path.candidates, &[]) {
            // 国家税务总局甲市税务局: the branch's own place and body stand behind.
            (reading.region, reading.names_place, reading.level_is_certain) = (region, true, true);
            reading.level = regions.get(region).level;
            let own = &rest[path.end..];
            if self.starting(own).is_some() {
                self.read_body(own, regions, reading);
            } else {
                self.settle(body, (name, own), regions, reading);
            }
            return true;
        }
        reading.level = Level::Central;
        reading.level_is_certain = true;
        self.settle(body, (name, rest), regions, reading);
        true
    }

    /// A bare level word in front of a body: its region, level and length.
    fn relative(
        &self,
        rest: &str,
        regions: &RegionBook,
        named: RegionId,
        context: RegionId,
    ) -> Option<(RegionId, Level, usize)> {
        let (word, level) = [
            ("街道", Level::Township),
            ("社区", Level::Village),
            ("省", Level::Province),
            ("市", Level::Prefecture),
            ("州", Level::Prefecture),
            ("盟", Level::Prefecture),
            ("县", Level::County),
            ("区", Level::County),
            ("旗", Level::County),
            ("镇", Level::Township),
            ("乡", Level::Township),
            ("村", Level::Village),
        ]
        .into_iter()
        .find(|(word, _)| rest.starts_with(word))?;
        let after = &rest[word.len()..];
        let length_here = self.starting(rest).map_or(0, |m| m.0);
        let (length_after, _) = self.starting(after)?;
        if length_here > word.len() + length_after {
            return None;
        }
        let last = word.chars().next_back()?;
        if named.is_known() {
            return regions.get(named).name.ends_with(last).then_some((named, level, word.len()));
        }
        let region = match level {
            Level::Township | Level::Village => at_level_or_none(regions, context, level),
            _ => regions.relative(last, context),
        };
        let level = if region.is_known() { regions.get(region).level } else { level };
        Some((region, level, word.len()))
    }

    /// Reads what stands after the place.
    fn read_body(&self, rest: &str, regions: &RegionBook, reading: &mut UnitReading) {
        if matches!(reading.level, Level::Township | Level::Village) {
            return self.read_grassroots(rest, regions, reading);
        }
        if rest.is_empty() {
            let id = if reading.below.is_empty() { "government" } else { "zone-committee" };
            if let Some(body) = self.get(id) {
                self.settle(body, ("", ""), regions, reading);
            }
            return;
        }
        let Some((length, mut body)) = self.starting(rest) else {
            return self.own(rest, reading);
        };
        let (mut typed, mut tail) = rest.split_at(length);
        // 人民政府国有资产监督管理委员会, 委员会组织部: the wider body is only where the other one sits.
        if matches!(
            body.id.as_str(),
            "government" | "party-committee" | "publicity" | "organization" | "zone-committee"
        ) && let Some((longer, inner)) = self.starting(tail)
            && tail.len() - longer <= 12
        {
            (typed, body, tail) = (&tail[..longer], inner, &tail[longer..]);
        }
        self.settle(body, (typed, tail), regions, reading);
    }

    /// Townships and villages: everything in the house belongs to the house, except schools,
    /// clinics, police stations and the like.
    fn read_grassroots(&self, rest: &str, regions: &RegionBook, reading: &mut UnitReading) {
        let place =
            reading.below.last().map_or_else(|| regions.get(reading.region).name.clone(), |l| l.name.clone());
        let known = self.starting(rest).filter(|&(length, _)| length == rest.len());
        if known.is_none_or(|(_, b)| !matches!(b.id.as_str(), "government" | "party-committee"))
            && rest.chars().count() > 1
            && let Some(ending) = self.endings.of(rest)
            && ending.own
            && (!ending.line.is_empty() && ending.line != "culture" || rest == "司法所")
        {
            let line = known.map_or(ending.line, |(_, b)| b.line.as_str()).to_owned();
            return own_unit(rest.to_owned(), line, reading);
        }
        let party = known.is_some_and(|(_, b)| b.id == "party-committee");
        let id = match reading.level {
            Level::Village if place.ends_with("社区") => "community-committee",
            Level::Village => "village-committee",
            _ if party => "party-committee",
            _ if place.ends_with("街道") => "subdistrict-office",
            _ => "government",
        };
        let Some(body) = self.get(id) else { return };
        (reading.body, reading.line) = (body.id.clone(), body.line.clone());
        reading.name = match id {
            "subdistrict-office" => "办事处".to_owned(),
            "party-committee" if place.ends_with("街道") => "党工委".to_owned(),
            "party-committee" => "党委".to_owned(),
            _ => body.name.clone(),
        };
        // What is left after the house's own name is an office of it.
        let house = [
            "人民政府",
            "政府",
            "街道办事处",
            "办事处",
            "街道办",
            "党工委",
            "党委",
            "村民委员会",
            "居民委员会",
            "村委会",
            "居委会",
            "委会",
            "村委",
            "居委",
            "两委",
        ];
        let office = house.iter().find_map(|h| rest.strip_prefix(h)).unwrap_or(rest);
        office.clone_into(&mut reading.office);
    }

    /// A known body with what follows it: nothing, an office, or a branch that is a unit itself.
    fn settle(
        &self,
        body: &Body,
        (typed, tail): (&str, &str),
        regions: &RegionBook,
        reading: &mut UnitReading,
    ) {
        let municipality =
            ["110000", "120000", "310000", "500000"].contains(&regions.get(reading.region).code.as_str());
        let name = body.full_name(reading.level, municipality && reading.below.is_empty());
        // Police and fire brigades: 支队 of a prefecture, 大队 of a county.
        let county = (reading.level == Level::County).then(|| name.strip_suffix("支队")).flatten();
        let name = &county.map_or_else(|| name.to_owned(), |front| format!("{front}大队"));
        if !tail.is_empty() && self.endings.of(tail).is_some_and(|e| e.own) {
            // 铁路学院 is not 铁路局学院: only the name of an organisation is spelt out.
            let front = if typed.ends_with(ORGANISATIONS) { name } else { typed };
            return branch(front, tail, body, regions, reading);
        }
        (reading.body, reading.line) = (body.id.clone(), body.line.clone());
        name.clone_into(&mut reading.name);
        tail.clone_into(&mut reading.office);
    }

    /// A unit whose body no table has: a school, a company, a centre.
    fn own(&self, rest: &str, reading: &mut UnitReading) {
        let line = self.endings.of(rest).map_or("", |e| e.line);
        reading.level_is_certain = false;
        own_unit(rest.to_owned(), line.to_owned(), reading);
    }
}

/// Last characters of the names of organisations.
const ORGANISATIONS: [char; 9] = ['局', '厅', '委', '部', '办', '会', '院', '队', '社'];

/// A branch of a body that is a unit itself; 江宁分局 of 南京市公安局 sits in 江宁区.
fn branch(front: &str, tail: &str, body: &Body, regions: &RegionBook, reading: &mut UnitReading) {
    own_unit(format!("{front}{tail}"), body.line.clone(), reading);
    let upper = reading.region;
    let inside = |&c: &RegionId| c != upper && regions.regions().covers(upper, c);
    let below: Vec<RegionId> = regions.path(tail).candidates.into_iter().filter(inside).collect();
    if let [seat] = below[..]
        && reading.below.is_empty()
    {
        reading.name = regions.display(regions.regions(), upper) + &reading.name;
        reading.is_proper_name = true;
        reading.region = seat;
        reading.level = regions.get(seat).level;
    }
}

fn own_unit(name: String, line: String, reading: &mut UnitReading) {
    let digest = blake3::hash(name.as_bytes()).to_hex();
    reading.body = format!("u{}", &digest[..6]);
    reading.line = line;
    reading.name = name;
}

/// The division at or above `context` whose name the text starts with, and where that name ends.
fn own_name_in_front(text: &str, regions: &RegionBook, context: RegionId) -> Option<(RegionId, usize)> {
    let in_front = |id: RegionId| {
        let region = regions.get(id);
        let name = super::fold(&region.name);
        let bare = bare(&name).filter(|_| region.level == Level::Township);
        let forms = [Some(name.as_str()), bare].into_iter().flatten();
        forms.filter(|form| !form.is_empty() && text.starts_with(form)).map(|form| (id, form.len())).next()
    };
    regions.regions().ancestry(context).find_map(in_front)
}

/// The division of `level` at or above `context`; the context itself when there is none.
fn at_level(regions: &RegionBook, context: RegionId, level: Level) -> RegionId {
    let found = at_level_or_none(regions, context, level);
    if found.is_known() { found } else { context }
}

fn at_level_or_none(regions: &RegionBook, context: RegionId, level: Level) -> RegionId {
    let found = regions.regions().ancestry(context).find(|&id| regions.get(id).level == level);
    found.unwrap_or(RegionId::NONE)
}
