//! What there is: 摸排情况.
//!
//! For: the first section. Not for: what is wrong with it (`problems`).

use super::super::attachments::Attachments;
use super::facts::{Facts, KINDS, at};
use super::{Paragraph, plain};
use crate::views::report::{Row, Table};

/// Platforms listed in a sentence, the most frequent first.
const LISTED: usize = 6;

/// What was read, what it holds, and how it is spread.
pub(super) fn situation(facts: Facts<'_, '_>, attached: &Attachments) -> Vec<Paragraph> {
    let first = [read(facts), roster(facts)];
    let second = [items(facts), live(facts), other(facts)];
    let third = [levels(facts), platforms(facts), units(facts, attached)];
    let joined = |parts: [Option<String>; 3]| parts.into_iter().flatten().collect::<String>();
    let [a, b] = first;
    let paragraphs = [joined([a, b, None]), joined(second), joined(third)];
    paragraphs.into_iter().filter(|text| !text.is_empty()).map(plain).collect()
}

fn read(facts: Facts<'_, '_>) -> Option<String> {
    let [files, rows, records] =
        [facts.count("files.read")?, facts.count("rows.read")?, facts.count("rows.records")?]
            .map(|n| n.to_string());
    Some(facts.fill("situation.read", &[("files", &files), ("rows", &rows), ("records", &records)]))
}

fn roster(facts: Facts<'_, '_>) -> Option<String> {
    let expected = facts.count("roster.expected").filter(|&n| n > 0)?;
    let parts = ["reported", "zero", "twice", "not-reported"];
    let parts = parts.iter().filter_map(|id| facts.part(id, "unit", facts.count(&format!("roster.{id}"))?));
    let parts = facts.list(&parts.collect::<Vec<_>>());
    Some(facts.fill("situation.roster", &[("expected", &facts.said("unit", expected)), ("parts", &parts)]))
}

fn items(facts: Facts<'_, '_>) -> Option<String> {
    facts.of("all", "listed").filter(|&n| n > 0)?;
    let kinds = facts.kinds("listed");
    let key = if kinds.len() > 1 { "situation.items" } else { "situation.items-one" };
    Some(facts.fill(key, &[("listed", &facts.all("listed")?), ("kinds", &facts.list(&kinds))]))
}

fn live(facts: Facts<'_, '_>) -> Option<String> {
    let (listed, live) = (facts.of("all", "listed").filter(|&n| n > 0)?, facts.of("all", "live")?);
    if live == 0 || live == listed {
        return Some(facts.text(if live == 0 { "situation.live-none" } else { "situation.live-all" }));
    }
    let parts = ["closed", "repeated"].iter();
    let parts = parts.filter_map(|id| facts.part(id, facts.measure("listed"), facts.of("all", id)?));
    let kinds = facts.kinds("live");
    let key = if kinds.len() > 1 { "situation.live" } else { "situation.live-one" };
    let (parts, kinds) = (facts.list(&parts.collect::<Vec<_>>()), facts.list(&kinds));
    Some(facts.fill(key, &[("parts", &parts), ("live", &facts.all("live")?), ("kinds", &kinds)]))
}

fn other(facts: Facts<'_, '_>) -> Option<String> {
    let other = facts.of("other", "listed").filter(|&n| n > 0)?;
    Some(facts.fill("situation.other", &[("count", &facts.said("all", other))]))
}

fn levels(facts: Facts<'_, '_>) -> Option<String> {
    let table = &facts.0.by_level;
    // Levels mix kinds, so all have one measure word.
    let part = |row: &Row<'_>| {
        let count = at(table, row, "all-live").filter(|&n| n > 0)?;
        Some(facts.named(&row.first()?.plain(), facts.measure("live"), count))
    };
    let parts = table.rows.iter().filter_map(part).collect::<Vec<_>>();
    (parts.len() > 1).then(|| facts.fill("situation.levels", &[("parts", &facts.list(&parts))]))
}

fn platforms(facts: Facts<'_, '_>) -> Option<String> {
    let table = &facts.0.by_platform;
    let parts = table.rows.iter().filter_map(|row| spread(facts, table, row)).collect::<Vec<_>>();
    let many = parts.len() > LISTED;
    let key = if many { "situation.platforms-many" } else { "situation.platforms" };
    let listed = facts.list(&parts[..parts.len().min(LISTED)]);
    (parts.len() > 1).then(|| facts.fill(key, &[("parts", &listed)]))
}

fn units(facts: Facts<'_, '_>, attached: &Attachments) -> Option<String> {
    attached.number("by-unit")?;
    Some(facts.fill("situation.units", &[("where", &attached.place(facts, "by-unit"))]))
}

/// The name of a row with what is in existence, measured as its only kind if it has but one.
fn spread(facts: Facts<'_, '_>, table: &Table<'_>, row: &Row<'_>) -> Option<String> {
    let count = at(table, row, "all-live").filter(|&n| n > 0)?;
    let only = KINDS.into_iter().find(|kind| at(table, row, &format!("{kind}-live")) == Some(count));
    Some(facts.named(&row.first()?.plain(), only.unwrap_or("all"), count))
}
