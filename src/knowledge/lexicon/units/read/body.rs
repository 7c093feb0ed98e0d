//! What stands after the place: a known body with its office or branch, or a unit of its own.

use super::super::super::regions::RegionBook;
use super::super::{Body, UnitBook};
use super::UnitReading;
use crate::knowledge::text::words;
use crate::model::{Level, RegionId};

impl UnitBook {
    /// Reads what stands after the place.
    pub(super) fn read_body(&self, rest: &str, regions: &RegionBook, reading: &mut UnitReading) {
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
            return match self.called(rest) {
                Some(body) => self.settle(body, (rest, ""), regions, reading),
                None => self.own(rest, reading),
            };
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

    /// A known body with what follows it: nothing, an office, or a branch that is a unit itself.
    pub(super) fn settle(
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
    pub(super) fn own(&self, rest: &str, reading: &mut UnitReading) {
        if words("unit-body-vague").contains(&rest) {
            return;
        }
        let ending = self.endings.of(rest);
        let line = ending.map_or("", |e| e.line);
        let name = ending.and_then(|e| e.full_name(rest)).unwrap_or(rest);
        reading.level_is_certain = false;
        own_unit(name.to_owned(), line.to_owned(), reading);
    }
}

/// Last characters of the names of organisations.
pub(super) const ORGANISATIONS: [char; 9] = ['局', '厅', '委', '部', '办', '会', '院', '队', '社'];

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

pub(super) fn own_unit(name: String, line: String, reading: &mut UnitReading) {
    let digest = blake3::hash(name.as_bytes()).to_hex();
    reading.body = format!("u{}", &digest[..6]);
    reading.line = line;
    reading.name = name;
}
