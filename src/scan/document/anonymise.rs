//! A stored scan with codes in the place of units (脱敏).
//!
//! For: reports that go to people who need not know whose items these are. Not for: persons, who are masked before they
//! get into a scan, and not for hiding the items themselves: their names, links and numbers stay. Invariant: one unit has
//! one code in the whole scan whatever it is called where, equal scans get equal codes, and the codes tell nothing of the
//! units to somebody who does not have the scan.

use super::{DocumentError, ScanDocument};
use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};
use serde_json::Value as Json;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Names this short are words of the language as well; they are replaced only where they stand for the unit alone.
const SHORTEST: usize = 4;
/// Parts of a path of places that do not give a unit away: province, city, county.
const PLACES: usize = 3;
/// Fields that hold a unit, in rows and above tables.
const UNITS: [&str; 4] = ["owner_unit", "supervising_unit", "verified_subject", "rectify_owner"];
/// What ids of groups begin with.
const GROUP: &str = "c:";
/// Digits of a division's code down to the county.
const COUNTY: usize = 6;

/// The document with `code(n)` for every unit, `n` from 1.
///
/// # Errors
/// Never with a document that was read or built; a document that could not be written as JSON is no document.
pub fn anonymise(
    document: &ScanDocument,
    code: &dyn Fn(usize) -> String,
) -> Result<ScanDocument, DocumentError> {
    let codes = codes(document)?;
    let mut hidden = document.clone();
    hide_places(&mut hidden);
    let ids: HashMap<String, String> = document
        .assets
        .iter()
        .enumerate()
        .map(|(at, asset)| {
            let unit = codes.of.get(key(&asset.owner_unit.canonical, &asset.owner_unit.text));
            (asset.id.clone(), format!("u{:04}.{}.{}", unit.copied().unwrap_or(0), asset.kind, at + 1))
        })
        .collect();
    for asset in &mut hidden.assets {
        let owner = &mut asset.owner_unit;
        if let Some(&number) = codes.of.get(key(&owner.canonical, &owner.text)) {
            let name = code(number);
            (owner.text, owner.canonical) = (name.clone(), name);
        }
    }
    let mut json = serde_json::to_value(&hidden)?;
    let mut replacer = Replacer { ids: &ids, codes: &codes, code };
    replacer.walk(&mut json);
    Ok(serde_json::from_value(json)?)
}

/// What a unit is known by: the canonical name, else what the file says.
fn key<'a>(canonical: &'a str, text: &'a str) -> &'a str {
    if canonical.trim().is_empty() { text.trim() } else { canonical.trim() }
}

/// Units with their numbers.
struct Codes {
    /// By key.
    of: BTreeMap<String, usize>,
    /// By every name that a unit has.
    names: BTreeMap<String, usize>,
    /// Finds names in running text, the longest first.
    finder: Option<CharwiseDoubleArrayAhoCorasick<u32>>,
}

fn codes(document: &ScanDocument) -> Result<Codes, DocumentError> {
    let mut spellings: BTreeMap<String, String> = BTreeMap::new();
    let mut keys: BTreeSet<String> = BTreeSet::new();
    for asset in &document.assets {
        let owner = &asset.owner_unit;
        let key = key(&owner.canonical, &owner.text);
        for name in [owner.canonical.trim(), owner.text.trim()] {
            spellings.entry(name.to_owned()).or_insert_with(|| key.to_owned());
        }
        keys.insert(key.to_owned());
    }
    let others = document.coverage.roster.iter().map(|unit| &unit.unit);
    let others = others.chain(&document.coverage.not_reported);
    let zero = document.inputs.iter().flat_map(|i| &i.sheets).flat_map(|s| &s.zero_reports).map(|z| &z.unit);
    let elsewhere = named(document);
    for name in others.chain(zero).map(|name| name.trim()).chain(elsewhere.iter().map(|name| name.trim())) {
        let key = spellings.entry(name.to_owned()).or_insert_with(|| name.to_owned());
        keys.insert(key.clone());
    }
    keys.remove("");
    spellings.remove("");
    // Numbers in an order that nobody can work out without the scan.
    let secret = blake3::derive_key("zhijian anonymous units", &serde_json::to_vec(document)?);
    let mut order: Vec<String> = keys.into_iter().collect();
    order.sort_by_key(|name| *blake3::keyed_hash(&secret, name.as_bytes()).as_bytes());
    let of: BTreeMap<String, usize> = order.into_iter().zip(1..).collect();
    let names: BTreeMap<String, usize> =
        spellings.into_iter().filter_map(|(name, key)| Some((name, *of.get(&key)?))).collect();
    let long = names.iter().filter(|(name, _)| name.chars().count() >= SHORTEST);
    let long: Vec<(&str, u32)> = long.map(|(name, &number)| (name.as_str(), number as u32)).collect();
    let finder = CharwiseDoubleArrayAhoCorasickBuilder::new().match_kind(MatchKind::LeftmostLongest);
    let finder = if long.is_empty() { None } else { finder.build_with_values(long).ok() };
    Ok(Codes { of, names, finder })
}

