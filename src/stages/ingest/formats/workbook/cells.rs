//! Cells of the workbook library → cells of ours.
//!
//! For: dates, percentages and errors, the same in every format. Not for: where a cell stands. Invariant: a
//! cell with something in it is never empty afterwards.

use crate::stages::ingest::formats::grid::Grid;
use crate::stages::ingest::rows::Held;
use calamine::{Data, DataRef, ExcelDateTime, Range};
use jiff::civil::Date;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// Positions of cells, 0-based row and column.
pub(super) type Places = BTreeSet<(u32, u32)>;

/// Sends the rows of a range that is already in memory; `formulas` are those without a value.
pub(super) fn dense<'v>(
    range: &'v Range<Data>,
    percents: &Places,
    formulas: &'v BTreeMap<(u32, u32), String>,
    mut grid: Grid<'_, 'v>,
) -> Result<(), String> {
    if let Some((top, left)) = range.start() {
        for (r, row) in range.rows().enumerate() {
            for (c, value) in row.iter().enumerate() {
                let place = (top + r as u32, left + c as u32);
                let cell = match formulas.get(&place) {
                    Some(formula) => Held::Error(formula.into()),
                    None => shown(from_data(value), percents.contains(&place)),
                };
                if cell != Held::Empty {
                    grid.put(place.0, place.1, cell)?;
                }
            }
        }
    }
    grid.finish();
    Ok(())
}

/// A number in a cell with a percent format as people see it.
pub(super) fn shown(cell: Held<'_>, is_percent: bool) -> Held<'_> {
    match cell {
        Held::Number(n) if is_percent => percent(n),
        cell => cell,
    }
}

/// A share as a percentage.
pub(in super::super) fn percent(share: f64) -> Held<'static> {
    // Floating point must not turn 98 % into 98.00000000000001 %.
    let percent = (share * 100.0 * 1e9).round() / 1e9;
    Held::Text(format!("{percent}%").into())
}

/// A cell that was streamed.
pub(super) fn from_ref(value: DataRef<'_>) -> Held<'_> {
    match value {
        DataRef::SharedString(text) => plain(text.into()),
        DataRef::String(text) => plain(text.into()),
        DataRef::Float(n) => Held::Number(n),
        DataRef::Empty => Held::Empty,
        other => from_data(&Data::from(other)).into_static(),
    }
}

/// A cell of a range.
fn from_data(value: &Data) -> Held<'_> {
    match value {
        Data::Empty => Held::Empty,
        Data::String(text) | Data::DurationIso(text) => plain(text.into()),
        Data::Int(n) => Held::Number(*n as f64),
        Data::Float(n) => Held::Number(*n),
        Data::Bool(b) => Held::Bool(*b),
        Data::DateTime(at) => day(*at),
        Data::DateTimeIso(iso) => {
            let date = iso.get(..10).and_then(|d| d.parse::<Date>().ok());
            date.map_or_else(|| plain(iso.into()), Held::Date)
        }
        Data::Error(e) => Held::Error(e.to_string().into()),
    }
}

fn plain(text: Cow<'_, str>) -> Held<'_> {
    if text.is_empty() { Held::Empty } else { Held::Text(text) }
}

/// A date cell as a day; durations, times of day and impossible days stay numbers.
fn day(at: ExcelDateTime) -> Held<'static> {
    let (year, month, day, ..) = at.to_ymd_hms_milli();
    let date = Date::new(year.cast_signed(), month.cast_signed(), day.cast_signed()).ok();
    match date.filter(|_| at.is_datetime() && at.as_f64() >= 1.0) {
        Some(date) => Held::Date(date),
        None => Held::Number(at.as_f64()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages_read_as_people_see_them() {
        for (number, text) in [(0.98, "98%"), (0.455_3, "45.53%"), (1.0, "100%"), (0.0, "0%"), (-0.05, "-5%")]
        {
            assert_eq!(shown(Held::Number(number), true), Held::Text(text.into()));
        }
        assert_eq!(shown(Held::Number(0.5), false), Held::Number(0.5));
    }
}
