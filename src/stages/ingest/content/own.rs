//! Files that this program wrote: results, not inventories.
//!
//! For: letting the output folder lie among the inventories, so that a second run reads what the first
//! one read. Not for: stored scans as such (`scan`). Invariant: everything that a run writes is
//! recognised by its content in both languages; a test over real outputs keeps the lists true.

use crate::knowledge::messages::{Catalogue, Lang};
use crate::model::Code;
use crate::stages::ingest::formats::Unreadable;

/// How the header line of each table begins; long ones go on with columns that depend on the input.
const TABLES: [&str; 10] = [
    "id,kind,listed_as,name,owner_unit,owner_canonical,level,",
    "id,cluster,survivor,relations",
    "left,right,relation,probability,weight,left_name,right_name,evidence",
    "fingerprint,rule,severity,confidence,status,asset,name,clause,",
    "asset,name,kind,action,target,target_name,reason,question,clause,steps",
    "file,sheet,row,code,reason,text",
    "left,right,relation,weight,probability",
    "unit,items,live,after,open_findings,waived_findings,workbook,notice",
    "reduction_table,line,",
    "id,cluster",
];
/// Columns so plain that the whole line must be equal.
const WHOLE: &[&str] = &["id,cluster", "file,sheet,row,code,reason,text"];
/// How the dashboard says what wrote it, and within how many bytes.
const PAGE: (&str, usize) = ("<meta name=\"generator\" content=\"zhijian report\">", 512);
/// How a log of findings says what wrote it.
pub(in super::super) const PROGRAM: &str = "zhijian";
/// Sheets of the ledger, by their keys in the catalogue.
const SHEETS: [&str; 5] = [
    "report.sheet.about",
    "report.sheet.overall",
    "report.table.ledger",
    "report.table.problems",
    "report.table.not-checked",
];

/// Sheets of the workbook that a unit gets.
const UNIT_SHEETS: [&str; 3] = ["notice.sheet", "report.table.ledger", "report.table.problems"];

/// Custom property of a draft; Word and WPS keep it when they save the file again.
pub const DRAFT: &str = "zhijian.report";

/// What is said of such a file.
pub(in super::super) fn result() -> Unreadable {
    Unreadable { code: Code::OwnOutput, ..Unreadable::new("@ingest.reason.own-output") }
}

/// Whether a text is a table of results.
pub(in super::super) fn is_table(text: &str) -> bool {
    let first = text.lines().next().unwrap_or("").trim_end();
    TABLES.iter().any(|head| if WHOLE.contains(head) { first == *head } else { first.starts_with(head) })
}

/// Whether a web page is a report.
pub(in super::super) fn is_page(text: &str) -> bool {
    let head = text.as_bytes();
    String::from_utf8_lossy(&head[..head.len().min(PAGE.1)]).contains(PAGE.0)
}

/// Whether a workbook with these sheets is a ledger or a unit's part of one, also one that was filled in and sent back.
pub(in super::super) fn is_ledger<'a>(sheets: impl Iterator<Item = &'a str> + Clone) -> bool {
    [Lang::Zh, Lang::En].into_iter().map(Catalogue::of).any(|catalogue| {
        let has =
            |keys: &[&str]| keys.iter().all(|key| sheets.clone().any(|name| name == catalogue.text(key)));
        has(&SHEETS) || has(&UNIT_SHEETS) || sheets.clone().any(|name| is_reduction(name, catalogue))
    })
}

/// Whether a sheet is called as that of a reduction table is.
fn is_reduction(name: &str, catalogue: &Catalogue) -> bool {
    let titles = catalogue.keys().filter(|key| key.starts_with("reduction.title."));
    titles
        .map(|key| catalogue.text(key))
        .any(|title| name == catalogue.fill("reduction.sheet", &[("title", title)]))
}

/// Whether the custom properties of a text document are those of a draft, also one that was worked over.
pub(in super::super) fn is_draft(properties: &str) -> bool {
    properties.contains(&format!("name=\"{DRAFT}\""))
}
