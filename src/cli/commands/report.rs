//! `report`: the documents of a stored scan, written anew: all, some, in parts, one table, or a given form.

use crate::cli::error::CliError;
use crate::cli::overwrite;
use crate::cli::session::Session;
use crate::cli::status::ExitStatus;
use crate::cli::stored;
use crate::cli::values::{self, CsvEncoding, SplitBy};
use crate::knowledge::policy::Flags;
use crate::scan::document::{ScanDocument, anonymise};
use crate::views::report::write::{Cause, replace};
use crate::views::report::{
    REDUCTION_TABLES, ReportView, TABLE_FORMATS, WriteError, fill, write_some, write_table, write_units,
};
use clap::Args;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// Arguments of `report`.
#[derive(Debug, Args)]
pub struct ReportArgs {
    /// The stored scan.
    #[arg(long, value_name = "FILE", default_value = "reports/scan.json")]
    pub scan: PathBuf,
    /// The folder for everything that is written; `reports`, or a folder in it for parts, when not stated.
    #[arg(short, long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Formats to write; all of them, or a workbook for a table, when not stated.
    #[arg(long, value_name = "NAME", value_delimiter = ',', value_parser = values::report_format())]
    pub format: Vec<String>,
    /// Reduction tables, each in a file of its own.
    #[arg(long, value_name = "NAME", value_delimiter = ',', value_parser = values::reduction_table())]
    #[arg(conflicts_with_all = ["split_by", "fill"])]
    pub table: Vec<String>,
    /// Parts instead of the whole: one workbook and one notice for each.
    #[arg(long, value_name = "FIELD", value_parser = values::split_by(), conflicts_with_all = ["format", "fill"])]
    pub split_by: Option<SplitBy>,
    /// A superior's form, filled into the output folder.
    #[arg(long, value_name = "FILE", conflicts_with = "format")]
    pub fill: Option<PathBuf>,
    /// The policy file, for the words around the draft; those that the scan was made with when not stated.
    #[arg(long, value_name = "FILE")]
    pub policy: Option<PathBuf>,
    /// Codes in the place of units.
    #[arg(long)]
    pub anonymise: bool,
    /// Encoding of the CSV files.
    #[arg(long, value_name = "NAME", default_value = "utf-8", value_parser = values::encoding())]
    pub encoding: CsvEncoding,
}

/// Where reports go.
const REPORTS: &str = "reports";
/// Where the parts of a report go.
const UNITS: &str = "reports/units";
/// Every reduction table.
const ALL: &str = "all";
/// Every file that is a CSV table.
const CSV: &str = "csv";

/// Writes what was asked for from the stored scan.
///
/// # Errors
/// When there is no such scan, a form cannot be filled, or a file cannot be written.
pub fn run(args: &ReportArgs, session: &Session) -> Result<ExitStatus, CliError> {
    let document = document(args, session)?;
    let options = args.encoding.options();
    let out = args.out.clone().unwrap_or_else(|| REPORTS.into());
    let view = ReportView::new(&document, session.catalogue);
    let files = if args.split_by == Some(SplitBy::OwnerUnit) {
        let out = args.out.clone().unwrap_or_else(|| UNITS.into());
        write_units(&out, &view, options)?
    } else if let Some(form) = &args.fill {
        return filled(form, &out, &view, session);
    } else if args.table.is_empty() {
        let wanted = |name: &str| args.format.is_empty() || args.format.iter().any(|format| format == name);
        write_some(&out, &view, options, |writer| {
            wanted(writer.name) || wanted(CSV) && Path::new(writer.file).extension().is_some_and(|e| e == CSV)
        })?
    } else {
        tables(args, &out, &view)?
    };
    let lines: Vec<String> = files.iter().map(|file| format!("{}\n", file.display())).collect();
    session.out(&lines.concat())?;
    Ok(ExitStatus::Clean)
}

/// The stored scan with the words and the codes that were asked for.
fn document(args: &ReportArgs, session: &Session) -> Result<ScanDocument, CliError> {
    let mut document = stored::read(&args.scan)?;
    if let Some(policy) = &args.policy {
        document.parameters.letter = (&session.policy(Some(policy), &Flags::default())?.letter).into();
    }
    if args.anonymise {
        let code =
            |number: usize| session.catalogue.fill("report.anonymous", &[("number", format!("{number:03}"))]);
        document = anonymise(&document, &code)
            .map_err(|error| CliError::ScanFaulty { path: args.scan.clone(), reason: error.to_string() })?;
    }
    Ok(document)
}

/// Writes the reduction tables that were named.
fn tables(args: &ReportArgs, out: &Path, view: &ReportView<'_>) -> Result<Vec<PathBuf>, CliError> {
    if let Some(format) = args.format.iter().find(|format| !TABLE_FORMATS.contains(&format.as_str())) {
        return Err(CliError::TableFormat { format: format.clone(), known: TABLE_FORMATS.join("、") });
    }
    let formats: Vec<&str> = match &*args.format {
        [] => TABLE_FORMATS.into_iter().take(1).collect(),
        stated => stated.iter().map(String::as_str).collect(),
    };
    let all = args.table.iter().any(|name| name == ALL);
    let named = |name: &&str| all || args.table.iter().any(|asked| asked == name);
    let mut files = Vec::new();
    for name in REDUCTION_TABLES.iter().filter(|name| named(name)) {
        files.extend(write_table(out, view, name, &formats, args.encoding.options())?);
    }
    Ok(files)
}

/// Fills a superior's form, and says what of it was left open.
fn filled(form: &Path, out: &Path, view: &ReportView<'_>, session: &Session) -> Result<ExitStatus, CliError> {
    let bytes = std::fs::read(form).map_err(|source| CliError::Read { path: form.to_owned(), source })?;
    let filled = fill(&bytes, view).map_err(|fault| CliError::Unfillable { path: form.to_owned(), fault })?;
    let path = out.join(form.file_name().unwrap_or("form.xlsx".as_ref()));
    overwrite::refuse_same(&path, &bytes)?;
    let failed = |cause| WriteError { path: path.clone(), cause };
    std::fs::create_dir_all(out).map_err(|cause| failed(Cause::Io(cause)))?;
    replace(&path, |file| Ok(file.write_all(&filled.bytes)?)).map_err(failed)?;
    let catalogue = session.catalogue;
    let list =
        |headings: &[String]| if headings.is_empty() { "—".to_owned() } else { headings.join("、") };
    let args = [
        ("path", path.display().to_string()),
        ("sheet", filled.sheet),
        ("rows", filled.rows.to_string()),
        ("of", filled.rows_of),
        ("mapped", list(&filled.mapped)),
        ("unmapped", list(&filled.unmapped)),
    ];
    session.out(&format!("{}\n", catalogue.fill("cli.report.filled", &args)))?;
    for (key, rows) in [("cli.report.unplaced", &filled.unplaced), ("cli.report.unknown", &filled.unknown)] {
        if !rows.is_empty() {
            let told = catalogue.fill(key, &[("list", list(rows))]);
            session.out(&format!("{told}\n"))?;
        }
    }
    Ok(ExitStatus::Clean)
}
