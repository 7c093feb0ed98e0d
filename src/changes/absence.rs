//! Whether the list that an item stands in was sent the other time.
//!
//! For: *gone* is a claim about the world and needs a list that was sent and read; everything else is *not reported*.
//! The same question asked backwards tells a newly registered item from one that was never sent before.

use super::identity::owner;
use crate::knowledge::text::fold;
use crate::model::Message;
use crate::scan::document::{Asset, ScanDocument};
use std::collections::{BTreeMap, BTreeSet};

/// What the other scan received.
pub(super) struct Received<'a> {
    other: &'a ScanDocument,
    /// Sheets by path.
    sheets: BTreeMap<&'a str, BTreeSet<&'a str>>,
    digests: BTreeSet<&'a str>,
    unread: BTreeSet<&'a str>,
    silent: BTreeSet<String>,
    zero: BTreeSet<String>,
    /// Owner and kind of the items that stand in files of another name than any of this scan.
    moved: BTreeSet<(String, &'a str)>,
    /// Items of a file, and how many of them are recognised in the other scan.
    share: BTreeMap<&'a str, (usize, usize)>,
    /// Digest by path, of this scan.
    own: BTreeMap<&'a str, &'a str>,
}

impl<'a> Received<'a> {
    /// What `other` received of what `own` lists; `recognised` says which assets of `own` it shows.
    pub(super) fn new(
        own: &'a ScanDocument,
        other: &'a ScanDocument,
        recognised: &dyn Fn(usize) -> bool,
    ) -> Received<'a> {
        let paths = own.inputs.iter().map(|input| (input.path.as_str(), input.blake3.as_str()));
        let own_paths: BTreeMap<&str, &str> = paths.collect();
        let mut share: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        for (at, asset) in own.assets.iter().enumerate() {
            let (all, known) = share.entry(&asset.source.file).or_default();
            *all += 1;
            *known += usize::from(recognised(at));
        }
        let elsewhere = other.assets.iter().filter(|a| !own_paths.contains_key(a.source.file.as_str()));
        let zero = other.inputs.iter().flat_map(|input| &input.sheets).flat_map(|sheet| {
            let stated = sheet.stated.get("owner_unit").map_or("", String::as_str);
            sheet.zero_reports.iter().map(move |zero| if zero.unit.is_empty() { stated } else { &zero.unit })
        });
        Received {
            other,
            sheets: other
                .inputs
                .iter()
                .map(|i| (i.path.as_str(), i.sheets.iter().map(|s| s.name.as_str()).collect()))
                .collect(),
            digests: other.inputs.iter().map(|input| input.blake3.as_str()).collect(),
            unread: other.coverage.unread.iter().map(String::as_str).collect(),
            silent: other.coverage.not_reported.iter().map(|unit| fold(unit)).collect(),
            zero: zero.map(fold).collect(),
            moved: elsewhere.map(|a| (owner(a), a.kind.as_str())).collect(),
            share,
            own: own_paths,
        }
    }

    /// Nothing when the list that an asset of `own` stands in was sent and read; else why it was not.
    pub(super) fn missing(&self, asset: &Asset) -> Option<Message> {
        let unit = &asset.owner_unit;
        let names = [fold(&unit.text), fold(&unit.canonical)];
        let is_among =
            |set: &BTreeSet<String>| names.iter().any(|name| !name.is_empty() && set.contains(name));
        let file = asset.source.file.as_str();
        let why = |key| {
            Some(
                Message::new(key)
                    .with("file", file)
                    .with("sheet", &asset.source.sheet)
                    .with("unit", &unit.text),
            )
        };
        if is_among(&self.silent) {
            return why("changes.missing.roster");
        }
        if self.unread.contains(file) {
            return why("changes.missing.unread");
        }
        let mostly = self.share.get(file).is_some_and(|(all, known)| known * 2 >= *all && *known > 0);
        if let Some(sheets) = self.sheets.get(file) {
            if !asset.source.sheet.is_empty() && !sheets.contains(asset.source.sheet.as_str()) && !mostly {
                return why("changes.missing.sheet");
            }
            let name = asset.name.as_str();
            let mut rejected = self.other.rejected.iter().filter(|row| row.source.file == file);
            return if rejected.any(|row| row.text.contains(name)) {
                why("changes.missing.rejected")
            } else {
                None
            };
        }
        let same_bytes = self.own.get(file).is_some_and(|digest| self.digests.contains(digest));
        let moved = self.moved.contains(&(owner(asset), asset.kind.as_str()));
        if same_bytes || mostly || moved || is_among(&self.zero) { None } else { why("changes.missing.file") }
    }
}
