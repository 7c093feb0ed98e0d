//! Administrative divisions (行政区划): the vendored table, the user's own, and finding them in text.
//!
//! For: turning "贵州省铜仁市碧江区教育局" or code 520602 into a division, and cutting the names of
//! places out of a text. Not for: villages, zones and townships that no table lists (`localities`), which become
//! divisions of one scan only. Invariant: a name that several divisions share is never
//! decided without a reason; it comes back with all candidates. Texts are folded ones throughout.

mod find;
mod load;
mod localities;
mod names;
mod slip;
mod townships;

pub use find::{Choice, Mention, Path};
pub use localities::{Localities, Locality};
pub use slip::is_slip_of_place;
pub use townships::bare;

use super::error::LexiconError;
use super::phrases::Phrases;
use super::table;
use crate::knowledge::text::fold;
use crate::model::{Level, Region, RegionId, Regions};
use load::Divisions;

const WORDS: &str = include_str!("../../../data/lexicon/region_words.tsv");
const FORMER: &str = include_str!("../../../data/lexicon/former_regions.tsv");

/// All divisions known before a file is read, and a finder over their names.
pub struct RegionBook {
    divisions: Divisions,
    /// Folded forms of names; the flag says whether the form tells by itself that a division is meant.
    forms: Phrases<(RegionId, bool)>,
    /// Bare names of townships, for places where nothing else decides.
    bare_towns: Phrases<RegionId>,
    /// Ordinary words that look like divisions; the flag says that the bare name never is one.
    words: Phrases<bool>,
    /// Whether a division's name alone is not unique in the table, by id.
    shared: Vec<bool>,
    /// Listed development zones by (city, class).
    zones: std::collections::HashMap<(RegionId, &'static str), RegionId>,
}

impl RegionBook {
    /// The vendored table, extended by the user's (CSV text: code, name, level, parent_code).
    pub fn load(extra: Option<&str>) -> Result<RegionBook, LexiconError> {
        let mut divisions = Divisions::vendored();
        if let Some(text) = extra {
            divisions.extend(text)?;
        }
        let mut book = RegionBook {
            forms: Phrases::default(),
            bare_towns: Phrases::default(),
            words: Phrases::default(),
            shared: Vec::new(),
            zones: std::collections::HashMap::new(),
            divisions,
        };
        for [word, rule] in table::rows(WORDS) {
            book.words.add(&fold(word), rule == "never");
        }
        for (id, region) in book.divisions.regions.iter() {
            if region.level == Level::Township && !townships::is_findable(&region.name) {
                continue;
            }
            let is_word = |bare: &str| !book.words.get(bare).is_empty();
            if let Some(bare) =
                bare(&region.name).filter(|bare| region.level == Level::Township && !is_word(bare))
            {
                book.bare_towns.add(bare, id);
            }
            for form in names::forms(&region.name, region.level) {
                let folded = fold(&form.text);
                if form.whole || !book.words.get(&folded).contains(&true) {
                    book.forms.add(&folded, (id, form.whole));
                }
            }
        }
        for [name, successor, _year] in table::rows(FORMER) {
            if let Some(id) = book.divisions.exact(successor) {
                book.forms.add(&fold(name), (id, true));
            }
        }
        book.shared = vec![false; book.divisions.regions.iter().count() + 1];
        for (id, region) in book.divisions.regions.iter() {
            book.shared[id.0 as usize] = book.forms.get(&fold(&region.name)).len() > 1;
        }
        book.index_zones();
        Ok(book)
    }

    /// The divisions, for the asset table.
    pub fn regions(&self) -> &Regions {
        &self.divisions.regions
    }

    /// A division.
    pub fn get(&self, id: RegionId) -> &Region {
        self.divisions.regions.get(id)
    }

    /// The division of a code of 2 to 12 digits, or the closest one above it that is known.
    /// `RegionId::NONE` when not even the province is.
    pub fn by_code(&self, code: &str) -> RegionId {
        self.divisions.nearest(code)
    }

    /// Whether a division has exactly this code.
    pub fn has_code(&self, code: &str) -> bool {
        self.divisions.exact(code).is_some()
    }

