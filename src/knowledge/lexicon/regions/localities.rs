//! Places that no table lists: townships, villages and development zones known by their endings.
//!
//! For: 构朳镇, 大湾村, 高新区 in a unit's text. Not for: item names, where such endings mean too much
//! else (特色小镇). A zone counts as a place of county level in its city.

use super::RegionBook;
use crate::knowledge::text::find;
use crate::model::{Level, RegionId};

/// A place that only a text names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Locality {
    /// Its level.
    pub level: Level,
    /// Its name, folded; zones in their short form (高新区, 经开区).
    pub name: String,
    /// Its code, where a record gives one; else empty.
    pub code: String,
}

impl Locality {
    fn named(level: Level, name: &str) -> Locality {
        Locality { level, name: name.to_owned(), code: String::new() }
    }
}

/// What the endings of a text's front tell.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Localities {
    /// The listed zone that was found by its class, or the listed township by its bare name.
    pub listed: Option<RegionId>,
    /// Places from the widest to the narrowest.
    pub below: Vec<Locality>,
    /// Where they end, in bytes.
    pub end: usize,
}

/// Endings of development zones, longest first, with the form they are shown in.
const ZONES: [(&str, &str); 24] = [
    ("高新技术产业开发区", "高新区"),
    ("城乡一体化示范区", "城乡一体化示范区"),
    ("经济技术开发区", "经开区"),
    ("高新技术开发区", "高新区"),
    ("高新产业开发区", "高新区"),
    ("自由贸易试验区", "自贸区"),
    ("风景名胜区", "风景名胜区"),
    ("旅游度假区", "旅游度假区"),
    ("经济开发区", "经开区"),
    ("综合保税区", "综保区"),
    ("高新园区", "高新区"),
    ("工业园区", "工业园区"),
    ("产业园区", "产业园区"),
    ("高新区", "高新区"),
    ("经开区", "经开区"),
    ("开发区", "开发区"),
    ("示范区", "示范区"),
    ("度假区", "度假区"),
    ("保税区", "保税区"),
    ("自贸区", "自贸区"),
    ("管理区", "管理区"),
    ("合作区", "合作区"),
    ("功能区", "功能区"),
    ("新区", "新区"),
];

/// Characters that no name of a place has, and names of bodies do.
const NOT_IN_NAMES: &str = "局委厅办";
/// What ends in 镇, 乡 or 村 and is no place.
const NOT_TOWNS: [&str; 12] =
    ["城乡", "乡镇", "城镇", "村镇", "下乡", "小镇", "集镇", "古镇", "各镇", "全镇", "本镇", "老乡"];
const NOT_VILLAGES: [&str; 10] =
    ["农村", "乡村", "驻村", "全村", "各村", "本村", "行政村", "智慧社区", "社区", "各社区"];
/// What may follow the name of a village or community.
const AFTER_VILLAGE: [&str; 12] = [
    "村民委员会",
    "居民委员会",
    "村委",
    "居委",
    "两委",
    "党支部",
    "党总支",
    "党委",
    "支部",
    "村支部",
    "网格",
    "股份经济合作社",
];

impl RegionBook {
    /// Reads zone, township and village from the front of what follows a unit's place.
    pub fn localities(&self, rest: &str, city: RegionId) -> Localities {
        let mut found = Localities::default();
        if let Some((end, mut locality, class)) = zone(rest) {
            found.end = end;
            // 乙县乙县经济开发区 and 乙县经开区 are one.
            let own = locality.name.strip_suffix(class).unwrap_or_default();
            if self.regions().ancestry(city).any(|r| self.forms.get(own).iter().any(|f| f.0 == r)) {
                class.clone_into(&mut locality.name);
            }
            let has_own_name = locality.name != class;
            match self.zones.get(&(city, class)).filter(|_| !has_own_name) {
                Some(&listed) => found.listed = Some(listed),
                None => found.below.push(locality),
            }
        }
        let base = found.listed.unwrap_or(city);
        let listed =
            if found.below.is_empty() { self.bare_town(&rest[found.end..], base, |_| false) } else { None };
        if let Some((town, length)) = listed {
            found.end += length;
            found.listed = Some(town);
        } else if let Some((length, town)) = town_by_ending(&rest[found.end..]) {
            found.end += length;
            found.below.push(town);
        }
        if let Some((length, village)) = village(&rest[found.end..]) {
            found.end += length;
            found.below.push(village);
        }
        found
    }

