//! Findings that a person accepts on the page: into the history, each by itself.
//!
//! Invariants: what is waived is a finding of the scan under review; who decided and why are stated; the history is held
//! for as long as it takes to write one line, so that a scheduled run never waits for a page that somebody left open.

use super::desk::{Desk, tidy};
use crate::cli::error::CliError;
use crate::cli::values;
use crate::history::{Owner, Store, Waived};
use jiff::civil::Date;
use serde::Deserialize;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long the page waits for a run that holds the history.
const WAIT: Duration = Duration::from_secs(3);

/// What is to be waived, as the page sends it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Waive {
    /// Rule id.
    pub(super) rule: String,
    /// Item id.
    pub(super) asset: String,
    /// Why.
    pub(super) reason: String,
    /// Who decided.
    pub(super) by: String,
    /// The last day; empty for no end.
    pub(super) until: String,
    /// Whether it is taken back.
    pub(super) withdraw: bool,
}

/// The history that waivers go to, with those in force.
pub(super) struct Waivers {
    path: PathBuf,
    held: Vec<Waived>,
}

impl Waivers {
    /// Reads those that a history has already; one that is not there yet has none.
    ///
    /// # Errors
    /// When the file is there and is no history, or cannot be written.
    pub(super) fn open(path: &Path) -> Result<Waivers, CliError> {
        // Opened for writing, so that whoever reviews learns at once, and not with the first waiver, that it cannot be.
        let held = store(path)?.waivers()?;
        Ok(Waivers { path: path.to_owned(), held })
    }

    /// Those in force.
    pub(super) fn held(&self) -> &[Waived] {
        &self.held
    }
}

fn store(path: &Path) -> Result<Store, CliError> {
    let owner = Owner { pid: std::process::id().to_string(), host: String::new(), since: values::now() };
    Ok(Store::open_to_write(path, &owner, WAIT)?.0)
}

impl Desk {
    /// Waives a finding, or takes that back; gives what stands now, or the catalogue key of why not.
    pub(super) fn waive(&mut self, ask: &Waive, now: &str) -> Result<Option<Waived>, &'static str> {
        let is_known =
            self.scan().findings.iter().any(|finding| {
                finding.rule == ask.rule && finding.asset.as_deref() == Some(ask.asset.as_str())
            });
        let as_of: Option<Date> = self.scan().as_of.parse().ok();
        let waivers = self.waivers_mut().ok_or("review.refused.no-history")?;
        let is_held = waivers.held.iter().any(|held| held.rule == ask.rule && held.asset == ask.asset);
        if !is_known && !is_held {
            return Err("review.refused.unknown");
        }
        let (reason, by, until) = (tidy(&ask.reason), tidy(&ask.by), ask.until.trim());
        if !ask.withdraw && (reason.is_empty() || by.is_empty()) {
            return Err("review.refused.who");
        }
        let last: Option<Date> = until.parse().ok();
        if !until.is_empty() && (last.is_none() || last < as_of) {
            return Err("review.refused.until");
        }
        let waived = Waived {
            made: now.to_owned(),
            rule: ask.rule.clone(),
            asset: ask.asset.clone(),
            reason,
            by,
            until: last.map(|day| day.to_string()).unwrap_or_default(),
        };
        let write = || -> Result<Vec<Waived>, CliError> {
            let mut store = store(&waivers.path)?;
            if ask.withdraw {
                store.take_back(&waived.rule, &waived.asset, now)?;
            } else {
                store.waive(&waived)?;
            }
            Ok(store.waivers()?)
        };
        waivers.held = write().map_err(|_| "review.refused.history")?;
        Ok((!ask.withdraw).then_some(waived))
    }
}
