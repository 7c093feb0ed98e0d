//! Clues (线索): what people wrote, and which items it is about.
//!
//! For: the sheet of clues, linked and not. Invariant: every clue has a row.

use super::view::Build;
use super::{Cell, Listing};
use crate::model::Confidence;

/// One row per clue.
pub(super) fn listing<'a>(build: &Build<'a>) -> Listing<'a> {
    let columns =
        [("seq", 6), ("clue", 60), ("practices", 24), ("about", 30), ("confidence", 8), ("place", 30)];
    let b = build.clone();
    build.listing("clues", &columns, build.document.clues.len(), move |i| {
        let clue = &b.document.clues[i];
        let names = b.names;
        let practices = clue.practices.iter().map(|id| names.practice(id)).collect::<Vec<_>>();
        let about = if clue.items.is_empty() {
            names.text("report.clue-unlinked")
        } else {
            clue.items.iter().map(|item| b.index.name(&item.asset)).collect::<Vec<_>>().join(names.comma())
        };
        // The vocabulary begins with the surest.
        let least = clue.items.iter().filter_map(|item| Confidence::parse(&item.confidence)).max();
        vec![
            Cell::Count(i as u64 + 1),
            Cell::text(clue.text.as_str()),
            Cell::text(practices.join(names.comma())),
            Cell::text(about),
            Cell::text(least.map(|sure| names.confidence(sure.as_str())).unwrap_or_default()),
            Cell::text(names.place(&clue.source)),
        ]
    })
}
