//! What stands in an attachment.
//!
//! For: which rows and columns of the view. Not for: how tables are drawn (`tables`). Invariant: a table that
//! is cut says how many rows are left out.

use super::attachments::{is_listed, proposals};
use super::body::Draft;
use super::page::Page;
use super::tables::Grid;
use super::xml::Xml;
use crate::views::report::{Listing, Row, Table};
use std::io;

/// Most rows of a table; the rest is in the workbook.
pub(super) const SHOWN: usize = 500;

impl Draft<'_, '_> {
    /// One attachment.
    pub(super) fn attachment(self, xml: &mut Xml, number: usize, id: &str, page: Page) -> io::Result<()> {
        let (facts, view) = (self.facts, self.facts.0);
        self.line(xml, "Label", &facts.fill("attachment.label", &[("number", &number.to_string())]))?;
        self.line(xml, "Title", &facts.text(&format!("attachment.{id}")))?;
        // What was not checked is neither suspected nor proposed.
        if id != "not-checked" {
            self.line(xml, "Note", &facts.text("attachment.suspected"))?;
        }
        match id {
            "headline" => self.whole(xml, &view.headline, page),
            "rules" => self.whole(xml, &view.rules, page),
            "by-unit" => self.whole(xml, &view.by_unit, page),
            "ledger" => self.ledger(xml, page),
            "joint" => self.first(xml, &view.joint, &[], page),
            "cross-unit" => {
                let keys = ["seq", "left-name", "left-unit", "right-name", "right-unit", "evidence"];
                self.first(xml, &view.cross_unit, &keys, page)
            }
            _ => self.first(xml, &view.not_checked, &[], page),
        }
    }

    /// A table with its total.
    fn whole(self, xml: &mut Xml, table: &Table<'_>, page: Page) -> io::Result<()> {
        let grid = Grid::new(&table.columns, &[], page, self.chinese);
        grid.table(xml, table.rows.iter().take(SHOWN).chain(&table.total))?;
        self.more(xml, table.rows.len().saturating_sub(SHOWN) as u64)
    }

    /// The first rows of a listing.
    fn first(self, xml: &mut Xml, listing: &Listing<'_>, keys: &[&str], page: Page) -> io::Result<()> {
        let rows: Vec<Row<'_>> = listing.rows().take(SHOWN).collect();
        Grid::new(&listing.columns, keys, page, self.chinese).table(xml, &rows)?;
        self.more(xml, (listing.len - rows.len()) as u64)
    }

    /// Items for which something is proposed.
    fn ledger(self, xml: &mut Xml, page: Page) -> io::Result<()> {
        let (facts, ledger) = (self.facts, &self.facts.0.ledger);
        let action = ledger.columns.iter().position(|c| c.key == "action").unwrap_or_default();
        let listed = ledger.rows().filter(|row| is_listed(facts, &row[action].plain()));
        let rows: Vec<Row<'_>> = listed.take(SHOWN).collect();
        let keys =
            ["seq", "name", "kind", "platform", "unit", "problem", "action", "target", "why", "measure"];
        self.line(xml, "Note", &facts.text("attachment.ledger-note"))?;
        Grid::new(&ledger.columns, &keys, page, self.chinese).table(xml, &rows)?;
        self.more(xml, proposals(facts).saturating_sub(rows.len() as u64))
    }

    /// How many rows are left out.
    pub(super) fn more(self, xml: &mut Xml, count: u64) -> io::Result<()> {
        if count == 0 {
            return Ok(());
        }
        let more = self.facts.fill("attachment.more", &[("count", &count.to_string())]);
        self.line(xml, "Note", &more)
    }
}
