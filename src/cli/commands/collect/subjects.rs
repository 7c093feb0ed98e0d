//! Items of a stored scan or of inventories, as far as a page of theirs can be asked for.

use crate::cli::error::CliError;
use crate::cli::progress::Progress;
use crate::cli::session::Session;
use crate::cli::{stored, values};
use crate::collect::Subject;
use crate::evidence::links;
use crate::knowledge::policy::Policy;
use crate::model::Field;
use crate::scan::document::{Asset, ScanDocument};
use crate::scan::{self, Request};
use std::path::{Path, PathBuf};

/// The items of inventories.
pub(super) fn of_paths(
    paths: &[PathBuf],
    policy: &Policy,
    session: &Session,
) -> Result<Vec<Subject>, CliError> {
    let knowledge = session.knowledge(policy)?;
    let progress = Progress::new(session);
    let read = scan::read(&Request {
        paths,
        knowledge: &knowledge,
        policy,
        as_of: values::today(),
        roster: None,
        decisions: &[],
        reference: None,
        evidence: None,
        beside: &[],
        kept: None,
        with_sm3: false,
        progress: &|path, rows| progress.rows(path, rows),
    })?;
    if read.inputs.is_empty() {
        return Err(CliError::NothingRead);
    }
    let subject = |asset: crate::model::AssetRef<'_>| Subject {
        asset: asset.id().to_owned(),
        kind: asset.meaning().kind.to_string(),
        package: asset.text(Field::PackageId).to_owned(),
        links: links(asset.text(Field::Url)),
    };
    Ok(read.assets.iter().map(subject).collect())
}

/// The items of a stored scan.
pub(super) fn of_scan(path: &Path) -> Result<Vec<Subject>, CliError> {
    let document: ScanDocument = stored::read(path)?;
    let subject = |asset: Asset| {
        let text = |field: Field| {
            let held = asset.fields.get(field.as_str());
            held.and_then(|held| held.value.as_str()).unwrap_or("").to_owned()
        };
        Subject {
            package: text(Field::PackageId),
            links: links(&text(Field::Url)),
            asset: asset.id,
            kind: asset.kind,
        }
    };
    Ok(document.assets.into_iter().map(subject).collect())
}
