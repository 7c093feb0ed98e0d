//! `explain`: an item, a pair or a finding of a stored scan, with the evidence; or how a name is understood.

use crate::cli::error::CliError;
use crate::cli::session::Session;
use crate::cli::status::ExitStatus;
use crate::cli::{stored, values};
use crate::knowledge::policy::Flags;
use crate::scan::document::ScanDocument;
use crate::scan::{self, Knowledge};
use crate::views::explain::{explain, meaning, position};
use crate::views::replanned;
use crate::views::report::ReportView;
use clap::Args;
use clap::builder::NonEmptyStringValueParser;
use std::path::PathBuf;

/// Arguments of `explain`.
#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// Asset id or finding fingerprint.
    #[arg(value_name = "ID", required_unless_present = "text")]
    pub id: Option<String>,
    /// A second asset, to explain the pair.
    #[arg(value_name = "OTHER")]
    pub other: Option<String>,
    /// The stored scan.
    #[arg(long, value_name = "FILE", default_value = "reports/scan.json")]
    pub scan: PathBuf,
    /// Show how a name would be understood.
    #[arg(long, value_name = "NAME", conflicts_with_all = ["id", "scan"], value_parser = NonEmptyStringValueParser::new())]
    pub text: Option<String>,
    /// Its owner.
    #[arg(long, value_name = "TEXT", requires = "text")]
    pub unit: Option<String>,
    /// Its region column.
    #[arg(long, value_name = "TEXT", requires = "text")]
    pub region: Option<String>,
    /// Its platform.
    #[arg(long, value_name = "TEXT", requires = "text")]
    pub platform: Option<String>,
    /// What it does.
    #[arg(long, value_name = "TEXT", requires = "text")]
    pub description: Option<String>,
    /// The policy file, for its own divisions.
    #[arg(long, value_name = "FILE")]
    pub policy: Option<PathBuf>,
}

/// Prints all that the stored scan knows of what was named, or what the tables make of a name.
///
/// # Errors
/// When there is no such scan, nothing or several things are meant, or the policy is at fault.
pub fn run(args: &ExplainArgs, session: &Session) -> Result<ExitStatus, CliError> {
    let text = match (&args.text, &args.id) {
        (Some(name), _) => understood(name, args, session)?,
        (None, id) => {
            let document = stored::read(&args.scan)?;
            let id = id.as_deref().unwrap_or_default();
            let policy = session.policy(args.policy.as_deref(), &Flags::default())?;
            let knowledge = session.knowledge_of(&document, args.policy.as_deref())?;
            let parameters = scan::parameters(&policy);
            let compared = |left, right| {
                scan::compared(&document, (left, right), &knowledge, &policy, &parameters, session.catalogue)
            };
            let other = args.other.as_deref();
            let text = explain(&document, id, other, session.catalogue, session.screen, compared)?;
            text + &otherwise(&document, id, args, &knowledge, session)?
        }
    };
    session.out(&text)?;
    Ok(ExitStatus::Clean)
}

/// What deciding otherwise about an item would have cost; nothing for pairs and findings, nor where the scan speaks of
/// functions that only its policy knows.
fn otherwise(
    document: &ScanDocument,
    id: &str,
    args: &ExplainArgs,
    knowledge: &Knowledge,
    session: &Session,
) -> Result<String, CliError> {
    let view = ReportView::new(document, session.catalogue);
    let Some(at) = position(&view, id).ok().filter(|_| args.other.is_none()) else {
        return Ok(String::new());
    };
    // Of what is asked, the answers say it already.
    if !document.plan.actions[at].answers.is_empty() {
        return Ok(String::new());
    }
    match scan::next_best(document, knowledge, at) {
        Ok(made) => Ok(replanned::next_best(&view, at, made.as_ref(), session.screen)),
        Err(scan::ReplanError::Unknown(_)) => Ok(String::new()),
        Err(error) => Err(error.into()),
    }
}

/// The name as a row of an inventory with the columns that were stated.
fn understood(name: &str, args: &ExplainArgs, session: &Session) -> Result<String, CliError> {
    let policy = session.policy(args.policy.as_deref(), &Flags::default())?;
    let knowledge = session.knowledge(&policy)?;
    let columns = [
        ("名称", Some(name)),
        ("主办单位", args.unit.as_deref()),
        ("行政区划", args.region.as_deref()),
        ("平台", args.platform.as_deref()),
        ("功能描述", args.description.as_deref()),
    ];
    // A column that is not there says nothing about what sort of table this is.
    let row: Vec<(&str, &str)> =
        columns.into_iter().filter_map(|(header, value)| Some((header, value?))).collect();
    let (assets, remarks) = scan::understand(&row, &knowledge, &policy, values::today());
    let tables = (&knowledge.lexicon, &*knowledge.detector);
    Ok(meaning(&assets, tables, &remarks, session.catalogue, session.screen))
}
