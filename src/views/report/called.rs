//! What units are called where people read of them.
//!
//! For: the name that an inventory most often writes for a unit, by its canonical name. Not for: telling units apart;
//! the canonical name stays the key. Invariant: two units are never called alike, and a unit whose files never write a
//! whole name of it is called by the canonical one.

use super::breakdown::unit;
use crate::scan::document::ScanDocument;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Characters of a canonical name with which a written one must begin, or which it must at least hold: its place.
const PLACE: usize = 2;

/// The names by which units are shown, where they differ from the canonical ones.
pub(super) fn names(document: &ScanDocument) -> HashMap<&str, String> {
    let mut written: BTreeMap<&str, Vec<(&str, u64)>> = BTreeMap::new();
    for asset in &document.assets {
        let key = unit(asset);
        let Some(text) = whole(key, &asset.owner_unit.text) else { continue };
        let texts = written.entry(key).or_default();
        match texts.iter_mut().find(|(known, _)| *known == text) {
            Some((_, count)) => *count += 1,
            None => texts.push((text, 1)),
        }
    }
    let most = |texts: &[(&str, u64)]| {
        let most = texts.iter().map(|(_, count)| *count).max();
        // Of names written equally often the first counts.
        texts.iter().find(|(_, count)| Some(*count) == most).map(|(text, _)| (*text).to_owned())
    };
    let mut shown: HashMap<&str, String> =
        written.iter().filter_map(|(&key, texts)| Some((key, most(texts)?))).collect();
    let (mut once, mut again) = (BTreeSet::new(), BTreeSet::new());
    let canonical: BTreeSet<&str> = document.assets.iter().map(unit).collect();
    for key in &canonical {
        let name = shown.get(key).map_or(*key, String::as_str);
        if !once.insert(name.to_owned()) {
            again.insert(name.to_owned());
        }
    }
    shown.retain(|key, name| name != key && !again.contains(name) && !canonical.contains(name.as_str()));
    shown
}

/// The part of a written name that names the unit itself, without an office behind it or a remark in brackets; `None`
/// where it does not name the unit's place.
fn whole<'t>(canonical: &str, text: &'t str) -> Option<&'t str> {
    let text = text.trim().split(['（', '(', '/', '、', '，', ',', ' ', '\n']).next().unwrap_or("").trim();
    let front: String = canonical.chars().take(PLACE).collect();
    canonical.chars().nth(PLACE)?;
    let behind = text.find(&front)? + front.len();
    let last = canonical.chars().next_back()?;
    if text.ends_with(last) || text.ends_with("委员会") {
        return Some(text);
    }
    // 甲市水务局办公室 is an office of the bureau that is meant.
    text[behind..].find(last).map(|at| &text[..behind + at + last.len_utf8()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_of_a_unit_is_its_whole_name() {
        for (canonical, text, name) in [
            ("甲市水利局", "甲市水务局", Some("甲市水务局")),
            ("甲市水利局", "甲市水务局办公室", Some("甲市水务局")),
            ("甲市水利局", "甲市水务局（河长办）", Some("甲市水务局")),
            ("甲市水利局", "水务局", None),
            ("乙县团委", "共青团乙县委员会", Some("共青团乙县委员会")),
            ("甲市教育局", "甲市教体", None),
            ("", "甲市水务局", None),
        ] {
            assert_eq!(whole(canonical, text), name, "{text}");
        }
    }
}
