//! What no id and no name links: the matcher over the items that are left, with time.
//!
//! For: items that were renamed or moved to another unit, and newly listed items that do the job of a closed one.
//! Not for: likeness itself (`stages/matching`), whose relations and evidence are taken as they are: *same* links,
//! any other relation that binds makes a successor.

use super::Basis;
use super::before::{Before, Befores};
use super::cells;
use super::identity::{Apart, Links};
use crate::knowledge::text::fold;
use crate::model::{Field, Judgement, LinkedBy, Message, Relation};
use crate::scan::document::{Asset, ScanDocument};
use crate::scan::{parameters, understand_all};
use crate::stages::matching;
use jiff::civil::Date;
use serde_json::{Map, Value as Json};
use std::collections::BTreeMap;

/// A newly listed item that does what an earlier one did.
pub(super) struct Successor {
    pub(super) before: usize,
    pub(super) evidence: Vec<Message>,
}

/// Fields that are rewritten here, or that tell where an item stands in its life: a closed item is looked for as
/// well as a live one.
const LEFT_OUT: [&str; 12] = [
    "id",
    "seq",
    "kind",
    "status",
    "region_name",
    "region_code",
    "province",
    "city",
    "county",
    "township",
    "disposal",
    "cancel_record",
];

/// Links what the matcher finds to be one thing, and gives the successors of what is closed or gone, by their
/// position in the later scan.
pub(super) fn matched(
    befores: &Befores<'_>,
    later: &ScanDocument,
    links: &mut Links,
    basis: &Basis<'_>,
    judged: &[Judgement],
) -> BTreeMap<usize, Successor> {
    let new: Vec<usize> = (0..later.assets.len()).filter(|&at| links.of_after[at].is_none()).collect();
    // Those that may be recognised, and those that may have a successor.
    let old: Vec<usize> = (0..befores.list.len())
        .filter(|&at| links.of_before[at].is_none() || is_closed_still(befores, later, links, at))
        .collect();
    if new.is_empty() || old.is_empty() {
        return BTreeMap::new();
    }
    let rows = old.iter().map(|&at| row(befores.list[at].asset, format!("b{at}")));
    let rows = rows.chain(new.iter().map(|&at| row(&later.assets[at], format!("a{at}")))).collect();
    let as_of = day(&later.as_of).unwrap_or_default();
    let (table, _) = understand_all(rows, basis.knowledge, basis.policy, as_of);
    let parameters = parameters(basis.policy);
    let matched = matching::run(&table, &basis.knowledge.lexicon, &parameters, &[]);
    let apart = Apart::new(judged);
    // (weight, before, after, link) of the pairs that lie across.
    let mut across = Vec::new();
    for link in &matched.links {
        let tags = [link.left, link.right].map(|ix| tag(table.get(ix).text(Field::Id)));
        if let [Some((true, before)), Some((false, after))] | [Some((false, after)), Some((true, before))] =
            tags
            && !apart.holds(befores.list[before].asset, &later.assets[after])
        {
            across.push((link, before, after));
        }
    }
    across.sort_by(|a, b| {
        let ids = |before: usize, after: usize| (&befores.list[before].asset.id, &later.assets[after].id);
        b.0.weight.total_cmp(&a.0.weight).then_with(|| ids(a.1, a.2).cmp(&ids(b.1, b.2)))
    });
    let sentences = |link| {
        matched.pair(link).evidence.into_iter().filter(|e| e.weight > 0.0).map(|e| e.sentence).collect()
    };
    for (link, before, after) in across.iter().filter(|(link, ..)| link.relation == Relation::Same) {
        if links.of_before[*before].is_none() && links.of_after[*after].is_none() {
            links.set(*before, *after, LinkedBy::Matched, sentences(link));
        }
    }
    let mut successors: BTreeMap<usize, Successor> = BTreeMap::new();
    for (link, before, after) in
        across.iter().filter(|(link, ..)| link.binds || link.relation == Relation::Same)
    {
        let is_new = links.of_after[*after].is_none();
        let left = links.of_before[*before].is_none() || is_closed_still(befores, later, links, *before);
        let taken = successors.contains_key(after) || successors.values().any(|s| s.before == *before);
        if is_new && left && !taken && follows(&befores.list[*before], &later.assets[*after], later, basis) {
            successors.insert(*after, Successor { before: *before, evidence: sentences(link) });
        }
    }
    successors
}

/// Whether an item was closed before and is closed where it is listed now.
fn is_closed_still(befores: &Befores<'_>, later: &ScanDocument, links: &Links, at: usize) -> bool {
    befores.list[at].is_closed()
        && links.of_before[at].is_none_or(|after| later.assets[after].status == "closed")
}

/// Whether a newly listed item can be what an earlier one has become: it is in use, began within the period after the
/// closure and not before it, and was not the announced place to go.
fn follows(old: &Before<'_>, new: &Asset, later: &ScanDocument, basis: &Basis<'_>) -> bool {
    let announced = old.asset.fields.get("disposal_target").map(|field| fold(&cells::text(&field.value)));
    let name = fold(&new.name);
    if new.status == "closed"
        || announced.is_some_and(|to| !to.is_empty() && (to.contains(&name) || name.contains(&to)))
    {
        return false;
    }
    let Some(closed) = closed_on(old) else { return true };
    let began = ["launch_date", "created_date"].into_iter().find_map(|field| date(new, field));
    let Some(began) = began.or_else(|| day(&later.as_of)) else { return true };
    let days = began.since(closed).map_or(0, |span| span.get_days());
    (0..=i32::try_from(basis.rebrand_days).unwrap_or(i32::MAX)).contains(&days)
}

/// The day of a closure: as its file states it, or of the scan that first saw it. Nothing for an item that is merely
/// gone since the last scan.
pub(super) fn closed_on(old: &Before<'_>) -> Option<Date> {
    date(old.asset, "offline_date").or_else(|| old.past.and_then(|past| day(&past.since)))
}

fn date(asset: &Asset, field: &str) -> Option<Date> {
    asset.fields.get(field).and_then(|field| field.value.as_str()).and_then(day)
}

/// An ISO day.
pub(super) fn day(text: &str) -> Option<Date> {
    text.parse().ok()
}

/// An item as a row of an inventory, under a tag of its own.
fn row(asset: &Asset, tag: String) -> Map<String, Json> {
    let mut row = Map::new();
    let mut put = |key: &str, value: String| {
        if !value.is_empty() {
            row.insert(key.to_owned(), Json::String(value));
        }
    };
    put("id", tag);
    put("name", asset.name.clone());
    put("kind", asset.kind.clone());
    put("owner_unit", asset.owner_unit.text.clone());
    put("platform", asset.platform.clone());
    put("region_name", asset.region.path.concat());
    for (field, value) in asset.fields.iter().filter(|(field, _)| !LEFT_OUT.contains(&field.as_str())) {
        put(field, value.raw.clone().unwrap_or_else(|| cells::text(&value.value)));
    }
    row
}

/// Which side a tag is of (`true`: before), and the position there.
fn tag(text: &str) -> Option<(bool, usize)> {
    let (side, at) = text.split_at_checked(1)?;
    Some((side == "b", at.parse().ok()?))
}
