//! `ledger.xlsx`: the workbook that goes to units and comes back.
//!
//! For: WPS and Excel. Not for: other formats; the workbook library is named in this folder only.
//! Invariant: text of the inputs is written as text whatever it begins with, rows are written in
//! order and never kept, and the only date in the file is the as-of date.

mod overview;
mod sheet;
mod style;

use super::{Cause, Options, Out, ReportView};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook};
use sheet::Special;
use std::path::Path;
use style::Styles;

/// Writes the workbook.
pub(super) fn draw(view: &ReportView<'_>, options: Options<'_>, out: &mut Out) -> Result<(), Cause> {
    let mut book = Workbook::new();
    book.set_tempdir(options.scratch.unwrap_or(Path::new(".")))?;
    let styles = Styles::new();
    book.set_properties(&properties(view));
    overview::about(&mut book, view, &styles)?;
    overview::overall(&mut book, view, &styles)?;
    let listings = [
        (
            &view.ledger,
            Special {
                hidden: &["id"],
                choice: Some("decision"),
                kept: 2,
                turn: Some("action"),
                marked: None,
            },
        ),
        (
            &view.problems,
            Special {
                hidden: &["fingerprint"],
                choice: None,
                kept: 2,
                turn: Some("reason"),
                marked: Some(("severity", "severity.forbidden")),
            },
        ),
        (&view.duplicates, Special { hidden: &["left-id", "right-id"], ..Special::default() }),
        (&view.cross_unit, Special { hidden: &["left-id", "right-id"], ..Special::default() }),
        (&view.clues, Special::default()),
        (&view.data_problems, Special::default()),
        (&view.not_checked, Special::default()),
    ];
    // Most places have no clues; an empty sheet would only raise questions.
    let listings = listings.iter().filter(|(listing, _)| listing.len > 0 || listing.id != view.clues.id);
    for (listing, special) in listings {
        sheet::listing(&mut book, view, listing, special, &styles)?;
    }
    // There only where scans are compared.
    if let Some(compared) = &view.compared {
        let special = Special { hidden: &["id"], kept: 3, ..Special::default() };
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
