//! By region (各地区), by unit (各单位), and work groups by platform (工作群组清理).
//!
//! For: items counted by where they belong. Not for: the whole (`whole`). Invariant: an item is in exactly one row, so
//! the rows add up to the total.

use super::tally::{COLUMNS, Tally};
use super::{Reduction, note, table};
use crate::scan::document::Asset;
use crate::views::report::breakdown::unit;
use crate::views::report::view::Build;
use crate::views::report::{Cell, Region};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Items by the places into which the whole falls: cities of a province, townships of a county.
pub(super) fn by_region<'a>(build: &Build<'a>) -> Reduction<'a> {
    let whole = super::super::regions::tree(build);
    let depth = depth(&whole);
    let own = build.names.text("report.region-itself");
    let none = build.names.text("report.no-region");
    let name = |asset: &Asset| {
        let path: Vec<&String> = asset.region.path.iter().filter(|name| !name.is_empty()).collect();
        match (path.get(depth), path.last()) {
            (Some(place), _) => (0, (*place).clone()),
            (None, Some(place)) => (1, format!("{place}{own}")),
            (None, None) if !asset.region.name.is_empty() => (0, asset.region.name.clone()),
            (None, None) => (2, none.clone()),
        }
    };
    tallied(build, "by-region", "region", |_| true, name)
}

/// How many names every path begins with: what all items share says nothing about any.
fn depth(whole: &Region) -> usize {
    let mut depth = 0;
    let mut place = whole;
    while let [only] = &*place.parts {
        if only.path.is_empty() {
            break;
        }
        depth += 1;
        place = only;
    }
    depth
}

/// Items by owner.
pub(super) fn by_unit<'a>(build: &Build<'a>) -> Reduction<'a> {
    let none = build.names.text("report.no-unit");
    let name = |asset: &Asset| match unit(asset) {
        "" => (2, none.clone()),
        unit => (0, build.index.unit(unit).to_owned()),
    };
    tallied(build, "by-unit", "unit", |_| true, name)
}

/// Work groups by platform.
pub(super) fn groups<'a>(build: &Build<'a>) -> Reduction<'a> {
    let none = build.names.text("report.no-platform");
    let name = |asset: &Asset| match asset.platform.trim() {
        "" => (2, none.clone()),
        platform => (0, build.names.platform(platform)),
    };
    tallied(build, "groups", "platform", |asset| asset.kind == "group", name)
}

/// A row for each name, the largest first; names of a later class stand after all others.
fn tallied<'a>(
    build: &Build<'a>,
    id: &'static str,
    head: &'static str,
    wanted: impl Fn(&Asset) -> bool,
    name: impl Fn(&Asset) -> (u8, String),
) -> Reduction<'a> {
    let mut columns = vec![(head, 22)];
    columns.extend(COLUMNS);
    let mut table = table(build, id, &columns);
    let mut tallies: BTreeMap<(u8, String), Tally> = BTreeMap::new();
    for (at, asset) in build.document.assets.iter().enumerate() {
        if wanted(asset) {
            tallies.entry(name(asset)).or_default().count(build, at);
        }
    }
    let mut sum = Tally::default();
    let mut tallies: Vec<_> = tallies.into_iter().filter(|(_, tally)| tally.live() > 0).collect();
    tallies.sort_by_key(|((class, _), tally)| (*class, Reverse(tally.live())));
    for ((_, name), tally) in tallies {
        sum.add(tally);
        let mut row = vec![Cell::text(name)];
        row.extend(tally.cells());
        table.rows.push(row);
    }
    let mut total = vec![Cell::text(build.names.text("report.total"))];
    total.extend(sum.cells());
    table.total = Some(total);
    Reduction { table, notes: vec![note(build, "rate"), build.names.text("report.note.suspected")] }
}
