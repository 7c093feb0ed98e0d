//! Before and after by level, by owner and by platform.
//!
//! For: the tables of a reduction report. Not for: the totals, which are figures of the scan.
//! Invariant: an item is in exactly one row of each table, so the rows of every column add up to
//! its total, and the totals equal the figures `assets.<kind>.live` and `.after`.

use super::view::Build;
use super::{Cell, Row, Table};
use crate::model::{ActionKind, Level};
use crate::scan::document::Asset;
use std::collections::BTreeMap;

const KINDS: [&str; 3] = ["app", "account", "group"];

/// Items before and after, by kind.
#[derive(Clone, Copy, Default)]
struct Tally {
    live: [u64; 3],
    after: [u64; 3],
}

impl Tally {
    fn add(&mut self, other: &Tally) {
        for kind in 0..KINDS.len() {
            self.live[kind] += other.live[kind];
            self.after[kind] += other.after[kind];
        }
    }

    fn before(&self) -> u64 {
        self.live.iter().sum()
    }

    /// Before and after for each kind, then for all of them.
    fn cells<'a>(&self) -> impl Iterator<Item = Cell<'a>> {
        let sums = [self.live.iter().sum(), self.after.iter().sum()];
        let kinds = (0..KINDS.len()).flat_map(|k| [self.live[k], self.after[k]]);
        kinds.chain(sums).map(Cell::Count).collect::<Vec<_>>().into_iter()
    }
}

/// Level × kind, from the highest level down.
pub(super) fn by_level<'a>(build: &Build<'a>) -> Table<'a> {
    let tallies = tally(build, |asset| level_rank(&asset.level));
    let rows = tallies.into_iter().map(|(rank, tally)| {
        let id = Level::ALL.get(rank).copied().unwrap_or_default();
        (vec![Cell::text(build.names.level(id.as_str()))], tally)
    });
    table(build, "by-level", &[("level", 10)], rows.collect())
}

/// Owner × kind, the largest first.
pub(super) fn by_unit<'a>(build: &Build<'a>) -> Table<'a> {
    let mut tallies: Vec<_> = tally(build, unit).into_iter().collect();
    tallies.sort_by_key(|(_, t)| std::cmp::Reverse(t.before()));
    let rows = tallies.into_iter().map(|(unit, tally)| {
        let name = if unit.is_empty() {
            Cell::text(build.names.text("report.no-unit"))
        } else {
            Cell::text(build.index.unit(unit).to_owned())
        };
        (vec![name], tally)
    });
    table(build, "by-unit", &[("unit", 34)], rows.collect())
}

/// Platform × kind, the largest first.
pub(super) fn by_platform<'a>(build: &Build<'a>) -> Table<'a> {
    let mut tallies: Vec<_> = tally(build, |asset| asset.platform.trim()).into_iter().collect();
    tallies.sort_by_key(|(_, t)| std::cmp::Reverse(t.before()));
    let rows = tallies.into_iter().map(|(platform, tally)| {
        let name = if platform.is_empty() {
            build.names.text("report.no-platform")
        } else {
            build.names.platform(platform)
        };
        (vec![Cell::text(name)], tally)
    });
    table(build, "by-platform", &[("platform", 20)], rows.collect())
}

/// The unit that an item is counted under: the canonical name, else what the file says.
pub(super) fn unit(asset: &Asset) -> &str {
    let owner = &asset.owner_unit;
    if owner.canonical.is_empty() { owner.text.trim() } else { owner.canonical.as_str() }
}

/// The kind, as a position, and whether the item stays. `None` for what does not count: other kinds, and items
/// without an action, which are closed already or second listings.
pub(super) fn counted(build: &Build<'_>, at: usize) -> Option<(usize, bool)> {
    let kind = KINDS.iter().position(|&k| k == build.document.assets[at].kind)?;
    let action = build.index.action(at).and_then(|a| ActionKind::parse(&a.action));
    (action != Some(ActionKind::None)).then(|| (kind, action.is_some_and(ActionKind::leaves)))
}

/// Position in the order of levels; texts that are no level count as unknown.
fn level_rank(level: &str) -> usize {
    let level = Level::parse(level).unwrap_or_default();
    Level::ALL.iter().position(|&l| l == level).unwrap_or(Level::ALL.len())
}

/// Counts items by a key, in the order of the keys.
fn tally<'a, K: Ord>(build: &Build<'a>, key: impl Fn(&'a Asset) -> K) -> BTreeMap<K, Tally> {
    let mut tallies: BTreeMap<K, Tally> = BTreeMap::new();
    for (at, asset) in build.document.assets.iter().enumerate() {
        let Some((kind, stays)) = counted(build, at) else { continue };
        let entry = tallies.entry(key(asset)).or_default();
        entry.live[kind] += 1;
        entry.after[kind] += u64::from(stays);
    }
    tallies
}

fn table<'a>(
    build: &Build<'a>,
    id: &'static str,
    head: &[(&'static str, u16)],
    rows: Vec<(Row<'a>, Tally)>,
) -> Table<'a> {
    let mut columns = head.to_vec();
    columns.extend([
        ("app-live", 10),
        ("app-after", 10),
        ("account-live", 10),
        ("account-after", 10),
        ("group-live", 10),
        ("group-after", 10),
        ("all-live", 10),
        ("all-after", 10),
    ]);
    let mut table = build.table(id, &columns);
    let mut sum = Tally::default();
    for (mut row, tally) in rows {
        sum.add(&tally);
        row.extend(tally.cells());
        table.rows.push(row);
    }
    let mut total = vec![Cell::text(build.names.text("report.total"))];
    total.extend(sum.cells());
    table.total = Some(total);
    table
}
