//! `report.html`: the dashboard, one file that needs nothing else.
//!
//! For: a leader's minute on page one and staff who look for their items, from a folder or a memory stick. Not for:
//! computing (the view has every figure) or editing. Invariants: the page asks nothing of any network and its policy
//! forbids it to; text of the inputs is text, in markup and in script alike; every chart has its table beside it.

mod charts;
mod compared;
mod figures;
mod groups;
mod head;
mod list;
mod markup;
mod regions;
mod rules;
mod tables;

#[cfg(feature = "net")]
pub(in crate::views) use head::digest;

use super::{Cause, Options, Out, ReportView};
use markup::{SHORT_TABLE, escape, ui};
use std::io::Write as _;

/// How the page looks.
const STYLE: &str = include_str!("page.css");
/// What the page does.
const SCRIPT: &str = include_str!("page.js");

/// Draws one part of the page.
type Part = fn(&ReportView<'_>, &mut Out) -> Result<(), Cause>;

/// The parts of the page: anchor, key of the heading, and what draws it.
const PARTS: [(&str, &str, Part); 8] = [
    ("key-figures", "html.key-figures", figures::draw),
    ("reduction", "html.reduction", charts::draw),
    ("burden", "report.table.burden", tables::burden),
    ("findings", "report.table.rules", rules::draw),
    ("groups", "html.groups", groups::draw),
    ("regions", "html.regions", regions::draw),
    ("assets", "report.table.assets", list::draw),
    ("other", "html.other-tables", other),
];

/// What changed since the last scan.
const COMPARED: (&str, &str, Part) = ("compared", "changes.sheet", compared::draw);

/// Writes the page.
pub(super) fn draw(view: &ReportView<'_>, _: Options, out: &mut Out) -> Result<(), Cause> {
    head::open(view, out)?;
    // There only where scans are compared.
    let compared = view.compared.iter().map(|_| &COMPARED);
    let parts = PARTS[..2].iter().chain(compared).chain(&PARTS[2..]).chain(&[(
        "checked",
        "html.checked",
        checked as Part,
    )]);
    writeln!(out, "<nav aria-label=\"{}\"><ul>", ui(view, "contents"))?;
    for (id, title, _) in parts.clone() {
        writeln!(out, "<li><a href=\"#{id}\">{}</a></li>", escape(&view.names.text(title)))?;
    }
    writeln!(out, "</ul></nav>\n<main id=\"main\" tabindex=\"-1\">")?;
    for (id, title, part) in parts {
        let title = escape(&view.names.text(title));
        writeln!(out, "<section id=\"{id}\" aria-labelledby=\"h-{id}\">\n<h2 id=\"h-{id}\">{title}</h2>")?;
        part(view, out)?;
        writeln!(out, "</section>")?;
    }
    writeln!(out, "</main>\n<footer><p>{}</p></footer>", escape(&view.provenance))?;
    list::data(view, out)?;
    writeln!(out, "<script>{SCRIPT}</script>\n</body>\n</html>")?;
    Ok(())
}

/// Breakdowns that need no chart.
fn other(view: &ReportView<'_>, out: &mut Out) -> Result<(), Cause> {
    for table in [&view.relations, &view.by_platform, &view.by_unit] {
        tables::table(view, table, SHORT_TABLE, out)?;
    }
    let pair = ["seq", "left-name", "left-unit", "right-name", "right-unit", "evidence"];
    tables::listing(view, &view.cross_unit, &pair, SHORT_TABLE, out)?;
    if view.joint.len > 0 {
        let proposal = ["seq", "name", "kind", "unit", "action", "target", "joint-also", "why"];
        tables::listing(view, &view.joint, &proposal, SHORT_TABLE, out)?;
    }
    if view.clues.len > 0 {
        let clue = ["seq", "clue", "practices", "about", "confidence", "place"];
        tables::listing(view, &view.clues, &clue, SHORT_TABLE, out)?;
    }
    if view.pages.len > 0 {
        let page = [
            "seq",
            "name",
            "unit",
            "page-source",
            "page-state",
            "contradiction",
            "page-leads",
            "url",
            "taken",
            "blake3",
        ];
        tables::listing(view, &view.pages, &page, SHORT_TABLE, out)?;
    }
    Ok(())
}

/// What was read, what was wrong with it, what was not checked, and every figure with its formula.
fn checked(view: &ReportView<'_>, out: &mut Out) -> Result<(), Cause> {
    tables::table(view, &view.reading, usize::MAX, out)?;
    let problem = ["seq", "alert", "place", "problem-found", "row-text", "help"];
    tables::listing(view, &view.data_problems, &problem, SHORT_TABLE, out)?;
    tables::listing(view, &view.not_checked, &["seq", "what", "matter", "cause"], usize::MAX, out)?;
    figures::all(view, out)?;
    tables::table(view, &view.inputs, usize::MAX, out)
}
