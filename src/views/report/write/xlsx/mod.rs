//! `ledger.xlsx`: the workbook that goes to units and comes back.
//!
//! For: WPS and Excel. Not for: other formats; the workbook library is named in this folder only.
//! Invariant: text of the inputs is written as text whatever it begins with, rows are written in
//! order and never kept, and the only date in the file is the as-of date.

mod book;
mod links;
mod overview;
mod rows;
mod sheet;
mod single;
mod style;
mod table;
mod unit;

pub(super) use single::draw as single;
pub(super) use unit::draw as unit;

use super::{Cause, Options, Out, ReportView};
use crate::views::changes::Compared;
use crate::views::report::{Listing, reduction};
use book::Book;
use links::{Link, Links, To};
use rust_xlsxwriter::{DocProperties, ExcelDateTime};
use sheet::Special;

/// What the lists of items, problems and pairs have and others have not.
const LEDGER: Special = Special {
    hidden: &["proposal", "id"],
    choices: ("decision", &["accept", "reject", "change", "defer"]),
    kept: 2,
    turn: Some("action"),
    marked: None,
    links: &[
        Link { column: "name", side: 0, to: To::Problems },
        Link { column: "name", side: 0, to: To::Pairs },
        Link { column: "duplicate", side: 0, to: To::Pairs },
        // Where the name leads to problems and the duplicates take several lines.
        Link { column: "action", side: 0, to: To::Pairs },
    ],
};
const PROBLEMS: Special = Special {
    hidden: &["fingerprint"],
    kept: 2,
    turn: Some("reason"),
    marked: Some(("severity", "severity.forbidden")),
    links: &[
        Link { column: "name", side: 0, to: To::Ledger },
        Link { column: "rule", side: 0, to: To::Pairs },
    ],
    ..Special::NONE
};
const PAIRS: Special = Special {
    hidden: &["left-id", "right-id"],
    choices: ("decision", &["accept", "same", "different", "defer"]),
    links: &[
        Link { column: "left-name", side: 0, to: To::Ledger },
        Link { column: "right-name", side: 1, to: To::Ledger },
    ],
    ..Special::NONE
};

/// Most places have no clues, no pages, no proposals of this kind and list no forms; an empty sheet would only raise questions.
const RARE: [&str; 4] = ["asked", "clues", "joint", "pages"];

/// Writes the workbook.
pub(super) fn draw(view: &ReportView<'_>, options: Options<'_>, out: &mut Out) -> Result<(), Cause> {
    // There only where scans are compared.
    let compared = view.compared.as_ref().map(Compared::listing);
    // There only where a roster says who was to report.
    let reporting = reduction(view, "not-reported").filter(|reporting| !reporting.table.rows.is_empty());
    let mut book = Book::new(view);
    let linked = [&view.ledger, &view.problems, &view.duplicates];
    // Two columns of each lead elsewhere.
    let links_end = linked.iter().any(|listing| listing.len * 2 > links::MOST);
    overview::about(&mut book, view, links_end)?;
    overview::overall(&mut book, view)?;
    let links = Links::new(&[
        (To::Ledger, &view.ledger),
        (To::Problems, &view.problems),
        (To::Pairs, &view.duplicates),
        (To::Pairs, &view.cross_unit),
    ]);
    let first = [
        (&view.ledger, LEDGER),
        (&view.problems, PROBLEMS),
        (&view.duplicates, PAIRS),
        (&view.cross_unit, PAIRS),
    ];
    add(&mut book, view, &first)?;
    for part in [&view.by_unit, &view.by_level, &view.by_platform] {
        table::whole(&mut book, view, &part.title, part, &[])?;
    }
    let rest = [
        (&view.joint, Special { kept: 2, ..Special::NONE }),
        (&view.parts, Special { kept: 3, ..Special::NONE }),
        (&view.loads, Special { kept: 1, ..Special::NONE }),
        (&view.asked, Special { kept: 1, ..Special::NONE }),
        (&view.clues, Special::NONE),
        (&view.pages, Special { hidden: &["id"], kept: 2, ..Special::NONE }),
        (&view.data_problems, Special::NONE),
        (&view.not_checked, Special::NONE),
    ];
    add(&mut book, view, &rest)?;
    if let Some(reporting) = &reporting {
        let name = view.names.text("report.sheet.reporting");
        table::whole(&mut book, view, &name, &reporting.table, &reporting.notes)?;
    }
    if let Some(compared) = &compared {
        add(&mut book, view, &[(compared, Special { hidden: &["id"], kept: 3, ..Special::NONE })])?;
    }
    book.save(&links, options, out)
}

/// Adds the sheets of listings.
fn add<'s>(
    book: &mut Book<'s>,
    view: &ReportView<'_>,
    listings: &[(&'s Listing<'_>, Special)],
) -> Result<(), Cause> {
    let mut wanted = listings.iter().filter(|(listing, _)| listing.len > 0 || !RARE.contains(&listing.id));
    wanted.try_for_each(|(listing, special)| sheet::listing(book, view, listing, special))
}

/// Title and tool; created on the as-of day, so that equal scans give equal bytes.
fn properties(view: &ReportView<'_>) -> DocProperties {
    let day =
        ExcelDateTime::parse_from_str(&view.document.as_of).or_else(|_| ExcelDateTime::from_ymd(2000, 1, 1));
    let properties = DocProperties::new().set_title(&view.title).set_author(&view.document.tool);
    match day {
        Ok(day) => properties.set_creation_datetime(&day),
        Err(_) => properties,
    }
}
