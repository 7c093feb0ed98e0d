//! The disposal ledger (处置台账): one row per asset.
//!
//! For: what a unit gets back and fills in. Not for: figures. Invariant: the last column is the
//! asset id, so that a returned file matches its scan whatever its order.

use super::view::Build;
use super::{Cell, Listing};
use crate::model::Relation;
use crate::scan::document::{Action, Asset, Finding};
use crate::views::carried::answer_line;
use serde_json::Value as Json;
use std::borrow::Cow;
use std::ops::Range;

/// Names of duplicates shown in one cell; the rest are counted.
const SHOWN: usize = 5;

/// One row for each asset at these positions, in their order.
pub(super) fn listing<'a>(build: &Build<'a>, chosen: Vec<u32>) -> Listing<'a> {
    let columns = [
        ("seq", 5),
        ("name", 18),
        ("kind", 9),
        ("platform", 12),
        ("unit", 20),
        ("level", 6),
        ("region", 11),
        ("problem", 18),
        ("clause", 40),
        ("duplicate", 30),
        ("action", 9),
        ("target", 18),
        ("why", 28),
        ("measure", 40),
        ("responsible", 16),
        ("deadline", 11),
        ("status", 7),
        ("decision", 8),
        ("remark", 12),
        ("proposal", 80),
        ("id", 80),
    ];
    let b = build.clone();
    let items = chosen.clone();
    let row = move |i: usize| {
        let at = chosen[i] as usize;
        let asset = &b.document.assets[at];
        let names = b.names;
        let action = b.index.action(at);
        let findings: Vec<&Finding> = b.index.findings(at).filter(|f| f.status != "waived").collect();
        let unit = names.owner(asset);
        vec![
            Cell::Count(i as u64 + 1),
            Cell::text(asset.name.as_str()),
            Cell::text(names.kind(&asset.kind)),
            Cell::text(names.platform(&asset.platform)),
            Cell::text(unit.clone()),
            Cell::text(names.level(&asset.level)),
            Cell::text(region(asset)),
            Cell::text(distinct(findings.iter().map(|f| names.rule(&f.rule)), names.comma())),
            Cell::text(distinct(
                findings
                    .iter()
                    .flat_map(|f| &f.clause)
                    .chain(action.iter().flat_map(|a| &a.clause))
                    .map(|c| c.citation.as_str()),
                names.comma(),
            )),
            Cell::text(duplicates(&b, at, asset)),
            Cell::text(action.map(|a| names.action(&a.action)).unwrap_or_default()),
            Cell::text(action.and_then(|a| a.target.as_deref()).map_or("", |t| b.index.name(t))),
            Cell::text(action.map_or("", |a| a.reason.as_str())),
            Cell::text(measures(&b, action, &findings)),
            Cell::text(unit),
            Cell::text(
                action.and_then(|a| a.deadline.as_ref()).map_or_else(|| deadline(asset), |d| d.day.as_str()),
            ),
            Cell::text(names.status(&asset.status)),
            Cell::text(b.index.decided.written(&asset.id, None)),
            Cell::text(b.index.decided.reason(&asset.id, None)),
            Cell::text(action.map(Action::acceptance).unwrap_or_default()),
            Cell::text(asset.id.as_str()),
        ]
    };
    build.listing("ledger", &columns, items.len(), row).about(move |i| [Some(items[i]), None])
}

/// One row per asset with what people look for it by, in the order of the scan.
pub(super) fn brief<'a>(build: &Build<'a>) -> Listing<'a> {
    let columns = [
        ("name", 18),
        ("kind", 9),
        ("platform", 12),
        ("unit", 20),
        ("level", 6),
        ("region", 16),
        ("problem", 18),
        ("severity", 8),
        ("action", 9),
        ("target", 18),
        ("why", 28),
        ("id", 80),
    ];
    let b = build.clone();
    build.listing("assets", &columns, build.document.assets.len(), move |i| {
        let asset = &b.document.assets[i];
        let names = b.names;
        let action = b.index.action(i);
        let open = b.index.findings(i).filter(|f| f.status != "waived");
        vec![
            Cell::text(asset.name.as_str()),
            Cell::text(names.kind(&asset.kind)),
            Cell::text(names.platform(&asset.platform)),
            Cell::text(names.owner(asset)),
            Cell::text(names.level(&asset.level)),
            Cell::text(whole_path(asset)),
            Cell::text(distinct(open.map(|f| names.rule(&f.rule)), names.comma())),
            Cell::text(b.index.gravest(i).map(|id| names.severity(id)).unwrap_or_default()),
            Cell::text(action.map(|a| names.action(&a.action)).unwrap_or_default()),
            Cell::text(action.and_then(|a| a.target.as_deref()).map_or("", |t| b.index.name(t))),
            Cell::text(action.map_or("", |a| a.reason.as_str())),
            Cell::text(asset.id.as_str()),
        ]
    })
}