    /// Whether a text starts with the name of a town, short enough to be one.
    pub(super) fn starts_with_town(text: &str) -> bool {
        town_by_ending(text).is_some_and(|(_, t)| t.name.chars().count() <= 6)
    }

    /// Notes every listed zone that is the only one of its class in its city.
    pub(super) fn index_zones(&mut self) {
        let mut seen = std::collections::HashMap::new();
        for (id, region) in self.divisions.regions.iter().filter(|(_, r)| r.level == Level::County) {
            if let Some((_, class)) =
                ZONES.iter().find(|z| z.0.chars().count() > 3 && region.name.ends_with(z.0))
            {
                seen.entry((region.parent, *class)).and_modify(|e| *e = RegionId::NONE).or_insert(id);
            }
        }
        seen.retain(|_, id| id.is_known());
        self.zones = seen;
    }
}

/// Whether a name says only what class of zone it is: 经济开发区.
pub(super) fn is_class(name: &str) -> bool {
    ZONES.iter().any(|zone| zone.0 == name)
}

fn is_place_name(name: &str, longest: usize) -> bool {
    let length = name.chars().count();
    (1..=longest).contains(&length) && !name.contains(|c| NOT_IN_NAMES.contains(c))
}

fn zone(rest: &str) -> Option<(usize, Locality, &'static str)> {
    // Every class ends in 区.
    let last = rest.rfind('区')?;
    let front = &rest[..last + '区'.len_utf8()];
    // The zone's own name stands before its class: 徐圩新区, 高新区.
    let (at, (ending, class)) = ZONES
        .iter()
        .filter_map(|zone| Some((find(front, zone.0)?, *zone)))
        .min_by_key(|&(at, (ending, _))| (at, std::cmp::Reverse(ending.len())))?;
    let own = &rest[..at];
    let fits = own.is_empty() || is_place_name(own, 8) && !own.contains(['镇', '乡', '村']);
    fits.then(|| (at + ending.len(), Locality::named(Level::County, &format!("{own}{class}")), class))
}

fn town_by_ending(rest: &str) -> Option<(usize, Locality)> {
    let street = find(rest, "街道").map(|at| (at, "街道"));
    let other = ["民族乡", "苏木", "镇", "乡"].iter().filter_map(|e| Some((find(rest, e)?, *e))).min();
    let (at, ending) = [street, other].into_iter().flatten().find(|&(at, ending)| {
        let whole = &rest[..at + ending.len()];
        is_place_name(&rest[..at], 7) && !NOT_TOWNS.iter().any(|w| whole.ends_with(w))
    })?;
    let end = at + ending.len();
    Some((end, Locality::named(Level::Township, &rest[..end])))
}

fn village(rest: &str) -> Option<(usize, Locality)> {
    ["社区", "嘎查", "村"].iter().find_map(|ending| {
        let at = find(rest, ending)?;
        let end = at + ending.len();
        let (name, after) = (&rest[..end], &rest[end..]);
        let follows = after.is_empty() || AFTER_VILLAGE.iter().any(|a| after.starts_with(a));
        let fits = follows
            && is_place_name(&rest[..at], 8)
            && !NOT_VILLAGES.iter().any(|w| name.ends_with(w) && name.len() <= w.len() + 3);
        fits.then(|| (end, Locality::named(Level::Village, name)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_zone_ends_in_one_character() {
        assert!(ZONES.iter().all(|zone| zone.0.ends_with('区')));
    }

    #[test]
    fn endings_tell_places_that_no_table_lists() {
        let book = RegionBook::load(None).unwrap();
        let cases: [(&str, &[&str], &str); 9] = [
            ("构朳镇人民政府", &["构朳镇"], "人民政府"),
            ("西湖镇大湾村村委会", &["西湖镇", "大湾村"], "村委会"),
            ("望岳街道办事处", &["望岳街道"], "办事处"),
            ("徐圩新区管委会", &["徐圩新区"], "管委会"),
            ("经济技术开发区教育局", &["经开区"], "教育局"),
            ("海创社区", &["海创社区"], ""),
            ("城乡建设局", &[], "城乡建设局"),
            ("阳光社区卫生服务中心", &[], "阳光社区卫生服务中心"),
            ("教育局乡村办", &[], "教育局乡村办"),
        ];
        for (text, expected, rest) in cases {
            let found = book.localities(text, RegionId::NONE);
            let names: Vec<&str> = found.below.iter().map(|l| l.name.as_str()).collect();
            assert_eq!((names.as_slice(), &text[found.end..]), (expected, rest), "{text}");
        }
    }
}
