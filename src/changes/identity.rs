//! Which item of the later scan is which from before: by what people confirmed, by id, by name and owner.
//!
//! For: the sure links, each with its evidence. Not for: likeness (`matched`). Ids of equal keys are numbered by
//! content (`~2`), so within such a group the number means nothing and platform, identifiers and cells decide.

use super::before::Befores;
use super::cells;
use crate::knowledge::text::fold;
use crate::model::{Judgement, LinkedBy, Message};
use crate::scan::document::{Asset, ScanDocument};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// Pairs of one group that are compared cell by cell: those of 500 like-named items on either side.
const COMPARED: usize = 250_000;

/// A link between positions.
pub(super) struct Link {
    pub(super) before: usize,
    pub(super) by: LinkedBy,
    pub(super) evidence: Vec<Message>,
}

/// Links, each side at most once.
pub(super) struct Links {
    /// By position in the later scan.
    pub(super) of_after: Vec<Option<Link>>,
    /// Position in the later scan, by position before.
    pub(super) of_before: Vec<Option<usize>>,
}

impl Links {
    pub(super) fn set(&mut self, before: usize, after: usize, by: LinkedBy, evidence: Vec<Message>) {
        if self.of_before[before].is_none() && self.of_after[after].is_none() {
            self.of_before[before] = Some(after);
            self.of_after[after] = Some(Link { before, by, evidence });
        }
    }
}

