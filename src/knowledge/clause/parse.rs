//! From the data files (`src/data/clauses/*.toml`, one per instrument) to clauses.

use super::{Both, Clause, Sourced};
use crate::model::Kind;
use jiff::civil::Date;
use serde::Deserialize;

macro_rules! files {
    ($($name:literal),+ $(,)?) => {
        /// File name and text of every instrument.
        pub(super) const FILES: &[(&str, &str)] =
            &[$(($name, include_str!(concat!("../../data/clauses/", $name, ".toml"))),)+];
    };
}

files![
    "circular-2018-123",
    "indicators-2019-19",
    "measures-2026",
    "opinions-2023",
    "provisions-2024",
    "security-2024",
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    instrument: Instrument,
    clause: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Instrument {
    title: Both,
    issued: toml::value::Datetime,
    effective: Option<toml::value::Datetime>,
    repealed: Option<toml::value::Datetime>,
    #[serde(default)]
    by_reference: bool,
}

/// A clause as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    name: String,
    #[serde(default)]
    number: Both,
    #[serde(default)]
    heading: Both,
    paraphrase: Both,
    covers: Vec<String>,
    sourced: String,
    #[serde(default)]
    principle: bool,
    #[serde(default)]
    manual: bool,
}

/// The clauses of one file; the fault names the file.
pub(super) fn clauses(file: &str, text: &str) -> Result<Vec<Clause>, String> {
    let read: File = toml::from_str(text).map_err(|e| format!("{file}.toml: {e}"))?;
    let Instrument { title, issued, effective, repealed, by_reference } = read.instrument;
    let issued = day(file, &issued)?;
    let effective = effective.map(|d| day(file, &d)).transpose()?;
    let repealed = repealed.map(|d| day(file, &d)).transpose()?;
    let clause = |entry: Entry| -> Result<Clause, String> {
        let id = format!("{file}/{}", entry.name);
        let kinds = entry.covers.iter().map(|k| Kind::parse(k).ok_or(format!("{id}: kind {k}")));
        Ok(Clause {
            covers: kinds.collect::<Result<_, _>>()?,
            sourced: Sourced::parse(&entry.sourced).ok_or(format!("{id}: sourced {}", entry.sourced))?,
            id,
            instrument: title.clone(),
            number: entry.number,
            heading: entry.heading,
            paraphrase: entry.paraphrase,
            issued,
            effective,
            repealed,
            by_reference,
            principle: entry.principle,
            manual: entry.manual,
            profile: None,
        })
    };
    read.clause.into_iter().map(clause).collect()
}

pub(super) fn day(file: &str, date: &toml::value::Datetime) -> Result<Date, String> {
    date.to_string().parse().map_err(|e| format!("{file}.toml: {date}: {e}"))
}
