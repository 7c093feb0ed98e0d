//! `screen`: labels free text, row by row.

mod known;

use crate::cli::error::CliError;
use crate::cli::session::Session;
use crate::cli::status::ExitStatus;
use crate::cli::stored;
use crate::knowledge::detect::Detector;
use crate::screen::{self, Opened, Screened};
use crate::views::report::WriteError;
use crate::views::report::write::{Cause, replace};
use crate::views::screened::{Json, Sheet, Table, Writer, added, names};
use clap::Args;
use known::Known;
use std::io::{BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// Arguments of `screen`.
#[derive(Debug, Args)]
pub struct ScreenArgs {
    /// The table or list of texts; `-` for standard input.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// The column that holds the texts.
    #[arg(long, value_name = "NAME")]
    pub text_column: Option<String>,
    /// A stored scan; each text is linked to the items it is about.
    #[arg(long, value_name = "SCAN")]
    pub assets: Option<PathBuf>,
    /// Where the rows go; standard output when not stated or `-`.
    #[arg(short, long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

/// Labels every text and writes every row back, in order.
///
/// # Errors
/// When the file cannot be read or has no such column, or the result cannot be written.
pub fn run(args: &ScreenArgs, session: &Session) -> Result<ExitStatus, CliError> {
    let is_dash = |path: &&Path| path.as_os_str() != "-";
    let input = Some(args.file.as_path()).filter(is_dash);
    let out = args.out.as_deref().filter(is_dash);
    if let (Some(input), Some(out)) = (input, out)
        && let (Ok(input), Ok(written)) = (input.canonicalize(), out.canonicalize())
        && input == written
    {
        return Err(CliError::Overwrite { path: out.to_owned() });
    }
    let fault = |fault| CliError::Unfit { path: args.file.clone(), fault };
    let mut opened = screen::open(input, args.text_column.as_deref()).map_err(fault)?;
    let column = screen::text_column(&opened.columns, args.text_column.as_deref());
    let column = column.map_err(|missing| CliError::NoColumn { path: args.file.clone(), missing })?;
    tell_source(&opened, session);
    let detector = Detector::load();
    let known = args
        .assets
        .as_deref()
        .map(|path| stored::read(path).map(|scan| Known::new(scan, &opened.columns)))
        .transpose()?;
    let mut work = Work { opened: &mut opened, column, detector: &detector, known: known.as_ref(), session };
    let (screened, lost) = match out {
        Some(path) => {
            let mut result = Default::default();
            let draw = |file: &mut BufWriter<std::fs::File>| {
                result = work.write(file, Some(path))?;
                Ok(())
            };
            replace(path, draw).map_err(|cause| WriteError { path: path.to_owned(), cause })?;
            result
        }
        None => match work.write(&mut BufWriter::new(std::io::stdout().lock()), None) {
            Err(Cause::Io(error)) if error.kind() == ErrorKind::BrokenPipe => return Ok(ExitStatus::Clean),
            result => result.map_err(|cause| WriteError { path: PathBuf::from("-"), cause })?,
        },
    };
    if lost > 0 {
        session.note(&session.catalogue.fill("cli.screen.lost", &[("count", lost.to_string())]));
    }
    let figures = [("rows", screened.rows), ("labelled", screened.labelled), ("negated", screened.negated)];
    let figures = figures.map(|(name, value)| (name, value.to_string()));
    session.note(&session.catalogue.fill("cli.screen.done", &figures));
    Ok(ExitStatus::Clean)
}

/// What is read, judged and written.
struct Work<'a> {
    opened: &'a mut Opened,
    column: usize,
    detector: &'a Detector,
    /// The items that texts may be about.
    known: Option<&'a Known>,
    session: &'a Session,
}

impl Work<'_> {
    /// Writes all rows in the form that the name of the file asks for, or that of the input.
    fn write<W: Write>(&mut self, out: &mut W, path: Option<&Path>) -> Result<(Screened, u64), Cause> {
        let own = self.opened.columns.clone();
        let names = names(self.known.is_some());
        let extension = path.and_then(Path::extension).map(|e| e.to_string_lossy().to_lowercase());
        let mut writer: Box<dyn Writer + '_> = match extension.as_deref() {
            Some("xlsx") => Box::new(Sheet::new(out, own, names)?),
            Some("jsonl" | "ndjson") => Box::new(Json::new(out, own)),
            Some("tsv") => Box::new(Table::new(out, own, names, b'\t', self.opened.has_mark)?),
            None if self.opened.is_json => Box::new(Json::new(out, own)),
            _ => Box::new(Table::new(out, own, names, b',', self.opened.has_mark)?),
        };
        let catalogue = self.session.catalogue;
        let screened = screen::run(self.opened, self.column, self.detector, |row, text, verdict| {
            let mut added = added(text, verdict, catalogue);
            added.extend(self.known.iter().flat_map(|known| known.about(row, text)));
            writer.row(row, &added)
        })?;
        Ok((screened, writer.finish()?))
    }
}

/// Says what of the file is not screened.
fn tell_source(opened: &Opened, session: &Session) {
    if opened.above > 0 {
        session.note(&session.catalogue.fill("cli.screen.above", &[("count", opened.above.to_string())]));
    }
    if let Some((chosen, others)) = opened.sheets.split_first()
        && !others.is_empty()
    {
        let args = [("sheet", chosen.clone()), ("others", others.join("、"))];
        session.note(&session.catalogue.fill("cli.screen.sheets", &args));
    }
}
