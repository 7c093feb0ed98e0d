//! What units are called: a name that somebody wrote, not the one that the program knows them by.
//!
//! For: addressees, file names and tables by unit. Not for: which items are of one unit (`normalise`). Invariants: every unit
//! has one name in the whole report, no two have the same, and where no written name stands for the unit alone (水务局 of
//! some place, a bureau's office, a name with a remark) it is the canonical one.

use crate::knowledge::text::words;
use crate::scan::document::Asset;
use rustc_hash::FxHashMap;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// What a name does not have and a remark behind it does.
const MARKS: [char; 12] = ['（', '(', '【', '[', '*', ':', '：', '，', ',', '；', ';', '/'];

/// Names by what the program knows the unit by.
pub(super) struct Called<'a>(BTreeMap<&'a str, &'a str>);

impl<'a> Called<'a> {
    /// Counts what is written how often.
    pub(super) fn new(assets: &'a [Asset]) -> Called<'a> {
        let mut written: FxHashMap<(&str, &str), (u64, &Asset)> = FxHashMap::default();
        for asset in assets {
            let owner = &asset.owner_unit;
            let (canonical, text) = (owner.canonical.as_str(), owner.text.trim());
            if !canonical.is_empty() && !text.is_empty() {
                written.entry((canonical, text)).or_insert((0, asset)).0 += 1;
            }
        }
        let known: BTreeSet<&str> = written.keys().map(|(canonical, _)| *canonical).collect();
        let mut written: Vec<_> = written
            .into_iter()
            .filter(|((canonical, text), (_, asset))| stands_alone(text, canonical, asset))
            .map(|((canonical, text), (count, _))| {
                let known = text == canonical;
                (canonical, Reverse((count, known, text.chars().count())), text)
            })
            .collect();
        written.sort_unstable();
        let mut called = BTreeMap::new();
        for (canonical, _, text) in written {
            called.entry(canonical).or_insert(text);
        }
        let mut holders: BTreeMap<&str, usize> = BTreeMap::new();
        for text in called.values() {
            *holders.entry(text).or_default() += 1;
        }
        // One name for two units, or one that is another's, tells neither.
        called.retain(|canonical, text| holders[text] == 1 && (canonical == text || !known.contains(text)));
        Called(called)
    }

    /// The name of the unit that the program knows by this one.
    pub(super) fn name<'b>(&self, canonical: &'b str) -> &'b str
    where
        'a: 'b,
    {
        self.0.get(canonical).copied().unwrap_or(canonical)
    }

    /// The unit that an item is counted under; empty when none is stated.
    pub(super) fn unit(&self, asset: &'a Asset) -> &'a str {
        let owner = &asset.owner_unit;
        if owner.canonical.is_empty() { owner.text.trim() } else { self.name(&owner.canonical) }
    }
}

/// Whether a written name says by itself which unit it is: with its place, no office of it, and nothing behind it.
fn stands_alone(text: &str, canonical: &str, asset: &Asset) -> bool {
    if text == canonical {
        return true;
    }
    let place =
        asset.region.path.iter().rev().find(|place| !place.is_empty() && canonical.contains(place.as_str()));
    // 望川水务局 has its place as well.
    let short = |place: &String| {
        let cut = place.char_indices().next_back().map_or(0, |(at, _)| at);
        if place.chars().count() > 2 { place[..cut].to_owned() } else { place.clone() }
    };
    let has_place =
        place.map_or(text.chars().count() >= canonical.chars().count(), |place| text.contains(&short(place)));
    let last = |text: &str| text.chars().next_back();
    let ends =
        last(text) == last(canonical) || words("unit-last-words").iter().any(|end| text.ends_with(end));
    // 甲县财政局办公室 is an office; 共青团甲县委员会 is 共青团甲县委 in full.
    let is_office = text.strip_prefix(canonical).is_some_and(|rest| rest != "员会");
    has_place && ends && !is_office && !text.contains(MARKS) && !text.contains(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn items(written: &[(&str, &str)]) -> Vec<Asset> {
        let item = |(text, canonical): &(&str, &str)| {
            let place = json!({ "code": "", "name": "甲县", "path": ["某省", "甲县"], "candidates": [] });
            let json = json!({
                "id": "", "kind": "app", "name": "", "stem": "", "level": "county", "platform": "", "audience": "",
                "owner_unit": { "text": text, "canonical": canonical }, "region": place, "functions": [],
                "status": "active", "fields": {}, "source": { "file": "", "sheet": "", "row": 1 },
            });
            serde_json::from_value(json).unwrap()
        };
        written.iter().map(item).collect()
    }

    fn names(items: &[Asset]) -> Vec<&str> {
        let called = Called::new(items);
        items.iter().map(|asset| called.unit(asset)).collect()
    }

    #[test]
    fn a_unit_is_called_as_somebody_wrote_it() {
        let written = [
            ("甲县水务局", "甲县水利局"),
            ("水务局", "甲县水利局"),
            ("水务局", "甲县水利局"),
            ("甲县教育局", "甲县教育局"),
            ("甲县教体局", "甲县教育局"),
            ("共青团甲县委员会", "甲县团委"),
            ("林业局", "甲县林业局"),
            ("甲县财政局办公室", "甲县财政局"),
            ("甲县农业农村局（张**）", "甲县农业农村局"),
            ("某公司", ""),
        ];
        let items = items(&written);
        assert_eq!(
            names(&items),
            [
                "甲县水务局",
                "甲县水务局",
                "甲县水务局",
                "甲县教育局",
                "甲县教育局",
                "共青团甲县委员会",
                "甲县林业局",
                "甲县财政局",
                "甲县农业农村局",
                "某公司"
            ]
        );
    }

    #[test]
    fn no_two_units_get_one_name() {
        let written =
            [("甲县融媒局", "甲县广电局"), ("甲县融媒局", "甲县文旅局"), ("甲县文旅局", "甲县体育局")];
        assert_eq!(names(&items(&written)), ["甲县广电局", "甲县文旅局", "甲县体育局"]);
    }
}
