//! Bodies (单位): full and short names, former names, lines of work, and reading a unit's text.
//!
//! For: "人社局 of 乙县" = "乙县人力资源和社会保障局", and what level that is. Not for: places (`regions`).
//! Invariant: the same unit reads the same whatever of its names was written; a text without a
//! known body keeps its own words.

mod endings;
mod near;
mod read;
mod short;

pub use read::{UnitReading, UnitSetting};

use super::phrases::Phrases;
use super::table;
use crate::knowledge::text::fold;
use crate::model::{Level, LocalUnit};
use endings::Endings;
use hashbrown::HashMap;
use near::NearNames;

const UNITS: &str = include_str!("../../../data/lexicon/units.tsv");
const FORMER: &str = include_str!("../../../data/lexicon/former_units.tsv");

/// A name that a body, or one whose work it took over, had before a reform (机构改革).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Former {
    /// The name, without a place.
    pub name: String,
    /// Year of the reform of the State that ended it, where there was one.
    pub year: Option<u16>,
}

/// A body of the table, whatever its level.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Body {
    /// ASCII id, such as `education`.
    pub id: String,
    /// The line of work (条线) it belongs to.
    pub line: String,
    /// Its full name in most places (county and prefecture).
    pub name: String,
    /// Full names at central level, province level and in municipalities; empty when as `name`.
    central: String,
    province: String,
    municipality: String,
    /// Short and merged names.
    pub aliases: Vec<String>,
    /// Names before a reform, of which this body is the successor.
    pub former: Vec<Former>,
}

impl Body {
    /// The full name at a level; `municipality` for the province level of a 直辖市.
    pub fn full_name(&self, level: Level, municipality: bool) -> &str {
        let special = match level {
            Level::Central => &self.central,
            // 委员会 is the same everywhere; a 厅 is a 局 in a municipality.
            Level::Province if municipality && !self.municipality.is_empty() => &self.municipality,
            Level::Province if municipality && self.province.ends_with('厅') => &self.name,
            Level::Province => &self.province,
            _ => &self.name,
        };
        if special.is_empty() { &self.name } else { special }
    }

    /// Every name, full, short and former.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let full = [&self.central, &self.province, &self.name, &self.municipality];
        full.into_iter()
            .chain(&self.aliases)
            .chain(self.former.iter().map(|former| &former.name))
            .map(String::as_str)
            .filter(|n| !n.is_empty())
    }
}

/// All known bodies and the endings that tell about unknown ones.
pub struct UnitBook {
    /// By id.
    bodies: Vec<Body>,
    /// Where the body of an id stands.
    by_id: HashMap<String, u16>,
    names: Phrases<u16>,
    near: NearNames,
    /// What a body is called for short when its place is all that stands in front.
    short: HashMap<String, u16>,
    endings: Endings,
}

impl UnitBook {
    /// The vendored tables, with the bodies of a place laid over them.
    ///
    /// # Panics
    /// If a table is broken, which a test rules out.
    pub(super) fn load(local: &[LocalUnit]) -> UnitBook {
        let owned = |cell| table::items(cell).map(str::to_owned).collect();
        let mut bodies: Vec<Body> = table::rows(UNITS)
            .map(|[id, line, central, province, name, municipality, aliases]| Body {
                id: id.to_owned(),
                line: line.to_owned(),
                name: name.to_owned(),
                central: central.to_owned(),
                province: province.to_owned(),
                municipality: municipality.to_owned(),
                aliases: owned(aliases),
                former: Vec::new(),
            })
            .collect();
        for [name, successor, year] in table::rows(FORMER) {
            let at = bodies.binary_search_by(|b| b.id.as_str().cmp(successor));
            let body = &mut bodies[at.expect("the data lint finds every successor")];
            body.former.push(Former { name: name.to_owned(), year: year.parse().ok() });
        }
        for unit in local {
            lay(unit, &mut bodies);
        }
        let (mut names, mut near) = (Phrases::default(), NearNames::default());
        for (at, body) in bodies.iter().enumerate() {
            for name in body.names().map(fold) {
                names.add(&name, at as u16);
                near.add(&name, at as u16);
            }
        }
        for unit in local {
            let Ok(at) = bodies.binary_search_by(|b| b.id.as_str().cmp(&unit.id)) else { continue };
            for word in unit.words.iter().chain([&unit.name]) {
                names.replace(&fold(word), at as u16);
            }
        }
        let short = short::words(&bodies);
        let by_id = bodies.iter().enumerate().map(|(at, body)| (body.id.clone(), at as u16)).collect();
        UnitBook { bodies, by_id, names, near, short, endings: Endings::load() }
    }

    /// A body by its id.
    pub fn get(&self, id: &str) -> Option<&Body> {
        self.by_id.get(id).map(|&at| &self.bodies[usize::from(at)])
    }

    /// Every body, by id.
    pub fn iter(&self) -> impl Iterator<Item = &Body> {
        self.bodies.iter()
    }