/// What two readings of one item share, and the sentence that says so.
type Step = (LinkedBy, &'static str, fn(&Asset) -> Option<String>);

/// The surest first.
const STEPS: &[Step] = &[
    (LinkedBy::Id, "changes.link.id", |asset| Some(base(&asset.id).to_owned())),
    (LinkedBy::Key, "changes.link.key", |asset| {
        Some(format!("{}|{}|{}", named(asset)?, asset.kind, asset.platform))
    }),
    (LinkedBy::Retyped, "changes.link.retyped", |asset| {
        Some(format!("{}|{}", named(asset)?, asset.platform))
    }),
    (LinkedBy::Moved, "changes.link.moved", |asset| {
        let name = fold(&asset.name);
        // Groups of many units bear one name, and so do items with short ones.
        let tells = name.chars().count() >= 4 && asset.kind != "group" && !asset.region.code.is_empty();
        tells.then(|| format!("{name}|{}|{}|{}", asset.kind, asset.platform, asset.region.code))
    }),
];

/// The links that need no likeness.
pub(super) fn by_id_and_name(befores: &Befores<'_>, later: &ScanDocument, judged: &[Judgement]) -> Links {
    let mut links = Links {
        of_after: later.assets.iter().map(|_| None).collect(),
        of_before: vec![None; befores.list.len()],
    };
    let apart = Apart::new(judged);
    confirmed(befores, later, judged, &mut links);
    for (by, key, of) in STEPS {
        step(befores, later, &mut links, *by, key, *of, &apart);
    }
    links
}

/// What a person has said of two ids of which each scan has one.
fn confirmed(befores: &Befores<'_>, later: &ScanDocument, judged: &[Judgement], links: &mut Links) {
    if judged.iter().all(|judgement| !judgement.same) {
        return;
    }
    let before: BTreeMap<&str, usize> =
        befores.list.iter().enumerate().rev().map(|(at, b)| (b.asset.id.as_str(), at)).collect();
    let after: BTreeMap<&str, usize> =
        later.assets.iter().enumerate().map(|(at, a)| (a.id.as_str(), at)).collect();
    for judgement in judged.iter().filter(|judgement| judgement.same) {
        for (was, is) in [(&judgement.left, &judgement.right), (&judgement.right, &judgement.left)] {
            let old = before.get(was.as_str()).filter(|_| !after.contains_key(was.as_str()));
            let new = after.get(is.as_str()).filter(|_| !before.contains_key(is.as_str()));
            if let (Some(&old), Some(&new)) = (old, new) {
                let evidence = Message::new("changes.link.confirmed").with("reason", &judgement.reason);
                links.set(old, new, LinkedBy::Confirmed, vec![evidence]);
            }
        }
    }
}

/// Pairs of ids that a person holds apart.
pub(super) struct Apart<'a>(Vec<(&'a str, &'a str)>);

impl<'a> Apart<'a> {
    pub(super) fn new(judged: &'a [Judgement]) -> Apart<'a> {
        let different = judged.iter().filter(|j| !j.same);
        Apart(different.flat_map(|j| [(&*j.left, &*j.right), (&*j.right, &*j.left)]).collect())
    }

    pub(super) fn holds(&self, before: &Asset, after: &Asset) -> bool {
        self.0.contains(&(before.id.as_str(), after.id.as_str()))
    }
}

/// Links the items of equal keys that are not linked yet.
fn step(
    befores: &Befores<'_>,
    later: &ScanDocument,
    links: &mut Links,
    by: LinkedBy,
    sentence: &'static str,
    key: fn(&Asset) -> Option<String>,
    apart: &Apart<'_>,
) {
    // No item is in two groups, so that their order changes nothing.
    let mut places: FxHashMap<String, usize> = FxHashMap::default();
    let mut groups: Vec<(Vec<usize>, Vec<usize>)> = Vec::new();
    for (at, before) in befores.list.iter().enumerate().filter(|(at, _)| links.of_before[*at].is_none()) {
        if let Some(key) = key(before.asset) {
            let place = *places.entry(key).or_insert(groups.len());
            if place == groups.len() {
                groups.push((Vec::new(), Vec::new()));
            }
            groups[place].0.push(at);
        }
    }
    for (at, asset) in later.assets.iter().enumerate().filter(|(at, _)| links.of_after[*at].is_none()) {
        if let Some(&place) = key(asset).and_then(|key| places.get(&key)) {
            groups[place].1.push(at);
        }
    }
    // A name that several bear does not say which of them moved.
    let one =
        |(old, new): &(Vec<usize>, Vec<usize>)| by != LinkedBy::Moved || old.len() == 1 && new.len() == 1;
    for (old, new) in groups.into_iter().filter(|group| !group.1.is_empty() && one(group)) {
        for (before, after) in best(befores, later, &old, &new, apart) {
            let evidence = Message::new(sentence)
                .with("before", &befores.list[before].asset.name)
                .with("after", &later.assets[after].name)
                .with("was", format!("@kind.{}", befores.list[before].asset.kind))
                .with("is", format!("@kind.{}", later.assets[after].kind))
                .with("from", &befores.list[before].asset.owner_unit.text)
                .with("to", &later.assets[after].owner_unit.text);
            links.set(before, after, by, vec![evidence]);
        }
    }
}

/// The pairs of a group, the most alike first; those of two platforms are two things.
fn best(
    befores: &Befores<'_>,
    later: &ScanDocument,
    old: &[usize],
    new: &[usize],
    apart: &Apart<'_>,
) -> Vec<(usize, usize)> {
    // One against one, of one platform, needs no ranking.
    if let (&[before], &[after]) = (old, new)
        && befores.list[before].asset.platform == later.assets[after].platform
        && !apart.holds(befores.list[before].asset, &later.assets[after])
    {
        return vec![(before, after)];
    }
    if old.len() * new.len() > COMPARED {
        return old.iter().copied().zip(new.iter().copied()).collect();
    }
    let mut ranked = Vec::new();
    for &before in old {
        let was = &befores.list[before];
        for &after in new {
            let is = &later.assets[after];
            let identified = cells::share_identifier(was.asset, is);
            let two = !was.asset.platform.is_empty()
                && !is.platform.is_empty()
                && was.asset.platform != is.platform;
            if two && !identified || apart.holds(was.asset, is) {
                continue;
            }
            let agreeing = cells::agreeing(was.asset, is);
            let likeness = (
                identified,
                was.past.is_none(),
                was.asset.platform == is.platform,
                agreeing,
                was.asset.id == is.id,
            );
            ranked.push((likeness, before, after));
        }
    }
    ranked.sort_by(|a, b| {
        b.0.cmp(&a.0).then_with(|| {
            (&befores.list[a.1].asset.id, &later.assets[a.2].id)
                .cmp(&(&befores.list[b.1].asset.id, &later.assets[b.2].id))
        })
    });
    ranked.into_iter().map(|(_, before, after)| (before, after)).collect()
}

/// Owner and name, folded; nothing without a name.
fn named(asset: &Asset) -> Option<String> {
    let name = fold(&asset.name);
    (!name.is_empty()).then(|| format!("{}|{name}", owner(asset)))
}

/// The owner by which lists of two scans are compared.
pub(super) fn owner(asset: &Asset) -> String {
    let owner = &asset.owner_unit;
    if owner.canonical.is_empty() { fold(&owner.text) } else { owner.canonical.clone() }
}

/// An id without the number that tells items of one key apart.
fn base(id: &str) -> &str {
    match id.rsplit_once('~') {
        Some((base, number)) if !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()) => base,
        _ => id,
    }
}
