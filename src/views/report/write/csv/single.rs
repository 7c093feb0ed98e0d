//! A reduction table as CSV.
//!
//! For: other programs and spreadsheets. Not for: notes, which the other formats have. Invariant: headers are canonical
//! ids; a rate is three columns: value, numerator, denominator; the total is the last line, marked in the first column.

use super::super::{Cause, Options, Out, ReportView};
use super::Sheet;
use crate::views::report::{Cell, Reduction, Row};

/// Ids of columns that hold rates.
const RATES: [&str; 3] = ["reduction", "handled", "reported"];

/// Writes the table.
pub(in super::super) fn single<'a>(
    reduction: &Reduction<'a>,
    _: &ReportView<'a>,
    options: Options<'_>,
    out: &mut Out,
) -> Result<(), Cause> {
    let table = &reduction.table;
    let mut header = vec!["reduction_table".to_owned(), "line".to_owned()];
    for column in &table.columns {
        let key = column.key.replace('-', "_");
        if RATES.contains(&column.key) {
            header.extend([key.clone(), format!("{key}_numerator"), format!("{key}_denominator")]);
        } else {
            header.push(key);
        }
    }
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    let mut sheet = Sheet::new(out, options, &header)?;
    let fields = |row: &Row<'_>, line: &str| {
        let mut fields = vec![table.id.to_owned(), line.to_owned()];
        for (column, cell) in table.columns.iter().zip(row) {
            match cell {
                Cell::Rate(rate) => fields.extend([
                    format!("{:.4}", rate.value),
                    rate.numerator.to_string(),
                    rate.denominator.to_string(),
                ]),
                _ if RATES.contains(&column.key) => fields.extend([const { String::new() }; 3]),
                cell => fields.push(cell.plain().into_owned()),
            }
        }
        fields
    };
    for row in &table.rows {
        sheet.row(fields(row, "row"))?;
    }
    if let Some(total) = &table.total {
        sheet.row(fields(total, "total"))?;
    }
    sheet.finish()
}
