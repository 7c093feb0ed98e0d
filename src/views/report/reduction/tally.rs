//! Items before, by what becomes of them, and after.
//!
//! For: the rows that most reduction tables share. Not for: which items are in a row. Invariant: what is before is the sum
//! of the actions, and what is after the sum of those that leave an item.

use crate::model::ActionKind;
use crate::views::report::breakdown::counted;
use crate::views::report::view::Build;
use crate::views::report::{Cell, Rate, Row};

/// Columns of a tally, after those that say what is counted.
pub(super) const COLUMNS: [(&str, u16); 12] = [
    ("live", 8),
    ("keep", 8),
    ("keep-fix", 8),
    ("refer", 8),
    ("merge", 8),
    ("migrate", 8),
    ("close", 8),
    ("dissolve", 8),
    ("after", 8),
    ("net", 8),
    ("reduction", 16),
    ("formula", 24),
];
/// Actions in the order of the columns.
const ORDER: [ActionKind; 7] = [
    ActionKind::Keep,
    ActionKind::KeepFix,
    ActionKind::Refer,
    ActionKind::Merge,
    ActionKind::Migrate,
    ActionKind::Close,
    ActionKind::Dissolve,
];

/// Items by action.
#[derive(Clone, Copy, Default, Debug, PartialEq, Eq)]
pub(super) struct Tally([u64; ORDER.len()]);

impl Tally {
    /// The figures of a kind of the scan; `None` when one is missing.
    pub(super) fn of_figures(build: &Build<'_>, kind: &str) -> Option<Tally> {
        let mut tally = Tally::default();
        for (count, action) in tally.0.iter_mut().zip(ORDER) {
            *count = build.count(&format!("assets.{kind}.{action}"))?;
        }
        Some(tally)
    }

    /// Counts the item at a position, unless it is closed, listed twice or of a kind that is not counted.
    pub(super) fn count(&mut self, build: &Build<'_>, at: usize) {
        if counted(build, at).is_none() {
            return;
        }
        let action = build.index.action(at).and_then(|a| ActionKind::parse(&a.action));
        // An item that the plan does not name is one for a person.
        let action = action.unwrap_or(ActionKind::Refer);
        if let Some(place) = ORDER.iter().position(|&a| a == action) {
            self.0[place] += 1;
        }
    }

    pub(super) fn add(&mut self, other: Tally) {
        for (sum, count) in self.0.iter_mut().zip(other.0) {
            *sum += count;
        }
    }

    pub(super) fn live(&self) -> u64 {
        self.0.iter().sum()
    }

    fn after(&self) -> u64 {
        ORDER.iter().zip(self.0).filter(|(action, _)| action.leaves()).map(|(_, n)| n).sum()
    }

    /// The cells of [`COLUMNS`].
    pub(super) fn cells<'a>(&self) -> Row<'a> {
        let (live, after) = (self.live(), self.after());
        let net = live - after;
        let mut row: Row<'a> =
            [live].into_iter().chain(self.0).chain([after, net]).map(Cell::Count).collect();
        row.extend(rate(net, live, &format!("({live} - {after}) / {live}")));
        row
    }
}

/// A rate and its formula; nothing where there is nothing to divide by.
pub(super) fn rate<'a>(numerator: u64, denominator: u64, formula: &str) -> [Cell<'a>; 2] {
    if denominator == 0 {
        return [Cell::Empty, Cell::Empty];
    }
    let value = numerator as f64 / denominator as f64;
    [Cell::Rate(Rate { value, numerator, denominator }), Cell::text(formula.to_owned())]
}
