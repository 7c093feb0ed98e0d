//! Townships (乡、镇、街道): the vendored table, looked up inside a county or a city.
//!
//! For: the names and codes of some 41,000 places below the counties. Not for: finding them in a text that
//! names no county: 城关镇 exists 88 times. Invariant: the table is never searched as a whole, and a name that
//! two counties of a city share is decided by neither.

use super::super::super::text::fold;
use super::{Locality, RegionBook};
use crate::model::{Level, RegionId};
use flate2::read::GzDecoder;
use std::io::Read as _;
use std::ops::Range;

/// One line per county: its code, a tab, and its townships between bars, each as the last three digits of its
/// code and its name. Edition and licence in `src/data/lexicon/README.md`.
const VENDORED: &[u8] = include_bytes!("../../../data/lexicon/townships.tsv.gz");

/// Provinces that are cities: what lies below them are districts, with no prefecture between.
const MUNICIPALITIES: [&str; 4] = ["11", "12", "31", "50"];

/// The townships of the vendored table.
pub(super) struct Townships {
    text: String,
    /// Code of each county, ascending, and where its townships stand in the text.
    counties: Vec<(String, Range<usize>)>,
}

impl Townships {
    /// Unpacks the vendored table.
    ///
    /// # Panics
    /// When it is damaged; a test reads it.
    pub(super) fn vendored() -> Townships {
        let mut text = String::new();
        GzDecoder::new(VENDORED).read_to_string(&mut text).expect("the vendored table is whole");
        let mut at = 0;
        let mut counties = Vec::new();
        for line in text.lines() {
            let (code, towns) = line.split_once('\t').expect("a county and its townships");
            let start = at + code.len() + 1;
            counties.push((code.to_owned(), start..start + towns.len()));
            at += line.len() + 1;
        }
        Townships { text, counties }
    }

    /// Codes (nine digits) and names of the townships of a county, or of every county of which the code begins
    /// with the digits given.
    fn below<'t, 'd>(
        &'t self,
        digits: &'d str,
    ) -> impl Iterator<Item = (&'t str, &'t str, &'t str)> + use<'t, 'd> {
        let from = self.counties.partition_point(|(code, _)| code.as_str() < digits);
        let counties = self.counties[from..].iter().take_while(move |(code, _)| code.starts_with(digits));
        counties.flat_map(|(county, range)| {
            let towns = self.text[range.clone()].split('|');
            towns.map(move |town| (county.as_str(), &town[..3], &town[3..]))
        })
    }
}

impl RegionBook {
    /// The name of the township with this code of nine digits.
    pub fn township(&self, code: &str) -> Option<&str> {
        let (county, own) = code.split_at_checked(6)?;
        self.townships.below(county).find(|(_, last, _)| *last == own).map(|(.., name)| name)
    }

    /// The listed township that a folded text starts with, if it lies in `base`, a county, a city or a
    /// municipality: its county, the length of what names it, and the township with its code. `None` when there
    /// is none, or when several counties of the city have one of that name.
    pub(super) fn listed_town(&self, text: &str, base: RegionId) -> Option<(RegionId, usize, Locality)> {
        let digits = self.town_digits(base)?;
        let mut best: Option<(usize, &str, &str, &str)> = None;
        let mut is_torn = false;
        for (county, own, name) in self.townships.below(digits) {
            let Some(length) = starts(text, name) else { continue };
            match best {
                Some((held, ..)) if held > length => {}
                Some((held, ..)) if held == length => is_torn = true,
                _ => (best, is_torn) = (Some((length, county, own, name)), false),
            }
        }
        let (length, county, own, name) = best.filter(|_| !is_torn)?;
        Some((self.by_code(county), length, town(county, own, name)))
    }

    /// The listed township of a county that a folded text names somewhere in full, if it is the only one.
    pub fn town_in(&self, text: &str, county: RegionId) -> Option<Locality> {
        let digits = self.town_digits(county).filter(|digits| digits.len() == 6)?;
        // 东城镇 stands in 新东城镇, which is meant.
        let mut longest: Vec<(&str, &str)> = Vec::new();
        for (_, own, name) in self.townships.below(digits).filter(|(.., name)| text.contains(name)) {
            if longest.iter().any(|(_, held)| held.contains(name)) {
                continue;
            }
            longest.retain(|(_, held)| !name.contains(held));
            longest.push((own, name));
        }
        match longest[..] {
            [(own, name)] => Some(town(digits, own, name)),
            _ => None,
        }
    }

