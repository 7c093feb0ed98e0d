//! A comparison within a report: its view, a sheet of all that changed, and the trend over the scans of the store.

use super::ChangesView;
use super::view::detail;
use crate::changes::Changes;
use crate::history::{ScanRow, Trend};
use crate::knowledge::messages::Catalogue;
use crate::model::{Cause, Class};
use crate::scan::document::ScanDocument;
use crate::views::names::Names;
use crate::views::report::{Cell, Column, Listing, Table};

/// A comparison and the trend.
pub struct Compared<'a> {
    /// The comparison.
    pub view: ChangesView<'a>,
    /// One row per scan, the oldest first, this one last.
    pub trend: Table<'a>,
}

/// Figures of the trend, and the keys of their columns.
pub const LINES: [(&str, &str); 6] = [
    ("assets.all.live", "live"),
    ("assets.app.live", "app"),
    ("assets.account.live", "account"),
    ("assets.group.live", "group"),
    ("findings.forbidden", "forbidden"),
    ("findings.restricted", "restricted"),
];
/// Stock movements of the trend: position in [`Trend::stock`], and the keys of their columns.
const MOVES: [(usize, &str); 4] = [(2, "added"), (4, "removed"), (1, "first-reported"), (5, "not-reported")];
/// Scans of the trend that a report shows: two years of weekly ones.
const SHOWN: usize = 104;

impl<'a> Compared<'a> {
    /// Works it out from the comparison and the scans that the store has already.
    pub fn new(
        changes: &'a Changes,
        scans: &[ScanRow],
        document: &ScanDocument,
        catalogue: &'a Catalogue,
    ) -> Compared<'a> {
        let names = Names { catalogue };
        let now = Trend::of(document, Some(changes));
        let past = scans[scans.len().saturating_sub(SHOWN - 1)..]
            .iter()
            .map(|scan| (scan.as_of.as_str(), &scan.trend));
        let rows =
            past.chain([(document.as_of.as_str(), &now)]).map(|(day, trend)| row(day, trend)).collect();
        let keys = ["as-of"].into_iter().chain(LINES.map(|line| line.1)).chain(MOVES.map(|part| part.1));
        let columns = keys
            .map(|key| Column { key, title: names.text(&format!("changes.trend.{key}")), width: 12 })
            .collect();
        let title = names.text("changes.table.trend");
        Compared {
            view: ChangesView::new(changes, catalogue),
            trend: Table { id: "trend", title, columns, rows, total: None },
        }
    }

    /// Everything that is not as it was, item or problem, for a sheet.
    pub fn listing(&self) -> Listing<'_> {
        let names = self.view.names;
        let columns = [
            ("class", 12),
            ("about", 8),
            ("name", 22),
            ("kind", 12),
            ("unit", 22),
            ("rule", 24),
            ("reason", 40),
            ("detail", 40),
            ("cause", 14),
            ("id", 80),
        ];
        let columns = columns
            .map(|(key, width)| Column { key, title: names.text(&format!("changes.column.{key}")), width })
            .into();
        let changes = self.view.changes;
        let items: Vec<usize> = order(changes.items.iter().map(|item| item.class));
        let problems: Vec<usize> = order(changes.problems.iter().map(|problem| problem.class));
        let word = move |class: Class| names.text(&format!("changes.class.{class}"));
        let cause = move |cause: Cause| names.text(&format!("changes.cause.{cause}"));
        let of_items = items.len();
        Listing {
            id: "compared",
            title: names.text("changes.sheet"),
            columns,
            len: of_items + problems.len(),
            items: Box::new(|_| [None; 2]),
            row: Box::new(move |at| {
                if let Some(&at) = items.get(at) {
                    let item = &changes.items[at];
                    return vec![
                        Cell::text(word(item.class)),
                        Cell::text(names.text("changes.about.item")),
                        Cell::text(item.name.as_str()),
                        Cell::text(names.kind(&item.kind)),
                        Cell::text(item.unit.as_str()),
                        Cell::Empty,
                        Cell::text(names.catalogue.render(&item.reason)),
                        Cell::text(detail(item, names)),
                        Cell::text(cause(item.cause)),
                        Cell::text(item.id.as_str()),
                    ];
                }
                let problem = &changes.problems[problems[at - of_items]];
                vec![
                    Cell::text(word(problem.class)),
                    Cell::text(names.text("changes.about.problem")),
                    Cell::text(problem.name.as_str()),
                    Cell::Empty,
                    Cell::text(problem.unit.as_str()),
                    Cell::text(names.rule(&problem.rule)),
                    Cell::text(names.catalogue.render(&problem.reason)),
                    Cell::text(problem.words.as_str()),
                    Cell::text(cause(problem.cause)),
                    Cell::text(problem.asset.as_str()),
                ]
            }),
        }
    }
}

/// One scan of the trend.
fn row<'a>(day: &str, trend: &Trend) -> Vec<Cell<'a>> {
    let figures = LINES.iter().map(|(id, _)| Cell::count(trend.count(id)));
    let moves = MOVES.iter().map(|(at, _)| Cell::count(trend.stock.get(*at).copied()));
    [Cell::text(day.to_owned())].into_iter().chain(figures).chain(moves).collect()
}

/// Positions of what is not as it was, in the order in which people want to see it.
fn order(classes: impl Iterator<Item = Class>) -> Vec<usize> {
    let classes: Vec<Class> = classes.collect();
    let wanted = super::view::ORDER.iter().filter(|class| **class != Class::Kept);
    wanted
        .flat_map(|wanted| (0..classes.len()).filter(|&at| classes[at] == *wanted).collect::<Vec<_>>())
        .collect()
}
