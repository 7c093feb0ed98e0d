//! Values of flags: text → type. A refusal is a key of the catalogue (`cli.usage.expected-…`).

use crate::cli::commands::schedule::System;
use crate::collect::safety::HostPort;
use crate::knowledge::messages::Lang;
use crate::knowledge::policy::FailOn;
use crate::views::report::{Encoding, Options, REDUCTION_TABLES, WRITERS};
use crate::views::template::books;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::{Offset, TimeZone};

/// The digest of the program that runs; nothing where the system does not say which file that is.
pub fn program() -> Option<String> {
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(std::fs::File::open(std::env::current_exe().ok()?).ok()?).ok()?;
    Some(hasher.finalize().to_hex().to_string())
}

/// Encoding of the CSV files that are written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum CsvEncoding {
    /// UTF-8 with a byte order mark, which Excel and WPS open.
    #[default]
    Utf8,
    /// GB18030, for systems that read nothing else.
    Gb18030,
}

impl CsvEncoding {
    /// The same choice as the report writers know it.
    pub fn options(self) -> Options<'static> {
        let encoding = match self {
            CsvEncoding::Utf8 => Encoding::Utf8,
            CsvEncoding::Gb18030 => Encoding::Gb18030,
        };
        Options { encoding, scratch: None }
    }
}

/// What a report is split by.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SplitBy {
    /// A part for each owner.
    OwnerUnit,
}

/// How a command prints its result.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Format {
    /// For people.
    #[default]
    Text,
    /// For programs.
    Json,
}

/// How a comparison is printed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum DiffFormat {
    /// For people, on a terminal.
    #[default]
    Text,
    /// For programs.
    Json,
    /// For people, as a file.
    Markdown,
}

/// An address with its port.
///
/// # Errors
/// With the key of what was expected.
pub fn address(text: &str) -> Result<std::net::SocketAddr, &'static str> {
    text.trim().parse().map_err(|_| "cli.usage.expected-address")
}

/// A parser for one of a few names; the names also feed completions and the help.
fn one_of<T: Copy + Send + Sync + 'static, const N: usize>(
    cases: [(&'static str, T); N],
) -> impl TypedValueParser<Value = T> {
    PossibleValuesParser::new(cases.map(|(name, _)| name)).map(move |given| {
        let case = cases.iter().find(|(name, _)| *name == given);
        case.expect("only declared names get past the parser").1
    })
}

/// `zh` or `en`.
pub fn lang() -> impl TypedValueParser<Value = Lang> {
    one_of([("zh", Lang::Zh), ("en", Lang::En)])
}

/// `utf-8` or `gb18030`.
pub fn encoding() -> impl TypedValueParser<Value = CsvEncoding> {
    one_of([("utf-8", CsvEncoding::Utf8), ("gb18030", CsvEncoding::Gb18030)])
}

/// `owner_unit`.
pub fn split_by() -> impl TypedValueParser<Value = SplitBy> {
    one_of([("owner_unit", SplitBy::OwnerUnit)])
}

/// A format of the report: the name of a writer, or `csv` for all tables.
pub fn report_format() -> impl TypedValueParser<Value = String> {
    let writers = WRITERS.iter().map(|writer| writer.name);
    PossibleValuesParser::new(writers.chain(["csv"]).collect::<Vec<_>>())
}

/// A blank inventory by its name.
pub fn template() -> impl TypedValueParser<Value = String> {
    PossibleValuesParser::new(books().iter().map(|book| book.id.as_str()).collect::<Vec<_>>())
}

/// A reduction table, or `all` of them.
pub fn reduction_table() -> impl TypedValueParser<Value = String> {
    PossibleValuesParser::new(REDUCTION_TABLES.into_iter().chain(["all"]).collect::<Vec<_>>())
}

/// `text` or `json`.
pub fn format() -> impl TypedValueParser<Value = Format> {
    one_of([("text", Format::Text), ("json", Format::Json)])
}

/// `text`, `json` or `md`.
pub fn diff_format() -> impl TypedValueParser<Value = DiffFormat> {
    one_of([("text", DiffFormat::Text), ("json", DiffFormat::Json), ("md", DiffFormat::Markdown)])
}

/// `systemd`, `cron` or `windows`.
pub fn system() -> impl TypedValueParser<Value = System> {
    one_of([("systemd", System::Systemd), ("cron", System::Cron), ("windows", System::Windows)])
}

/// One entry of `--fail-on`.
pub fn fail_on() -> impl TypedValueParser<Value = FailOn> {
    one_of(FailOn::ALL.map(|case| (case.as_str(), case)))
}

/// A number of threads, 1 to 1024.
///
/// # Errors
/// Anything else, as a key of the catalogue.
pub fn threads(text: &str) -> Result<usize, &'static str> {
    text.parse().ok().filter(|n| (1..=1024).contains(n)).ok_or("cli.usage.expected-threads")
}

/// A probability, 0 to 1.
///
/// # Errors
/// Anything else, as a key of the catalogue.
pub fn probability(text: &str) -> Result<f64, &'static str> {
    text.parse().ok().filter(|p| (0.0..=1.0).contains(p)).ok_or("cli.usage.expected-probability")
}

/// A day as `2026-11-22`.
///
/// # Errors
/// Anything else, as a key of the catalogue.
pub fn day(text: &str) -> Result<Date, &'static str> {
    text.parse().map_err(|_| "cli.usage.expected-day")
}

/// A host with its port, as `127.0.0.1:8080`.
///
/// # Errors
/// Anything else, as a key of the catalogue.
pub fn host_port(text: &str) -> Result<HostPort, &'static str> {
    HostPort::parse(text).ok_or("cli.usage.expected-host-port")
}

/// A moment: `2026-11-20`, `2026-11-20 15:04` (in the time of China), or RFC 3339 with a zone.
///
/// # Errors
/// Anything else, as a key of the catalogue.
pub fn moment(text: &str) -> Result<Timestamp, &'static str> {
    let china = TimeZone::fixed(Offset::constant(8));
    let local = |text: &str| text.parse::<DateTime>().ok()?.to_zoned(china.clone()).ok();
    match text.parse::<Timestamp>() {
        Ok(moment) => Ok(moment),
        Err(_) => local(text).map(|zoned| zoned.timestamp()).ok_or("cli.usage.expected-moment"),
    }
}

/// Today by the system's clock and zone: the clock of the program, the default of `--as-of`.
pub fn today() -> Date {
    jiff::Zoned::now().date()
}

/// This moment in the system's zone: what the next times of a timer are counted from.
pub fn here_and_now() -> jiff::Zoned {
    jiff::Zoned::now()
}

/// Now by the system's clock and zone, to the second: when a run began or ended.
pub fn now() -> String {
    jiff::Zoned::now().strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_outside_their_bounds_are_refused() {
        assert_eq!(threads("8"), Ok(8));
        assert!(threads("0").is_err() && threads("-1").is_err() && threads("八").is_err());
        assert_eq!(probability("1"), Ok(1.0));
        assert!(probability("NaN").is_err() && probability("1.01").is_err());
        assert!(day("2026-02-29").is_err() && day("2024-02-29").is_ok());
    }
}