    /// Whether a division is of this book, and not of one scan only.
    pub fn is_listed(&self, id: RegionId) -> bool {
        id.is_known() && (id.0 as usize) < self.shared.len()
    }

    /// The name for people, with as many parents before it as it takes to tell it from its
    /// namesakes: 甲市, 碧江区, 南京市鼓楼区, 白河县构朳镇. `regions` may hold divisions beyond this
    /// book's (those of one scan); they are always shown with their parent.
    pub fn display(&self, regions: &Regions, id: RegionId) -> String {
        let region = regions.get(id);
        let shared = self.shared.get(id.0 as usize).copied().unwrap_or(true)
            || matches!(region.level, Level::Township | Level::Village);
        let parent = region.parent;
        if shared && parent.is_known() && id != parent && !region.name.starts_with(&regions.get(parent).name)
        {
            self.display(regions, parent) + &region.name
        } else {
            region.name.clone()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::error::Fault::{BadCode, BadLevel, NoColumn, NoParent, RepeatedCode};
    use super::*;

    fn book() -> RegionBook {
        let extra = "code,name,level,parent_code\n990102001,城关镇,township,990102\n990000,示例省,省,\n\
            990100,甲市,prefecture,990000\n990102,乙县,county,990100\n990103,丙县,,990100\n990103001,城关镇,,\n";
        RegionBook::load(Some(extra)).unwrap()
    }

    #[test]
    fn the_table_is_sorted_and_has_no_orphan() {
        table::assert_sorted::<2>(load::VENDORED);
        table::assert_sorted::<2>(WORDS);
        let book = RegionBook::load(None).unwrap();
        table::assert_sorted::<3>(FORMER);
        for [name, successor, year] in table::rows(FORMER) {
            assert!((1980..2027).contains(&year.parse().unwrap()), "{name}: {year}");
            assert!(book.has_code(successor), "{name}: {successor}");
            assert!(book.regions().iter().all(|(_, r)| r.name != name), "{name} exists");
        }
        for (id, region) in book.regions().iter() {
            assert_eq!(region.level == Level::Province, !region.parent.is_known(), "{}", region.name);
            assert!(region.parent.0 < id.0, "{} stands before its parent", region.name);
        }
        assert!(book.regions().iter().count() > 3300);
    }

    #[test]
    fn codes_lead_to_the_nearest_known_division() {
        let book = book();
        let name = |code| book.get(book.by_code(code)).name.as_str();
        let cases = [
            ("520602", "碧江区"),
            ("520602001", "碧江区"),
            ("520602001002", "碧江区"),
            ("520699", "铜仁市"),
            ("5206", "铜仁市"),
            ("52", "贵州省"),
            ("990102001", "城关镇"),
            ("990102000000", "乙县"),
            ("000000", ""),
            ("", ""),
            ("419001", "济源市"),
        ];
        for (code, expected) in cases {
            assert_eq!(name(code), expected, "{code}");
        }
        assert!(!book.has_code("520699"));
    }

    #[test]
    fn names_are_shown_with_as_many_parents_as_needed() {
        let book = book();
        let shown = |code| book.display(book.regions(), book.by_code(code));
        assert_eq!(shown("520602"), "碧江区");
        assert_eq!(shown("320106"), "南京市鼓楼区");
        assert_eq!(shown("990103001"), "丙县城关镇");
        assert_eq!(shown("520000"), "贵州省");
    }

    #[test]
    fn faults_of_the_users_table_are_told_with_their_line() {
        let fault = |text: &str| RegionBook::load(Some(text)).err().map(|e| (e.line, e.fault));
        assert_eq!(fault("code,name\n99,示例省\n"), Some((2, BadCode)));
        assert_eq!(fault("code\n990000\n"), Some((1, NoColumn)));
        assert_eq!(fault("code,name,level\n990000,示例省,王国\n"), Some((2, BadLevel)));
        assert_eq!(
            fault("code,name,level,parent_code\n990000,示例省,,\n990100,甲市,,980000\n"),
            Some((3, NoParent))
        );
        assert_eq!(fault("code,name\n520000,甲省\n"), Some((2, RepeatedCode)));
        assert_eq!(fault("code,name\n520000,贵州省\n"), None);
    }
}
