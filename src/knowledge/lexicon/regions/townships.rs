//! Townships (乡、镇、街道): the vendored table, and their bare names inside a county.
//!
//! For: the names and codes of some 41,000 places below the counties, and 陈咀 for 陈咀镇. Not for: their whole
//! names, which are divisions like others (`find`). Invariant: a bare name counts only inside a known county or
//! city; 城关镇 exists 88 times, and 和平 and 建设 are words.

use super::RegionBook;
use super::localities::is_class;
use super::names::{self, ENDINGS};
use crate::model::{Level, RegionId};
use flate2::read::GzDecoder;
use std::io::Read as _;

/// One line per county: its code, a tab, and its townships between bars, each as the last three digits of its
/// code and its name. Edition and licence in `src/data/lexicon/README.md`.
const VENDORED: &[u8] = include_bytes!("../../../data/lexicon/townships.tsv.gz");

/// Provinces that are cities: what lies below them are districts, with no prefecture between.
const MUNICIPALITIES: [&str; 4] = ["11", "12", "31", "50"];

/// What a name ends in that may be looked for in text. The table also has prisons, offices and companies that
/// are townships for statistics only: those are known by their codes.
const PLACES: [&str; 4] = ["镇", "乡", "街道", "苏木"];
/// The same for names of some length only: 牛场 is too little to go by, 天津京津科技谷 is not.
const LONG_PLACES: [&str; 8] = ["场", "区", "园", "基地", "城", "谷", "港", "组团"];
/// How many characters such a name must have.
const LONG: usize = 4;

/// The vendored table: a line per county.
///
/// # Panics
/// When it is damaged; a test reads it.
pub(super) fn vendored() -> String {
    let mut text = String::new();
    GzDecoder::new(VENDORED).read_to_string(&mut text).expect("the vendored table is whole");
    text
}

/// Code and name of each township of a line, with the code of its county.
pub(super) fn of_line(line: &str) -> impl Iterator<Item = (String, &str)> {
    let (county, towns) = line.split_once('\t').expect("a county and its townships");
    towns.split('|').map(move |town| (format!("{county}{}", &town[..3]), &town[3..]))
}

/// Whether a township's whole name is one to be found in text: 构朳镇; not 社会发展局, nor 经济开发区, which is
/// what a hundred others are called.
pub(super) fn is_findable(name: &str) -> bool {
    let ends = |ends: &[&str]| ends.iter().any(|end| name.ends_with(end));
    let is_long = name.chars().nth(LONG - 1).is_some();
    let plain = name.trim_end_matches(')').trim_end_matches('）');
    ends(&PLACES) || is_long && !is_class(name) && (ends(&LONG_PLACES) || plain.ends_with("片区"))
}

impl RegionBook {
    /// The listed township whose bare name a folded text starts with, if `base`, a county, a city or a
    /// municipality, has one of that name only: the township and the length of what names it. Bare names count
    /// alone, before what `is_body` accepts (陈咀便民中心) and, of a 街道, before 办事处.
    pub fn bare_town(
        &self,
        text: &str,
        base: RegionId,
        is_body: impl Fn(&str) -> bool,
    ) -> Option<(RegionId, usize)> {
        let mut best: Option<(usize, RegionId)> = None;
        let mut is_torn = false;
        for town in self.towns(base) {
            let Some(length) = starts(text, &self.get(town).name, &is_body) else { continue };
            match best {
                Some((held, _)) if held > length => {}
                Some((held, _)) if held == length => is_torn = true,
                _ => (best, is_torn) = (Some((length, town)), false),
            }
        }
        best.filter(|_| !is_torn).map(|(length, town)| (town, length))
    }

    /// The listed townships with this bare name, folded.
    pub fn towns_called(&self, bare: &str) -> &[RegionId] {
        self.bare_towns.get(bare)
    }

    /// The listed townships with the longest bare name that a folded text starts with, before what `is_body`
    /// accepts.
    pub fn towns_before(&self, text: &str, is_body: impl Fn(&str) -> bool) -> &[RegionId] {
        let found = self.bare_towns.prefixes(text).find(|(length, _)| is_body(&text[*length..]));
        found.map_or(&[], |(_, towns)| towns)
    }

    /// The listed township of a county that a folded text names somewhere, in full or by its bare name, if it is
    /// the only one.
    pub fn town_in(&self, text: &str, county: RegionId) -> Option<RegionId> {
        if !self.is_listed(county) || self.get(county).level != Level::County {
            return None;
        }
        let whole = self.only_town(text, county, |town| Some(&self.get(town).name));
        // 静海 in the name of 静海区's bureau is not its 静海镇.
        let name = &self.get(county).name;
        let own = names::forms(name, Level::County).into_iter().map(|form| form.text);
        let rest = own.fold(text.to_owned(), |rest, form| rest.replace(&form, " "));
        whole.or_else(|| self.only_town(&rest, county, |town| bare(&self.get(town).name)))
    }