/// Units that are named anywhere else: above tables, in fields, as owners of platforms above, by the letter.
fn named(document: &ScanDocument) -> Vec<String> {
    let sheets = document.inputs.iter().flat_map(|input| &input.sheets);
    let stated = sheets.flat_map(|sheet| &sheet.stated).filter(|(field, _)| UNITS.contains(&field.as_str()));
    let fields = document.assets.iter().flat_map(|asset| &asset.fields);
    let fields = fields.filter(|(field, _)| UNITS.contains(&field.as_str()));
    let fields = fields.filter_map(|(_, held)| held.value.as_str().map(str::to_owned));
    let mut names: Vec<String> = stated.map(|(_, unit)| unit.clone()).chain(fields).collect();
    let letter = &document.parameters.letter;
    names.extend([letter.organisation.clone(), letter.letterhead.clone()]);
    // 各有关单位 is nobody in particular.
    names.extend(Some(&letter.addressee).filter(|addressee| !addressee.starts_with('各')).cloned());
    let covered = document.reference.iter().flat_map(|reference| &reference.covered);
    // 某平台（甲省大数据局）: the owner stands in the last brackets.
    names.extend(covered.filter_map(|covered| {
        let (_, owner) = covered.platform.strip_suffix('）')?.rsplit_once('（')?;
        Some(owner.to_owned())
    }));
    names
}

/// A township has one government: its place would name it.
fn hide_places(document: &mut ScanDocument) {
    for asset in document.assets.iter_mut().filter(|a| matches!(a.level.as_str(), "township" | "village")) {
        let place = &mut asset.region;
        place.path.truncate(PLACES);
        place.name = place.path.last().cloned().unwrap_or_default();
        place.code = place.code.chars().take(COUNTY).collect();
        place.candidates.clear();
        for field in ["township", "region_name", "region_code"] {
            asset.fields.remove(field);
        }
    }
}

struct Replacer<'a> {
    ids: &'a HashMap<String, String>,
    codes: &'a Codes,
    code: &'a dyn Fn(usize) -> String,
}

impl Replacer<'_> {
    fn walk(&mut self, json: &mut Json) {
        match json {
            Json::String(text) => {
                if let Some(new) = self.replaced(text) {
                    *text = new;
                }
            }
            Json::Array(items) => items.iter_mut().for_each(|item| self.walk(item)),
            Json::Object(map) => map.values_mut().for_each(|value| self.walk(value)),
            _ => {}
        }
    }

    /// The text with codes; `None` when nothing in it is a unit or an id.
    fn replaced(&self, text: &str) -> Option<String> {
        // A group is called after the item that is kept of it.
        let (mark, id) = text.strip_prefix(GROUP).map_or(("", text), |id| (GROUP, id));
        if let Some(id) = self.ids.get(id) {
            return Some(format!("{mark}{id}"));
        }
        if let Some(&number) = self.codes.names.get(text.trim()) {
            return Some((self.code)(number));
        }
        let finder = self.codes.finder.as_ref()?;
        let mut out = String::new();
        let mut done = 0;
        for found in finder.leftmost_find_iter(text) {
            out.push_str(&text[done..found.start()]);
            out.push_str(&(self.code)(found.value() as usize));
            done = found.end();
        }
        (done > 0).then(|| out + &text[done..])
    }
}
