//! A source table: CSV in which a few marks say what plain text cannot.
//!
//! For: rows that people can read and edit in a diff. Marks: `#12` a number, `@2026-03-01` a date
//! cell, `<` merged with the cell to the left, `^` merged with the cell above. Text formats write
//! numbers and dates without their mark and leave merged cells empty.

use std::error::Error;

/// A table of marked cells; rows may differ in length.
pub(crate) struct Table {
    pub(crate) rows: Vec<Vec<Cell>>,
}

/// One cell.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cell {
    Empty,
    Text(String),
    Number(u32),
    Date {
        year: u16,
        month: u8,
        day: u8,
    },
    /// Merged with the cell to the left.
    Left,
    /// Merged with the cell above.
    Above,
}

impl Table {
    /// Reads a source table. Fails on a mark that does not hold what it promises.
    pub(crate) fn parse(source: &str) -> Result<Table, Box<dyn Error>> {
        let mut reader =
            csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(source.as_bytes());
        let mut rows = Vec::new();
        for record in reader.records() {
            rows.push(record?.iter().map(Cell::parse).collect::<Result<Vec<Cell>, _>>()?);
        }
        Ok(Table { rows })
    }
}

impl Cell {
    fn parse(source: &str) -> Result<Cell, Box<dyn Error>> {
        Ok(match source {
            "" => Cell::Empty,
            "<" => Cell::Left,
            "^" => Cell::Above,
            _ => match (source.strip_prefix('#'), source.strip_prefix('@')) {
                (Some(number), _) => Cell::Number(number.parse()?),
                (_, Some(day)) => Cell::parse_date(day)?,
                _ => Cell::Text(source.to_owned()),
            },
        })
    }

    fn parse_date(day: &str) -> Result<Cell, Box<dyn Error>> {
        let mut parts = day.split('-');
        let mut next = || parts.next().ok_or_else(|| format!("not a date: {day}"));
        Ok(Cell::Date { year: next()?.parse()?, month: next()?.parse()?, day: next()?.parse()? })
    }

    /// The cell as a text format writes it.
    pub(crate) fn plain(&self) -> String {
        match self {
            Cell::Text(text) => text.clone(),
            Cell::Number(number) => number.to_string(),
            Cell::Date { year, month, day } => format!("{year:04}-{month:02}-{day:02}"),
            Cell::Empty | Cell::Left | Cell::Above => String::new(),
        }
    }
}