    /// The one township that is named in a text; 东城镇 stands in 新东城镇, which is meant.
    fn only_town<'b>(
        &'b self,
        text: &str,
        county: RegionId,
        form: impl Fn(RegionId) -> Option<&'b str>,
    ) -> Option<RegionId> {
        let mut longest: Vec<(RegionId, &str)> = Vec::new();
        for town in self.towns(county) {
            // Looking for one character costs little, and mostly it is not there.
            let may_be = |name: &&str| name.chars().next().is_some_and(|first| text.contains(first));
            let found = form(town).filter(may_be).filter(|name| text.contains(*name));
            let Some(name) = found else { continue };
            if longest.iter().any(|(_, held)| held.contains(name)) {
                continue;
            }
            longest.retain(|(_, held)| !name.contains(held));
            longest.push((town, name));
        }
        match longest[..] {
            [(town, _)] => Some(town),
            _ => None,
        }
    }

    /// The listed townships of a county, a city or a municipality.
    fn towns(&self, base: RegionId) -> impl Iterator<Item = RegionId> {
        let base = self.get(base);
        let digits = match base.level {
            Level::County if base.code.len() == 6 => &base.code[..],
            Level::Prefecture => base.code.get(..4).unwrap_or("-"),
            Level::Province => base.code.get(..2).filter(|two| MUNICIPALITIES.contains(two)).unwrap_or("-"),
            _ => "-",
        };
        let from =
            self.divisions.counties.partition_point(|(county, _)| self.get(*county).code.as_str() < digits);
        let counties = self.divisions.counties[from..].iter();
        let counties = counties.take_while(move |(county, _)| self.get(*county).code.starts_with(digits));
        counties.flat_map(|(_, towns)| towns.clone().map(RegionId))
    }
}

/// How much of a text the bare name of a township takes: 望岳 of 望岳办事处, or 望岳 alone; or the whole name, where it
/// is one that counts only in a known county (石门管理处).
fn starts(text: &str, name: &str, is_body: impl Fn(&str) -> bool) -> Option<usize> {
    // Nearly all townships of a place are told apart here.
    if text.chars().next() != name.chars().next() {
        return None;
    }
    if text.starts_with(name) && !is_findable(name) {
        return Some(name.len());
    }
    let bare = bare(name)?;
    let rest = text.strip_prefix(bare)?;
    let is_office = name.ends_with("街道") && ["办事处", "街办"].iter().any(|end| rest.starts_with(end));
    (rest.is_empty() || is_office || is_body(rest)).then_some(bare.len())
}

/// A township's or village's name without its ending, where two characters or more are left.
pub fn bare(name: &str) -> Option<&str> {
    let bare = ENDINGS.iter().find_map(|ending| name.strip_suffix(ending))?;
    bare.chars().nth(1).map(|_| bare)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn book() -> RegionBook {
        RegionBook::load(None).unwrap()
    }

    #[test]
    fn every_township_has_a_county_and_a_code_of_its_own() {
        let book = book();
        let towns = || book.regions().iter().filter(|(_, region)| region.level == Level::Township);
        assert_eq!(towns().count(), 41_352);
        for (_, town) in towns() {
            let county = book.get(town.parent);
            assert!(county.level < Level::Township && town.code.starts_with(&county.code), "{}", town.code);
            assert!(town.code.len() == 9 && !town.name.is_empty(), "{}", town.code);
        }
        let name = |code: &str| book.get(book.by_code(code)).name.as_str();
        assert_eq!([name("110101001"), name("110101999")], ["东华门街道", "东城区"]);
    }

    #[test]
    fn bare_names_count_inside_a_county_or_where_a_city_has_one_only() {
        let book = book();
        let found = |text: &str, code: &str| {
            let (town, length) = book.bare_town(text, book.by_code(code), |rest| rest == "党政办")?;
            Some((book.regions().path(town).concat(), text[length..].to_owned()))
        };
        let some = |path: &str, rest: &str| Some((path.to_owned(), rest.to_owned()));
        assert_eq!(found("东华门办事处", "110101"), some("北京市东城区东华门街道", "办事处"));
        assert_eq!(found("东华门", "110000"), some("北京市东城区东华门街道", ""));
        assert_eq!(found("东华门党政办", "110101"), some("北京市东城区东华门街道", "党政办"));
        assert_eq!(found("东华门便民中心", "110101"), None);
        assert_eq!(found("构朳", "610900"), some("陕西省安康市白河县构朳镇", ""));
        assert_eq!(found("城关", "610900"), None, "several counties of the city have one");
        assert_eq!(found("构朳", "610000"), None, "a province is too large");
        assert_eq!(found("构朳", "000000"), None);
    }

    #[test]
    fn a_town_is_found_anywhere_in_a_name_of_its_county() {
        let book = book();
        let town = |text: &str, code: &str| {
            book.town_in(text, book.by_code(code)).map(|town| book.get(town).name.clone())
        };
        assert_eq!(town("平安构朳镇", "610929").as_deref(), Some("构朳镇"));
        assert_eq!(town("千年银杏美丽构朳", "610929").as_deref(), Some("构朳镇"));
        assert_eq!(town("平安构朳镇", "610900"), None);
        assert_eq!(town("平安乡", "610929"), None);
    }
}
