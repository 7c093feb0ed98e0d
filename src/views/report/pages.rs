//! Public pages (公开页面取证): what each says of its item, what it contradicts, where it is kept.
//!
//! For: the sheet of pages. Invariant: every page is cited by address, moment and digest, and whatever it says is
//! shown as its own words.

use super::view::Build;
use super::{Cell, Listing};
use crate::collect::adapter::shipped;
use crate::scan::document::Page;
use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};

/// Fields of a page that are shown in a cell; all of them are in `scan.json`.
const SHOWN: [&str; 8] =
    ["name", "account", "developer", "operator", "version", "updated", "published", "downloads"];

/// One row per page; those with a contradiction first.
pub(super) fn listing<'a>(build: &Build<'a>) -> Listing<'a> {
    let columns = [
        ("seq", 5),
        ("name", 18),
        ("unit", 20),
        ("page-source", 12),
        ("page-state", 14),
        ("contradiction", 40),
        ("page-says", 40),
        ("page-filled", 16),
        ("page-leads", 30),
        ("url", 40),
        ("taken", 18),
        ("blake3", 20),
        ("sm3", 20),
        ("id", 30),
    ];
    let b = build.clone();
    let mut order: Vec<usize> = (0..build.document.pages.len()).collect();
    order.sort_by_key(|&i| build.document.pages[i].contradictions.is_empty());
    build.listing("pages", &columns, order.len(), move |i| {
        let page = &b.document.pages[order[i]];
        let asset = b.index.asset(&page.asset);
        let names = b.names;
        let says: Vec<String> = SHOWN
            .iter()
            .filter_map(|name| {
                let value: String = page.fields.get(*name)?.chars().take(60).collect();
                let label = names.text(&format!("collect.field.{name}"));
                Some(names.fill("collect.says", &[("field", &label), ("value", &value)]))
            })
            .collect();
        let leads = page.leads.iter().map(|lead| {
            names.fill(
                "collect.lead",
                &[("practice", &names.practice(&lead.practice)), ("words", &lead.words)],
            )
        });
        let sentences = page.contradictions.iter().map(|one| one.sentence.as_str());
        let filled = page.filled.iter().map(|field| names.field(field));
        vec![
            Cell::Count(i as u64 + 1),
            Cell::text(asset.map_or("", |a| a.name.as_str())),
            Cell::text(asset.map(|a| names.owner(a)).unwrap_or_default()),
            Cell::text(source(&b, page)),
            Cell::text(names.text(&format!("collect.state.{}", page.state))),
            Cell::text(sentences.collect::<Vec<_>>().join(names.comma())),
            Cell::text(says.join(names.comma())),
            Cell::text(filled.collect::<Vec<_>>().join(names.comma())),
            Cell::text(leads.collect::<Vec<_>>().join(names.comma())),
            Cell::text(page.url.as_str()),
            Cell::text(moment(&page.taken)),
            Cell::text(page.blake3.as_str()),
            Cell::text(page.sm3.as_str()),
            Cell::text(page.asset.as_str()),
        ]
    })
}

/// A moment in the time of China, to the minute.
pub(in crate::views) fn moment(taken: &str) -> String {
    let china = TimeZone::fixed(Offset::constant(8));
    match taken.parse::<Timestamp>() {
        Ok(moment) => moment.to_zoned(china).strftime("%Y-%m-%d %H:%M").to_string(),
        Err(_) => taken.to_owned(),
    }
}

/// The source with how its page came here.
fn source(build: &Build<'_>, page: &Page) -> String {
    let how = build.names.text(&format!("collect.how.{}", page.how));
    let shipped = shipped().iter().find(|adapter| adapter.id == page.source);
    let lang = build.names.catalogue.lang().to_string();
    let source = shipped.map_or(page.source.as_str(), |adapter| adapter.called(&lang));
    build.names.fill("collect.source-how", &[("source", source), ("how", &how)])
}

/// Pages, contradictions and leads in one sentence; nothing without evidence.
pub(super) fn sentence(build: &Build<'_>) -> Option<String> {
    let pages = &build.document.pages;
    let items: std::collections::BTreeSet<&str> = pages.iter().map(|page| page.asset.as_str()).collect();
    let sum = |of: fn(&Page) -> usize| pages.iter().map(of).sum::<usize>().to_string();
    let args = [
        ("items", items.len().to_string()),
        ("pages", pages.len().to_string()),
        ("contradictions", sum(|page| page.contradictions.len())),
        ("filled", sum(|page| page.filled.len())),
        ("leads", sum(|page| page.leads.len())),
    ];
    (!pages.is_empty()).then(|| build.names.catalogue.fill("collect.summary", &args))
}
