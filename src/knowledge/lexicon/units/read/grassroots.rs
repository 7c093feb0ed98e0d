//! Units of townships and villages (乡镇街道, 村社区): everything in the house belongs to the house.

use super::super::super::regions::RegionBook;
use super::super::UnitBook;
use super::UnitReading;
use super::body::own_unit;
use crate::model::Level;

impl UnitBook {
    /// Townships and villages: everything in the house belongs to the house, except schools,
    /// clinics, police stations and the like.
    pub(super) fn read_grassroots(&self, rest: &str, regions: &RegionBook, reading: &mut UnitReading) {
        // Of several places of one name each is what it is called: a 文昌街道 in doubt is a 街道.
        let several = if reading.region.is_known() { None } else { reading.candidates.first().copied() };
        let told = || regions.get(several.unwrap_or(reading.region)).name.clone();
        let place = reading.below.last().map_or_else(told, |l| l.name.clone());
        let known = self.starting(rest).filter(|&(length, _)| length == rest.len());
        if known.is_none_or(|(_, b)| !matches!(b.id.as_str(), "government" | "party-committee"))
            && rest.chars().count() > 1
            && let Some(ending) = self.endings.of(rest)
            && ending.own
            && (!ending.line.is_empty() && ending.line != "culture" || rest == "司法所")
        {
            let line = known.map_or(ending.line, |(_, b)| b.line.as_str()).to_owned();
            let name = ending.full_name(rest).unwrap_or(rest);
            return own_unit(name.to_owned(), line, reading);
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
}