    /// The digits that the codes of all townships of a place begin with; `None` where the place is too large or
    /// is none of the table.
    fn town_digits(&self, base: RegionId) -> Option<&str> {
        let region = self.get(base);
        let code = region.code.as_str();
        match region.level {
            Level::County if code.len() == 6 => Some(code),
            Level::Prefecture => code.get(..4),
            Level::Province => code.get(..2).filter(|two| MUNICIPALITIES.contains(two)),
            _ => None,
        }
    }
}

/// How much of a text names a township: 构朳镇, 望岳 of 望岳办事处, or 望岳 alone.
fn starts(text: &str, name: &str) -> Option<usize> {
    let folded = fold_if_needed(name);
    if text.starts_with(&*folded) {
        return Some(folded.len());
    }
    let bare = bare(name)?;
    let rest = text.strip_prefix(bare)?;
    let is_office =
        name.ends_with("街道") && ["办事处", "街办", "办"].iter().any(|end| rest.starts_with(end));
    (rest.is_empty() || is_office).then_some(bare.len())
}

/// Names with brackets or digits are folded; nearly all others are their folded form.
fn fold_if_needed(name: &str) -> std::borrow::Cow<'_, str> {
    let plain = name.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    if plain { name.into() } else { fold(name).into() }
}

/// A township's name without its ending, where two characters or more are left.
pub fn bare(name: &str) -> Option<&str> {
    let endings = ["民族乡", "街道", "苏木", "镇", "乡", "社区", "嘎查", "村"];
    let bare = endings.iter().find_map(|ending| name.strip_suffix(ending))?;
    bare.chars().nth(1).map(|_| bare)
}

fn town(county: &str, own: &str, name: &str) -> Locality {
    Locality { level: Level::Township, name: name.to_owned(), code: format!("{county}{own}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn book() -> RegionBook {
        RegionBook::load(None).unwrap()
    }

    #[test]
    fn the_table_is_sorted_and_every_county_is_known() {
        let book = book();
        assert!(book.townships.counties.is_sorted_by(|a, b| a.0 < b.0));
        assert!(book.townships.below("").count() > 41_000);
        for (county, _) in &book.townships.counties {
            assert!(book.has_code(county), "{county}");
            let towns: Vec<_> = book.townships.below(county).collect();
            assert!(towns.is_sorted_by(|a, b| a.1 < b.1), "{county}");
            for (_, own, name) in towns {
                assert!(own.bytes().all(|b| b.is_ascii_digit()) && !name.is_empty(), "{county}{own}");
            }
        }
    }

    #[test]
    fn a_town_is_found_in_its_county_and_in_a_city_where_no_other_has_its_name() {
        let book = book();
        let found = |text: &str, code: &str| {
            let (county, length, town) = book.listed_town(text, book.by_code(code))?;
            let name = book.get(county).name.clone();
            Some((name, town.name, town.code, text[length..].to_owned()))
        };
        let some = |county: &str, town: &str, code: &str, rest: &str| {
            Some((county.to_owned(), town.to_owned(), code.to_owned(), rest.to_owned()))
        };
        // 安康市白河县构朳镇
        let expected = some("白河县", "构朳镇", "610929102", "人民政府");
        assert_eq!(found("构朳镇人民政府", "610929"), expected);
        assert_eq!(found("构朳镇人民政府", "610900"), expected);
        assert_eq!(found("构朳镇人民政府", "610000"), None);
        // 城关镇 stands in several counties of the city.
        assert_eq!(found("城关镇人民政府", "610900"), None);
        assert!(found("城关镇人民政府", "610929").is_some());
        // 北京市东城区东华门街道
        assert_eq!(found("东华门办事处", "110101"), some("东城区", "东华门街道", "110101001", "办事处"));
        assert_eq!(found("东华门", "110000"), some("东城区", "东华门街道", "110101001", ""));
        assert_eq!(found("东华门便民中心", "110101"), None);
    }

    #[test]
    fn codes_of_townships_have_names() {
        let book = book();
        assert_eq!(book.township("110101001"), Some("东华门街道"));
        for code in ["110101999", "990101001", "1101", ""] {
            assert_eq!(book.township(code), None, "{code}");
        }
    }

    #[test]
    fn a_town_is_found_anywhere_in_a_name_of_its_county() {
        let book = book();
        let town = |text: &str, code: &str| book.town_in(text, book.by_code(code)).map(|town| town.name);
        assert_eq!(town("平安构朳镇", "610929").as_deref(), Some("构朳镇"));
        assert_eq!(town("平安构朳镇", "610900"), None);
        assert_eq!(town("平安乡", "610929"), None);
    }
}