    /// Where a folded text has a name of this body, of three characters or more: the longest, as a
    /// byte range.
    pub fn name_in(&self, text: &str, body: &str) -> Option<std::ops::Range<usize>> {
        let at = *self.by_id.get(body)?;
        let names = text.char_indices().filter_map(|(start, _)| {
            let mut here = self.names.prefixes(&text[start..]);
            let (length, _) = here.find(|(length, bodies)| *length >= 9 && bodies.contains(&at))?;
            Some(start..start + length)
        });
        names.max_by_key(|range| (range.len(), std::cmp::Reverse(range.start)))
    }

    /// The body that a folded text as a whole is a short word for: 教育 for 教育局.
    fn called(&self, text: &str) -> Option<&Body> {
        self.short.get(text).map(|&at| &self.bodies[usize::from(at)])
    }

    /// The body that a folded name, its place cut off, begins with: by a name of three characters or more, by one of two
    /// that ends as bodies do (妇联创文群), or by a short word (税务掌上办).
    pub fn in_front(&self, text: &str) -> Option<&Body> {
        /// Longest short word that is looked for, in characters.
        const LONGEST: usize = 4;
        /// What names of two characters end in that are nothing but bodies.
        const ENDS: [char; 5] = ['联', '委', '院', '馆', '局'];
        let is_name = |name: &str| name.chars().nth(2).is_some() || name.ends_with(ENDS);
        let named = self.starting(text).filter(|(length, _)| is_name(&text[..*length]));
        let ends = text.char_indices().map(|(at, c)| at + c.len_utf8()).take(LONGEST).skip(1);
        let called = || ends.filter_map(|end| self.called(&text[..end])).last();
        named.map(|(_, body)| body).or_else(called)
    }

    /// The longest name of before a reform that a folded text has for this body.
    pub fn former_in(&self, text: &str, body: &str) -> Option<&Former> {
        let found = |former: &&Former| text.contains(&fold(&former.name));
        self.get(body)?.former.iter().filter(found).max_by_key(|former| former.name.len())
    }

    /// The body with the longest name that the folded text starts with, and that name's length in
    /// bytes.
    pub fn starting(&self, text: &str) -> Option<(usize, &Body)> {
        let (length, bodies) = self.names.prefixes(text).next()?;
        Some((length, &self.bodies[usize::from(bodies[0])]))
    }
}

/// Lays a body of a place over the table: a known id takes the name over and gets further names.
fn lay(unit: &LocalUnit, bodies: &mut Vec<Body>) {
    let at = bodies.binary_search_by(|b| b.id.as_str().cmp(&unit.id)).unwrap_or_else(|at| {
        let line = unit.id.clone();
        bodies.insert(at, Body { id: unit.id.clone(), line, ..Body::default() });
        at
    });
    let body = &mut bodies[at];
    let before = std::mem::replace(&mut body.name, unit.name.clone());
    body.aliases.extend(unit.words.iter().cloned().chain([before]).filter(|name| !name.is_empty()));
    if !unit.line.is_empty() {
        body.line.clone_from(&unit.line);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn no_name_belongs_to_two_bodies() {
        table::assert_sorted::<7>(UNITS);
        table::assert_sorted::<3>(FORMER);
        for [name, _, year] in table::rows(FORMER) {
            assert!(year.is_empty() || year.parse().is_ok_and(|y: u16| (1998..=2026).contains(&y)), "{name}");
        }
        let book = UnitBook::load(&[]);
        assert!(book.iter().count() >= 250);
        let mut owners: BTreeMap<String, &str> = BTreeMap::new();
        for body in book.iter() {
            assert!(body.id.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'), "{}", body.id);
            assert!(!body.line.is_empty() && !body.name.is_empty(), "{}", body.id);
            for name in body.names() {
                let owner = owners.insert(fold(name), &body.id);
                assert!(owner.is_none_or(|o| o == body.id), "{name} belongs to {owner:?} and {}", body.id);
            }
        }
    }

    #[test]
    fn a_body_has_the_name_of_its_level() {
        let book = UnitBook::load(&[]);
        let education = book.get("education").unwrap();
        let names =
            [Level::Central, Level::Province, Level::Prefecture].map(|l| education.full_name(l, false));
        assert_eq!(names, ["教育部", "教育厅", "教育局"]);
        assert_eq!(education.full_name(Level::Province, true), "教育委员会");
        assert!(book.get("no-such-body").is_none());
    }

    #[test]
    fn a_former_name_knows_its_successor_and_its_year() {
        let book = UnitBook::load(&[]);
        let former =
            |text: &str, body: &str| book.former_in(&fold(text), body).map(|f| (f.name.clone(), f.year));
        assert_eq!(former("甲县食品药品监督管理局", "market-regulation").unwrap().1, Some(2018));
        assert_eq!(former("乙市扶贫办", "rural-revitalization").unwrap(), ("扶贫办".to_owned(), Some(2021)));
        assert_eq!(former("乙市卫健委", "health"), None);
    }
}
