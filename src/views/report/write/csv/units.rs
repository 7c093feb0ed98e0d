//! `units.csv`: which unit got which files, and how many of what is in them.
//!
//! For: handing the files out and keeping account of what comes back. Not for: what is in them. Invariant: the last line
//! is the sum of the others.

use super::super::{Cause, Options, Out};
use super::Sheet;
use crate::views::report::UnitPart;

const HEADER: [&str; 8] =
    ["unit", "items", "live", "after", "open_findings", "waived_findings", "workbook", "notice"];

/// Writes a line for each part with its two files.
pub(in super::super) fn units(
    parts: &[(UnitPart<'_>, [String; 2])],
    options: Options<'_>,
    out: &mut Out,
) -> Result<(), Cause> {
    let mut sheet = Sheet::new(out, options, &HEADER)?;
    let mut sums = [0_u64; 5];
    for (part, [workbook, notice]) in parts {
        let counts = &part.counts;
        let numbers =
            [counts.items, counts.before(), counts.after.iter().sum(), counts.open(), counts.waived];
        for (sum, number) in sums.iter_mut().zip(numbers) {
            *sum += number;
        }
        let numbers = numbers.map(|n| n.to_string());
        let fields = [&part.unit].into_iter().chain(&numbers).chain([workbook, notice]);
        sheet.row(fields)?;
    }
    let sums = sums.map(|n| n.to_string());
    sheet.row(["total"].into_iter().chain(sums.iter().map(String::as_str)).chain(["", ""]))?;
    sheet.finish()
}
