//! Figures by id, and how they are said.
//!
//! For: the sentences of the draft. Not for: the sentences themselves. Invariant: every number is a figure or
//! a cell of the view, nothing is counted here; a figure that is not there leaves its sentence out.

use crate::views::report::{Cell, ReportView, Row, Table};

/// Kinds that are counted.
pub(in super::super) const KINDS: [&str; 3] = ["app", "account", "group"];
/// Actions in the order in which they are proposed.
pub(in super::super) const ACTIONS: [&str; 7] =
    ["keep", "keep-fix", "merge", "migrate", "close", "dissolve", "refer"];

/// The figures of a view.
#[derive(Clone, Copy)]
pub(in super::super) struct Facts<'v, 'a>(pub(in super::super) &'v ReportView<'a>);

impl<'v, 'a> Facts<'v, 'a> {
    /// The cell of a figure.
    fn cell(self, id: &str) -> Option<&'v Cell<'a>> {
        let table = &self.0.figures;
        let (name, value) = (table.column("figure-id")?, table.column("value")?);
        table.rows.iter().find(|row| row[name].plain() == id).map(|row| &row[value])
    }

    /// A count.
    pub(in super::super) fn count(self, id: &str) -> Option<u64> {
        self.cell(id).and_then(number)
    }

    /// A count by kind, `all` for their sum.
    pub(super) fn of(self, kind: &str, what: &str) -> Option<u64> {
        self.count(&format!("assets.{kind}.{what}"))
    }

    /// A rate with its fraction.
    pub(super) fn rate(self, id: &str) -> Option<String> {
        let Cell::Rate(rate) = *self.cell(id)? else { return None };
        let (numerator, denominator) = (rate.numerator.to_string(), rate.denominator.to_string());
        let parts = [("percent", &*rate.percent()), ("numerator", &numerator), ("denominator", &denominator)];
        Some(self.fill("disposal.rate", &parts))
    }

    /// A sentence of the draft.
    pub(in super::super) fn text(self, key: &str) -> String {
        self.0.names.text(&format!("draft.{key}"))
    }

    /// The same with its values.
    pub(in super::super) fn fill(self, key: &str, args: &[(&str, &str)]) -> String {
        self.0.names.fill(&format!("draft.{key}"), args)
    }

    /// A number with the measure word of what is counted.
    pub(in super::super) fn said(self, what: &str, count: u64) -> String {
        self.fill(&format!("count.{what}"), &[("count", &count.to_string())])
    }

    /// A name with a number.
    pub(in super::super) fn named(self, name: &str, what: &str, count: u64) -> String {
        self.fill("named", &[("name", name), ("count", &self.said(what, count))])
    }

    /// One part of an enumeration, none when it is zero.
    pub(in super::super) fn part(self, part: &str, what: &str, count: u64) -> Option<String> {
        (count > 0).then(|| self.fill(&format!("part.{part}"), &[("count", &self.said(what, count))]))
    }

    /// Parts as an enumeration.
    pub(in super::super) fn list(self, parts: &[String]) -> String {
        parts.join(self.0.names.enumerated())
    }

    /// The kinds that there are, each with its number.
    pub(super) fn kinds(self, what: &str) -> Vec<String> {
        let found = KINDS.iter().filter_map(|kind| Some((kind, self.of(kind, what).filter(|&n| n > 0)?)));
        found.map(|(kind, count)| self.named(&self.0.names.kind(kind), kind, count)).collect()
    }

    /// The only kind that there is, else `all`: its measure word is the right one.
    pub(super) fn measure(self, what: &str) -> &'static str {
        let mut found = KINDS.into_iter().filter(|kind| self.of(kind, what).is_some_and(|n| n > 0));
        match (found.next(), found.next()) {
            (Some(kind), None) => kind,
            _ => "all",
        }
    }

    /// A figure of all kinds with its measure word.
    pub(super) fn all(self, what: &str) -> Option<String> {
        Some(self.said(self.measure(what), self.of("all", what)?))
    }
}

/// The number in a cell.
pub(super) fn number(cell: &Cell<'_>) -> Option<u64> {
    if let Cell::Count(count) = cell { Some(*count) } else { None }
}

/// The number in a column of a row.
pub(super) fn at(table: &Table<'_>, row: &Row<'_>, key: &str) -> Option<u64> {
    number(row.get(table.column(key)?)?)
}
