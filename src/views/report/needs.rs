//! What is not reduced, and which needs force it.
//!
//! For: one row per function, the one that keeps most items first. Not for: finding needs (`scan::figures`).

use super::view::Build;
use super::{Cell, Table};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Places named of one function; the others are counted.
const PLACES: usize = 4;

/// By function: in how many places, for whom, and how many items stay because nothing else that stays does it there.
pub(super) fn table<'a>(build: &Build<'a>) -> Table<'a> {
    #[derive(Default)]
    struct Need<'a> {
        items: u64,
        places: BTreeSet<&'a str>,
        audiences: BTreeSet<&'a str>,
    }
    let mut needs: BTreeMap<&str, Need<'_>> = BTreeMap::new();
    for action in &build.document.plan.actions {
        let Some(stays) = &action.stays else { continue };
        let functions: BTreeSet<&str> = stays.needs.iter().map(|need| need.function.as_str()).collect();
        for function in functions {
            needs.entry(function).or_default().items += 1;
        }
        for need in &stays.needs {
            let entry = needs.entry(need.function.as_str()).or_default();
            entry.places.insert(&need.place);
            entry.audiences.insert(&need.audience);
        }
    }
    let mut rows: Vec<(&str, Need<'_>)> = needs.into_iter().collect();
    rows.sort_by_key(|(function, need)| (Reverse(need.items), *function));
    let columns = [("need", 20), ("forced-items", 10), ("forced-places", 40), ("forced-audience", 14)];
    let mut table = build.table("needs", &columns);
    for (function, need) in rows {
        let names = build.names;
        let comma = names.comma();
        let mut places: String = need
            .places
            .iter()
            .take(PLACES)
            .copied()
            .filter(|p| !p.is_empty())
            .collect::<Vec<_>>()
            .join(comma);
        if need.places.len() > PLACES {
            let more = (need.places.len() - PLACES).to_string();
            places += &names.fill("report.and-more", &[("count", &more)]);
        }
        let audiences: Vec<String> = need.audiences.iter().map(|a| names.audience(a)).collect();
        table.rows.push(vec![
            Cell::text(names.function(function)),
            Cell::Count(need.items),
            Cell::text(places),
            Cell::text(audiences.join(comma)),
        ]);
    }
    table
}
