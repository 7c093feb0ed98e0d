//! The tables of a reduction report: what becomes of the items part by part, and what workers must deal with.
//!
//! For: sheets 压减统计 and 基层负担. Not for: working the numbers out (`scan::figures`). Invariant: every number stands in the
//! document.

use super::view::Build;
use super::{Cell, Listing};
use crate::scan::document::Loaded;

/// One row per part: the wholes first, then by level, place, unit, platform and domain of function.
pub(super) fn parts<'a>(build: &Build<'a>) -> Listing<'a> {
    let columns = [
        ("dimension", 10),
        ("part", 30),
        ("kind", 9),
        ("opening", 9),
        ("shut", 7),
        ("merged", 7),
        ("migrated", 7),
        ("dissolved", 7),
        ("fixed", 7),
        ("closing", 9),
        ("net", 7),
    ];
    let b = build.clone();
    build.listing("parts", &columns, build.document.parts.len(), move |i| {
        let part = &b.document.parts[i];
        let names = b.names;
        let value = match (part.dimension.as_str(), part.value.as_str()) {
            ("all", _) => names.text("report.total"),
            (_, "") => names.text("report.dimension.unstated"),
            ("level", level) => names.level(level),
            ("platform", platform) => names.platform(platform),
            ("domain", domain) => names.text(&format!("domain.{domain}")),
            ("unit", unit) => b.index.unit(unit).to_owned(),
            (_, other) => other.to_owned(),
        };
        let mut row = vec![
            Cell::text(names.text(&format!("report.dimension.{}", part.dimension))),
            Cell::text(value),
            Cell::text(names.kind(&part.kind)),
        ];
        let counts = [part.opening, part.closed, part.merged, part.migrated, part.dissolved, part.fixed];
        row.extend(counts.into_iter().chain([part.closing, part.net]).map(Cell::Count));
        row
    })
}

/// One row per unit: what a worker there must deal with, before and after.
pub(super) fn loads<'a>(build: &Build<'a>) -> Listing<'a> {
    let columns = [
        ("unit", 28),
        ("level", 7),
        ("apps-before", 9),
        ("accounts-before", 9),
        ("groups-before", 9),
        ("forbidden-before", 9),
        ("again-before", 9),
        ("apps-after", 9),
        ("accounts-after", 9),
        ("groups-after", 9),
        ("forbidden-after", 9),
        ("again-after", 9),
    ];
    let b = build.clone();
    build.listing("loads", &columns, build.document.loads.len(), move |i| {
        let load = &b.document.loads[i];
        let counts = |load: &Loaded| {
            [load.apps, load.accounts, load.groups, load.forbidden, load.again].map(Cell::Count)
        };
        let mut row =
            vec![Cell::text(b.index.unit(&load.unit).to_owned()), Cell::text(b.names.level(&load.level))];
        row.extend(counts(&load.before));
        row.extend(counts(&load.after));
        row
    })
}
