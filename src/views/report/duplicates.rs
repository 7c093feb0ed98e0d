//! What is listed twice or does the same job: by relation, and pair by pair.
//!
//! For: the duplicate lists (重复清单, 跨部门同质). Not for: judging pairs. Invariant: `family`
//! binds but is never shown as a duplicate.

use super::view::Build;
use super::{Cell, Listing, Table};
use crate::model::Relation;
use crate::scan::document::{Evidence, Pair};
use std::collections::BTreeSet;

/// Whether pairs of this relation are duplicates.
fn is_duplicate(relation: &str) -> bool {
    Relation::parse(relation).is_some_and(Relation::is_duplicate)
}

/// Pairs and items concerned, relation by relation.
pub(super) fn by_relation<'a>(build: &Build<'a>) -> Table<'a> {
    let mut table =
        build.table("relations", &[("relation", 11), ("pairs", 8), ("items", 8), ("meaning", 60)]);
    let mut all = BTreeSet::new();
    for relation in Relation::ALL.iter().filter(|r| r.is_duplicate()) {
        let id = relation.as_str();
        let Some(count) = build.count(&format!("pairs.{id}")).filter(|&n| n > 0) else { continue };
        let pairs = build.document.pairs.iter().filter(|p| p.relation == id);
        let items: BTreeSet<&str> = pairs.flat_map(|p| [p.left.as_str(), p.right.as_str()]).collect();
        table.rows.push(vec![
            Cell::text(build.names.relation(id)),
            Cell::Count(count),
            Cell::Count(items.len() as u64),
            Cell::text(build.names.text(&format!("report.meaning.{id}"))),
        ]);
        all.extend(items);
    }
    let pairs = table.rows.iter().map(|row| if let Cell::Count(n) = row[1] { n } else { 0 }).sum();
    table.total = Some(vec![
        Cell::text(build.names.text("report.total")),
        Cell::Count(pairs),
        Cell::Count(all.len() as u64),
        Cell::Empty,
    ]);
    table
}

/// Every duplicate pair but the cross-unit ones, in the order of the scan.
pub(super) fn listing<'a>(build: &Build<'a>) -> Listing<'a> {
    pairs(build, "duplicates", every(build, |p| is_duplicate(&p.relation) && p.relation != "cross-unit"))
}

/// Every duplicate pair among these positions, the cross-unit ones too.
pub(super) fn among<'a>(build: &Build<'a>, mut chosen: Vec<u32>) -> Listing<'a> {
    chosen.retain(|&i| is_duplicate(&build.document.pairs[i as usize].relation));
    pairs(build, "duplicates", chosen)
}

/// Pairs that do the same job under different units: a matter for a person.
pub(super) fn cross_unit<'a>(build: &Build<'a>) -> Listing<'a> {
    pairs(build, "cross-unit", every(build, |p| p.relation == "cross-unit"))
}

/// Positions of the pairs that are wanted.
fn every(build: &Build<'_>, wanted: impl Fn(&Pair) -> bool) -> Vec<u32> {
    build.document.pairs.iter().enumerate().filter(|(_, p)| wanted(p)).map(|(i, _)| i as u32).collect()
}

fn pairs<'a>(build: &Build<'a>, id: &'static str, chosen: Vec<u32>) -> Listing<'a> {
    let columns = [
        ("seq", 5),
        ("relation", 11),
        ("left-name", 20),
        ("left-unit", 20),
        ("left-place", 26),
        ("right-name", 20),
        ("right-unit", 20),
        ("right-place", 26),
        ("probability", 10),
        ("weight", 6),
        ("evidence", 60),
        ("decision", 12),
        ("remark", 12),
        ("left-id", 80),
        ("right-id", 80),
    ];
    let b = build.clone();
    let position = |id: &str| build.index.position(id).map(|at| at as u32);
    let items: Vec<[Option<u32>; 2]> = chosen
        .iter()
        .map(|&i| &build.document.pairs[i as usize])
        .map(|pair| [position(&pair.left), position(&pair.right)])
        .collect();
    let row = move |i: usize| {
        let pair = &b.document.pairs[chosen[i] as usize];
        let names = b.names;
        let side = |id: &'a str| {
            let asset = b.index.asset(id);
            [
                Cell::text(b.index.name(id)),
                Cell::text(asset.map(|a| names.owner(a)).unwrap_or_default()),
                Cell::text(asset.map(|a| names.place(&a.source)).unwrap_or_default()),
            ]
        };
        let mut row = vec![Cell::Count(i as u64 + 1), Cell::text(names.relation(&pair.relation))];
        row.extend(side(&pair.left));
        row.extend(side(&pair.right));
        row.extend([
            Cell::text(format!("{:.1}%", pair.probability * 100.0)),
            Cell::Number(pair.weight),
            Cell::text(sentences(pair, names.comma())),
            Cell::text(b.index.decided.written(&pair.left, Some(&pair.right))),
            Cell::text(b.index.decided.reason(&pair.left, Some(&pair.right))),
            Cell::text(pair.left.as_str()),
            Cell::text(pair.right.as_str()),
        ]);
        row
    };
    build.listing(id, &columns, items.len(), row).about(move |i| items[i])
}

/// The sentences that count, the strongest first.
fn sentences(pair: &Pair, comma: &str) -> String {
    counting(pair).iter().map(|e| e.sentence.trim_end_matches(['。', '.'])).collect::<Vec<_>>().join(comma)
}

/// The evidence that counts and has words, the strongest first.
pub(super) fn counting(pair: &Pair) -> Vec<Evidence<'_>> {
    let mut evidence: Vec<_> =
        pair.evidence.iter().filter(|e| e.weight != 0.0 && !e.sentence.is_empty()).collect();
    evidence.sort_by(|a, b| b.weight.abs().total_cmp(&a.weight.abs()));
    evidence
}
