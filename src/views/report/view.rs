//! The whole report, worked out once.
//!
//! For: what every writer draws. Not for: wording (message catalogue) or how a format looks.
//! Invariant: figures that the scan worked out are taken by their id, never counted again; a figure
//! that the scan does not have leaves its cell or line out.

use super::{Cell, Column, Index, Listing, Table};
use super::{Group, Region, Step};
use super::{
    asked, breakdown, burden, clues, duplicates, groups, headline, joint, ledger, needs, pages, parts,
    problems, provenance, reading, regions, steps,
};
use crate::knowledge::messages::Catalogue;
use crate::scan::document::{Figure, ScanDocument};
use crate::views::changes::Compared;
use crate::views::names::Names;
use std::sync::Arc;

/// Everything that a report shows, in its order.
pub struct ReportView<'a> {
    /// The stored scan, for writers that copy records as they are.
    pub document: &'a ScanDocument,
    /// Words for ids.
    pub names: Names<'a>,
    /// From an asset to all that concerns it.
    pub index: Arc<Index<'a>>,
    /// Title of the report.
    pub title: String,
    /// What a leader must know, one sentence each: read and unread, found, planned.
    pub summary: Vec<String>,
    /// Notes under the headline table: how the rate is worked out, what is counted apart.
    pub notes: Vec<String>,
    /// Before, each action, after, by kind.
    pub headline: Table<'a>,
    /// Level × kind.
    pub by_level: Table<'a>,
    /// Owner × kind, the largest first.
    pub by_unit: Table<'a>,
    /// From all that is listed to what stays, step by step.
    pub steps: Vec<Step>,
    /// Where the burden is: owner × function, the largest first.
    pub burden: Table<'a>,
    /// Items by place, the whole first.
    pub regions: Region,
    /// The largest clusters with what ties their members.
    pub groups: Vec<Group<'a>>,
    /// Platform × kind, the largest first.
    pub by_platform: Table<'a>,
    /// What is not reduced, and which needs force it.
    pub needs: Table<'a>,
    /// Findings by severity and rule.
    pub rules: Table<'a>,
    /// Pairs by relation.
    pub relations: Table<'a>,
    /// Row account by file and sheet.
    pub reading: Table<'a>,
    /// Input files with their digests.
    pub inputs: Table<'a>,
    /// Every figure with its fraction and formula.
    pub figures: Table<'a>,
    /// One row per asset (处置台账).
    pub ledger: Listing<'a>,
    /// One row per asset with what people look for it by: the ledger in brief.
    pub assets: Listing<'a>,
    /// One row per finding (问题清单).
    pub problems: Listing<'a>,
    /// One row per duplicate pair (重复清单).
    pub duplicates: Listing<'a>,
    /// One row per cross-unit pair (跨部门同质).
    pub cross_unit: Listing<'a>,
    /// One row per proposal that several items together go on with (分别承接).
    pub joint: Listing<'a>,
    /// One row per part: what becomes of it (压减统计).
    pub parts: Listing<'a>,
    /// One row per unit: what a worker must deal with (基层负担).
    pub loads: Listing<'a>,
    /// One row per form or job that several apps ask for (最多报一次).
    pub asked: Listing<'a>,
    /// One row per clue (线索).
    pub clues: Listing<'a>,
    /// One row per public page (公开页面取证).
    pub pages: Listing<'a>,
    /// Remarks on the inputs and rejected rows (台账数据问题).
    pub data_problems: Listing<'a>,
    /// What was not checked (未能机检事项).
    pub not_checked: Listing<'a>,
    /// One line: tool, rule set, policy, parameters, inputs.
    pub provenance: String,
    /// The same for a screen: one digest for all inputs.
    pub provenance_short: String,
    /// What changed since the last scan; `None` where nothing is compared.
    pub compared: Option<Compared<'a>>,
}

impl<'a> ReportView<'a> {
    /// Works the report out.
    pub fn new(document: &'a ScanDocument, catalogue: &'a Catalogue) -> ReportView<'a> {
        let names = Names { catalogue };
        let index = Arc::new(Index::new(document));
        let build = Build { document, names, index: Arc::clone(&index) };
        ReportView {
            document,
            names,
            title: names.text("report.title"),
            summary: headline::summary(&build),
            notes: headline::notes(&build),
            headline: headline::table(&build),
            steps: steps::steps(&build),
            burden: burden::table(&build),
            regions: regions::tree(&build),
            groups: groups::largest(&build),
            by_level: breakdown::by_level(&build),
            by_unit: breakdown::by_unit(&build),
            by_platform: breakdown::by_platform(&build),
            needs: needs::table(&build),
            rules: problems::by_rule(&build),
            relations: duplicates::by_relation(&build),
            reading: reading::accounts(&build),
            inputs: provenance::inputs(&build),
            figures: headline::figures(&build),
            ledger: ledger::listing(&build, (0..document.assets.len() as u32).collect()),
            assets: ledger::brief(&build),
            problems: problems::listing(&build, (0..document.findings.len() as u32).collect()),
            duplicates: duplicates::listing(&build),
            cross_unit: duplicates::cross_unit(&build),
            joint: joint::listing(&build),
            parts: parts::parts(&build),
            loads: parts::loads(&build),
            asked: asked::listing(&build),
            clues: clues::listing(&build),
            pages: pages::listing(&build),
            data_problems: reading::data_problems(&build),
            not_checked: reading::not_checked(&build),
            provenance: provenance::line(&build),
            provenance_short: provenance::short_line(&build),
            compared: None,
            index,
        }
    }
}

/// What the parts of the view are built from.
#[derive(Clone)]
pub(super) struct Build<'a> {
    pub(super) document: &'a ScanDocument,
    pub(super) names: Names<'a>,
    pub(super) index: Arc<Index<'a>>,
}

impl<'a> Build<'a> {
    /// What a view was built from.
    pub(super) fn of(view: &ReportView<'a>) -> Build<'a> {
        Build { document: view.document, names: view.names, index: Arc::clone(&view.index) }
    }

    /// A figure by id.
    pub(super) fn figure(&self, id: &str) -> Option<&'a Figure> {
        self.document.figures.iter().find(|f| f.id == id)
    }

    /// A count by id.
    pub(super) fn count(&self, id: &str) -> Option<u64> {
        self.figure(id).map(|f| f.value as u64)
    }

    /// Columns from their keys and widths.
    pub(super) fn columns(&self, columns: &[(&'static str, u16)]) -> Vec<Column> {
        columns
            .iter()
            .map(|&(key, width)| {
                let title = self.names.text(&format!("report.column.{key}"));
                Column { key, title, width }
            })
            .collect()
    }

    /// An empty table with its title.
    pub(super) fn table(&self, id: &'static str, columns: &[(&'static str, u16)]) -> Table<'a> {
        Table {
            id,
            title: self.names.text(&format!("report.table.{id}")),
            columns: self.columns(columns),
            rows: Vec::new(),
            total: None,
        }
    }

    /// A listing with its title.
    pub(super) fn listing(
        &self,
        id: &'static str,
        columns: &[(&'static str, u16)],
        len: usize,
        row: impl Fn(usize) -> Vec<Cell<'a>> + Send + Sync + 'a,
    ) -> Listing<'a> {
        Listing {
            id,
            title: self.names.text(&format!("report.table.{id}")),
            columns: self.columns(columns),
            len,
            row: Box::new(row),
            items: Box::new(|_| [None; 2]),
        }
    }
}