/// The whole path of a place, as one name.
pub(super) fn whole_path(asset: &Asset) -> String {
    let path = &asset.region.path;
    if path.is_empty() { asset.region.name.clone() } else { path.concat() }
}

/// The last two names of the path: 鼓楼区 alone says too little, the whole path too much.
fn region(asset: &Asset) -> String {
    let path = &asset.region.path;
    if path.is_empty() { asset.region.name.clone() } else { path[path.len().saturating_sub(2)..].concat() }
}

/// The deadline that the file states, for what has no action of its own.
fn deadline(asset: &Asset) -> &str {
    match asset.fields.get("rectify_deadline").map(|f| &f.value) {
        Some(Json::String(day)) => day,
        _ => "",
    }
}

/// The question to answer, then what the findings ask for.
fn measures(build: &Build<'_>, action: Option<&Action>, findings: &[&Finding]) -> String {
    let question = action.and_then(|a| a.question.as_deref()).map(Cow::Borrowed);
    let remedies = findings.iter().map(|f| Cow::Borrowed(f.evidence.remedy.as_str()));
    let steps = action.map(|a| a.steps.iter().map(|s| build.names.step(s)).collect::<Vec<_>>());
    let steps = steps.filter(|s| !s.is_empty()).map(|s| s.join(" → "));
    let answers =
        action.iter().flat_map(|a| &a.answers).map(|answer| answer_line(build.names, &build.index, answer));
    let before = action.filter(|a| !a.waits_for.is_empty()).map(|a| {
        let names: Vec<&str> = a.waits_for.iter().map(|id| build.index.name(id)).collect();
        build.names.fill("report.waits-for", &[("items", &names.join("、"))])
    });
    let said = question.into_iter().chain(answers.map(Cow::Owned)).chain(remedies);
    let said = said.chain(before.map(Cow::Owned)).chain(steps.map(Cow::Owned));
    distinct(said, build.names.comma())
}

/// Relation and name of every duplicate, relation by relation.
fn duplicates(build: &Build<'_>, at: usize, asset: &Asset) -> String {
    let mut found: Vec<(usize, String)> = Vec::new();
    for pair in build.index.pairs(at) {
        let Some(relation) = Relation::parse(&pair.relation).filter(|r| r.is_duplicate()) else { continue };
        let other = if pair.left == asset.id { &pair.right } else { &pair.left };
        let unit = build.index.asset(other).map(|a| build.names.owner(a)).unwrap_or_default();
        found.push((
            relation as usize,
            build.names.fill(
                "report.duplicate-of",
                &[
                    ("relation", &build.names.relation(&pair.relation)),
                    ("name", build.index.name(other)),
                    ("unit", &unit),
                ],
            ),
        ));
    }
    found.sort();
    let mut text = distinct(found.iter().take(SHOWN).map(|(_, text)| text), build.names.comma());
    if found.len() > SHOWN {
        text += &build.names.fill("report.and-more", &[("count", &(found.len() - SHOWN).to_string())]);
    }
    text
}

/// Non-empty texts, each once, in order, without a full stop before the separator.
fn distinct(texts: impl Iterator<Item = impl AsRef<str>>, comma: &str) -> String {
    let mut out = String::new();
    let mut seen: Vec<Range<usize>> = Vec::new();
    for text in texts {
        let text = text.as_ref().trim().trim_end_matches(['。', '.']);
        if text.is_empty() || seen.iter().any(|range| &out[range.clone()] == text) {
            continue;
        }
        if !out.is_empty() {
            out.push_str(comma);
        }
        let start = out.len();
        out.push_str(text);
        seen.push(start..out.len());
    }
    out
}
