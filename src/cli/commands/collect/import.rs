//! `collect import`: a page that a person saved.

use super::{ImportArgs, setting};
use crate::cli::error::CliError;
use crate::cli::session::Session;
use crate::cli::status::ExitStatus;
use crate::collect::import::{Form, Format, import};
use crate::evidence::Store;
use crate::knowledge::policy::Flags;
use crate::views::collect as view;

/// The largest file that is taken in: a long page as a picture.
const MOST_BYTES: u64 = 64 << 20;

/// Takes the file in and says what was read of it.
pub(super) fn run(args: &ImportArgs, session: &Session) -> Result<ExitStatus, CliError> {
    let policy = session.policy(args.policy.as_deref(), &Flags::default())?;
    let adapters = setting::adapters(&policy)?;
    if let Some(name) = args.source.as_ref().filter(|name| !adapters.iter().any(|a| a.id == **name)) {
        let known = adapters.iter().map(|adapter| adapter.id.clone()).collect();
        return Err(CliError::NoSource { name: name.clone(), known });
    }
    let url = url::Url::parse(&args.url).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
    let Some(url) = url else { return Err(CliError::NoAddress { text: args.url.clone() }) };
    if args.by.trim().is_empty() {
        return Err(CliError::NoWitness);
    }
    if args.taken > jiff::Timestamp::now() {
        return Err(CliError::NotYet { taken: args.taken.to_string() });
    }
    let unreadable = |source| CliError::Read { path: args.file.clone(), source };
    let size = std::fs::metadata(&args.file).map_err(unreadable)?.len();
    if size > MOST_BYTES {
        return Err(CliError::NoPage { path: args.file.clone() });
    }
    let bytes = std::fs::read(&args.file).map_err(unreadable)?;
    let format = Format::of(&bytes).ok_or_else(|| CliError::NoPage { path: args.file.clone() })?;
    let form = Form {
        url: url.to_string(),
        taken: args.taken.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        by: args.by.trim().to_owned(),
        source: args.source.clone(),
        assets: args.asset.clone(),
        key: args.package.clone(),
    };
    let mut store = Store::open(&args.out, |_| {})?;
    let (digest, record) = import(&form, format, &bytes, &adapters, &mut store)?;
    let wants_key = args.package.is_none() && !matches!(format, Format::Pdf | Format::Png);
    session.out(&view::kept(&digest, &record, wants_key, session.catalogue))?;
    Ok(ExitStatus::Clean)
}
