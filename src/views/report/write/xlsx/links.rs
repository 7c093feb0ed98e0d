//! Links from a row of one sheet to the rows about the same item in others.
//!
//! For: an inspector who goes from an item to its problems and duplicates, and back. Not for: matching a returned file,
//! for which the hidden ids are. Invariant: a link is only ever about a place in the same workbook, and takes nothing of its
//! address from an input.

use super::rows::escape;
use crate::views::report::Listing;
use rustc_hash::FxHashMap;

/// Links that a sheet can hold by the format's own limit.
pub(super) const MOST: usize = 65_530;
/// Characters of a text up to which it is linked: longer ones are no names.
const SHORT: usize = 255;

/// Where a link leads.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum To {
    Ledger,
    Problems,
    Pairs,
}

/// A column whose cells are links.
#[derive(Clone, Copy, Debug)]
pub(super) struct Link {
    /// The column.
    pub(super) column: &'static str,
    /// Which of the items of the row: the left one or the right one of a pair.
    pub(super) side: usize,
    pub(super) to: To,
}

/// The first row about each item, sheet by sheet.
pub(super) struct Links {
    sheets: Vec<(To, String, FxHashMap<u32, u32>)>,
}

impl Links {
    /// Finds the rows of these sheets; of two that one link may lead to, the first has precedence.
    pub(super) fn new(sheets: &[(To, &Listing<'_>)]) -> Links {
        let sheets = sheets.iter().map(|&(to, listing)| {
            let mut rows = FxHashMap::default();
            for (row, at) in (2..).zip(0..listing.len) {
                for item in (listing.items)(at).into_iter().flatten() {
                    rows.entry(item).or_insert(row);
                }
            }
            let mut title = String::new();
            escape(&mut title, &listing.title.replace('\'', "''"));
            (to, title, rows)
        });
        Links { sheets: sheets.collect() }
    }

    /// The title of the sheet, as markup within quotes, and the first row about an item.
    pub(super) fn place(&self, to: To, item: u32) -> Option<(&str, u32)> {
        let mut found = self.sheets.iter().filter(|sheet| sheet.0 == to);
        found.find_map(|(_, title, rows)| Some((title.as_str(), *rows.get(&item)?)))
    }
}

/// Whether a text may be linked.
pub(super) fn is_linkable(text: &str) -> bool {
    !text.is_empty()
        && text.chars().count() <= SHORT
        && !text.contains(|c: char| c.is_control() || c == '\u{FFFE}' || c == '\u{FFFF}')
}
