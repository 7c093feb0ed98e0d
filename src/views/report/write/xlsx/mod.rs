//! `ledger.xlsx`: the workbook that goes to units and comes back.
//!
//! For: WPS and Excel. Not for: other formats; the workbook library is named in this folder only.
//! Invariant: text of the inputs is written as text whatever it begins with, rows are written in
//! order and never kept, and the only date in the file is the as-of date.

mod overview;
mod sheet;
mod single;
mod style;
mod unit;

pub(super) use single::draw as single;
pub(super) use unit::draw as unit;

use super::{Cause, Options, Out, ReportView};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook};
use sheet::Special;
use std::path::Path;
use style::Styles;

/// What the lists of items, problems and pairs have and others have not.
const LEDGER: Special = Special {
    hidden: &["proposal", "id"],
    choices: ("decision", &["accept", "reject", "change", "defer"]),
    kept: 2,
    turn: Some("action"),
    marked: None,
};
const PROBLEMS: Special = Special {
    hidden: &["fingerprint"],
    kept: 2,
    turn: Some("reason"),
    marked: Some(("severity", "severity.forbidden")),
    ..Special::NONE
};
const PAIRS: Special = Special {
    hidden: &["left-id", "right-id"],
    choices: ("decision", &["accept", "same", "different", "defer"]),
    ..Special::NONE
};

/// An empty workbook with its properties.
fn book(view: &ReportView<'_>, options: Options<'_>) -> Result<Workbook, Cause> {
    let mut book = Workbook::new();
    book.set_tempdir(options.scratch.unwrap_or(Path::new(".")))?;
    book.set_properties(&properties(view));
    Ok(book)
}

/// Writes the workbook.
pub(super) fn draw(view: &ReportView<'_>, options: Options<'_>, out: &mut Out) -> Result<(), Cause> {
    let mut book = book(view, options)?;
    let styles = Styles::new();
    overview::about(&mut book, view, &styles)?;
    overview::overall(&mut book, view, &styles)?;
    let listings = [
        (&view.ledger, LEDGER),
        (&view.problems, PROBLEMS),
        (&view.duplicates, PAIRS),
        (&view.cross_unit, PAIRS),
        (&view.parts, Special { kept: 3, ..Special::NONE }),
        (&view.loads, Special { kept: 1, ..Special::NONE }),
        (&view.asked, Special { kept: 1, ..Special::NONE }),
        (&view.clues, Special::NONE),
        (&view.pages, Special { hidden: &["id"], kept: 2, ..Special::NONE }),
        (&view.data_problems, Special::NONE),
        (&view.not_checked, Special::NONE),
    ];
    // Most places have no clues, no pages and list no forms; an empty sheet would only raise questions.
    let rare = [view.asked.id, view.clues.id, view.pages.id];
    let listings = listings.iter().filter(|(listing, _)| listing.len > 0 || !rare.contains(&listing.id));
    for (listing, special) in listings {
        sheet::listing(&mut book, view, listing, special, &styles)?;
    }
    // There only where scans are compared.
    if let Some(compared) = &view.compared {
        let special = Special { hidden: &["id"], kept: 3, ..Special::NONE };
        sheet::listing(&mut book, view, &compared.listing(), &special, &styles)?;
    }
    book.save_to_writer(out)?;
    Ok(())
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
